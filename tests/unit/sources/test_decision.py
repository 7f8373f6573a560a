"""One decision, read from each of the forms that people write."""

import pytest

from rat.sources.decision import CONTEXT, DECISION, Decision, read_decision
from rat.sources.document import read_document
from tests.unit.sources.library_of import nygard


def _read(text: str, path: str = "docs/adr/0012-use-kafka.md") -> Decision:
    document, _ = read_document(path, text.encode())
    assert document is not None
    return read_decision(document)


def test_nygard() -> None:
    decision = _read(nygard(12, "Use Kafka"))
    assert (decision.number, decision.title, decision.status.value, decision.date) == (
        12,
        "Use Kafka",
        "accepted",
        "2024-05-06",
    )
    assert decision.section(CONTEXT) is not None
    assert decision.section(DECISION) is not None


@pytest.mark.parametrize(
    ("text", "raw", "date"),
    [
        ("# T\n\n* Status: accepted\n* Date: 2024-01-02\n\n## Context\n", "accepted", "2024-01-02"),
        ("# T\n\n- **Status:** Active\n- **Last Modified:** 2024-01-02\n", "Active", "2024-01-02"),
        ("# T\n\n**Status**: Active\\\n**Date**: 2024-01-02\\\n", "Active", "2024-01-02"),
        ("---\nstatus: accepted\ndate: 2024-01-02\n---\n\n# T\n", "accepted", "2024-01-02"),
        ("# T\n\n| | |\n|---|---|\n| Status | Approved |\n| Date | January 2, 2024 |\n", "Approved", "2024-01-02"),
        (
            "# T\n\n| Status | Date | Deciders |\n|---|---|---|\n| Accepted | 2024-01-02 | Ada |\n",
            "Accepted",
            "2024-01-02",
        ),
        ("# T\n\n## Status\n\n✅ Accepted\n\n## Date\n\n2/1/2024\n", "✅ Accepted", "2024-01-02"),
        ("# T\n\n## Status: Accepted\n\nDate: 2024-01-02\n", "Accepted", ""),
        ("# T\n\nStatus: Accepted\nDate: 2024-01-02\n\n## Context\n", "Accepted", "2024-01-02"),
        ("# T\n\n## Status\n\n**Accepted** 2024-01-02\n", "**Accepted** 2024-01-02", "2024-01-02"),
        ("# T\n\n- **Status: accepted**\n", "accepted", ""),
        ("# T\n\n# T\n\n- Status: Accepted\n- Date: 2024-01-02\n\n## Context\n", "Accepted", "2024-01-02"),
        ("# T\n\n- Status:\n  - Accepted\n- Date: 2024-01-02\n", "Accepted", "2024-01-02"),
    ],
)
def test_where_status_and_date_stand(text: str, raw: str, date: str) -> None:
    decision = _read(text)
    assert (decision.raw_status, decision.status.value) == (raw, "accepted")
    assert decision.date == date


def test_reStructuredText_and_asciidoc() -> None:  # noqa: N802
    rst = _read(
        "1. Use Kafka\n############\n\nStatus\n******\n\nAccepted\n\nDecision\n********\n\nYes.\n",
        "docs/decisions/0001-x.rst",
    )
    adoc = _read("= 1. Use Kafka\n\n== Status\n\nAccepted\n\n== Decision\n\nYes.\n", "docs/adr/0001-x.adoc")
    assert [(d.number, d.title, d.status.value) for d in (rst, adoc)] == [(1, "Use Kafka", "accepted")] * 2


def test_the_folder_gives_the_status_where_the_text_has_none() -> None:
    assert _read("# T\n\n## Decision\n", "docs/adr/rejected/0001-x.md").status.value == "rejected"
    assert _read("# T\n\n## Decision\n", "docs/adr/0001-x.md").raw_status == ""


def test_a_status_deep_in_the_text_is_not_the_decisions() -> None:
    text = "# T\n\n## Context\n\n- Status: rejected\n\n### Status codes of the API\n\nDeprecated\n"
    assert _read(text).status.value == "unknown"


@pytest.mark.parametrize(
    ("path", "heading", "number", "title"),
    [
        ("docs/adr/0012-use-kafka.md", "# 12. Use Kafka", 12, "Use Kafka"),
        ("docs/adr/023-Logging.md", "# 23 Logging", 23, "Logging"),
        ("docs/adr/adr-003-x.md", "# ADR 003: Use X", 3, "Use X"),
        ("docs/adr/ADR003-x.md", "# [ADR-003] Use X", 3, "Use X"),
        ("docs/adr/ODH-ADR-Operator-0002-x.md", "# ODH-ADR-Operator-0002: Scope", 2, "Scope"),
        ("docs/adr/use-kafka.md", "# ADR-0007 — Use Kafka", 7, "Use Kafka"),
        ("docs/adr/20240506-use-kafka.md", "# Use Kafka", None, "Use Kafka"),
        ("docs/adr/2024-05-06-use-kafka/README.md", "# Use Kafka", None, "Use Kafka"),
        ("docs/adr/0004-use-kafka/README.md", "# Use Kafka", 4, "Use Kafka"),
        ("docs/adr/0012-use-kafka.md", "text only", 12, "Use kafka"),
        ("docs/adr/0012-use-kafka.md", "# {short title of solved problem and solution}", 12, "Use kafka"),
        ("docs/adr/0012-use-kafka.md", "# Use 3 replicas, 12 partitions", 12, "Use 3 replicas, 12 partitions"),
        ("docs/adr/0012-x.md", "# **Use** [`Kafka`](https://kafka.apache.org)", 12, "Use Kafka"),
    ],
)
def test_numbers_and_titles(path: str, heading: str, number: int | None, title: str) -> None:
    decision = _read(f"{heading}\n\n## Status\n\nAccepted\n", path)
    assert (decision.number, decision.title) == (number, title)
