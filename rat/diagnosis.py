"""What `rat doctor` looks at: each thing that a run needs, whether it works, and what to do where it does not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

import yaml

from rat.connect import Connections
from rat.errors import RatError
from rat.model import TrackerKind
from rat.model.settings import CONFIG_PATH, Settings
from rat.ports import TicketQuery
from rat.sources.adrs import decisions_of
from rat.sources.rfes import requests_of


class State(StrEnum):
    """How a thing stands."""

    OK = "ok"
    UNUSED = "unused"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis:
    """One line of `rat doctor`: *detail* says what was seen, or the error with its remedy."""

    name: str
    state: State
    detail: str


def diagnose(connections: Connections) -> Iterator[Diagnosis]:
    """Look at each thing in turn; one that fails never hides the others."""
    looks: tuple[tuple[str, Callable[[Connections], tuple[State, str]]], ...] = (
        ("checkout", _checkout),
        ("configuration", _configuration),
        ("decisions and requests", _knowledge),
        ("GitHub", _github),
        ("Jira", _jira),
        ("model", _model),
    )
    for name, look in looks:
        try:
            state, detail = look(connections)
        except RatError as error:
            state, detail = State.WRONG, str(error)
        yield Diagnosis(name=name, state=state, detail=detail)


def effective(connections: Connections) -> Iterator[tuple[str, str, str]]:
    """Every setting as (key, value, where it came from)."""
    content = connections.config_bytes()
    in_file = yaml.safe_load(content) if content else {}
    for key, value in _leaves(connections.settings):
        if key in connections.flagged:
            origin = "flag or environment"
        else:
            origin = f"file {CONFIG_PATH}" if _has(in_file, key.split(".")) else "default"
        yield key, value, origin


def _leaves(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _leaves(getattr(value, field.name), f"{key}.{field.name}" if key else field.name)
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{key}.{index}")
    else:
        yield key, ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _has(data: Any, path: list[str]) -> bool:
    for part in path:
        if isinstance(data, list) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
        elif isinstance(data, dict) and part in data:
            data = data[part]
        else:
            return False
    return True


def _checkout(connections: Connections) -> tuple[State, str]:
    checkout = connections.checkout
    notes = "".join(f"; {note}" for note in checkout.notes())
    return State.OK, f"{len(checkout.files())} files at {checkout.head[:12] or 'no commit'}{notes}"


def _configuration(connections: Connections) -> tuple[State, str]:
    names = ", ".join(project.name for project in connections.settings.projects)
    found = "read" if connections.config_bytes() is not None else f"no {CONFIG_PATH}, defaults"
    return State.OK, f"{found}; projects: {names}"


def _knowledge(connections: Connections) -> tuple[State, str]:
    library = connections.library(TrackerKind.FILE, connections.settings.project)
    log, requests = decisions_of(library), requests_of(library)
    problems = len(log.problems) + len(requests.problems)
    return State.OK, f"{len(log.decisions)} ADRs, {len(requests.requests)} RFEs, {problems} problems (`rat sources`)"


def _github(connections: Connections) -> tuple[State, str]:
    if not connections.access.github_token:
        return (
            State.UNUSED,
            "no token. For GitHub issues set GITHUB_TOKEN (contents: read, issues: read; to publish issues: write).",
        )
    if not connections.repository:
        return State.WRONG, "a token, but no repository. Set GITHUB_REPOSITORY to owner/repo."
    tracker = connections.tracker(TrackerKind.GITHUB)
    tracker.find(TicketQuery(repository=connections.repository, limit=1))
    return State.OK, f"{connections.repository} can be read; comments would be written as {tracker.identity()}"


def _jira(connections: Connections) -> tuple[State, str]:
    if not connections.access.jira_url:
        return State.UNUSED, "no address. For Jira set JIRA_URL and JIRA_TOKEN (and JIRA_EMAIL for Jira Cloud)."
    tracker = connections.tracker(TrackerKind.JIRA)
    return State.OK, f"{connections.access.jira_url} answers; comments would be written as {tracker.identity()}"


def _model(connections: Connections) -> tuple[State, str]:
    settings: Settings = connections.settings
    if connections.asker() is None:
        return (
            State.UNUSED,
            "none: facts only. To draft, set RAT_MODEL, OPENAI_API_KEY and, if not OpenAI's, OPENAI_BASE_URL.",
        )
    return (
        State.OK,
        f"{settings.model.name} at {settings.model.base_url or 'the default endpoint'} (not asked: that costs)",
    )
