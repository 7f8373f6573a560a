"""Put RAT's locked environment under the runner's temp directory, once a job, and become `rat action` in it.

This runs before anything is installed: standard library only, Python 3.8 and later, one file. The working directory is
the consumer's checkout, so nothing is imported, configured or run from there: uv works in the temp directory, Python
runs isolated (`-I`), and RAT's own source comes by a `.pth` file of that environment.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "requirements"
PYTHON = ">=3.11"
LIMIT_SECONDS = 300
"""Longest time for one installation; measured: benchmarks/action_install.md."""

OURS = ("UV_CACHE_DIR", "UV_OFFLINE", "UV_NATIVE_TLS", "UV_SYSTEM_CERTS", "UV_CONFIG_FILE", "UV_CREDENTIALS_DIR")
"""What of uv's environment an organisation sets for all: besides these, indexes, mirrors and HTTP settings."""

SECRETS = ("GITHUB_TOKEN", "JIRA_TOKEN", "OPENAI_API_KEY", "RAT_LEDGER")


class Failed(Exception):
    """RAT could not be installed; the text says what to do."""


def environment_of(lock: Path, temp: Path) -> Path:
    """The folder of the environment for *lock* and this copy of RAT: two versions in one job do not meet."""
    seed = lock.read_bytes() + str(ROOT).encode()
    return temp / ("rat-" + hashlib.sha256(seed).hexdigest()[:16])


def lock_for(environ: "os._Environ[str]") -> Path:
    """The lock of what this run needs: only a ledger in a database needs more than the least."""
    return LOCKS / ("ledger.txt" if "://" in environ.get("RAT_LEDGER", "") else "run.txt")


def install(environment: Path, temp: Path) -> None:
    """Make *environment*, whole or not at all: it is built beside its place and moved there."""
    if os.name == "nt":
        raise Failed("RAT runs on Linux and macOS runners")
    uv = find_uv(temp)
    building = Path(tempfile.mkdtemp(prefix="rat-", dir=str(temp)))
    try:
        run([uv, "venv", "--quiet", "--allow-existing", "--python", PYTHON, building], temp)
        fill(building, uv, temp)
        packages = next(building.glob("lib/python3*/site-packages"))
        (packages / "rat-action.pth").write_text(f"{ROOT}\n", encoding="utf-8")
        building.rename(environment)
    except OSError:
        if not environment.is_dir():  # a step that runs at the same time may have been first
            raise
    finally:
        shutil.rmtree(str(building), ignore_errors=True)


def fill(building: Path, uv: str, temp: Path) -> None:
    """Install what RAT needs, and what only makes it faster: that has no wheel for musl, nor has every mirror it."""
    command: list[str | Path] = [uv, "pip", "install", "--quiet", "--require-hashes", "--no-build"]
    command += ["--python", building / "bin" / "python", "-r", lock_for(os.environ)]
    try:
        run([*command, "-r", LOCKS / "speed.txt"], temp)  # both at once: a second call takes 0.2 s
    except Failed:
        run(command, temp)
        sys.stdout.write("RAT runs without requirements/speed.txt (why stands above): the same, only slower.\n")


def find_uv(temp: Path) -> str:
    """The runner's uv, but none out of the consumer's checkout; else the one that this repository pins by hash."""
    found = shutil.which("uv", path=clean(os.environ).get("PATH", os.defpath))
    if found:
        return found
    lock = LOCKS / "uv.txt"
    folder = temp / ("rat-uv-" + hashlib.sha256(lock.read_bytes()).hexdigest()[:16])
    if (folder / "bin" / "uv").is_file():
        return str(folder / "bin" / "uv")
    if importlib.util.find_spec("pip"):
        options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
        run([sys.executable, "-I", "-m", "pip", "install", *options, "--target", folder, "-r", lock], temp)
    else:  # 2 s slower: a virtual environment first, which brings a pip
        run([sys.executable, "-I", LOCKS / "bootstrap.py", folder, lock], temp)
    return str(folder / "bin" / "uv")


def run(command: "list[str | Path]", folder: Path) -> None:
    """Run *command* in *folder*, without secrets. Raises Failed."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(  # noqa: S603 - every word is ours
            words, cwd=str(folder), env=clean(os.environ), timeout=LIMIT_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"installing took more than {LIMIT_SECONDS} s") from None
    if done.returncode:
        raise Failed(f"`{Path(words[0]).name}` ended with {done.returncode}, its own words are above")


def clean(environ: "os._Environ[str]") -> "dict[str, str]":
    """*environ* for an installer: no secrets, no settings of Python, of uv's what reaches a package index."""
    kept = {}
    for name, value in environ.items():
        is_mirror = name in OURS or "INDEX" in name or "MIRROR" in name or "HTTP" in name or "HOST" in name
        if name in SECRETS or name.startswith("PYTHON") or name in ("VIRTUAL_ENV", "CONDA_PREFIX"):
            continue
        if not name.startswith("UV_") or is_mirror:
            kept[name] = value
    kept["PATH"] = os.pathsep.join(part for part in kept.get("PATH", "").split(os.pathsep) if is_ours(part))
    return kept


def is_ours(folder: str) -> bool:
    """Whether programs may be looked for in *folder*: not relative to the checkout, and not inside it."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if not os.path.isabs(folder):  # noqa: PTH117 - Path("") would be the working directory
        return False
    return not workspace or Path(workspace).resolve() not in (Path(folder).resolve(), *Path(folder).resolve().parents)


def main() -> None:
    """Install if this job has not yet, then let RAT take this process over."""
    temp = Path(os.environ.get("RUNNER_TEMP") or tempfile.gettempdir()).resolve()
    environment = environment_of(lock_for(os.environ), temp)
    try:
        if not environment.is_dir():
            install(environment, temp)
    except (Failed, OSError, StopIteration) as error:
        remedy = (
            "Check that the runner reaches the Python package index, or set UV_DEFAULT_INDEX to a mirror, or add uv."
        )
        sys.stdout.write(f"::error title=RAT could not be installed::{error}. {remedy}\n")
        sys.exit(2)
    python = str(environment / "bin" / "python")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    kept["PATH"] = clean(os.environ)["PATH"]  # git, too, is not taken from the checkout
    sys.stdout.flush()
    os.execve(python, [python, "-I", "-m", "rat", "action"], kept)  # noqa: S606 - ours, and no shell


if __name__ == "__main__":
    main()
