"""What became of a decision, in all the ways people write it."""

import pytest

from rat.sources.status import DecisionStatus, normalise, stated


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("Accepted", "accepted"),
        ("✅ Accepted", "accepted"),
        ("✅", "accepted"),
        ("{Active}", "accepted"),
        ("**Approved**", "accepted"),
        ("Accepted (supersedes 0003)", "accepted"),
        ("Implemented in 2.1", "accepted"),
        ("🤔 Proposed", "proposed"),
        ("Draft", "proposed"),
        ("in review", "proposed"),
        ("Pending", "proposed"),
        ("on hold", "proposed"),
        ("❌ Rejected (see [019](019.md))", "rejected"),
        ("Not accepted", "rejected"),
        ("Won't do", "rejected"),
        ("Deprecated since 3.0", "deprecated"),
        ("obsolete", "deprecated"),
        ("Superceded by [9. Help](0009.md)", "superseded"),
        ("superseded by ADR-0012", "superseded"),
        ("⌛️ Superseded by [036](036.md)", "superseded"),
        ("Accepted, superseded by 0012", "superseded"),
        ("Replaced by ADR 7", "superseded"),
        ("Partly superseded", "superseded"),
        ("~~Proposed~~ Accepted", "accepted"),
        ("Proposed -> Accepted", "accepted"),
        ("Accepted → Superseded by 0004", "superseded"),
        ("proposed | rejected | accepted | deprecated", "unknown"),
        ("Proposed, accepted, deprecated, superseded...", "unknown"),
        ("Refinement completed. TP in 3.4", "unknown"),
        ("TBD", "unknown"),
        ("experimental", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_line_says_one_status(raw: str, status: str) -> None:
    assert normalise(raw).value == status


def test_what_ended_a_decision_counts_more_than_what_began_it() -> None:
    assert stated("Accepted\n\nSuperceded by [2. New](0002-new.md)\n")[1] is DecisionStatus.SUPERSEDED


def test_amendments_do_not_change_the_status() -> None:
    assert stated("Accepted\n\nAmends [5. Help](0005.md)\n") == ("Accepted", DecisionStatus.ACCEPTED)


def test_of_a_dated_history_the_last_line_counts() -> None:
    assert stated("* 2024-01-01 proposed\n* 2024-02-01 accepted\n")[1] is DecisionStatus.ACCEPTED


def test_of_tick_boxes_the_ticked_one_counts() -> None:
    assert stated("- [ ] Proposed\n- [x] Accepted\n- [ ] Rejected\n")[1] is DecisionStatus.ACCEPTED
    assert stated("- [ ] Proposed\n- [ ] Accepted\n")[1] is DecisionStatus.UNKNOWN
