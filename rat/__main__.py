"""`python -m rat` is the command `rat`."""

from rat.cli import main

main()
