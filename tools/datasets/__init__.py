"""Scripts that made the data files of the course; nothing needs them to run it."""
