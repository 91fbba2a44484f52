"""The book: the course's notebooks and what is generated from the library, as pages that need no server."""
