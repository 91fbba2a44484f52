"""A test on paper: as one HTML page, and as PDF by Typst, which needs neither LaTeX nor an administrator."""
