"""What `rat doctor` looks at: each thing that a run needs, whether it works, and what to do where it does not."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

import yaml

from rat.connect import Connections
from rat.errors import RatError
from rat.model import TrackerKind
from rat.model.settings import CONFIG_PATH, Project, Settings, WritePolicy
from rat.ports import Editor, Finish, Prompt, TicketQuery, Tracker
from rat.search.matcher import FAST, SLOWER
from rat.sources.adrs import decisions_of
from rat.sources.rfes import requests_of

_USER = re.compile(r"(?<=://)[^/@\s]+(?=@)|[^\s/:@]+:[^\s/@]+(?=@)")


COUNTED = 100
"""Tickets of a project that are counted: one request."""

QUESTION = Prompt(
    agent="doctor",
    system='Reply with the JSON object {"ok": true} and nothing else.',
    user="Are you there?",
    schema={
        "type": "object",
        "properties": {"ok": {"type": "boolean"}},
        "required": ["ok"],
        "additionalProperties": False,
    },
)


class State(StrEnum):
    """How a thing stands, from good to bad."""

    OK = "ok"
    UNUSED = "unused"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis:
    """One line of `rat doctor`: *detail* says what was seen, or the error with its remedy."""

    name: str
    state: State
    detail: str


def diagnose(connections: Connections, *, asking: bool = False) -> Iterator[Diagnosis]:
    """Look at each thing in turn; one that fails never hides the others, and no secret is in what is said.

    With *asking* the model is asked one short question, which costs a few tokens.
    """
    looks: tuple[tuple[str, Callable[[Connections], tuple[State, str]]], ...] = (
        ("checkout", _checkout),
        ("configuration", _configuration),
        ("decisions and requests", _knowledge),
        ("workflows", _workflows),
        ("GitHub", _github),
        ("Jira", _jira),
        ("tickets", _tickets),
        ("model", _ask if asking else _model),
    )
    for name, look in looks:
        try:
            state, detail = look(connections)
        except RatError as error:
            state, detail = State.WRONG, str(error)
        yield Diagnosis(name=name, state=state, detail=discreet(detail, connections.access.secrets))
    if not FAST:
        yield Diagnosis(name="code search", state=State.UNUSED, detail=SLOWER)


def discreet(text: str, secrets: Iterable[str]) -> str:
    """*text* without any of *secrets*, and without what stands before the @ of an address."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return _USER.sub("***", text)


def effective(connections: Connections) -> Iterator[tuple[str, str, str]]:
    """Every setting as (key, value, where it came from)."""
    content = connections.config_bytes()
    in_file = yaml.safe_load(content) if content else {}
    for key, value in _leaves(connections.settings):
        if key in connections.flagged:
            origin = "flag or environment"
        else:
            origin = f"file {CONFIG_PATH}" if _has(in_file, key.split(".")) else "default"
        yield key, discreet(value, connections.access.secrets), origin


def _leaves(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _leaves(getattr(value, field.name), f"{key}.{field.name}" if key else field.name)
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{key}.{index}")
    else:
        yield key, ", ".join(map(str, value)) if isinstance(value, tuple) else str("" if value is None else value)


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


def _workflows(connections: Connections) -> tuple[State, str]:
    """Which workflows of the checkout call RAT; and that none of them has both a model's key and a right to write."""
    checkout = connections.checkout
    listed = [path for path in checkout.files() if path.startswith(".github/workflows/")]
    calling = [path for path in listed if b"uses: rat-refine/rat" in (checkout.read(path) or b"")]
    if not calling:
        return State.UNUSED, "none of this checkout calls RAT. `rat init` writes those that fit."
    return State.OK, ", ".join(path.rpartition("/")[2] for path in calling)


def _tickets(connections: Connections) -> tuple[State, str]:
    """Whether the queries of the projects find anything: a label that was renamed finds nothing, without an error."""
    said, worst = [], State.UNUSED
    for project in connections.settings.projects:
        github, jira = project.tickets.github, project.tickets.jira
        if github and connections.access.github_token:
            query = TicketQuery(label=github.label, repository=github.repository, limit=COUNTED)
            state, detail = _found(connections, TrackerKind.GITHUB, query, f"the label {github.label!r}")
        elif jira and connections.access.jira_url:
            query = TicketQuery(jql=jira.jql, limit=COUNTED)
            state, detail = _found(connections, TrackerKind.JIRA, query, "its query")
        else:
            state, detail = State.UNUSED, "not asked" if github or jira else "no query: name tickets, a label or JQL"
        said.append(f"{project.name}: {detail}")
        worst = max(worst, state, key=list(State).index) if state is not State.OK or worst is State.WRONG else State.OK
    return worst, "; ".join(said)


def _found(connections: Connections, kind: TrackerKind, query: TicketQuery, what: str) -> tuple[State, str]:
    tracker = connections.tracker(kind)
    count = len(tracker.find(query))
    if count:
        return State.OK, f"{count}{' or more' if count == query.limit else ''} open"
    if query.label and not tracker.find(replace(query, state="all", limit=1)):
        return State.WRONG, f"no ticket ever had {what}. Was it renamed? Create it, or mend the configuration"
    return State.OK, f"none open with {what}"


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
    said = f"{connections.access.jira_url} answers; comments would be written as {tracker.identity()}"
    for project in connections.settings.projects:
        said += _fields(project, tracker)
    return State.OK, said


def _fields(project: Project, tracker: Tracker) -> str:
    """What is said of the fields that `write` names, looked at on one ticket of the project. Raises FieldRefused."""
    query = project.tickets.jira
    if isinstance(project.write, WritePolicy) or query is None or not isinstance(tracker, Editor):
        return ""
    names = [name for places in project.write.values() for name in places]
    for ticket in tracker.find(TicketQuery(jql=query.jql, limit=1)):
        for name in names:
            tracker.field(ticket.ref, name)
        return f"; {project.name} may write {', '.join(names)} (seen on {ticket.key})"
    return f"; {project.name} has no ticket on which to look for {', '.join(names)}"


def _model(connections: Connections) -> tuple[State, str]:
    settings: Settings = connections.settings
    if connections.asker() is None:
        return (
            State.UNUSED,
            "none: facts only. To draft, set RAT_MODEL, OPENAI_API_KEY and, if not OpenAI's, OPENAI_BASE_URL.",
        )
    address = settings.model.base_url or "the default endpoint"
    return State.OK, f"{settings.model.name} at {address} (not asked: `rat doctor --ask` does, for a few tokens)"


def _ask(connections: Connections) -> tuple[State, str]:
    state, detail = _model(connections)
    name = connections.settings.model.name
    if state is not State.OK or name is None:
        return state, detail
    answer = connections.llm().complete(QUESTION, model=name)
    said = f"{name} answered, {answer.usage.prompt_tokens + answer.usage.completion_tokens} tokens"
    return (State.OK, said) if answer.finish is Finish.STOP else (State.WRONG, f"{said}, but {answer.finish}")
