"""Set-up and what a person at the keyboard calls: works on any Python, before anything is installed."""
