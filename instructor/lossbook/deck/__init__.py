"""A lecture of 50 minutes as slides: what its notebook says, in the order and the minutes of its plan."""
