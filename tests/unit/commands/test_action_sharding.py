"""Shards are even, and results are those of the jobs that made them or are not used at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.commands.action_sharding import (
    LARGEST_MATRIX,
    LARGEST_RUN,
    SHARDS,
    digest_of,
    matrix_of,
    verified_folders,
)
from rat.errors import ConfigError
from rat.runner import OUTPUT_BYTES


def results(folder: Path, name: str = "run.json", text: str = "{}") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder


@given(keys=st.lists(st.text(min_size=1), unique=True, max_size=900))
def test_every_ticket_is_in_one_shard_and_shards_are_even(keys: list[str]) -> None:
    shards = matrix_of(keys)["include"]
    assert sorted(key for shard in shards for key in shard["tickets"]) == sorted(keys)
    assert [shard["shard"] for shard in shards] == list(range(len(shards)))
    sizes = [len(shard["tickets"]) for shard in shards]
    assert len(shards) <= SHARDS
    assert max(sizes, default=0) - min(sizes, default=0) <= 1


def test_the_matrix_of_the_largest_run_fits_an_output() -> None:
    """A login has 39 letters at most, a repository's name 100."""
    longest = [f"{'o' * 39}/{'r' * 100}#{number}" for number in range(10**7, 10**7 + LARGEST_RUN)]
    matrix = matrix_of(longest)
    assert len(matrix["include"]) == SHARDS
    assert len(json.dumps(matrix, separators=(",", ":"))) <= OUTPUT_BYTES


@given(keys=st.lists(st.text(min_size=1), unique=True, max_size=600), shards=st.integers(1, LARGEST_MATRIX))
def test_as_many_shards_as_asked_for_none_empty(keys: list[str], shards: int) -> None:
    matrix = matrix_of(keys, shards=shards)["include"]
    assert len(matrix) == min(shards, len(keys))
    assert all(shard["tickets"] for shard in matrix)
    assert sorted(key for shard in matrix for key in shard["tickets"]) == sorted(keys)


def test_results_that_are_as_they_were_made_are_taken(tmp_path: Path) -> None:
    one, two = results(tmp_path / "rat-0"), results(tmp_path / "rat-1", text='{"x": 1}')
    digests = json.dumps({"digest-0": digest_of(one), "digest-1": digest_of(two), "digest-2": ""})
    assert verified_folders(tmp_path, digests) == (one, two)


def test_a_single_artifact_lies_in_the_folder_itself(tmp_path: Path) -> None:
    results(tmp_path, "impact.json")
    assert verified_folders(tmp_path, digest_of(tmp_path)) == (tmp_path,)


def test_results_of_the_same_job_need_no_digest(tmp_path: Path) -> None:
    results(tmp_path)
    assert verified_folders(tmp_path, " ") == (tmp_path,)


@pytest.mark.parametrize("change", ["content", "new file", "renamed", "removed"])
def test_a_changed_artifact_is_refused(tmp_path: Path, change: str) -> None:
    folder = results(tmp_path / "rat-0")
    (folder / "a.json").write_text("{}")
    digest = digest_of(folder)
    if change == "content":
        (folder / "a.json").write_text("{ }")
    elif change == "new file":
        (folder / "b.json").write_text("{}")
    elif change == "renamed":
        (folder / "a.json").rename(folder / "b.json")
    else:
        (folder / "a.json").unlink()
    with pytest.raises(ConfigError, match="not those that this run made"):
        verified_folders(tmp_path, digest)


def test_a_missing_shard_and_a_foreign_one_are_refused(tmp_path: Path) -> None:
    one, two = results(tmp_path / "rat-0"), results(tmp_path / "rat-1", text="[]")
    digests = [digest_of(one), digest_of(two)]
    with pytest.raises(ConfigError, match="1 of 2 results"):
        verified_folders(tmp_path, digests[0])
    (two / "run.json").unlink()
    with pytest.raises(ConfigError, match="1 are missing"):
        verified_folders(tmp_path, " ".join(digests))


def test_outputs_without_any_digest_publish_nothing(tmp_path: Path) -> None:
    results(tmp_path)
    with pytest.raises(ConfigError, match="Nothing was published"):
        verified_folders(tmp_path, '{"digest-0": ""}')


def test_an_expired_artifact_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="expire"):
        verified_folders(tmp_path, "")


def test_a_link_among_the_results_is_refused(tmp_path: Path) -> None:
    results(tmp_path)
    (tmp_path / "x.json").symlink_to("/etc/passwd")
    with pytest.raises(ConfigError, match="no regular file"):
        digest_of(tmp_path)


def test_hidden_files_do_not_count_since_artifacts_leave_them_out(tmp_path: Path) -> None:
    before = digest_of(results(tmp_path))
    results(tmp_path / ".cache")
    (tmp_path / ".lock").touch()
    assert digest_of(tmp_path) == before
