"""Who is named for the impacted files."""

import dataclasses

import pytest

from rat.model import ImpactedFile, Refinement
from rat.sources import owners
from tests.unit.sources.library_of import commit_of, library_of, refinement_of


def _impacts(*paths: str) -> Refinement:
    return dataclasses.replace(
        refinement_of("x"), impacted_files=tuple(ImpactedFile(path=path, score=1.0) for path in paths)
    )


@pytest.mark.parametrize("place", [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"])
def test_codeowners_of_the_usual_places_name_them(place: str) -> None:
    found = owners.gather(_impacts("a.py", "b/c.py"), library_of({place: "* @team\nb/ @bee\n"}))
    assert [file.owners for file in found.impacted_files] == [("@team",), ("@bee",)]
    bee = found.evidence[0]
    assert (bee.id, bee.path, bee.lines, bee.text) == ("owner:@bee", place, (2, 2), "b/ @bee")
    assert bee.reasons == (f"owns b/c.py ({place} line 2)",)


def test_github_looks_in_its_own_folder_first() -> None:
    library = library_of({"CODEOWNERS": "* @root\n", ".github/CODEOWNERS": "* @github\n"})
    assert owners.gather(_impacts("a.py"), library).impacted_files[0].owners == ("@github",)


def test_without_rules_those_who_changed_the_file_lately_but_no_bots() -> None:
    commits = (
        commit_of(
            1, "bump", "a.py", author="dependabot[bot]", email="49699333+dependabot[bot]@users.noreply.github.com"
        ),
        commit_of(2, "x", "a.py", author="Ada Lovelace"),
        commit_of(3, "y", "a.py", author="Grace Hopper"),
        commit_of(4, "z", "a.py", author="Ada Lovelace"),
        commit_of(5, "z", "a.py", author="renovate"),
        commit_of(6, "z", "a.py", author="Abbott Roberts"),
    )
    found = owners.gather(_impacts("a.py"), library_of({}, commits=commits))
    assert found.impacted_files[0].owners == ("Ada Lovelace", "Grace Hopper")
    assert found.evidence[0].reasons == ("made 2 of its last 4 changes to a.py",)
    assert all("@" not in evidence.id for evidence in found.evidence)


def test_a_path_without_owner_falls_to_its_authors() -> None:
    library = library_of({"CODEOWNERS": "* @team\nfree/\n"}, commits=(commit_of(1, "x", "free/a.py"),))
    assert owners.gather(_impacts("free/a.py"), library).impacted_files[0].owners == ("Ada Lovelace",)


def test_an_unreadable_codeowners_is_a_note() -> None:
    assert "not used" in owners.gather(_impacts("a.py"), library_of({"CODEOWNERS": b"\0\1"})).notes[0]
    assert "not used" in owners.gather(_impacts("a.py"), library_of({"CODEOWNERS": b"# x\n" * 1_000_000})).notes[0]
