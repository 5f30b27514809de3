"""The same words in the shell: `medgraph NOUN [VERB] SOURCE [OPTIONS]`."""

from medgraph.cli.app import cli, main

__all__ = ["cli", "main"]
