"""How Sphinx builds the site: `sphinx-build -W docs docs/_build/html`, without a network."""

import os
import sys
from importlib.metadata import version as version_of
from pathlib import Path

import numpydoc.xref

import gridemp

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS / "_ext"))

project = "gridemp"
author = "the gridemp developers"
copyright = "the gridemp developers"
version = release = version_of("gridemp")

extensions = [
    "myst_nb",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx-mathjax-offline",
    "api_pages",
    "command_line",
    "course_downloads",
    "docstrings",
    "gallery",
]
exclude_patterns = ["_build", "_ext", "_generated"]
templates_path = ["_templates"]
default_role = "py:obj"  # of the names in single backquotes in docstrings
nitpicky = True

# Pages
myst_enable_extensions = ["attrs_block", "colon_fence", "deflist", "dollarmath", "substitution"]
myst_heading_anchors = 3

# Notebooks: every cell runs at each build, in a folder of its own, and an error fails the build.
nb_execution_mode = "force"
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_execution_timeout = 180
nb_merge_streams = True
os.environ["GRIDEMP_DOCS"] = str(DOCS)  # for cells that read data files

# The public names
# Autosummary writes the pages for these lists; by default, only for those of the last build.
autosummary_generate = sorted(
    str(page.relative_to(DOCS)) for page in DOCS.glob("reference/api/*.md")
)
autodoc_mock_imports = ["torch"]
autodoc_typehints = "none"
toc_object_entries_show_parents = "hide"
numpydoc_show_class_members = False  # the template of classes lists them
numpydoc_xref_param_type = True
numpydoc_xref_ignore = "all"
numpydoc.xref.DEFAULT_LINKS.clear()  # they lead to the sites of Python and NumPy
numpydoc_xref_aliases = {name: f"gridemp.{name}" for name in gridemp.__all__ if name[0].isupper()}

# Looks
html_theme = "pydata_sphinx_theme"
html_context = {"default_mode": "auto"}  # light or dark, as the reader's system
html_title = "gridemp"
html_static_path = ["_static"]
html_extra_path = ["_generated/site"]  # written by course_downloads
html_css_files = ["site.css"]
html_copy_source = False
html_theme_options = {
    "logo": {"text": "gridemp"},
    "header_links_before_dropdown": 6,
    "navbar_align": "left",
    "show_prev_next": True,
    "footer_start": ["copyright"],
    "footer_end": [],
    "pygments_light_style": "default",
    "pygments_dark_style": "github-dark",
}
html_sidebars = {"gallery": [], "index": [], "published-results": []}
