"""Tables in: from the text of cells to a checked network that accounts for every row."""
