"""How Sphinx builds the site: no request to anywhere, English and Chinese in one search."""

import sphinx.search

from medgraph._version import __version__
from tools.site.search import BilingualSearch

project = "medgraph"
version = release = __version__
language = "en"
root_doc = "docs/index"
extensions = ["myst_parser"]
myst_heading_anchors = 4
exclude_patterns = ["docs/**/README.md"]
suppress_warnings = ["misc.highlighting_failure", "myst.header"]
nitpicky = False
html_theme = "furo"
html_title = f"medgraph {__version__}"
html_show_sourcelink = False
html_copy_source = False
html_show_copyright = False
html_show_search_summary = False  # it is fetched, and files cannot fetch files
sphinx.search.languages["en"] = BilingualSearch
