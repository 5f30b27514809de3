"""The planning board: a local page in the browser on which a plan is made and seen."""
