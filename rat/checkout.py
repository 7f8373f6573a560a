"""The git adapter: a work tree and its history, read with a `git` that can run nothing of the repository's.

Why subprocesses and not GitPython: docs/adr/0010-code-search.md.
"""

import errno
import os
import re
import stat
import subprocess
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rat.errors import ConfigError
from rat.model.commit import ChangedFile, Commit

SIZE_CAP = 4 << 20
"""Bytes; a larger file is left out with a note."""
FILE_CAP = 1_000_000
"""Files; what a folder without git has beyond these is left out with a note."""
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

SKIPPED_FOLDERS = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", ".tox", ".mypy_cache"})

FIELDS = "%x00//%H%x00%an%x00%ae%x00%aI%x00%s%x00%b%x00"
"""What `git log -z` prints of a commit. No path in git begins with a slash, so `//` tells a commit from a file."""

REGULAR = ("100644", "100755")
STATUSES = {"A": "added", "M": "modified", "T": "modified", "D": "removed", "R": "renamed", "C": "added"}
SHA = re.compile(r"[0-9a-fA-F]{4,64}")
SLUG = re.compile(r"[/:]([\w.-]+/[\w.-]+?)(?:\.git)?/?$", re.ASCII)


def open_checkout(root: Path) -> "GitCheckout":
    """The checkout at *root*; a folder without git works, its notes say so. Raises ConfigError if there is no folder."""
    if not root.is_dir():
        raise ConfigError(f"There is no folder {root}. Give the checkout with --repo DIR.")
    checkout = GitCheckout(root=root.resolve(), head="", tracked=False)
    if not (root / ".git").exists():
        checkout.note(f"not a git repository: {root} has no .git, so no history and every file counts")
        return checkout
    return _open_repository(checkout)


def _open_repository(plain: "GitCheckout") -> "GitCheckout":
    git = Git(plain.root)
    try:
        shallow = git.run("rev-parse", "--is-shallow-repository").strip()
        head = git.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}", accept=(0, 1)).strip().decode("ascii")
    except GitFailed as problem:
        plain.note(f"git cannot read the repository ({problem}), so no history and every file counts")
        return plain
    checkout = GitCheckout(root=plain.root, head=head, tracked=True)
    if not head:
        checkout.note("the repository has no commit yet: no history")
    if shallow == b"true":
        checkout.note("shallow clone: only a part of the history is here (fetch-depth: 0 brings all of it)")
    return checkout


class GitFailed(Exception):
    """A git command failed or was not to be had; the text is git's own first line."""


class Git:
    """Runs read-only git commands on one repository, with nothing of its configuration that starts programs."""

    def __init__(self, root: Path) -> None:
        settings = [part for name, value in HARDENED for part in ("-c", f"{name}={value}")]
        place = [f"--git-dir={root / '.git'}", f"--work-tree={root}"]
        self._command = ["git", "--no-pager", "--literal-pathspecs", *settings, *place]
        self._root = root

    def run(self, *arguments: str, accept: Sequence[int] = (0,), given: bytes = b"") -> bytes:
        """What git prints; raises GitFailed for an exit code that is not accepted, after GIT_SECONDS, without git."""
        try:
            # Only constant arguments, hexadecimal SHAs and paths behind `--` come here.
            done = subprocess.run(
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


def _environment() -> dict[str, str]:
    """The environment for git: ours without any variable of git's own, plus ENVIRONMENT."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | ENVIRONMENT


class GitCheckout:
    """A work tree at one commit (fulfils `rat.ports.Checkout`); made by `open_checkout`."""

    def __init__(self, *, root: Path, head: str, tracked: bool) -> None:
        self.root = root
        self.head = head
        self._git = Git(root)
        self._tracked = tracked
        self._lock = threading.RLock()
        self._files: tuple[str, ...] | None = None
        self._known: frozenset[str] = frozenset()
        self._folders = {"": True}
        self._notes: list[str] = []
        self._left_out: dict[str, str] = {}

    def note(self, text: str) -> None:
        """Remember something that could not be read."""
        with self._lock:
            if text not in self._notes:
                self._notes.append(text)

    def notes(self) -> tuple[str, ...]:
        """What could not be read and why; files that were left out are counted by reason, one named."""
        with self._lock:
            counts = Counter(self._left_out.values())
            first = {reason: min(path for path, why in self._left_out.items() if why == reason) for reason in counts}
            told = [f"{counts[why]} files left out: {why} ({first[why]!r})" for why in sorted(counts)]
            return (*self._notes, *told)

    def files(self) -> tuple[str, ...]:
        """The regular files of the tree (tracked ones in git), sorted; no links, devices, submodules."""
        with self._lock:
            if self._files is None:
                self._files = self._list()
                self._known = frozenset(self._files)
            return self._files

    def _list(self) -> tuple[str, ...]:
        if self._tracked:
            try:
                listing = self._git.run("ls-files", "-z", "--stage").decode("utf-8", "surrogateescape")
                return self._named(_regular(listing))
            except GitFailed as problem:
                self.note(f"git cannot list the files ({problem}), so every file counts")
        return self._named(self._walk())

    def _named(self, paths: Iterable[str]) -> tuple[str, ...]:
        """*paths* sorted, without those whose names are not UTF-8: such a name has no place in JSON or Markdown."""
        kept = set(paths)
        strange = {path for path in kept if not path.isascii() and not _is_utf8(path)}
        if strange:
            self.note(f"{len(strange)} files left out: their names are not UTF-8")
        return tuple(sorted(kept - strange))

    def _walk(self) -> Iterator[str]:
        seen = 0
        for folder, names, files in os.walk(self.root):
            names[:] = sorted(name for name in names if name not in SKIPPED_FOLDERS)
            inside = os.path.relpath(folder, self.root)
            prefix = "" if inside == "." else inside.replace(os.sep, "/") + "/"
            for name in sorted(files):
                if not _is_regular(os.path.join(folder, name)):  # noqa: PTH118 - a Path a file is too slow here
                    continue
                if seen == FILE_CAP:
                    self.note(f"only the first {FILE_CAP} files were read")
                    return
                seen += 1
                yield prefix + name

    def read(self, path: str) -> bytes | None:
        """The bytes of one of `files()`; None if it is not there, not regular, over SIZE_CAP or not readable."""
        self.files()
        if path not in self._known:
            return None
        if not self._inside(path.rpartition("/")[0]):
            return self._leave_out(path, "a folder on the way is a link")
        try:
            return self._read(path)
        except FileNotFoundError:
            return self._leave_out(path, "not in the work tree")
        except OSError as problem:
            # O_NOFOLLOW on a link: https://man7.org/linux/man-pages/man2/open.2.html
            linked = problem.errno in (errno.ELOOP, errno.EMLINK)
            return self._leave_out(path, "a link" if linked else "not readable")

    def _read(self, path: str) -> bytes | None:
        # O_NONBLOCK: opening a FIFO must not wait for a writer.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(f"{self.root}/{path}", flags)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return self._leave_out(path, "not a regular file")
            if status.st_size > SIZE_CAP:
                return self._leave_out(path, f"larger than {SIZE_CAP >> 20} MiB")
            return os.read(descriptor, SIZE_CAP + 1)
        finally:
            os.close(descriptor)

    def _leave_out(self, path: str, reason: str) -> bytes | None:
        """Nothing, having remembered why."""
        with self._lock:
            self._left_out[path] = reason
        return None

    def _inside(self, folder: str) -> bool:
        """Whether *folder* and every folder above it up to the root is a real folder; asked once for each."""
        if folder not in self._folders:
            above = self._inside(folder.rpartition("/")[0])
            self._folders[folder] = above and _is_folder(f"{self.root}/{folder}")
        return self._folders[folder]

    def commits(self, *, limit: int) -> tuple[Commit, ...]:
        """The newest *limit* commits up to the head, newest first, with the files they changed; none outside git.

        A merge has no files of its own.
        """
        if not self.head:
            return ()
        options = ("-z", "--no-renames", "--name-only", "--no-ext-diff", "--no-textconv", "--no-mailmap")
        try:
            log = self._git.run(
                "log", f"--max-count={limit}", *options, "--encoding=UTF-8", f"--format={FIELDS}", self.head, "--"
            )
        except GitFailed as problem:
            self.note(f"git cannot read the history ({problem})")
            return ()
        return tuple(_commits(log.decode("utf-8", "replace")))

    def has_commit(self, sha: str) -> bool:
        """Whether *sha* (full or short, hexadecimal) is a commit of this history."""
        if not self.head or not SHA.fullmatch(sha):
            return False
        try:
            full = self._git.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{sha}^{{commit}}")
            self._git.run("merge-base", "--is-ancestor", full.decode("ascii").strip(), self.head)
        except GitFailed:
            return False
        return True

    def remote_slug(self) -> str:
        """`owner/repo` of the remote `origin`; empty without one. Only the file's text is read, nothing is contacted."""
        try:
            url = self._git.run("config", "--local", "--no-includes", "--get", "remote.origin.url", accept=(0, 1))
        except GitFailed:
            return ""
        found = SLUG.search(url.decode("utf-8", "replace").strip())
        return found[1] if found else ""

    def authors(self, paths: Sequence[str], *, limit: int) -> tuple[tuple[str, int], ...]:
        """Who changed *paths* in the newest *limit* commits to them: `Name <email>` and a count, most first."""
        if not self.head or not paths:
            return ()
        try:
            log = self._git.run(
                "log", f"--max-count={limit}", "--no-mailmap", "--encoding=UTF-8", "--no-merges",
                "--format=%an <%ae>", self.head, "--", *paths,
            )  # fmt: skip
        except GitFailed as problem:
            self.note(f"git cannot read the authors ({problem})")
            return ()
        counts = Counter(log.decode("utf-8", "replace").splitlines())
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def changed_between(self, base: str, head: str) -> tuple[ChangedFile, ...]:
        """The files that differ between the merge base of two commits and *head*; a rename counts as its new name."""
        for sha in (base, head):
            if not SHA.fullmatch(sha):
                raise ConfigError(f"{sha!r} is not a commit: give its hexadecimal SHA.")
        try:
            diff = self._git.run(
                "diff", "-z", "--name-status", "--no-ext-diff", "--no-textconv", "--ignore-submodules", "-M",
                "--end-of-options", f"{base}...{head}", "--",
            )  # fmt: skip
        except GitFailed as problem:
            raise ConfigError(f"git cannot compare {base} and {head} ({problem}). Are both fetched?") from problem
        return tuple(_changes(diff.decode("utf-8", "replace").split("\0")))


def _regular(listing: str) -> Iterator[str]:
    """The paths of regular files in the output of `ls-files -z --stage`: `mode object stage<TAB>path`."""
    for entry in listing.split("\0"):
        if entry.startswith(REGULAR):
            yield entry.partition("\t")[2]


def _commits(log: str) -> Iterator[Commit]:
    tokens = log.split("\0")
    starts = [place for place, token in enumerate(tokens) if token.startswith("//")]
    place = 0
    while place < len(tokens):
        if not tokens[place].startswith("//"):
            place += 1
            continue
        sha, author, email, date, subject, body = tokens[place : place + 6]
        place += 6
        start = place
        while place < len(tokens) and not tokens[place].startswith("//"):
            place += 1
        files = tuple(name.removeprefix("\n") for name in tokens[start:place] if name)
        yield Commit(sha=sha[2:], author=author, email=email, date=date, subject=subject, body=body, files=files)


def _changes(tokens: list[str]) -> Iterator[ChangedFile]:
    """The changes in the output of `diff -z --name-status`: a letter, a path, and for R and C the new path."""
    rest = iter(tokens)
    for letter in rest:
        if not letter:
            return
        path = next(rest)
        if letter[0] in "RC":
            path = next(rest)
        yield ChangedFile(path=path, status=STATUSES.get(letter[0], "modified"))


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_regular(path: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False
