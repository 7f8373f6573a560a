"""The reviewer reads a pull request beside its tickets and says which acceptance criteria the change seems to meet.

Not on the team of a ticket: `rat impact` asks it. It answers with the numbers it was shown, so that it can name neither
a criterion nor a file that is not there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rat.agents.material import shorten
from rat.asking import Asker
from rat.model import PullRequest
from rat.model.impact import ImpactedTicket, MetCriterion
from rat.model.strict import Strict

NAME = "reviewer"
MAX_CRITERIA = 40
MAX_FILES = 40
PATCH_CHARS = 3_000
ALL_PATCHES_CHARS = 30_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Met(Strict):
    """The number of a criterion, and the number of the changed file that meets it."""

    criterion: int
    file: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply(Strict):
    """What the reviewer replies; prompts/reviewer.md.j2 says what each part is."""

    met: tuple[Met, ...]


def with_met_criteria(
    tickets: Sequence[ImpactedTicket], criteria: Mapping[str, tuple[str, ...]], pull: PullRequest, asker: Asker
) -> tuple[ImpactedTicket, ...]:
    """*tickets*, each with those of its *criteria* (by ticket key) that *pull* seems to meet.

    Raises ModelError, BudgetError.
    """
    asked = [(ticket.key, text) for ticket in tickets for text in criteria.get(ticket.key, ())][:MAX_CRITERIA]
    files = [file for file in pull.files if asker.may_send(file.path)][:MAX_FILES]
    if not asked or not files:
        return tuple(tickets)
    share = min(PATCH_CHARS, ALL_PATCHES_CHARS // len(files))
    inputs = {
        "criteria": "\n".join(f"{number}. {key}: {text}" for number, (key, text) in enumerate(asked, 1)),
        "files": [f"{number}. {file.path}\n{shorten(file.patch, share)}" for number, file in enumerate(files, 1)],
        "title": pull.title,
    }
    reply = asker.ask(NAME, inputs, Reply)
    met = {
        (*asked[one.criterion - 1], files[one.file - 1].path)
        for one in reply.met
        if 1 <= one.criterion <= len(asked) and 1 <= one.file <= len(files)
    }
    return tuple(
        _with(ticket, [(text, path) for key, text, path in sorted(met) if key == ticket.key]) for ticket in tickets
    )


def _with(ticket: ImpactedTicket, met: list[tuple[str, str]]) -> ImpactedTicket:
    first = dict(reversed(met))
    return replace(ticket, criteria=tuple(MetCriterion(text=text, file=path) for text, path in sorted(first.items())))
