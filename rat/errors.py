"""Every error that RAT raises on purpose; each carries the exit code that the command line ends with.

RatError
├── ConfigError    2  usage or configuration
│   └── LedgerError          the ledger cannot be opened, read or written
├── TrackerError   3  GitHub or Jira
│   ├── TicketNotFound       no such ticket, or none that this token may see
│   ├── NotATicket           it is there, but is a pull request
│   ├── AccessRefused        wrong token, or a right that is missing
│   ├── FieldRefused         the ticket has no such field, or it may not be edited
│   ├── NotApproved          nothing on the ticket that a person can have approved
│   ├── RateLimited          the platform asks to wait for longer than the run may
│   ├── Conflict             somebody else was writing at that very moment; nothing was written
│   └── Ambiguous            a write whose outcome is not known
├── ModelError     4  the model or its endpoint
│   ├── CouldNotAssess       it answered, but with nothing that can be used
│   └── PromptTooLong        the prompt does not fit into its context
├── BudgetError    5  a budget is spent
│   └── TicketBudgetError    that of one ticket; the others go on
├── GateError      6  a gate that was asked for failed
└── TicketsFailed  the code of the first ticket that failed in a batch

Anything else that reaches the command line is a bug: it shows its traceback and exits with 1.
"""


class RatError(Exception):
    """Something that the user can act on. The text says what happened, to which thing, and what to do."""

    exit_code = 1


class ConfigError(RatError):
    """The command line, an input file or the configuration is not usable as it stands."""

    exit_code = 2


class LedgerError(ConfigError):
    """The ledger cannot be opened, read or written; the text never shows a password."""


class TrackerError(RatError):
    """GitHub or Jira did not do what was asked."""

    exit_code = 3


class TicketNotFound(TrackerError):
    """The ticket does not exist, or the token may not see it."""


class NotATicket(TrackerError):
    """What has this name is something else: a pull request."""


class AccessRefused(TrackerError):
    """The token is wrong or lacks a right."""


class FieldRefused(TrackerError):
    """The ticket has no such text field on its edit screen, or this token may not edit it."""


class NotApproved(TrackerError):
    """There is nothing on the ticket that a person can have approved, or it is not what they saw."""


class Unwelcome(TrackerError):
    """The tracker takes what is written for spam, or may not keep it: nothing more is written in this run."""


class RateLimited(TrackerError):
    """The platform asks to wait for longer than this run may."""


class Conflict(TrackerError):
    """The tracker refused a write because somebody else was writing there; it had no effect."""


class Ambiguous(TrackerError):
    """A write was sent and its outcome could not be established; nothing was sent again."""


class ModelError(RatError):
    """The model or its endpoint failed."""

    exit_code = 4


class CouldNotAssess(ModelError):
    """The model answered with nothing that can be used; nothing was guessed in its place."""


class PromptTooLong(ModelError):
    """The prompt does not fit into the model's context; less evidence may."""


class BudgetError(RatError):
    """A budget is spent; what was done until then is kept."""

    exit_code = 5


class TicketBudgetError(BudgetError):
    """The tokens for one ticket are spent; the other tickets of a run go on."""


class GateError(RatError):
    """A gate that the user asked for (`--fail-under`) is not met."""

    exit_code = 6


class TicketsFailed(RatError):
    """Some tickets of a batch failed; the others are done. Ends with the exit code of the first failure."""

    def __init__(self, message: str, *, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code
