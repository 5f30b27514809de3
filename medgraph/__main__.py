"""Run the command line as `python -m medgraph`."""

from medgraph.cli import main

if __name__ == "__main__":
    main()
