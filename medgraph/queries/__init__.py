"""What can be asked of a network: one folder or file for each noun, and the table of all verbs."""
