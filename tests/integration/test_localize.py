import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from rat.cli import rat

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    (root / "src").mkdir(parents=True)
    (root / "src/url.py").write_text("def parse_url(text):\n    return text\n", encoding="utf-8")
    (root / "src/x\x1b[31m\ny.py").write_text("parse_url = 1  # where nobody says otherwise\n", encoding="utf-8")
    (root / "test_url.py").write_text("def test_parse_url(): ...\n", encoding="utf-8")
    return root


def localize(ticket: Path, tree: Path, *options: str) -> "tuple[int, str, str]":
    done = CliRunner().invoke(rat, ["localize", "--ticket", str(ticket), "--repo", str(tree), *options])
    return done.exit_code, done.stdout, done.stderr


def test_the_json_names_paths_scores_reasons_symbols_and_tests(tmp_path: Path, tree: Path) -> None:
    ticket = tmp_path / "ticket.json"
    ticket.write_text(json.dumps({"id": "1", "title": "parse_url drops the port", "body": "badly"}), encoding="utf-8")
    code, out, err = localize(ticket, tree, "--json")
    files = json.loads(out)["files"]
    assert code == 0
    assert files[0] | {"score": 0, "reasons": []} == {
        "path": "src/url.py",
        "score": 0,
        "reasons": [],
        "symbols": [{"name": "parse_url", "line": 1}],
        "tests": ["test_url.py"],
    }
    assert "defines `parse_url`, named in the ticket" in files[0]["reasons"]
    assert [file["path"] for file in files[1:]] == ["src/x\x1b[31m\ny.py"]
    assert "not a git repository" in err


def test_the_list_is_for_people_and_control_characters_do_not_reach_the_terminal(tmp_path: Path, tree: Path) -> None:
    ticket = tmp_path / "ticket.md"
    ticket.write_text("# parse_url drops the port\n\nBadly\n", encoding="utf-8")
    code, out, _ = localize(ticket, tree)
    assert code == 0
    assert out.startswith("  1. src/url.py  (parse_url:1)\n")
    assert "tests: test_url.py" in out
    assert "\x1b" not in out
    assert "  2. src/x?[31m?y.py" in out


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"{", "JSON"), (b"[1]", ""), (b'{"id":"1","title":3}', "title"), (None, "no ")],
)
def test_a_ticket_file_that_cannot_be_used_is_one_clear_message(
    tmp_path: Path, tree: Path, content: bytes | None, complaint: str
) -> None:
    ticket = tmp_path / "ticket.json"
    if content is not None:
        ticket.write_bytes(content)
    done = CliRunner().invoke(rat, ["localize", "--ticket", str(ticket), "--repo", str(tree)])
    assert done.exit_code != 0
    assert type(done.exception).__name__ == "ConfigError"
    assert complaint.lower() in str(done.exception).lower()


@pytest.mark.parametrize("body", ["", "x" * 1_500_000, "\ufeff# parse_url\r\n\r\nbody\r\n", "d\xe9j\xe0"])
def test_odd_ticket_texts_are_read(tmp_path: Path, tree: Path, body: str) -> None:
    ticket = tmp_path / "ticket.md"
    ticket.write_bytes(f"# parse_url\n\n{body}".encode("latin-1" if body == "d\xe9j\xe0" else "utf-8"))
    code, out, _ = localize(ticket, tree, "--json")
    assert code == 0
    assert json.loads(out)["files"][0]["path"] == "src/url.py"


def test_a_checkout_that_is_not_there_is_a_clear_message(tmp_path: Path, tree: Path) -> None:
    ticket = tmp_path / "ticket.md"
    ticket.write_text("# parse_url", encoding="utf-8")
    done = CliRunner().invoke(rat, ["localize", "--ticket", str(ticket), "--repo", str(tree / "absent")])
    assert type(done.exception).__name__ == "ConfigError"
    assert "There is no folder" in str(done.exception)


def run_rat(*options: str, without: str = "") -> "subprocess.CompletedProcess[bytes]":
    """`rat` as on a machine where the package *without* cannot be imported."""
    program = f"import sys; sys.modules[{without!r}] = None; from rat.cli import main; main()"
    return subprocess.run([sys.executable, "-c", program, *options], capture_output=True, check=False, cwd=ROOT)


def test_without_the_faster_matcher_the_same_bytes_come_and_it_is_said_once() -> None:
    ticket = ROOT / "samples/bug-empty-title.md"
    asked = ("-v", "localize", "--ticket", str(ticket), "--repo", str(ROOT), "--json")
    fast, slow = run_rat(*asked), run_rat(*asked, without="ahocorasick_rs")
    assert len(json.loads(fast.stdout)["files"]) == 20
    assert slow.stdout == fast.stdout
    assert fast.stderr.count(b"rat-refine[speed]") == 0
    assert slow.stderr.count(b"rat-refine[speed]") == 1


def test_doctor_says_that_the_faster_matcher_is_missing(tree: Path) -> None:
    asked = ("doctor", "--repo", str(tree))
    assert b"rat-refine[speed]" not in run_rat(*asked).stdout
    slow = run_rat(*asked, without="ahocorasick_rs")
    assert slow.returncode == 0
    assert b"- code search" in slow.stdout
    assert b"rat-refine[speed]" in b" ".join(slow.stdout.split())
