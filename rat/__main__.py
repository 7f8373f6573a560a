"""The program `rat`, also as `python -m rat`: git begins, then Python reads the rest."""

import sys


def main() -> None:
    """Run the command line; git is started before click and the commands are imported, which takes as long as git."""
    from rat.ahead import begin

    begun = begin(sys.argv[1:])
    from rat.cli import main as run

    run(begun)


if __name__ == "__main__":
    main()
