"""Writes the pages of this folder from the code: `make docs`. A test holds them to it, byte for byte."""

from pathlib import Path

from docs.reference.commands import cli_page
from docs.reference.library import python_page
from docs.reference.page import page
from docs.reference.records import records_page
from docs.reference.settings import configuration_page
from docs.reference.workflows import action_page, workflows_page

PAGES = {
    "cli.md": cli_page,
    "action.md": action_page,
    "workflows.md": workflows_page,
    "configuration.md": configuration_page,
    "records.md": records_page,
    "python.md": python_page,
}


def pages() -> dict[str, str]:
    """Every generated page of this folder: its name and its text."""
    return {name: page(write()) for name, write in PAGES.items()}


if __name__ == "__main__":
    for name, text in pages().items():
        (Path(__file__).parent / name).write_text(text, encoding="utf-8")
