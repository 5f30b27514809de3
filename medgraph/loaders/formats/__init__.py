"""Formats that hold a network as it is: a file and a row of the registry each."""
