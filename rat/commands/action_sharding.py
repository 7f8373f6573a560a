"""Work split over jobs: the matrix that `select` gives, and results that travel between jobs under a digest."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from rat.errors import ConfigError

LARGEST_MATRIX = 256
"""Jobs of a matrix: https://docs.github.com/en/actions/reference/limits"""

SHARDS = 16
"""Shards of the Action: one named output of `rat-refine.yml` each. Why 16 are enough: docs/adr/0023-growth.md."""

LARGEST_RUN = SHARDS * 32
"""Tickets of one run of the Action at most: a publisher may write 500 comments an hour, and a matrix is an output."""

TICKETS_A_SHARD = 20
"""A shard of fewer tickets would spend more time starting than working."""

RESULTS = ("run.json", "impact.json")
"""What makes a folder one of results: either of these."""

_CHUNK = 1 << 20


class Shard(TypedDict):
    """One job of the matrix."""

    shard: int
    tickets: list[str]


def matrix_of(keys: Sequence[str], *, shards: int | None = None) -> dict[str, list[Shard]]:
    """A matrix that deals *keys* out evenly, in order: `{"include":[{"shard":0,"tickets":[…]},…]}`.

    As many *shards* as there are tickets for, if a number is given; else as few as keep a shard worth its start.
    """
    count = min(shards, len(keys)) if shards else min(SHARDS, -(-len(keys) // TICKETS_A_SHARD))
    return {"include": [{"shard": shard, "tickets": list(keys[shard::count])} for shard in range(count)]}


def digest_of(folder: Path) -> str:
    """`sha256:` and the hash over names and contents of the files in *folder*, hidden ones left out as artifacts do.

    Raises ConfigError for anything that is neither a file nor a folder: nothing outside may be brought in.
    """
    lines = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")):
            continue
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise ConfigError(f"{name} among the results is no regular file. Nothing was published.")
        if path.is_file():
            lines.append(f"{_sha256(path)}  {name}\n")
    return "sha256:" + hashlib.sha256("".join(lines).encode(errors="surrogateescape")).hexdigest()


def verified_folders(folder: Path, digests: str) -> tuple[Path, ...]:
    """The folders of results in *folder*, itself or one a shard below it, each held to one of the *digests*.

    *digests* is any text with the `digest` outputs of the jobs that made the results, such as their outputs as JSON;
    where it is empty, the results were made in this very job. Raises ConfigError where a folder has another digest
    or one of them has no folder: an artifact was changed, or has expired.
    """
    folders = tuple(sorted({path.parent for name in RESULTS for path in _nearby(folder, name)}))
    if not folders:
        raise ConfigError(f"{folder.name} holds no results. They expire with their artifact: run the workflow again.")
    if not digests.strip():
        return folders
    expected = set(re.findall(r"\bsha256:[0-9a-f]{64}\b", digests))
    found = {digest_of(one) for one in folders}
    if found != expected:
        raise ConfigError(
            f"{len(found - expected)} of {len(found)} results are not those that this run made, and "
            f"{len(expected - found)} are missing. Nothing was published. Run the whole workflow again."
        )
    return folders


def _nearby(folder: Path, name: str) -> list[Path]:
    return [path for path in (folder / name, *folder.glob(f"*/{name}")) if path.is_file()]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
