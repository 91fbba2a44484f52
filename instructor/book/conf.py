"""How Sphinx makes the book; `make book` lays out its source first."""

project = html_title = "Loss functions"
author = "The loss functions course"
language = "en"
extensions = ["myst_nb", "lossbook.keeping_together"]
exclude_patterns = ["slides"]

nb_execution_mode = "off"  # nbval has proved the outputs
nb_render_markdown_format = "myst"
nb_code_prompt_show = "Show the proof"  # the only code that is folded
nb_code_prompt_hide = "Hide the proof"
myst_enable_extensions = ["dollarmath", "amsmath", "deflist"]
myst_heading_anchors = 4
mathjax_path = "mathjax/tex-svg-full.js"

html_theme = "sphinx_book_theme"
html_static_path = ["_static"]
html_css_files = ["course.css"]
html_js_files = ["course.js"]
html_copy_source = False
html_use_index = False  # nothing is entered into it
templates_path = ["_templates"]
html_theme_options = {
    "navigation_with_keys": False,  # the arrows belong to the sliders
    "navbar_persistent": [],  # the search stands at the left
    "show_toc_level": 2,
    "show_navbar_depth": 1,
    "use_download_button": False,
    "home_page_in_toc": False,
    "footer_content_items": [],
}
