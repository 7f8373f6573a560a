"""Tickets from files and from standard input: one as Markdown or JSON, many as JSON Lines."""

import json
import logging
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rat.errors import ConfigError
from rat.model.text import decode_text
from rat.model.ticket import Comment, Ticket, TicketRef, TrackerKind
from rat.trackers.markdown_ticket import read_markdown
from rat.trackers.text import clean

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes of a file that are read at most; a ticket is text that people wrote."""

_log = logging.getLogger("rat")


def read_ticket_file(path: Path) -> Ticket:
    """The one ticket of the Markdown or JSON file at *path*; `-` is standard input. Raises ConfigError."""
    tickets = read_ticket_files(path)
    if len(tickets) != 1:
        raise ConfigError(f"{path} holds {len(tickets)} tickets, and one is needed here. Give a file with one ticket.")
    return tickets[0]


def read_ticket_files(path: Path) -> tuple[Ticket, ...]:
    """The tickets of the file at *path*: many in `.jsonl`, one an object a line, else one. Raises ConfigError.

    Standard input (`-`) is JSON when it starts with `{`, JSON Lines when it has several such lines, else Markdown.
    """
    name = "standard input" if str(path) == "-" else str(path)
    text = _read_text(path, name=name)
    if not text.strip():
        raise ConfigError(f"{name} is empty: there is no ticket in it. Give a title and a description.")
    if path.suffix.lower() == ".jsonl" or (str(path) == "-" and _is_json_lines(text)):
        return _read_lines(text, name=name)
    if path.suffix.lower() == ".json" or (str(path) == "-" and text.lstrip().startswith("{")):
        return (_ticket(_parse(text, what=name), key=str(path), what=name),)
    return (read_markdown(text, key=str(path), fallback_title=path.stem if str(path) != "-" else ""),)


def _read_text(path: Path, *, name: str) -> str:
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(SIZE_LIMIT + 1)
        elif path.exists() and not path.is_file():
            raise ConfigError(f"{name} is not a file. Give the path of a Markdown, JSON or .jsonl file.")
        else:
            with path.open("rb") as file:
                data = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError as error:
        raise ConfigError(f"There is no file {name}. Check the path; it is taken from the current folder.") from error
    except (OSError, ValueError) as error:
        raise ConfigError(f"{name} could not be read ({error}). Check its path and rights.") from error
    if len(data) > SIZE_LIMIT:
        raise ConfigError(f"{name} is over {SIZE_LIMIT // 1024 // 1024} MB, which is no ticket. Split it.")
    text, note = decode_text(data)
    if text is None:
        raise ConfigError(f"{name} {note}. Give Markdown or JSON, in UTF-8.")
    if note:
        _log.warning("%s %s. Save it as UTF-8 to be sure.", name, note)
    return clean(text)


def _is_json_lines(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and all(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines)


def _read_lines(text: str, *, name: str) -> tuple[Ticket, ...]:
    tickets: dict[str, Ticket] = {}
    bad: list[str] = []
    # Only line feeds part the lines: JSON text may hold U+2028 and the like, at which `splitlines` would cut.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        what = f"{name}, line {number}"
        try:
            ticket = _ticket(_parse(line, what=what), key=f"{name}:{number}", what=what)
        except ConfigError as error:
            bad.append(str(error))
            continue
        if ticket.key in tickets:
            bad.append(f"{what}: the id {ticket.key!r} was there before. Give each ticket an id of its own.")
        tickets[ticket.key] = ticket
    if bad:
        raise ConfigError("\n".join(bad))
    return tuple(tickets.values())


def _parse(text: str, *, what: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(
            f"{what} is not JSON ({error}). " + 'It should be {"id": …, "title": …, "body": …}.'
        ) from error


def _ticket(data: object, *, key: str, what: str) -> Ticket:
    """The ticket that *data* is; its `id`, if it has one, is the key. Keys that RAT does not know are left alone."""
    if not isinstance(data, dict):
        raise ConfigError(f'{what} is not a ticket: it should be an object, {{"id": …, "title": …, "body": …}}.')
    title = _string(data, "title", what=what)
    if not title.strip():
        raise ConfigError(f"{what} has no `title`. Give the ticket one.")
    number = data.get("id")
    return Ticket(
        ref=TicketRef(tracker=TrackerKind.FILE, key=_id(number, what=what) or key),
        title=" ".join(title.split()),
        body=_string(data, "body", what=what),
        declared_type=_string(data, "type", what=what),
        labels=tuple(_text(label, "labels", what=what) for label in _list(data, "labels", what=what)),
        comments=tuple(
            replace(_comment(entry, what=what), id=str(position))
            for position, entry in enumerate(_list(data, "comments", what=what), start=1)
        ),
    )


def _comment(entry: object, *, what: str) -> Comment:
    if not isinstance(entry, dict):
        body = _text(entry, "comments", what=what)
        return Comment(id="", author="", body=body, raw=body)
    body = _string(entry, "body", what=what)
    return Comment(
        id="",
        author=_string(entry, "author", what=what),
        body=body,
        raw=body,
        created_at=_string(entry, "created_at", what=what),
    )


def _id(value: object, *, what: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return " ".join(_text(value, "id", what=what).split()) if value is not None else ""


def _string(data: Mapping[str, object], key: str, *, what: str) -> str:
    value = data.get(key)
    return "" if value is None else _text(value, key, what=what)


def _list(data: Mapping[str, object], key: str, *, what: str) -> list[object]:
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ConfigError(f"{what}: `{key}` should be a list.")
    return value


def _text(value: object, key: str, *, what: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{what}: `{key}` should be text, and is {json.dumps(value)[:40]}.")
    return clean(value)
