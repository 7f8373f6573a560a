"""A checkout: its files, read without leaving it, and its history."""

import errno
import os
import re
import stat
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rat.checkout.git import FIELDS, Git, GitFailed, parse_commits, regular_files
from rat.errors import ConfigError
from rat.model.commit import Commit

if TYPE_CHECKING:
    from rat.model.pull_request import ChangedFile

SIZE_CAP = 4 << 20
"""Bytes; a larger file is left out with a note."""
FILE_CAP = 1_000_000
"""Files; what a folder without git has beyond these is left out with a note."""
COMMITS = 2000
"""How far back a history is worth reading for code search: 3,000 find no more and take a third longer."""
SKIPPED_FOLDERS = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", ".tox", ".mypy_cache"})

LIST = ("ls-files", "-z", "--stage")

SHA = re.compile(r"[0-9a-fA-F]{4,64}")


def open_checkout(root: Path) -> "GitCheckout":
    """The checkout at *root*; a folder without git works and its notes say so. Raises ConfigError without a folder."""
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
        said = git.run("rev-parse", "--is-shallow-repository", "--verify", "--quiet", "HEAD^{commit}", accept=(0, 1))
    except GitFailed as problem:
        plain.note(f"git cannot read the repository ({problem}), so no history and every file counts")
        return plain
    shallow, _, head = said.decode("ascii").strip().partition("\n")
    checkout = GitCheckout(root=plain.root, head=head, tracked=True)
    if not head:
        checkout.note("the repository has no commit yet: no history")
    if shallow == "true":
        checkout.note("shallow clone: only a part of the history is here (fetch-depth: 0 brings all of it)")
    return checkout


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
        self.left_out: dict[str, str] = {}
        """Path → why it was not read."""

    def note(self, text: str) -> None:
        """Remember something that could not be read."""
        with self._lock:
            if text not in self._notes:
                self._notes.append(text)

    def notes(self) -> tuple[str, ...]:
        """What could not be read and why; files that were left out are counted by reason, one named."""
        with self._lock:
            counts = Counter(self.left_out.values())
            first = {reason: min(path for path, why in self.left_out.items() if why == reason) for reason in counts}
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
                listing = self._git.run(*LIST).decode("utf-8", "surrogateescape")
                if self.head and not listing:
                    self.note("git tracks no file here although there are commits: check the commit out again")
                return self._named(regular_files(listing))
            except GitFailed as problem:
                self.note(f"git cannot list the files ({problem}), so every file counts")
        return self._named(self._walk())

    def _named(self, paths: Iterable[str]) -> tuple[str, ...]:
        """*paths* sorted, without those whose names are not UTF-8: such a name has no place in JSON or Markdown."""
        kept = sorted(dict.fromkeys(paths))
        named = tuple(path for path in kept if path.isascii() or _is_utf8(path))
        if len(named) < len(kept):
            self.note(f"{len(kept) - len(named)} files left out: their names are not UTF-8")
        return named

    def _walk(self) -> Iterator[str]:
        seen = 0
        for folder, names, files in os.walk(self.root):
            names[:] = sorted(name for name in names if name not in SKIPPED_FOLDERS)
            inside = os.path.relpath(folder, self.root)
            prefix = "" if inside == "." else inside.replace(os.sep, "/") + "/"
            for name in sorted(files):
                if name == ".git" or not _is_regular(os.path.join(folder, name)):  # noqa: PTH118 - a Path a file is too slow here
                    continue
                if seen == FILE_CAP:
                    self.note(f"only the first {FILE_CAP} files were read")
                    return
                seen += 1
                yield prefix + name

    def read(self, path: str) -> bytes | None:
        """The bytes of one of `files()`; None if it is not there, not regular, over SIZE_CAP or not readable."""
        if self._files is None:
            self.files()
        if path not in self._known:
            return None
        if not self._inside(path.rpartition("/")[0]):
            return self._leave_out(path, "a folder on the way is a link or missing")
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
            return os.read(descriptor, status.st_size)
        finally:
            os.close(descriptor)

    def _leave_out(self, path: str, reason: str) -> bytes | None:
        """Nothing, having remembered why."""
        with self._lock:
            self.left_out[path] = reason
        return None

    def _inside(self, folder: str) -> bool:
        """Whether *folder* and every folder above it up to the root is a real folder; asked once for each."""
        if folder not in self._folders:
            real, end = True, 0
            while real and end < len(folder):
                end = folder.find("/", end + 1) if "/" in folder[end + 1 :] else len(folder)
                above = folder[:end]
                real = self._folders[above] = self._folders.get(above) or _is_folder(f"{self.root}/{above}")
            self._folders[folder] = real
        return self._folders[folder]

    def expect(self, *, commits: int) -> None:
        """Let git begin with what `files`, and `commits` of that limit, will ask for."""
        if self.head:
            if self._files is None:
                self._git.expect(*LIST)
            self._git.expect(*_log(self.head, commits))

    def commits(self, *, limit: int) -> tuple[Commit, ...]:
        """The newest *limit* commits up to the head, newest first, with the files they changed; none outside git.

        A merge has no files of its own.
        """
        if not self.head:
            return ()
        try:
            log = self._git.run(*_log(self.head, limit))
        except GitFailed as problem:
            self.note(f"git cannot read the history ({problem})")
            return ()
        return tuple(parse_commits(log.decode("utf-8", "replace")))

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
        """`owner/repo` of the remote `origin`; empty without one. The configuration is read, nothing is contacted."""
        from rat.checkout.remote import slug_in

        return slug_in(self._origin())

    def remote_host(self) -> str:
        """The host of the remote `origin`, in lower case; empty without one."""
        from rat.checkout.remote import host_in

        return host_in(self._origin())

    def default_branch(self) -> str:
        """The branch that `origin` called its default when it was cloned, else the one that is checked out."""
        for name in ("refs/remotes/origin/HEAD", "HEAD"):
            branch = self._said("symbolic-ref", "--quiet", "--short", name).removeprefix("origin/")
            if branch:
                return branch
        return ""

    def _origin(self) -> str:
        return self._said("config", "--local", "--no-includes", "--get", "remote.origin.url")

    def _said(self, *arguments: str) -> str:
        """What git prints, on one line; empty where it has no answer."""
        try:
            return self._git.run(*arguments, accept=(0, 1)).decode("utf-8", "replace").strip()
        except GitFailed:
            return ""

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

    def changed_between(self, base: str, head: str) -> "tuple[ChangedFile, ...]":
        """The files that differ between the merge base of two commits and *head*; a rename counts as its new name."""
        from rat.checkout.changes import parse_changes

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
        return tuple(parse_changes(diff.decode("utf-8", "replace").split("\0")))


def _log(head: str, limit: int) -> tuple[str, ...]:
    """The command whose output `parse_commits` reads."""
    options = ("-z", "--no-renames", "--name-only", "--no-ext-diff", "--no-textconv", "--no-mailmap")
    return ("log", f"--max-count={limit}", *options, "--encoding=UTF-8", f"--format={FIELDS}", head, "--")


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
