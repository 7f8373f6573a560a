"""A `git` that can start nothing of the repository's, and what its output means.

The settings come from git-config(1): every one through which `ls-files`, `log`, `diff`, `config` and `rev-parse` could
start a program or reach another machine. Why subprocesses and not GitPython: docs/adr/0010-code-search.md.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from rat.model.commit import Commit

GIT_SECONDS = 120

HARDENED = (
    ("core.fsmonitor", "false"),
    ("core.hooksPath", "/dev/null"),
    ("core.pager", "cat"),
    ("core.sshCommand", "false"),
    ("protocol.allow", "never"),
    ("log.showSignature", "false"),
    ("gpg.program", "false"),
    ("diff.external", ""),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
)
"""Every setting through which `ls-files`, `log`, `diff` and `rev-parse` could start a program (git-config(1)).

Settings on the command line win over those in the repository's own `.git/config`.
"""

ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
"""`GIT_ALLOW_PROTOCOL` overrules any `protocol.*.allow` of the repository: a promisor remote can fetch nothing."""

FIELDS = "%x00//%H%x00%an%x00%ae%x00%aI%x00%s%x00%b%x00"
"""What `git log -z` prints of a commit. No path in git begins with a slash, so `//` tells a commit from a file."""

FILES_AT = 6
"""Fields of FIELDS before the names of the files."""

REGULAR = ("100644", "100755")


class GitFailed(Exception):
    """A git command failed or was not to be had; the text is git's own first line."""


class Running(NamedTuple):
    """A git command that was started and writes to a file that only this process sees."""

    process: "subprocess.Popen[bytes]"
    output: BinaryIO

    def finish(self) -> bytes:
        """Wait for what git prints; raises GitFailed for an exit code but 0 and after GIT_SECONDS."""
        with self.output:
            try:
                code = self.process.wait(timeout=GIT_SECONDS)
            except subprocess.TimeoutExpired as problem:
                self.process.kill()
                self.process.wait()
                raise GitFailed(str(problem)) from problem
            if code != 0:
                raise GitFailed(f"exit code {code}")
            self.output.seek(0)
            return self.output.read()


class Git:
    """Runs read-only git commands on one repository, with nothing of its configuration that starts programs."""

    def __init__(self, root: Path) -> None:
        settings = [part for name, value in HARDENED for part in ("-c", f"{name}={value}")]
        place = [f"--git-dir={root / '.git'}", f"--work-tree={root}"]
        self._command = ["git", "--no-pager", "--literal-pathspecs", *settings, *place]
        self._root = root
        self._expected: dict[tuple[str, ...], Running] = {}

    def run(self, *arguments: str, accept: Sequence[int] = (0,), given: bytes = b"") -> bytes:
        """What git prints; raises GitFailed for an exit code that is not accepted, after GIT_SECONDS, without git.

        What `expect` has started is waited for instead of begun.
        """
        if expected := self._expected.pop(arguments, None):
            return expected.finish()
        try:
            # Only constant arguments, hexadecimal SHAs and paths behind `--` come here.
            done = subprocess.run(  # noqa: S603 - see above
                [*self._command, *arguments],
                cwd=self._root,
                env=_environment(),
                input=given,
                capture_output=True,
                timeout=GIT_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise GitFailed(str(problem)) from problem
        if done.returncode not in accept:
            complaint = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise GitFailed(complaint[0] if complaint else f"exit code {done.returncode}")
        return done.stdout

    def expect(self, *arguments: str) -> None:
        """Start a command that `run` will soon be asked for, and go on; what fails here is left to `run`."""
        if arguments in self._expected:
            return
        with contextlib.suppress(OSError):
            output = _unnamed_file()
            process = subprocess.Popen(  # noqa: S603 - as in `run`
                [*self._command, *arguments],
                cwd=self._root,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
            )
            self._expected[arguments] = Running(process=process, output=output)


def _unnamed_file() -> BinaryIO:
    """A file without a name: in memory where the system has that (Linux), else in the folder for temporary files."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("rat"), "w+b")
    import tempfile

    return tempfile.TemporaryFile()


def _environment() -> dict[str, str]:
    """The environment for git: ours without any variable of git's own, plus ENVIRONMENT."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | ENVIRONMENT


def regular_files(listing: str) -> Iterator[str]:
    """The paths of regular files in the output of `ls-files -z --stage`: `mode object stage<TAB>path`."""
    for entry in listing.split("\0"):
        if entry.startswith(REGULAR):
            yield entry.partition("\t")[2]


def parse_commits(log: str) -> Iterator[Commit]:
    """The commits in the output of `log -z --name-only --format=FIELDS`; a last one that was cut off is left out."""
    begun = ""
    for part in log.split("\0//")[1:]:
        begun = f"{begun}\0//{part}" if begun else part
        if begun.count("\0") < FILES_AT:
            continue  # it was no commit that began there, but a subject or a body
        sha, author, email, date, subject, body, files = begun.split("\0", FILES_AT)
        changed = tuple(filter(None, files.removeprefix("\0\n").split("\0")))
        yield Commit(sha, author, email, date, subject, body, changed)
        begun = ""
