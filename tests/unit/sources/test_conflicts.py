"""Tickets that go against a decision, and tickets that only look like it."""

import json
from pathlib import Path

import pytest

from rat.sources import conflicts
from rat.sources.library import Library
from tests.unit.sources.library_of import library_of, nygard, refinement_of

DECISIONS = Path(__file__).parents[2] / "fixtures" / "decisions"


def _library() -> Library:
    return library_of({f"docs/adr/{path.name}": path.read_bytes() for path in (DECISIONS / "log").iterdir()})


def _cases(half: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (DECISIONS / f"conflicts_{half}.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("half", ["dev", "held_out"])
def test_precision_and_recall_on_our_own_cases(half: str) -> None:
    library, right, false, missed = _library(), 0, 0, 0
    for case in _cases(half):
        refinement = conflicts.gather(refinement_of(str(case["title"]), str(case["body"])), library)
        found = {int(conflict.adr.removeprefix("ADR-")) for conflict in refinement.conflicts}
        wanted = set(case["conflicts"]) if isinstance(case["conflicts"], list) else set()
        right, false, missed = right + len(found & wanted), false + len(found - wanted), missed + len(wanted - found)
    assert right / (right + false) >= 0.9
    assert right / (right + missed) >= 0.6


def test_a_conflict_quotes_both_sides_and_its_evidence_holds_the_quote() -> None:
    library = _library()
    refinement = conflicts.gather(
        refinement_of("Archive", "Orders grow. We should store archived orders in MongoDB."), library
    )
    (conflict,) = refinement.conflicts
    assert conflict.quote == "Bad, because transactions over several collections were slow in our test."
    assert conflict.ticket_quote == "We should store archived orders in MongoDB."
    (evidence,) = refinement.evidence
    assert conflict.quote in evidence.text
    file = library.checkout.read(evidence.path)
    assert file is not None
    assert evidence.lines is not None
    assert evidence.text == "\n".join(file.decode().split("\n")[evidence.lines[0] - 1 : evidence.lines[1]])


def test_a_quote_over_two_lines_stands_as_in_the_file() -> None:
    adr = nygard(1, "Sessions", decision="Tokens must never be stored\r\nin localStorage of the browser.")
    refinement = conflicts.gather(
        refinement_of("Store the session token in localStorage"), library_of({"docs/adr/0001-x.md": adr})
    )
    assert refinement.conflicts[0].quote == "Tokens must never be stored\r\nin localStorage of the browser."
    assert refinement.conflicts[0].quote in refinement.evidence[0].text


@pytest.mark.parametrize(
    ("status", "conflict"),
    [
        ("Accepted", True),
        ("Proposed", False),
        ("Deprecated", False),
        ("Superseded by ADR 9", False),
        ("Rejected", False),
    ],
)
def test_only_a_decision_in_force_rules_anything_out(status: str, conflict: bool) -> None:
    library = library_of(
        {"docs/adr/0001-x.md": nygard(1, "No ORM in services", status, decision="We do not use GORM.")}
    )
    assert bool(conflicts.gather(refinement_of("Use GORM in the stock services"), library).conflicts) is conflict


def test_a_decision_without_status_says_so_in_the_reason() -> None:
    adr = "# No ORM in services\n\n## Context\n\nx\n\n## Decision\n\nWe do not use GORM.\n\n## Consequences\n\ny\n"
    (conflict,) = conflicts.gather(
        refinement_of("Use GORM in the stock services"), library_of({"docs/adr/0001-x.md": adr})
    ).conflicts
    assert conflict.reason.endswith("(its status is not stated)")


def test_at_most_a_few_are_shown() -> None:
    files: dict[str, str | bytes] = {
        f"docs/adr/000{n}-x.md": nygard(n, "No ORM", decision="We do not use GORM.") for n in range(1, 9)
    }
    assert len(conflicts.gather(refinement_of("Use GORM"), library_of(files)).conflicts) == conflicts.MOST


@pytest.mark.parametrize(
    "said",
    [
        "We chose PostgreSQL over MongoDB.",
        "We decided against MongoDB.",
        "MongoDB was rejected because it lost data.",
        "We use PostgreSQL rather than MongoDB.",
        "Services must not use MongoDB.",
        "Don't use MongoDB in new services.",
        "No new MongoDB clusters are created.",
        "Replace MongoDB with PostgreSQL.",
        "Yes.\n\n## Alternatives considered\n\n- **MongoDB**: lost data\n- Files",
        "Yes.\n\n## Alternatives\n\n### MongoDB\n\nLost data.",
        "Yes.\n\n## Considered options\n\n- **MongoDB (hosted)**: rejected. It lost orders.\n- Files: kept for exports",
        "Chosen option: PostgreSQL.\n\n## Options\n\n1. Option A: PostgreSQL\n2. Option B: MongoDB (hosted)",
    ],
)
def test_ways_to_rule_something_out(said: str) -> None:
    library = library_of({"docs/adr/0001-x.md": nygard(1, "Where orders are kept", decision=said)})
    (conflict,) = conflicts.gather(
        refinement_of("Archive of orders", "Please store old orders in MongoDB."), library
    ).conflicts
    assert "MongoDB" in conflict.reason
    for harmless in (
        "The MongoDB importer crashes.",
        "Do not use MongoDB for orders.",
        "Remove MongoDB from the orders.",
    ):
        assert conflicts.gather(refinement_of("Archive of orders", harmless), library).conflicts == ()


@pytest.mark.timeout(30)
def test_hostile_text_takes_no_exponential_time() -> None:
    for text in (
        "we will not " * 3_000,
        "replace " * 3_000,
        "a" * 50_000,
        "must not be " * 2_000,
        "```\n" * 5_000,
        "use " * 5_000 + "x" * 500,
    ):
        library = library_of({"docs/adr/0001-x.md": nygard(1, "No ORM", decision=text)})
        conflicts.gather(refinement_of("Use GORM", text), library)
