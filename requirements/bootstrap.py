"""Put a hash-pinned uv into a private folder: the one thing that is installed without uv."""

import os
import subprocess
import sys
import venv
from pathlib import Path


def main(folder: str, lock: str) -> None:
    """Create a virtual environment at *folder* and install the uv that *lock* pins into it."""
    python = Path(folder) / "bin" / "python"
    try:
        venv.create(folder, with_pip=True, clear=True)
    except subprocess.CalledProcessError as error:
        sys.exit(f"Python could not make a virtual environment ({error}). On Debian: apt install python3-venv.")
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    command = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "-r", lock]
    if subprocess.run(command, env=environment, check=False).returncode:
        sys.exit("uv could not be installed. Check that this machine reaches the Python package index.")


if __name__ == "__main__":
    main(*sys.argv[1:])
