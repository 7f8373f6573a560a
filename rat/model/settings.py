"""The settings of a run, as read from `.github/rat.yml`, the environment and the command line.

Field names are the configuration's keys: `rat schema config` follows from them, and
docs/reference/configuration.md, with the text below each field as its meaning.
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
    """Its issues: the open ones with this label."""
    repository: str = ""
    """`owner/repo` of those issues; empty: the repository that RAT runs in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class JiraTickets(Strict):
    """The items of a project: what this JQL query finds."""

    jql: str
    """Its Jira items: what this query finds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tickets(Strict):
    """Where a project's tickets come from."""

    github: GitHubTickets | None = None
    jira: JiraTickets | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Labels(Strict):
    """RAT's own labels, for where a ticket stands: it puts these on and takes them off, and no others."""

    ready: str = "rat:ready"
    """The label that `/rat apply labels` sets where a ticket is ready; without `labels` it sets none."""
    needs_answers: str = "rat:needs-answers"
    """The label for a ticket that waits for answers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Project(Strict):
    """One team: its tickets, where its code lives (folders), what RAT may write, and what "ready" means for it.

    *definition_of_ready* maps a ticket type to the parts that it must have; unset types keep RAT's own list.
    *write* is `comment`, `region`, or `{jira-field: {field: approved}}`; *labels* those of `/rat apply labels`.
    *link_run* puts a link to the run that carried out an approval on the Jira item.
    """

    name: str = "default"
    """What the team is called in reports."""
    tickets: Tickets = Tickets()
    paths: tuple[str, ...] = ()
    """Folders in which the team's code lives; empty: the whole checkout."""
    write: WritePolicy | dict[str, dict[str, str]] = WritePolicy.COMMENT
    """What a person may approve beyond the comment: see docs/publishing.md."""
    definition_of_ready: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The parts that a ticket of each type must have: see docs/readiness.md."""
    labels: Labels | None = None
    link_run: bool = False
    """Whether an approval also puts a link to its run on the Jira item."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources(Strict):
    """Folders of decisions and requests (found by themselves if unset), and a tracker query for request tickets."""

    adrs: tuple[str, ...] = ()
    """Folders of decisions; empty: found by themselves (docs/knowledge.md)."""
    rfes: tuple[str, ...] = ()
    """Folders of requests; empty: found by themselves."""
    rfe_tickets: Tickets | dict[str, str] | None = None
    """A tracker query for request tickets: `{jira: "project = RFE"}`."""


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
    """The model. Unset: no model; none is ever picked by itself."""
    base_url: str | None = None
    """An OpenAI-compatible endpoint; unset: OpenAI's."""
    per_agent: dict[str, str] = field(default_factory=dict)
    """Another model for an agent: `{critic: a-smaller-one}`."""
    concurrency: int = 8
    """Calls to the model at the same time."""
    timeout_seconds: float = 120.0
    """How long one answer may take, retries included."""
    reply_tokens: int = 8_000
    """How long one reply may get, thinking included; a longer one is cut off and its agent could not assess."""
    replies: Replies = Replies.JSON_SCHEMA
    """How replies are held to their form; what it costs: docs/prompts.md."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Price(Strict):
    """US dollars for a million tokens."""

    input: float
    output: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget(Strict):
    """What may be spent: checked before each call to the model. *usd_per_day* is for all runs of a day (UTC)."""

    tokens_per_ticket: int = 60_000
    """Tokens a ticket at most, checked before each call (docs/budgets.md)."""
    usd_per_run: float = 5.0
    """US dollars a run at most, where `prices` are known."""
    usd_per_day: float | None = None
    """US dollars at most for all runs of a day (UTC); unset: no limit."""
    tickets_per_run: int = 100
    """Tickets a run at most; the rest waits for the next run."""
    prices: dict[str, Price] = field(default_factory=dict)
    """What models cost: `{your-model: {input: 1.25, output: 10}}`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Privacy(Strict):
    """What may leave: secrets redacted before a prompt and after a reply, globs of files never sent, the audience."""

    redact: bool = True
    """Whether secrets are removed from prompts and replies."""
    never_send: tuple[str, ...] = ()
    """Files, as in .gitignore, that no model sees."""
    audience: Audience = Audience.INTERNAL
    """`public`: items of a Jira are kept out of prompts and comments of GitHub issues (docs/jira.md)."""


class CriteriaForm(StrEnum):
    """How acceptance criteria are worded: one sentence each, or Given, When, Then."""

    CHECKLIST = "checklist"
    GHERKIN = "gherkin"


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing(Strict):
    """How the team writes: *language* (empty: the ticket's own), *tone* in a few words, the form of criteria."""

    language: str = ""
    """The language of proposals; empty: the ticket's own."""
    tone: str = ""
    """Their tone, in a few words; empty: plain."""
    criteria: CriteriaForm = CriteriaForm.CHECKLIST
    """The form of acceptance criteria."""


TEAM = ("analyst", "architect", "planner", "tester", "critic")


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings(Strict):
    """Everything that decides how a run goes, secrets left out."""

    projects: tuple[Project, ...] = (Project(),)
    sources: Sources = Sources()
    team: tuple[str, ...] = TEAM
    """The agents, in order; an own agent is a prompt and its name here (docs/prompts.md)."""
    model: ModelSettings = field(default_factory=ModelSettings)
    budget: Budget = field(default_factory=Budget)
    privacy: Privacy = Privacy()
    writing: Writing = Writing()
    max_revisions: int = 2
    """How often blockers go back to their authors."""

    @property
    def project(self) -> Project:
        """The default project: the first."""
        return self.projects[0]
