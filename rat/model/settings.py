"""The settings of a run, as read from `.github/rat.yml`, the environment and the command line.

Field names are the configuration's keys: docs/configuration.md and `rat schema config` follow from them.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from rat.model.strict import Strict

CONFIG_PATH = ".github/rat.yml"
"""Where a repository keeps its configuration; read from the default branch only."""


class WritePolicy(StrEnum):
    """What RAT may write on its own account: by default one comment a ticket."""

    COMMENT = "comment"
    REGION = "region"


class Audience(StrEnum):
    """Who may read what RAT writes: `public` keeps evidence of private sources out of prompts and comments."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, kw_only=True, slots=True)
class GitHubTickets(Strict):
    """The issues of a project: those with this label, in `repository` (default: the one that RAT runs in)."""

    label: str
    repository: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class JiraTickets(Strict):
    """The items of a project: what this JQL query finds."""

    jql: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tickets(Strict):
    """Where a project's tickets come from."""

    github: GitHubTickets | None = None
    jira: JiraTickets | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Labels(Strict):
    """RAT's own labels, for where a ticket stands: it puts these on and takes them off, and no others."""

    ready: str = "rat:ready"
    needs_answers: str = "rat:needs-answers"


@dataclass(frozen=True, kw_only=True, slots=True)
class Project(Strict):
    """One team: its tickets, where its code lives (folders), what RAT may write, and what "ready" means for it.

    *definition_of_ready* maps a ticket type to the parts that it must have; unset types keep RAT's own list.
    *write* is `comment`, `region`, or `{jira-field: {field: approved}}`; *labels* those of `/rat apply labels`.
    *link_run* puts a link to the run that carried out an approval on the Jira item.
    """

    name: str = "default"
    tickets: Tickets = Tickets()
    paths: tuple[str, ...] = ()
    write: WritePolicy | dict[str, dict[str, str]] = WritePolicy.COMMENT
    definition_of_ready: dict[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Labels | None = None
    link_run: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources(Strict):
    """Folders of decisions and requests (found by themselves if unset), and a tracker query for request tickets."""

    adrs: tuple[str, ...] = ()
    rfes: tuple[str, ...] = ()
    rfe_tickets: Tickets | dict[str, str] | None = None


class Replies(StrEnum):
    """How a model is held to the form of its replies, strictest first; a server that refuses one gets the next."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelSettings(Strict):
    """The model: *name* None means no model, *base_url* any OpenAI-compatible endpoint, *concurrency* calls at once.

    *reply_tokens* bounds one reply, thinking included.
    """

    name: str | None = None
    base_url: str | None = None
    per_agent: dict[str, str] = field(default_factory=dict)
    concurrency: int = 8
    timeout_seconds: float = 120.0
    reply_tokens: int = 8_000
    replies: Replies = Replies.JSON_SCHEMA


@dataclass(frozen=True, kw_only=True, slots=True)
class Price(Strict):
    """US dollars for a million tokens."""

    input: float
    output: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget(Strict):
    """What may be spent: checked before each call to the model. *usd_per_day* is for all runs of a day (UTC)."""

    tokens_per_ticket: int = 60_000
    usd_per_run: float = 5.0
    usd_per_day: float | None = None
    tickets_per_run: int = 100
    prices: dict[str, Price] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Privacy(Strict):
    """What may leave: secrets redacted before a prompt and after a reply, globs of files never sent, the audience."""

    redact: bool = True
    never_send: tuple[str, ...] = ()
    audience: Audience = Audience.INTERNAL


class CriteriaForm(StrEnum):
    """How acceptance criteria are worded: one sentence each, or Given, When, Then."""

    CHECKLIST = "checklist"
    GHERKIN = "gherkin"


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing(Strict):
    """How the team writes: *language* (empty: the ticket's own), *tone* in a few words, the form of criteria."""

    language: str = ""
    tone: str = ""
    criteria: CriteriaForm = CriteriaForm.CHECKLIST


TEAM = ("analyst", "architect", "planner", "tester", "critic")


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings(Strict):
    """Everything that decides how a run goes, secrets left out."""

    projects: tuple[Project, ...] = (Project(),)
    sources: Sources = Sources()
    team: tuple[str, ...] = TEAM
    model: ModelSettings = field(default_factory=ModelSettings)
    budget: Budget = field(default_factory=Budget)
    privacy: Privacy = Privacy()
    writing: Writing = Writing()
    max_revisions: int = 2

    @property
    def project(self) -> Project:
        """The default project: the first."""
        return self.projects[0]
