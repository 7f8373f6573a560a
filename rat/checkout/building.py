"""A repository made from a folder of patches (git-format-patch(1)): the same patches give the same commits."""

from pathlib import Path

from rat.checkout.git import Git, GitFailed
from rat.errors import ConfigError

COMMITTER = ("-c", "user.name=rat", "-c", "user.email=rat@localhost", "-c", "commit.gpgSign=false")
EXACT = ("-c", "core.autocrlf=false", "-c", "core.attributesFile=", "-c", "am.threeWay=false")


def patches_in(folder: Path) -> tuple[Path, ...]:
    """The patches of *folder*, in their order; none where it is a checkout or a plain folder."""
    return () if (folder / ".git").exists() else tuple(sorted(folder.glob("*.patch")))


def build_repository(patches: tuple[Path, ...], folder: Path) -> None:
    """Make a repository in the empty *folder* with a commit for each of *patches*. Raises ConfigError.

    Dates of commits are those of the patches, so that the commits do not depend on when and where they are made.
    Nothing of the patches runs, and git refuses those that reach outside *folder* (git-apply(1)).
    """
    git = Git(folder)
    try:
        git.run("init", "--quiet", "--template=", "--initial-branch=main", "--object-format=sha1")
        options = ("am", "--quiet", "--committer-date-is-author-date", "--no-gpg-sign", "--keep-cr")
        git.run(*COMMITTER, *EXACT, *options, "--", *(str(path.resolve()) for path in patches))
    except GitFailed as problem:
        raise ConfigError(
            f"The patches in {patches[0].parent} cannot be applied ({problem}). Make them with `git format-patch "
            "--root`, and see that git is installed."
        ) from problem
