"""The page on the command line: commands, options, environment variables, exit codes."""

import re

import click

from docs.reference.page import table
from rat import errors
from rat.cli import COMMANDS
from rat.cli import rat as program

SHARED = 6
"""An option that this many commands take is described once."""

TICKET = (
    "`TICKET` is `#12`, `owner/repo#12`, the address of an issue, a Jira key or address, a Markdown or JSON file, a "
    "file of JSON lines, or `-` for standard input."
)
RULES = (
    "`rat -v …` says more on standard error; `rat --version` names the version. An option wins over its variable; an "
    "empty variable counts as unset."
)


def cli_page() -> str:
    """Commands, options, environment variables, exit codes."""
    options = {name: _options(name) for name in COMMANDS}
    everywhere = [line for lines in options.values() for line in lines]
    shared = list(dict.fromkeys(line for line in everywhere if everywhere.count(line) >= SHARED))
    parts = ["# The command line", program.help or "", TICKET, "## Exit codes", _exit_codes()]
    parts += ["## Options of many commands", table("option", "environment", "meaning", rows=shared)]
    parts.append(RULES)
    for name, rows in options.items():
        own = [row for row in rows if row not in shared]
        taken = [f"`{row[0].strip('`').split()[0].rstrip(',')}`" for row in rows if row in shared]
        parts += [f"## `rat {name}`", COMMANDS[name], f"```\n{_usage(name)}\n```", _help(name)]
        parts += [table("option", "environment", "meaning", rows=own)] if own else []
        parts += ["Also " + ", ".join(taken) + "."] if taken else []
    return "\n\n".join(part for part in parts if part)


def _command(name: str) -> click.Command:
    command = program.get_command(click.Context(program), name)
    if command is None:
        raise LookupError(name)
    return command


def _usage(name: str) -> str:
    words = _command(name).collect_usage_pieces(click.Context(_command(name)))
    return " ".join(["rat", name, *words])


def _help(name: str) -> str:
    return re.sub(r"\s*\n\s*", " ", (_command(name).help or "").replace("\b", "").strip())


def _options(name: str) -> list[tuple[str, ...]]:
    context = click.Context(_command(name))
    found = [one for one in _command(name).params if isinstance(one, click.Option) and not one.hidden]
    return [_option(one, context) for one in found]


def _option(option: click.Option, context: click.Context) -> tuple[str, ...]:
    names = (option.get_help_record(context) or ("", ""))[0]
    variables = option.envvar if isinstance(option.envvar, list | tuple) else [option.envvar or ""]
    meaning = option.help or ("The form of what is printed." if "--format" in option.opts else "")
    if isinstance(option.default, int | float | str) and not isinstance(option.default, bool) and option.default != "":
        meaning += f" Default: {option.default}." if "default" not in meaning.lower() else ""
    return f"`{names}`", ", ".join(f"`{one}`" for one in variables if one), meaning


def _exit_codes() -> str:
    tree = (errors.__doc__ or "").split("\n\n")[1].splitlines()[1:]
    told = {line.split()[1]: line for line in tree if not line.startswith("│")}
    rows = [("0", "done; also a ticket that is not ready: a result, not a failure"), ("1", "a bug, with its traceback")]
    lines = [told[kind.__name__] for kind in errors.RatError.__subclasses__()]
    rows += [(found[1], found[2]) for line in lines if (found := re.match(r"\S+ \w+ +(\d)  +(.+)", line))]
    rows.append(("", "where tickets of a batch failed: the code of the first; the others are done"))
    return table("code", "meaning", rows=rows)
