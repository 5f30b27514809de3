"""The forms of tests that rules are made of, one file each; `table.py` names them all."""
