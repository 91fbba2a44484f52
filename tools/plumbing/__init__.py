"""How notebooks are run, normalised, generated, compared and read."""
