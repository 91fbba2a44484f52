"""How Sphinx makes the book; `make book` lays out its source first."""

project = "Loss functions"
author = "The loss functions course"
extensions = ["myst_nb"]
mathjax_path = "mathjax/tex-svg-full.js"
html_static_path = ["_static"]
html_theme = "sphinx_book_theme"
html_title = "Loss functions"
html_theme_options = {"navigation_with_keys": False, "show_toc_level": 2}
nb_execution_mode = "off"  # nbval has proved the outputs
nb_render_markdown_format = "myst"
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 4
