"""What RAT answers to a command, in a few plain sentences."""

from collections.abc import Iterable

from rat.model.command import Command, Verb
from rat.publishing.outcome import Outcome

HELP = """RAT takes these commands from people who may write here, each in a new comment that begins with it:

`/rat refine` refines the ticket again; what you write behind it is a hint for the draft.

`/rat apply` puts the proposal into the ticket, where the configuration allows it; name sections to apply only these, \
`tasks` makes the tasks tickets of their own.

`/rat reject` followed by the reason keeps RAT quiet until the ticket is edited.

`/rat undo` takes back what RAT wrote last.

`/rat help` shows this."""

WHY = "Say why in the same line, for instance `/rat reject` the criteria miss the export."
NOTHING_TO_REJECT = "There is no proposal of RAT's on this ticket, so there is nothing to reject."
SAY_IT_AGAIN = (
    "An earlier run took this command and ended before it could say how far it came. Look at the ticket, and give the "
    "command in a new comment if it is still wanted."
)
NOT_REFINED = "RAT could not refine this ticket. The run below says why."
FAILED = "RAT could not do that. The run below says why."


def misread(command: Command) -> str:
    """The answer to a word that is no command, or to two commands at once."""
    if command.is_second:
        return "One command a comment: nothing was done. Give each in a comment of its own."
    meant = f" Did you mean `/rat {command.nearest}`?" if command.nearest else ""
    verbs = ", ".join(f"`/rat {verb}`" for verb in Verb)
    return f"RAT does not know that command.{meant} There are {verbs}."


def undone(outcomes: Iterable[Outcome]) -> str:
    """Why the writes that did not come about did not."""
    return "Not done. " + " ".join(
        f"{outcome.purpose.capitalize()}: {(outcome.reason or outcome.action).rstrip('.')}." for outcome in outcomes
    )


def left(outcome: Outcome) -> str:
    """What stays though the rest was taken back, and why."""
    return "Taken back, but not all of it. " + " ".join(f"{note[:1].upper()}{note[1:]}." for note in outcome.notes)
