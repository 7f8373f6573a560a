"""The log as a whole: ids, what replaces what, and what contradicts itself."""

from rat.sources.decision_log import DecisionLog, read_decisions
from rat.sources.lint import lint
from rat.sources.request_files import RequestList
from tests.unit.sources.library_of import MemoryCheckout, nygard


def _log(files: dict[str, str | bytes]) -> DecisionLog:
    return read_decisions(MemoryCheckout(files))


def _links(log: DecisionLog) -> dict[str, tuple[list[str], list[str]]]:
    return {d.path[9:13]: ([p[9:13] for p in d.supersedes], [p[9:13] for p in d.superseded_by]) for d in log.decisions}


def test_adr_tools_links_count_from_either_end() -> None:
    log = _log(
        {
            "docs/adr/0001-a.md": nygard(1, "A", "Superceded by [2. B](0002-b.md)"),
            "docs/adr/0002-b.md": nygard(2, "B"),
            "docs/adr/0003-c.md": nygard(
                3, "C", "Accepted\n\nSupercedes [2. B](0002-b.md)\n\nAmends [1. A](0001-a.md)"
            ),
        }
    )
    assert _links(log) == {"0001": ([], ["0002"]), "0002": (["0001"], ["0003"]), "0003": (["0002"], [])}
    assert [decision.number for decision in log.successors(log.decisions[0])] == [3]
    assert not log.decisions[1].in_force


def test_references_by_number_slug_wiki_link_and_address() -> None:
    address = "https://github.com/o/r/blob/main/docs/adr/0006-f.md"
    newest = f"---\nsupersedes: [0001]\n---\n# E\n\n## Links\n\n* Supersedes [F]({address})\n"
    log = _log(
        {
            "docs/adr/0001-a.md": "---\nstatus: superseded by ADR-0005\n---\n# A\n",
            "docs/adr/0002-b.md": "# B\n\n- Status: superseded by [0005-e](0005-e.md)\n",
            "docs/adr/0003-c.md": "# C\n\n| Status | Superseded by: #5 |\n|---|---|\n",
            "docs/adr/0004-d.md": "# D\n\n## Status\n\nSuperseded by [[0005-e]]\n",
            "docs/adr/0005-e.md": newest,
            "docs/adr/0006-f.md": "# F\n\n## Decision\n",
            "docs/adr/0007-g.md": nygard(7, "G", "⌛️ Superseded [0005](0005-e.md)"),
            "docs/adr/0008-h.md": nygard(8, "H", "Superseded: see ADR-0005"),
        }
    )
    superseded = [path[9:13] for path in log.decisions[4].supersedes]
    assert superseded == ["0001", "0002", "0003", "0004", "0006", "0007", "0008"]


def test_mentions_in_prose_and_partial_replacement_are_no_links() -> None:
    log = _log(
        {
            "docs/adr/0001-a.md": nygard(1, "A"),
            "docs/adr/0002-b.md": nygard(
                2, "B", context="This supersedes [1](0001-a.md) in spirit, and ADR 1 replaces email."
            ),
            "docs/adr/0003-c.md": nygard(3, "C", "Accepted\n\nIn part supersedes [1](0001-a.md)"),
            "docs/adr/0004-d.md": "# D\n\n| Status | Done |\n|-|-|\n| Supersedes | N/A |\n| Superseded by: | none |\n",
        }
    )
    assert _links(log) == {f"000{n}": ([], []) for n in (1, 2, 3, 4)}


def test_a_reference_that_leads_nowhere_is_kept_as_written_and_reported() -> None:
    log = _log({"docs/adr/0001-a.md": nygard(1, "A", "Superseded by ADR-0099")})
    assert log.decisions[0].superseded_by == ("ADR-0099",)
    assert "“ADR-0099”" in log.problems[0].message


def test_circles_are_reported_once_and_end() -> None:
    log = _log({f"docs/adr/000{n}-x.md": nygard(n, "X", f"Superseded by ADR {n % 3 + 1}") for n in (1, 2, 3)})
    assert [problem.message.count("→") for problem in log.problems if "circle" in problem.message] == [3]
    assert log.successors(log.decisions[0]) == ()


def test_two_decisions_with_one_number_are_reported_and_told_apart() -> None:
    log = _log(
        {
            "docs/adr/0001-a.md": nygard(1, "A"),
            "docs/adr/0001-b.md": nygard(1, "B"),
            "docs/adr/0002-c.md": nygard(2, "C"),
        }
    )
    assert [decision.id for decision in log.decisions] == ["ADR-0001-a", "ADR-0001-b", "ADR-0002"]
    assert "number 1 is also used by docs/adr/0001-b.md" in log.problems[0].message


def test_ids_are_unique_over_folders() -> None:
    log = _log({f"{area}/docs/adr/{name}.md": nygard(1, "A") for area in ("a", "b") for name in ("0001-x", "use-y")})
    ids = [decision.id for decision in log.decisions]
    assert len(set(ids)) == len(ids) == 4
    assert all(" " not in name for name in ids)


def test_lint_says_what_to_mend() -> None:
    log = _log(
        {
            "docs/adr/0001-a.md": "# A\n\n## Context\n\nx\n",
            "docs/adr/0002-b.md": nygard(2, "B", "Superseded"),
            "docs/adr/0003-c.md": nygard(3, "C"),
            "docs/adr/0004-d.md": nygard(4, "D", "Accepted\n\nSupersedes ADR-0003"),
            "docs/adr/0005-e.md": nygard(5, "E", "Frobnicated"),
        }
    )
    messages = {
        (problem.path[9:13], problem.message.split(":")[0].split(",")[0]) for problem in lint(log, RequestList())
    }
    assert ("0001", "has no status") in messages
    assert ("0001", "has no date") in messages
    assert ("0001", "has no section that says what was decided") in messages
    assert ("0002", "is superseded") in messages
    assert ("0003", "still says “Accepted”") in messages
    assert ("0004", "supersedes docs/adr/0003-c.md") in messages
    assert ("0005", "has the status “Frobnicated”") in messages


def test_a_log_without_decisions_is_empty() -> None:
    assert _log({"README.md": "# Hello\n"}) == DecisionLog()
