"""A data set: one ticket a line, with what a good refinement of it must and must not contain (docs/evaluation.md)."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rat.decode import decode
from rat.errors import ConfigError
from rat.model.strict import Strict
from rat.model.ticket import Comment, Ticket, TicketRef, TicketType, TrackerKind

MAX_BYTES = 64 * 1024 * 1024
MAX_PROBLEMS = 20
"""How many bad lines a message names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Must(Strict):
    """What a good refinement contains.

    *files* are paths, *decisions* ADRs that it shows, *conflicts* ADRs that it says the ticket goes against, *tickets*
    keys of tickets that ask for the same or bear on it, *facts* names and words to be found, letter by letter.
    *questions* and *criteria* are topics (rat/evaluation/matching.py).
    """

    files: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    tickets: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MustNot(Strict):
    """What a good refinement does not contain.

    *files* are paths that do not exist or have nothing to do with it, *claims* topics of what is not so, *superseded*
    ADRs that are no rule any more, *scope* topics of work that nobody asked for, *texts* words that may stand nowhere.
    """

    files: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Case(Strict):
    """A ticket and what is expected. *type* is what it truly is, *declared_type* what the reporter chose, if anything.

    *repo* is the checkout that it is about: a folder beside the data set, of files or of patches; empty for `--repo`.
    *notes* are for people, and for the judge.
    """

    id: str
    title: str
    type: TicketType
    body: str = ""
    declared_type: str = ""
    labels: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    repo: str = ""
    must: Must = Must()
    must_not: MustNot = MustNot()
    notes: str = ""


def read_dataset(path: Path) -> tuple[Case, ...]:
    """The cases of the JSON Lines file at *path*. Raises ConfigError naming the file and each line that is wrong."""
    cases: dict[str, Case] = {}
    problems: list[str] = []
    # Only line feeds part the lines: JSON text may hold U+2028 and the like, at which `splitlines` would cut.
    for number, line in enumerate(_text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            case = _case(line, what=f"{path}, line {number}")
        except ConfigError as error:
            problems.append(str(error))
            continue
        if case.id in cases:
            problems.append(f"{path}, line {number}: the id {case.id!r} was there before. Give each ticket its own.")
        cases[case.id] = case
    if problems:
        more = f"\n… and {len(problems) - MAX_PROBLEMS} more" if len(problems) > MAX_PROBLEMS else ""
        raise ConfigError("\n".join(problems[:MAX_PROBLEMS]) + more)
    if not cases:
        raise ConfigError(f"{path} holds no ticket. It should have one JSON object a line; see docs/evaluation.md.")
    return tuple(cases.values())


def ticket_of(case: Case) -> Ticket:
    """The ticket as the pipeline takes it.

    An id like `PAY-12` or `owner/repo#12` makes it one of a tracker, so that the other tickets of the set can be found
    as similar ones; any other id makes it a lone file.
    """
    return Ticket(
        ref=TicketRef(tracker=tracker_of(case), key=case.id),
        title=case.title,
        body=case.body,
        declared_type=case.declared_type,
        labels=case.labels,
        comments=tuple(
            Comment(id=str(number), author="", body=text, raw=text) for number, text in enumerate(case.comments, 1)
        ),
    )


def tracker_of(case: Case) -> TrackerKind:
    """Where a ticket with such an id would live."""
    if re.fullmatch(r"[A-Z][A-Z0-9_]*-\d+", case.id):
        return TrackerKind.JIRA
    return TrackerKind.GITHUB if re.fullmatch(r"[\w.-]+/[\w.-]+#\d+", case.id) else TrackerKind.FILE


def _case(line: str, *, what: str) -> Case:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise ConfigError(f"{what} is not JSON ({problem}). Put one object on each line.") from problem
    if not isinstance(data, dict):
        raise ConfigError(f'{what} is not a ticket: it should be an object, {{"id": …, "title": …, "type": …}}.')
    case = decode(Case, data, what=what)
    empty = [name for name in ("id", "title") if not getattr(case, name).strip()]
    if empty or any(not text.strip(" |") for text in _expectations(case)):
        where = f"`{empty[0]}`" if empty else "an expectation"
        raise ConfigError(f"{what}: {where} is empty. Fill it or leave it out.")
    return case


def _expectations(case: Case) -> Iterable[str]:
    must, must_not = case.must, case.must_not
    yield from (*must.files, *must.decisions, *must.conflicts, *must.tickets, *must.facts, *must.questions)
    yield from (*must.criteria, *must_not.files, *must_not.claims, *must_not.superseded, *must_not.scope)
    yield from must_not.texts


def _text_of(path: Path) -> str:
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path} is over {MAX_BYTES >> 20} MB. Split it.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ConfigError(f"{path} is not UTF-8 (byte {problem.start}). Save it as UTF-8.") from problem
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise ConfigError(f"The data set {path} could not be read ({reason}). Check the path.") from problem
