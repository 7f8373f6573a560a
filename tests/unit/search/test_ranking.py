import os
import subprocess
import sys
from pathlib import Path

import pytest

from rat.search import Tree, localize, rank, read_tree
from rat.search.kinds import Kind
from tests.unit.search.forest import Forest, commit

pytestmark = pytest.mark.usefixtures("either_matcher")

TEXTS: dict[str, str | bytes] = {
    "src/acme/url.py": "from acme.text import squash\n\n\ndef parse_url(text):\n    return squash(text)\n",
    "src/acme/text.py": "def squash(text):\n    raise ValueError('cannot squash an empty text')\n",
    "src/acme/server.py": "class Server:\n    def serve(self): ...\n",
    "src/acme/other.py": "OTHER = 1\n",
    "tests/test_url.py": "def test_parse_url(): ...\n",
    "docs/url.md": "parse_url parse_url parse_url\n",
    "conf/app.yml": "url: parse\n",
}
HISTORY = (
    commit(1, "Serve retry budgets", "src/acme/server.py", "src/acme/other.py"),
    commit(2, "Retry budgets once more", "src/acme/server.py"),
)


@pytest.fixture
def tree() -> Tree:
    return read_tree(Forest(texts=dict(TEXTS), history=HISTORY))


def paths(tree: Tree, title: str, body: str = "", top: int = 10) -> list[str]:
    return [file.path for file in rank(title=title, body=body, tree=tree, top=top).files]


def test_the_file_that_defines_what_the_ticket_names_comes_first_and_says_so(tree: Tree) -> None:
    best = rank(title="parse_url drops the port", body="", tree=tree, top=3).files[0]
    assert best.path == "src/acme/url.py"
    assert "defines `parse_url`, named in the ticket" in best.reasons
    assert [(symbol.name, symbol.line) for symbol in best.symbols] == [("parse_url", 4)]
    assert best.tests == ("tests/test_url.py",)


def test_tests_and_documentation_are_not_ranked_among_the_files(tree: Tree) -> None:
    assert set(paths(tree, "parse_url")) & {"tests/test_url.py", "docs/url.md"} == set()


def test_a_named_path_wins(tree: Tree) -> None:
    best = rank(title="parse_url", body="It is in `acme/server.py`", tree=tree, top=1).files[0]
    assert (best.path, best.reasons[0]) == ("src/acme/server.py", "named in the ticket")


def test_a_message_in_quotes_leads_to_its_literal(tree: Tree) -> None:
    best = rank(title="It fails", body='It says "cannot squash an empty text"', tree=tree, top=1).files[0]
    assert best.path == "src/acme/text.py"
    assert any("text that the ticket quotes" in reason for reason in best.reasons)


def test_code_in_backticks_leads_to_the_file_that_has_it_as_it_stands_in_any_case() -> None:
    texts: dict[str, str | bytes] = {
        "src/one.py": "keep = run('--Keep-Going now')\n",
        **{f"src/two{number}.py": "keep = going(now)\n" for number in range(3)},
    }
    tree = read_tree(Forest(texts=texts))
    found = rank(title="It stops", body="Pass `--keep-going now` and it stops", tree=tree, top=2).files
    assert found[0].path == "src/one.py"
    assert "uses `--keep-going now`, named in the ticket" in found[0].reasons
    assert not any("--keep-going" in reason for reason in found[1].reasons)


def test_of_files_that_say_the_same_the_one_that_defines_more_about_the_title_comes_first() -> None:
    texts: dict[str, str | bytes] = {
        "src/a.py": "def budget_of(): ...\ndef other_thing(): ...  # budget\n",
        "src/b.py": "def budget_of(): ...\ndef other_budget(): ...  # thing\n",
        **{f"src/c{number}.py": "pass\n" for number in range(4)},
    }
    assert paths(read_tree(Forest(texts=texts)), "The budget is spent")[0] == "src/b.py"


def test_history_leads_to_files_that_do_not_say_the_words(tree: Tree) -> None:
    best = rank(title="Retry budgets are wrong", body="", tree=tree, top=2).files[0]
    assert best.path == "src/acme/server.py"
    assert any(reason.startswith("changed in 2 commits about") for reason in best.reasons)


def test_every_file_has_a_reason_be_it_a_weak_one(tree: Tree) -> None:
    body = "Serve empty texts, retry budgets, squash, self, class, import, raise, parse, acme and other things."
    found = rank(title="Many words", body=body, tree=tree, top=10).files
    assert len(found) >= 3
    assert all(file.reasons for file in found)


def test_a_stack_trace_leads_to_its_file(tree: Tree) -> None:
    body = 'Traceback:\n  File "/usr/lib/acme/text.py", line 2, in squash\n'
    best = rank(title="Crash", body=body, tree=tree, top=1).files[0]
    assert (best.path, best.reasons[0]) == ("src/acme/text.py", "in the stack trace, line 2")


def test_a_ticket_that_has_nothing_to_do_with_the_code_gets_no_files(tree: Tree) -> None:
    assert paths(tree, "") == []
    assert paths(tree, "Zebra giraffe okapi") == []


def test_top_limits_the_files(tree: Tree) -> None:
    assert len(paths(tree, "parse text url squash", top=1)) == 1


def test_a_tree_is_read_once_for_many_tickets() -> None:
    forest = Forest(texts=dict(TEXTS), history=HISTORY)
    tree = read_tree(forest)
    first = len(forest.reads)
    assert first == 5
    for title in ("parse_url", "squash", "serve"):
        rank(title=title, body="", tree=tree, top=3)
    assert set(forest.reads[first:]) <= {path for path in TEXTS if path.startswith(("src", "conf"))}


def test_an_empty_checkout_has_no_files() -> None:
    assert paths(read_tree(Forest(texts={})), "parse_url") == []


def test_pointers_binaries_and_generated_files_are_left_out_and_grammars_keep_their_output() -> None:
    tree = read_tree(
        Forest(
            texts={
                "src/big.py": "version https://git-lfs.github.com/spec/v1\noid sha256:00\n",
                "src/wide.py": "parse_url".encode("utf-16"),
                "src/old.py": "# d\xe9j\xe0 parse_url".encode("latin-1"),
                "src/blob.py": b"parse_url\0\0",
                "src/made.go": "// Code generated by x. DO NOT EDIT.\nparse_url\n",
                "src/parser.y": "parse_url\n",
                "src/parser.c": "/* A Bison parser, made by GNU Bison */\nparse_url\n",
            }
        )
    )
    found = paths(tree, "parse_url")
    assert {"src/wide.py", "src/old.py", "src/parser.y", "src/parser.c"} <= set(found)
    assert "src/made.go" not in found
    assert tree.kinds["src/made.go"] is Kind.GENERATED
    assert tree.notes == ("1 files are Git LFS pointers: their content is not here",)


def test_the_same_ticket_gives_the_same_bytes_under_every_hash_seed(tmp_path: Path) -> None:
    for path, text in TEXTS.items():
        target = tmp_path / "tree" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    ticket = tmp_path / "ticket.md"
    ticket.write_text("# parse_url and squash fail\n\nSee `Server.serve` for text, url and other\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "rat",
        "localize",
        "--ticket",
        str(ticket),
        "--repo",
        str(tmp_path / "tree"),
        "--json",
    ]
    outputs = {
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_one_ticket_alone_gets_what_it_gets_among_many() -> None:
    forest = Forest(texts=dict(TEXTS), history=HISTORY)
    asked = {"title": "parse_url: HTTPServer retries `Server` budgets", "body": '"cannot squash an empty text" parsing'}
    assert localize(**asked, checkout=forest, top=9) == rank(**asked, tree=read_tree(forest), top=9)


def test_of_a_huge_tree_the_first_files_are_searched_and_the_rest_is_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rat.search.tree.MOST", 3)
    found = read_tree(Forest(texts=dict(TEXTS)))
    assert len(found.paths) == 3
    assert found.notes == ("only the first 3 of 5 files of source and configuration were searched",)


def test_a_path_of_a_thousand_folders_is_ranked_like_any_other() -> None:
    deep = "a/" * 3000 + "parse_url.py"
    assert paths(read_tree(Forest(texts={deep: "def parse_url(): ...\n"})), "parse_url") == [deep]
