"""What can be wrong with the two tables of a network, one file for each sort of fault."""
