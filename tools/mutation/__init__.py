"""Change the code a little at many places and see whether a test notices: a mutation score."""
