"""Decisions are found wherever a team keeps them, and nothing else is taken for one."""

import pytest

from rat.sources.decision_files import decision_documents
from tests.unit.sources.library_of import MemoryCheckout, nygard

ADR = nygard(1, "Use X")


def _found(files: dict[str, str | bytes], *folders: str) -> list[str]:
    return [document.path for document in decision_documents(MemoryCheckout(files), folders)[0]]


@pytest.mark.parametrize(
    "path",
    [
        "docs/adr/0001-x.md",
        "doc/adr/0001-x.md",
        "docs/ADRs/0001-x.md",
        "docs/decisions/0001-x.md",
        "docs/architecture/decisions/0001-x.md",
        "architecture-decision-record/001-x.md",
        "docs/developer/decision-records/2024-05-06-x/README.md",
        "packages/web/docs/adr/20240506-x.md",
        "documentation/wiki/decisions/adr/2024-05-06-x.md",
        "docs/architecture-decisions/adr-001.md",
        "docs/adr/accepted/0001-x.md",
        "docs/adr/0001-load-tests/README.md",
    ],
)
def test_the_usual_folders(path: str) -> None:
    assert _found({path: "# Use X\n\nBecause.\n"}) == [path]


def test_elsewhere_a_file_is_known_by_its_look() -> None:
    files: dict[str, str | bytes] = {
        "docs/choices/kafka.md": ADR,
        "design/adr-0004-mail.md": "# Mail\n\n- Status: accepted\n\n## Context\n\n## Decision\n",
        "docs/guide.md": "# Guide\n\n## Decision trees\n\n## Status\n\n## Context\n",
        "README.md": "# Project\n\n## Status\n\nBeta\n",
    }
    assert _found(files) == ["design/adr-0004-mail.md", "docs/choices/kafka.md"]


def test_templates_indexes_and_pages_about_decisions_are_none() -> None:
    template = "# {short title}\n\n## Status\n\n{proposed | accepted}\n\n## Context\n\n## Decision\n"
    files: dict[str, str | bytes] = {
        "docs/adr/0001-use-x.md": ADR,
        "docs/adr/0002-use-prompt-template-engine.md": ADR,
        "docs/adr/0000-template.md": template,
        "docs/adr/adr-short-template.md": template,
        "docs/adr/_template.md": template,
        "docs/adr/template.md": ADR,
        "docs/adr/README.md": "# Decisions\n\n* [1](0001-use-x.md)\n\n## Status\n\nAccepted means …\n",
        "docs/adr/index.md": "# Log\n",
        "docs/adr/CONTRIBUTING.md": "# How\n",
        "docs/adr/design/guide-for-modules.md": "# Onboarding\n\n## Steps\n",
        "docs/new.md": template,
        "src/init.md": ADR.replace("2024-05-06", "DATE"),
    }
    assert _found(files) == ["docs/adr/0001-use-x.md", "docs/adr/0002-use-prompt-template-engine.md"]


@pytest.mark.parametrize(
    "folder",
    [
        "tests/fixtures/docs/adr",
        "integration-tests/p/docs/adr",
        "node_modules/x/docs/adr",
        "templates/adr",
        ".github/adr",
        "examples/adr",
    ],
)
def test_samples_and_other_peoples_decisions_are_none(folder: str) -> None:
    assert _found({f"{folder}/0001-x.md": ADR, f"{folder}/0002-y.md": ADR}) == []


def test_a_page_without_number_or_form_counts_where_its_neighbours_are_decisions() -> None:
    files: dict[str, str | bytes] = {f"docs/adr/2024-05-0{n}-x.md": ADR for n in range(1, 4)}
    assert "docs/adr/use-ethnio.md" in _found({**files, "docs/adr/use-ethnio.md": "# Use Ethnio\n"})


def test_folders_from_the_configuration_are_all_there_is() -> None:
    files: dict[str, str | bytes] = {"docs/adr/0001-x.md": ADR, "rulings/0001-x.md": ADR}
    assert _found(files, "rulings") == ["rulings/0001-x.md"]


def test_tools_say_where_they_keep_them() -> None:
    assert _found({".adr-dir": "notes/rulings\n", "notes/rulings/0001-x.md": "# X\n"}) == ["notes/rulings/0001-x.md"]
    yaml = "project:\n  adrFolder: ./notes/rulings\n"
    assert _found({".log4brains.yml": yaml, "notes/rulings/20240506-x.md": "# X\n"}) == ["notes/rulings/20240506-x.md"]


def test_a_declared_folder_outside_the_checkout_is_ignored() -> None:
    assert _found({".adr-dir": "../../etc", "docs/adr/0001-x.md": ADR}) == ["docs/adr/0001-x.md"]


def test_what_cannot_be_read_is_a_problem() -> None:
    class Unreadable(MemoryCheckout):
        def read(self, path: str) -> bytes | None:
            return None

    documents, problems = decision_documents(Unreadable({"docs/adr/0001-x.md": ADR}), ())
    assert documents == ()
    assert "could not be read" in problems[0].message
