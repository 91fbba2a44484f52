"""Scripts for the people who maintain the course; nothing here is needed to take it."""
