"""The network map: who leads and who belongs, to be clicked."""
