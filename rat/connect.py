"""The composition root: configuration and secrets in, checkout, trackers and model out. The only opener of adapters."""

import functools
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rat.config import read_config
from rat.errors import ConfigError
from rat.model import Ticket, TicketRef, TrackerKind
from rat.model.access import Access
from rat.model.settings import CONFIG_PATH, Project, Settings
from rat.model.variant import Variant
from rat.model.wish import Wish
from rat.ports import LLM, PullRequests, Tracker
from rat.projects import project_of
from rat.publishing.site import Site
from rat.sources.library import Library
from rat.trackers.files import read_ticket_files

if TYPE_CHECKING:
    from rat.asking import Asker, DayBook
    from rat.checkout import GitCheckout
    from rat.trackers.github import GitHubTracker

NO_MODEL = "none"
"""The model's name that asks for facts only."""


class Connections:
    """What a command works with; each part is opened when it is first asked for, so that nobody waits for the rest."""

    def __init__(
        self,
        *,
        access: Access,
        repo: Path,
        config: Path | None = None,
        run_url: str = "",
        wish: Wish | None = None,
        variant: Variant | None = None,
    ) -> None:
        self.access = access
        self._repo = repo
        self._config = config
        self._run_url = run_url
        self._wish = wish or Wish()
        self._variant = variant or Variant()
        self._lock = threading.RLock()
        self._trackers: dict[TrackerKind, Tracker] = {}
        self._libraries: dict[TrackerKind, Library] = {}
        self._files: dict[str, Ticket] = {}

    @functools.cached_property
    def checkout(self) -> "GitCheckout":
        """The work tree to read. Raises ConfigError where there is none."""
        from rat.checkout import open_checkout

        return open_checkout(self._repo)

    @functools.cached_property
    def settings(self) -> Settings:
        """The effective settings: flags and environment over the file over the defaults. Raises ConfigError."""
        settings = read_config(self.config_bytes(), name=str(self._config or CONFIG_PATH))
        name = self.access.model or settings.model.name or ""
        model = replace(
            settings.model,
            name=None if name.lower() in ("", NO_MODEL) else name,
            base_url=self.access.base_url or settings.model.base_url,
        )
        asked = self._wish
        budget = replace(
            settings.budget,
            usd_per_run=settings.budget.usd_per_run if asked.max_cost_usd is None else asked.max_cost_usd,
            tokens_per_ticket=asked.max_tokens or settings.budget.tokens_per_ticket,
            tickets_per_run=asked.max_tickets or settings.budget.tickets_per_run,
        )
        return self._variant.of(replace(settings, model=model, budget=budget))

    @property
    def flagged(self) -> frozenset[str]:
        """The settings that a flag or the environment decided, by their dotted keys."""
        given = {
            "model.name": self.access.model,
            "model.base_url": self.access.base_url,
            "budget.usd_per_run": self._wish.max_cost_usd is not None,
            "budget.tokens_per_ticket": self._wish.max_tokens,
            "budget.tickets_per_run": self._wish.max_tickets,
        }
        return frozenset(key for key, value in given.items() if value)

    @functools.cached_property
    def repository(self) -> str:
        """The `owner/repo` that `#12` means; empty when nothing says so."""
        return self.access.github_repository or self.checkout.remote_slug()

    @functools.cached_property
    def site(self) -> Site:
        """Where links of this run lead."""
        return Site(
            server_url=self.access.github_server_url,
            repository=self.repository,
            run_url=self._run_url,
            jira_url=self.access.jira_url,
        )

    def refs(self, names: tuple[str, ...]) -> tuple[TicketRef, ...]:
        """What the *names* on the command line mean; a `.jsonl` file is many. Raises ConfigError."""
        from rat.trackers import parse_ref

        refs: list[TicketRef] = []
        for name in names:
            ref = parse_ref(name, default_repository=self.repository, jira_url=self.access.jira_url)
            refs += self._read_files(ref) if ref.tracker is TrackerKind.FILE else [ref]
        return tuple(dict.fromkeys(refs))

    def fetch(self, ref: TicketRef) -> Ticket:
        """The ticket with its comments. Raises TrackerError, ConfigError."""
        if ref.tracker is TrackerKind.FILE:
            return self._files[ref.key]
        return self.tracker(ref.tracker).fetch(ref)

    def tracker(self, kind: TrackerKind) -> Tracker:
        """The tracker of this *kind*. Raises ConfigError naming what it lacks."""
        with self._lock:
            if kind not in self._trackers:
                self._trackers[kind] = self._open_tracker(kind)
            return self._trackers[kind]

    def library(self, kind: TrackerKind, project: Project) -> Library:
        """What the sources of evidence read from, for a project's tickets of one tracker; the same for all of them."""
        with self._lock:
            if kind not in self._libraries:
                tracker = None if kind is TrackerKind.FILE else self.tracker(kind)
                self._libraries[kind] = Library(
                    checkout=self.checkout,
                    tracker=tracker,
                    sources=self.settings.sources,
                    project=project,
                    audience=self.settings.privacy.audience,
                )
            return self._libraries[kind].for_project(project)

    def project_of(self, ticket: Ticket) -> Project:
        """The project of the configuration that *ticket* belongs to."""
        return project_of(ticket, self.settings, repository=self.repository)

    def pull_requests(self) -> PullRequests | None:
        """What reads pull requests; None where GitHub is not set up."""
        return self._github() if self.access.github_token else None

    def asker(self, *, cache: Path | None = None) -> "Callable[[str], Asker] | None":
        """What opens the asker of a ticket (by its key), all sharing one endpoint and one budget; None with no model.

        Raises ConfigError where a model is half configured: there is no silent default model.
        """
        model = self.settings.model
        if model.name is None:
            if self.access.api_key and self.access.model.lower() != NO_MODEL:
                raise ConfigError(
                    "A key for a model is set but no model is named, and RAT picks none by itself. Set `RAT_MODEL` "
                    "(or `--model`, or `model.name` in .github/rat.yml), or `--model none` for facts only."
                )
            return None
        if not self.access.api_key and not model.base_url:
            raise ConfigError(
                f"The model {model.name} is asked for, but there is neither a key (`OPENAI_API_KEY`) nor an endpoint "
                "of your own (`OPENAI_BASE_URL`). Set one of them, or `--model none` for facts only."
            )
        from rat.asking import open_asking

        return open_asking(
            llm=self.llm(),
            settings=self.settings,
            checkout=self.checkout,
            cache=cache,
            prompts=self._variant.texts,
            book=self._book(),
        )

    def _book(self) -> "DayBook":
        """Where the spending of the day is counted: the file that was named, else one beside the results."""
        from rat.asking import DayBook, warn_of_loose_budgets
        from rat.asking.daybook import NAME

        wish = self._wish
        path = wish.spending or (wish.out and wish.out / NAME)
        warn_of_loose_budgets(self.settings, remembers=bool(path or wish.spent_today_usd))
        return DayBook(path, elsewhere=wish.spent_today_usd)

    def dry_asker(self, key: str) -> "Asker":
        """An asker that can show prompts and has nobody to ask: it needs neither a key nor a model."""
        return self._open_dry_asker(key)

    @functools.cached_property
    def _open_dry_asker(self) -> "Callable[[str], Asker]":
        from rat.asking import open_asking

        model = replace(self.settings.model, base_url=self.settings.model.base_url or "http://127.0.0.1:9/v1")
        settings = replace(self.settings, model=model)
        from rat.llm import connect

        llm = connect(settings=model, api_key=self.access.api_key)
        return open_asking(llm=llm, settings=settings, checkout=self.checkout, prompts=self._variant.texts)

    def llm(self) -> LLM:
        """The endpoint of the model, which keeps secrets to itself. Raises ConfigError."""
        from rat.llm import connect
        from rat.llm.discreet import Discreet

        return Discreet(connect(settings=self.settings.model, api_key=self.access.api_key), secrets=self.access.secrets)

    def _open_tracker(self, kind: TrackerKind) -> Tracker:
        if kind is TrackerKind.GITHUB:
            return self._github()
        from rat.trackers import jira

        access = self.access
        if not access.jira_url or not access.jira_token:
            raise ConfigError("Jira needs JIRA_URL and JIRA_TOKEN (and JIRA_EMAIL for Jira Cloud). Set them.")
        return jira.connect(url=access.jira_url, email=access.jira_email, token=access.jira_token)

    def _github(self) -> "GitHubTracker":
        from rat.trackers import github

        access = self.access
        if not access.github_token:
            raise ConfigError("GitHub needs a token. Set GITHUB_TOKEN (in Actions: `github-token`).")
        return github.connect(token=access.github_token, api_url=access.github_api_url, repository=self.repository)

    def _read_files(self, ref: TicketRef) -> list[TicketRef]:
        tickets = read_ticket_files(Path(ref.key))
        if twice := next((ticket.key for ticket in tickets if ticket.key in self._files), None):
            raise ConfigError(f"Two ticket files have the id {twice}. Give each its own, or name the file once.")
        self._files.update({ticket.key: ticket for ticket in tickets})
        return [ticket.ref for ticket in tickets]

    def config_bytes(self) -> bytes | None:
        """The configuration as it stands on disk; None where there is none. Raises ConfigError if it cannot be read."""
        path = self._config or self._repo / CONFIG_PATH
        if self._config is None and not path.is_file():
            return None
        try:
            return path.read_bytes()
        except OSError as error:
            raise ConfigError(f"The configuration {path} could not be read ({error.strerror}).") from error
