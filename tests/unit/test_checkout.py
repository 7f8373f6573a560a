"""A checkout is read without leaving it, without running anything of it, and whatever state it is in."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from rat.checkout import open_checkout
from rat.checkout.git import parse_commits
from rat.errors import ConfigError
from rat.model import ChangedFile

Make = Callable[..., Path]
IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=root, env={**os.environ, **IDENTITY}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def write(root: Path, path: str, content: bytes | str) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode() if isinstance(content, str) else content)


def commit(root: Path, message: str, **files: str) -> str:
    for path, content in files.items():
        write(root, path.replace("__", "/").replace("_DOT_", "."), content)
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    commit(root, "Begin\n\nWith a body", src__a_DOT_py="a = 1\n", src__b_DOT_py="b = 2\n")
    return root


def test_tracked_files_are_listed_sorted_and_read_as_bytes(repository: Path) -> None:
    write(repository, "untracked.py", "x")
    checkout = open_checkout(repository)
    assert checkout.files() == ("src/a.py", "src/b.py")
    assert checkout.read("src/a.py") == b"a = 1\n"
    assert checkout.head == git(repository, "rev-parse", "HEAD")
    assert checkout.notes() == ()


def test_a_path_that_is_not_one_of_the_files_is_not_read(repository: Path, tmp_path: Path) -> None:
    write(tmp_path, "secret", "s")
    checkout = open_checkout(repository)
    for path in ("../secret", "/etc/passwd", "src/../../secret", ".git/config", "src", ""):
        assert checkout.read(path) is None


def test_a_folder_that_is_not_there_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="There is no folder"):
        open_checkout(tmp_path / "nothing")


def test_a_folder_without_git_is_walked_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, "src/a.py", "a")
    write(tmp_path, "node_modules/x.js", "x")
    checkout = open_checkout(tmp_path)
    assert checkout.files() == ("src/a.py",)
    assert (checkout.head, checkout.commits(limit=5), checkout.remote_slug()) == ("", (), "")
    assert "not a git repository" in checkout.notes()[0]


def test_a_folder_below_someone_elses_repository_does_not_read_it(repository: Path) -> None:
    checkout = open_checkout(repository / "src")
    assert checkout.files() == ("a.py", "b.py")
    assert checkout.head == ""


def test_a_repository_without_a_commit_has_files_and_no_history(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write(tmp_path, "a.py", "a")
    git(tmp_path, "add", "a.py")
    checkout = open_checkout(tmp_path)
    assert checkout.files() == ("a.py",)
    assert (checkout.head, checkout.commits(limit=5), checkout.has_commit("abcd1234")) == ("", (), False)
    assert any("no commit yet" in note for note in checkout.notes())


def test_commits_come_newest_first_with_their_files_and_odd_messages(repository: Path) -> None:
    odd = "//0123 subject\n\nbody with \x01 and //4567 and\nlines"
    sha = commit(repository, odd, **{"src__new name_DOT_py": "n"})
    newest, first = open_checkout(repository).commits(limit=10)
    assert (newest.sha, newest.subject, newest.files) == (sha, "//0123 subject", ("src/new name.py",))
    assert "//4567" in newest.body
    assert (first.subject, first.body.strip()) == ("Begin", "With a body")
    assert (first.author, first.email) == ("Ada", "ada@example.org")
    assert first.files == ("src/a.py", "src/b.py")
    assert len(open_checkout(repository).commits(limit=1)) == 1


def test_files_and_a_history_that_are_expected_are_the_same(repository: Path) -> None:
    checkout = open_checkout(repository)
    checkout.expect(commits=7)
    assert checkout.files() == open_checkout(repository).files()
    assert checkout.commits(limit=7) == checkout.commits(limit=7) == open_checkout(repository).commits(limit=7)


def test_what_is_expected_and_git_cannot_give_is_noted(repository: Path) -> None:
    checkout = open_checkout(repository)
    (repository / ".git/HEAD").unlink()
    checkout.expect(commits=7)
    assert checkout.files() == ("src/a.py", "src/b.py")
    assert checkout.commits(limit=7) == ()
    assert checkout.notes() == (
        "git cannot list the files (exit code 128), so every file counts",
        "git cannot read the history (exit code 128)",
    )


def test_a_log_that_was_cut_off_gives_the_whole_commits_only() -> None:
    whole = "\0//aa\0Ada\0a@b\0d\0s\0b\0\0\nf.py\0"
    assert [found.sha for found in parse_commits(whole + "\0//bb\0Ada")] == ["aa"]


def test_a_commit_of_this_history_is_known_by_its_short_name_and_others_are_not(repository: Path) -> None:
    head = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "-q", "-b", "side")
    side = commit(repository, "Side", side="s")
    git(repository, "checkout", "-q", "main")
    checkout = open_checkout(repository)
    assert checkout.has_commit(head[:8])
    assert not checkout.has_commit(side)
    assert not checkout.has_commit("0" * 40)
    assert not checkout.has_commit("--output=x")
    assert not checkout.has_commit("main")


def test_a_detached_head_is_read_like_any_other(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    commit(repository, "More", more="m")
    git(repository, "checkout", "-q", first)
    checkout = open_checkout(repository)
    assert checkout.head == first
    assert "more" not in checkout.files()


def test_a_shallow_clone_says_that_history_is_missing(repository: Path, tmp_path: Path) -> None:
    commit(repository, "More", more="m")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")
    checkout = open_checkout(tmp_path / "shallow")
    assert len(checkout.commits(limit=10)) == 1
    assert any("shallow" in note for note in checkout.notes())


def test_a_checkout_whose_index_was_lost_says_so(repository: Path) -> None:
    git(repository, "read-tree", "--empty")
    checkout = open_checkout(repository)
    assert checkout.files() == ()
    assert any("tracks no file" in note for note in checkout.notes())


def test_a_linked_work_tree_is_read(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", str(tmp_path / "linked"), "-b", "linked")
    checkout = open_checkout(tmp_path / "linked")
    assert checkout.files() == ("src/a.py", "src/b.py")
    assert len(checkout.commits(limit=3)) == 1


def test_links_submodules_fifos_and_devices_are_neither_listed_nor_followed(repository: Path, tmp_path: Path) -> None:
    write(tmp_path, "outside/secret.py", "s")
    (repository / "link.py").symlink_to(tmp_path / "outside/secret.py")
    (repository / "loop").symlink_to(repository)
    inner = repository / "inner"
    inner.mkdir()
    git(inner, "init", "-q")
    commit(inner, "Inner", x="x")
    git(repository, "-c", "advice.addEmbeddedRepo=false", "add", "-A")
    git(repository, "commit", "-q", "-m", "Odd things")
    (repository / "src/a.py").unlink()
    os.mkfifo(repository / "src/a.py")
    (repository / "src/b.py").unlink()
    (repository / "src/b.py").symlink_to(tmp_path / "outside/secret.py")
    checkout = open_checkout(repository)
    assert checkout.files() == ("src/a.py", "src/b.py")
    assert checkout.read("src/a.py") is None
    assert checkout.read("src/b.py") is None
    assert [note.partition(" (")[0] for note in checkout.notes()] == [
        "1 files left out: a link",
        "1 files left out: not a regular file",
    ]


def test_a_tracked_folder_that_became_a_link_out_of_the_tree_is_not_entered(repository: Path, tmp_path: Path) -> None:
    write(tmp_path, "outside/a.py", "secret")
    (repository / "src").rename(tmp_path / "moved")
    (repository / "src").symlink_to(tmp_path / "outside")
    checkout = open_checkout(repository)
    assert checkout.read("src/a.py") is None
    assert "a folder on the way is a link or missing" in checkout.notes()[0]


def test_walking_meets_loops_fifos_and_links_unharmed(tmp_path: Path) -> None:
    write(tmp_path, "src/a.py", "a")
    (tmp_path / "src/loop").symlink_to(tmp_path)
    (tmp_path / "src/out").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "src/pipe")
    assert open_checkout(tmp_path).files() == ("src/a.py",)


def test_a_file_over_the_cap_is_left_out_with_a_note(repository: Path) -> None:
    with (repository / "src/a.py").open("wb") as file:
        file.truncate(1 << 30)
    checkout = open_checkout(repository)
    assert checkout.read("src/a.py") is None
    assert "larger than 4 MiB" in checkout.notes()[0]


def test_a_deleted_file_and_an_unreadable_one_are_left_out_with_a_note(repository: Path) -> None:
    (repository / "src/a.py").unlink()
    (repository / "src/b.py").unlink()
    (repository / "src/b.py").mkdir()
    checkout = open_checkout(repository)
    assert checkout.read("src/a.py") is None
    assert checkout.read("src/b.py") is None
    assert any("not in the work tree" in note for note in checkout.notes())


def test_odd_file_names_are_kept_and_those_that_are_not_text_left_out(repository: Path) -> None:
    for name in ("new\nline.py", "sp ace.py", "ünï.py", "Case.py", "case.py", "-dash.py", ":(glob)x.py"):
        write(repository, name, name)
    with open(os.fsencode(repository) + b"/latin-\xe9.py", "wb") as file:  # noqa: PTH123 - no Path has such a name
        file.write(b"x")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "Names")
    checkout = open_checkout(repository)
    assert {"new\nline.py", "sp ace.py", "ünï.py", "Case.py", "case.py", "-dash.py", ":(glob)x.py"} < set(
        checkout.files()
    )
    assert checkout.read("new\nline.py") == b"new\nline.py"
    assert checkout.notes() == ("1 files left out: their names are not UTF-8",)
    assert "new\nline.py" in checkout.commits(limit=1)[0].files
    assert checkout.authors(["-dash.py", ":(glob)x.py"], limit=5) == (("Ada <ada@example.org>", 1),)


HOSTILE = """
[core]
    fsmonitor = {script}
    hooksPath = {folder}
    pager = {script}
    sshCommand = {script}
    alternateRefsCommand = {script}
    gitProxy = {script}
    worktree = /
    attributesFile = {folder}/attributes
[diff]
    external = {script}
[diff "x"]
    textconv = {script}
    command = {script}
[filter "x"]
    process = {script}
    smudge = {script}
    clean = {script}
[gpg]
    program = {script}
[log]
    showSignature = true
    mailmap = true
[pager]
    log = {script}
    diff = {script}
[alias]
    log = !{script}
    ls-files = !{script}
[credential]
    helper = !{script}
[uploadpack]
    packObjectsHook = {script}
[protocol]
    allow = always
[protocol "ext"]
    allow = always
[extensions]
    partialClone = origin
[remote "origin"]
    url = ext::{script} %S
    promisor = true
    uploadpack = {script}
"""


def test_a_hostile_git_configuration_runs_nothing(repository: Path, tmp_path: Path) -> None:
    proof, script = tmp_path / "ran", tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\necho ran >> {proof}\n", encoding="utf-8")
    script.chmod(0o755)
    (tmp_path / "attributes").write_text("* diff=x filter=x\n", encoding="utf-8")
    for hook in ("post-index-change", "fsmonitor-watchman", "reference-transaction"):
        (tmp_path / hook).symlink_to(script)
    write(repository, ".gitattributes", "* diff=x filter=x\n")
    first = git(repository, "rev-parse", "HEAD")
    second = commit(repository, "More", src__a_DOT_py="a = 2\n")
    tree = git(repository, "rev-parse", "HEAD~:src")
    with (repository / ".git/config").open("a", encoding="utf-8") as file:
        file.write(HOSTILE.format(script=script, folder=tmp_path))
    (repository / f".git/objects/{tree[:2]}/{tree[2:]}").unlink()
    checkout = open_checkout(repository)
    assert checkout.files() == (".gitattributes", "src/a.py", "src/b.py")
    assert checkout.read("src/a.py") == b"a = 2\n"
    checkout.commits(limit=10)
    checkout.has_commit(first)
    checkout.has_commit("0" * 40)
    checkout.authors(["src/a.py"], limit=5)
    checkout.remote_slug()
    with pytest.raises(ConfigError, match="git cannot compare"):
        checkout.changed_between(first, second)
    assert not proof.exists()


def test_a_broken_git_folder_is_walked_with_a_note(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "a")
    write(tmp_path, ".git", "gitdir: /nowhere")
    checkout = open_checkout(tmp_path)
    assert checkout.files() == ("a.py",)
    assert "git cannot read the repository" in checkout.notes()[0]


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://github.com/acme/app.git", "acme/app"),
        ("git@github.com:acme/app.git", "acme/app"),
        ("ssh://git@ghe.example/acme/my.app", "acme/my.app"),
        ("https://token:x@github.com/acme/app/", "acme/app"),
        ("file:///srv", ""),
        ("", ""),
    ],
)
def test_the_slug_comes_from_the_origin(repository: Path, url: str, slug: str) -> None:
    if url:
        git(repository, "remote", "add", "origin", url)
    assert open_checkout(repository).remote_slug() == slug


def test_what_changed_between_two_commits_starts_at_their_merge_base(repository: Path) -> None:
    base = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "-q", "-b", "topic")
    git(repository, "mv", "src/a.py", "src/renamed.py")
    (repository / "src/b.py").unlink()
    head = commit(repository, "Topic", added="x")
    git(repository, "checkout", "-q", "main")
    later = commit(repository, "Main goes on", main="m")
    checkout = open_checkout(repository)
    expected = (
        ChangedFile(path="added", status="added"),
        ChangedFile(path="src/b.py", status="removed"),
        ChangedFile(path="src/renamed.py", status="renamed"),
    )
    assert checkout.changed_between(later, head) == checkout.changed_between(base, head) == expected
    with pytest.raises(ConfigError, match="is not a commit"):
        checkout.changed_between("--output=/tmp/x", head)


def test_git_that_is_not_installed_leaves_a_walk_and_a_note(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    checkout = open_checkout(repository)
    assert checkout.files() == ("src/a.py", "src/b.py")
    assert "git cannot read the repository" in checkout.notes()[0]
