"""The live twins: the key widget of each chapter as a page has it, without a kernel.

A widget of the course is put into the states that a page keeps, and each picture is taken down as SVG, piece by piece:
what a page shows is what the widget showed. Two chapters whose buttons lead anywhere compute in the page instead.
"""
