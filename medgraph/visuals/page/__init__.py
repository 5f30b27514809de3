"""Pages of HTML: templates, styles, scripts and what sets them."""
