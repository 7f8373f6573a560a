"""The journal keeps every whole line through crashes and lets one run write at a time."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rat.errors import Ambiguous, ConfigError, TrackerError
from rat.model import Comment, Ticket
from rat.publishing.journal import Entry, Journal, journaled
from rat.publishing.outcome import Action


def entry(text: str = "") -> Entry:
    return Entry(step="intent", ticket="acme/shop#12", purpose="refinement", operation="create_comment", text=text)


def test_entries_come_back_in_order_with_their_time_and_any_text(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "deep" / "er" / "journal.jsonl", now=lambda: "2026-11-01T00:00:00+00:00")
    for text in ("a\nb", "\u2028 \ud800 é", ""):
        journal.record(entry(text))
    assert [one.text for one in journal.entries()] == ["a\nb", "\u2028 \ud800 é", ""]
    assert len(journal.path.read_bytes().split(b"\n")) == 3 + 1
    assert {one.at for one in journal.entries()} == {"2026-11-01T00:00:00+00:00"}


def test_a_record_is_one_line_of_json_with_every_part_by_name(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", now=lambda: "2026-11-01T00:00:00+00:00")
    journal.record(replace(entry("é\u2028\nb"), action="created", comment_id="7", url="https://x/7"))
    (line,) = journal.path.read_text(encoding="ascii").splitlines()
    written = json.loads(line)
    assert written == {
        **dict.fromkeys(("reason", "marker", "replaced", "replaced_marker", "target", "by", "planned"), ""),
        "step": "intent",
        "ticket": "acme/shop#12",
        "purpose": "refinement",
        "operation": "create_comment",
        "comment_id": "7",
        "action": "created",
        "text": "é\u2028\nb",
        "url": "https://x/7",
        "at": "2026-11-01T00:00:00+00:00",
    }


def test_a_record_bears_the_time_of_its_writing_in_utc_to_the_second(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.record(entry())
    at = datetime.fromisoformat(journal.entries()[0].at)
    assert (at.utcoffset(), at.microsecond) == (timedelta(0), 0)
    assert at <= datetime.now(tz=UTC)


def test_a_journal_that_was_never_written_is_empty(tmp_path: Path) -> None:
    assert Journal(tmp_path / "journal.jsonl").entries() == ()


def test_a_line_of_no_use_is_passed_over_and_those_after_it_are_kept(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    for text in ("one", "two"):
        journal.record(entry(text))
        with journal.path.open("ab") as file:
            file.write(b"\xff\n")
    assert [one.text for one in journal.entries()] == ["one", "two"]


@pytest.mark.usefixtures("quick_disk")
def test_a_line_that_a_crash_cut_short_costs_that_line_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.record(entry("one"))
    whole = journal.path.read_bytes()
    for cut in range(1, len(whole)):
        journal.path.write_bytes(whole + whole[:cut])
        journal.record(entry("two"))
        texts = [one.text for one in journal.entries()]
        assert texts in (["one", "two"], ["one", "one", "two"])


def test_lines_of_a_later_version_or_no_sense_are_passed_over(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.path.write_text('[1]\n{"step": "intent"}\nnonsense\n')
    journal.record(entry("kept"))
    journal.path.write_text(journal.path.read_text().replace('"at"', '"new": 1, "at"'))
    assert [one.text for one in journal.entries()] == ["kept"]


def test_a_journal_that_cannot_be_used_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").mkdir()
    journal = Journal(tmp_path / "journal.jsonl")
    said = (
        f"The journal {journal.path} could not be used (Is a directory); nothing is published without it. "
        "Free the disk, or give another folder with --out."
    )
    for use in (lambda: journal.record(entry()), journal.entries):
        with pytest.raises(ConfigError, match=f"^{re.escape(said)}$"):
            use()


def test_a_journal_that_cannot_be_held_is_the_same_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="could not be used"), Journal(tmp_path / "file" / "journal.jsonl").held():
        pass


def test_an_error_while_the_journal_is_held_is_none_of_the_journal(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="elsewhere"), Journal(tmp_path / "journal.jsonl").held():
        raise FileNotFoundError("elsewhere")


def test_another_process_waits_until_the_journal_is_free(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "journal.jsonl"
    program = (
        "import sys, pathlib; from rat.publishing.journal import Journal\n"
        "print('waiting', flush=True)\n"
        "with Journal(pathlib.Path(sys.argv[1])).held(): print('held', flush=True)"
    )
    with Journal(path).held():
        other = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
        assert other.stdout is not None
        assert other.stdout.readline() == "waiting\n"
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(0.2)
    assert other.communicate(timeout=20)[0] == "held\n"
    with Journal(path).held():
        assert path.with_suffix(".lock").exists()


def test_the_intent_is_on_disk_before_the_write_and_its_outcome_after_it(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", now=lambda: "")
    seen: list[tuple[Entry, ...]] = []

    def send() -> Comment:
        seen.append(journal.entries())
        return Comment(id="7", author="rat", body="a", url="https://x/7")

    ended = journaled(entry("a"), send, journal, done=Action.CREATED)
    intent = replace(entry("a"), planned="created")
    assert seen == [(intent,)]
    assert ended == replace(entry("a"), step="outcome", action="created", comment_id="7", url="https://x/7")
    assert journal.entries() == (intent, ended)


def test_of_a_ticket_that_was_made_its_key_and_address_are_kept_of_anything_else_nothing(
    tmp_path: Path, ticket: Ticket
) -> None:
    journal = Journal(tmp_path / "journal.jsonl", now=lambda: "")
    made = replace(ticket, url="https://x/12")
    ended = journaled(entry(), lambda: made, journal, done=Action.CREATED)
    assert ended == replace(entry(), step="outcome", action="created", target="acme/shop#12", url="https://x/12")
    ended = journaled(entry(), lambda: None, journal, done=Action.UPDATED)
    assert ended == replace(entry(), step="outcome", action="updated")


def lose() -> Comment:
    raise Ambiguous("the answer was lost")


def refuse() -> Comment:
    raise TrackerError("the tracker said no")


def test_a_write_whose_answer_is_lost_for_good_is_put_off(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", now=lambda: "")
    ended = journaled(entry(), lose, journal, done=Action.CREATED)
    reason = "it is not known whether the write arrived: the answer was lost"
    assert ended == replace(entry(), step="outcome", action="deferred", reason=reason)
    assert ended.action is Action.DEFERRED
    assert journal.entries() == (replace(entry(), planned="created"), ended)


def test_a_write_that_failed_is_written_down_and_raised(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", now=lambda: "")
    with pytest.raises(TrackerError, match="the tracker said no"):
        journaled(entry(), refuse, journal, done=Action.CREATED)
    failed = replace(entry(), step="outcome", action="failed", reason="the tracker said no")
    assert journal.entries() == (replace(entry(), planned="created"), failed)


def test_without_an_intent_on_disk_nothing_is_sent(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").mkdir()
    with pytest.raises(ConfigError):
        journaled(entry(), refuse, Journal(tmp_path / "journal.jsonl"), done=Action.CREATED)
