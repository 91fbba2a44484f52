"""nbgrader's settings for this course: with these stubs exercises/ are made, and untouched answers count as empty."""

c = get_config()  # noqa: F821  nbgrader hands it in
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE"}  # its own stub raises, which stops a run from top to bottom
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"
