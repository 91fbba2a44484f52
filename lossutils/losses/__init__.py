"""The losses, a file a family, and the catalogue of all of them."""
