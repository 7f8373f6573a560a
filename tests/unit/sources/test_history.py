"""What past commits say about a ticket."""

import dataclasses

from rat.model import ImpactedFile
from rat.sources import history
from rat.sources.history import named_in
from tests.unit.sources.library_of import commit_of, library_of, refinement_of

COMMITS = (
    commit_of(1, "Fix rounding of refunds (#12)", "pay/refund.py", "tests/test_refund.py"),
    commit_of(2, "Add dark mode", "ui/theme.css"),
    commit_of(3, "Rounding of invoice totals, PAY-17", "pay/invoice.py"),
    commit_of(4, "Reformat everything about rounding refunds", *[f"f{n}.py" for n in range(200)]),
    commit_of(5, "Bump colours", "ui/theme.css"),
)


def test_commits_that_read_like_the_ticket_with_what_they_name() -> None:
    refinement = history.gather(refinement_of("Rounding of refunds is wrong"), library_of({}, commits=COMMITS))
    first = refinement.evidence[0]
    assert first.title == "Fix rounding of refunds (#12)"
    assert first.id == "commit:0000000000"
    assert first.reasons == ("reads like it: refunds, rounding", "names #12", "2 files")
    assert all("Reformat" not in evidence.title for evidence in refinement.evidence)


def test_commits_that_touched_the_impacted_files() -> None:
    refinement = dataclasses.replace(
        refinement_of("Buttons look odd"), impacted_files=(ImpactedFile(path="ui/theme.css", score=1.0),)
    )
    found = history.gather(refinement, library_of({}, commits=COMMITS)).evidence
    assert [evidence.title for evidence in found] == ["Add dark mode", "Bump colours"]
    assert found[0].reasons == ("changed ui/theme.css", "1 file")


def test_a_size_is_a_range_with_its_examples_and_never_one_number() -> None:
    refinement = history.gather(
        refinement_of("Rounding of refunds and invoice totals"), library_of({}, commits=COMMITS)
    )
    assert refinement.size.startswith("similar changes touched 1 to 2 files (commit:")
    assert history.gather(refinement_of("Add dark mode"), library_of({}, commits=COMMITS)).size == ""


def test_names_in_messages() -> None:
    named = named_in(
        commit_of(1, "Fix UTF-8 and SHA-256 (#12), acme/shop#3, closes PAY-17; https://github.com/a/b/pull/9")
    )
    assert named == ("#12", "acme/shop#3", "PAY-17", "#9")


def test_no_history_is_no_evidence() -> None:
    assert history.gather(refinement_of("x"), library_of({})).evidence == ()
