import os
from pathlib import Path

import pytest

from rat.checkout import GitCheckout, open_checkout
from rat.search.index import Index
from rat.search.scan import Scan, scan
from rat.search.vocabulary import Wanted

pytestmark = pytest.mark.usefixtures("either_matcher")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for number in range(23):
        (tmp_path / f"file_{number:02}.py").write_text(
            f"def parse_url_{number}(): return 'zebra'\n" * (number + 1), "utf-8"
        )
    (tmp_path / "made.py").write_text("# DO NOT EDIT\n", "utf-8")
    (tmp_path / "data.json").write_text('{"a": 1}\n' * 30_000, "utf-8")
    (tmp_path / "pointer.py").write_text("version https://git-lfs.github.com/spec/v1\n", "utf-8")
    return tmp_path


def read(checkout: GitCheckout, processes: int = 1) -> Scan:
    return scan(checkout, checkout.files(), processes=processes)


def everything(found: Scan) -> object:
    found.index.close()
    asked = {"title": {"zebra": 1.0, "pars": 1.0, "7": 1.0}}
    return found.paths, found.other, found.pointers, found.index.lengths, found.index.scores(asked)


@pytest.mark.parametrize("processes", [2, 3, 50])
def test_the_outcome_is_the_same_however_many_processes_read(tree: Path, processes: int) -> None:
    alone = everything(read(open_checkout(tree), processes=1))
    assert everything(read(open_checkout(tree), processes=processes)) == alone


def test_with_the_words_of_one_ticket_only_the_outcome_for_it_is_the_same(tree: Path) -> None:
    checkout = open_checkout(tree)
    only = Wanted(["zebra", "pars", "7"], [])
    assert everything(scan(checkout, checkout.files(), only=only)) == everything(read(checkout))
    assert scan(checkout, checkout.files(), only=only).index.counts([b"return"]) == {}


def test_what_another_process_could_not_read_is_noted(tree: Path) -> None:
    with (tree / "file_22.py").open("wb") as file:
        file.truncate(5 << 20)
    checkout = open_checkout(tree)
    read(checkout, processes=2)
    assert "1 files left out: larger than 4 MiB ('file_22.py')" in checkout.notes()


def test_a_process_that_fails_is_done_without(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = everything(read(open_checkout(tree), processes=1))
    monkeypatch.setattr("rat.search.scan._answer", lambda *_: 1 / 0)
    assert everything(read(open_checkout(tree), processes=2)) == alone


def test_a_process_that_cannot_be_had_is_done_without(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError("no more processes")

    alone = everything(read(open_checkout(tree), processes=1))
    monkeypatch.setattr(os, "fork", refuse)
    assert everything(read(open_checkout(tree), processes=2)) == alone


def test_beside_other_threads_nothing_is_forked(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.active_count", lambda: 2)
    monkeypatch.setattr(os, "fork", None)
    assert read(open_checkout(tree), processes=2).paths


def test_appended_indexes_answer_as_one() -> None:
    texts = [b"parse url", b"zebra", b"parse parse", b"url zebra"]
    whole, first, second = Index(), Index(), Index()
    for text in texts:
        whole.add(text)
    for text in texts[:2]:
        first.add(text)
    for text in texts[2:]:
        second.add(text)
    first.append(Index.loads(second.dumps()))
    for index in (whole, first):
        index.close()
    asked = {"title": {"pars": 1.0, "url": 2.0, "zebra": 1.0}}
    assert first.scores(asked) == whole.scores(asked)
