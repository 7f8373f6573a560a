"""`rat-refine.yml` in virtual time: select, refine over a matrix, publish. What decides is RAT's own code."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.simulation.faults import Cancelled
from benchmarks.simulation.organisation import Organisation
from benchmarks.simulation.world import Places, together
from rat.beginning import dialogue_of, reason_to_skip
from rat.commands.action_sharding import LARGEST_RUN, matrix_of
from rat.connect import Connections
from rat.delivery import desk_for, recall_writes
from rat.errors import RatError
from rat.model import Finding, Refinement, RunReport, Score, Severity, Status, TicketRef, TrackerKind
from rat.model.access import Access
from rat.model.dialogue import Dialogue
from rat.model.proposal import Question
from rat.model.ticket import Ticket
from rat.model.wish import Wish
from rat.pipeline import input_hash
from rat.ports import PullRequests, Tracker
from rat.projects import seen_from
from rat.publishing.journal import Entry, Journal
from rat.publishing.publish import publish
from rat.selection import asked_for, select
from rat.sources.tickets import neighbours

BOOT, INSTALL, CHECKOUT = 10.0, 3.0, 10.0
"""Seconds until a job's first line of work: a runner (modelled), RAT cold (benchmarks/action_install.md: 2.9), a clone
with its history (modelled)."""

AT_ONCE = 8
"""Tickets that one shard works on at once: `model.concurrency`."""

MATRIX_AT_ONCE = 4
"""`max-parallel` of rat-refine.yml."""


class Memory(Journal):
    """A journal that needs no disk: 20,000 waits for it would be all that is measured."""

    def __init__(self) -> None:
        super().__init__(Path("journal.jsonl"))
        self._entries: list[Entry] = []

    def record(self, entry: Entry) -> None:
        """Keep *entry*."""
        self._entries.append(entry)

    def entries(self) -> tuple[Entry, ...]:
        """All of them."""
        return tuple(self._entries)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else has it."""
        yield


class Wired(Connections):
    """The connections of one job, to the servers of the simulation."""

    def __init__(self, *, trackers: dict[TrackerKind, Tracker], home: str, config: Path, wish: Wish) -> None:
        super().__init__(
            access=Access(github_repository=home, jira_url="https://example.atlassian.net"),
            repo=config.parent,
            config=config,
            wish=wish,
        )
        self._wired = trackers

    def tracker(self, kind: TrackerKind) -> Tracker:
        """The tracker in memory."""
        return self._wired[kind]

    def pull_requests(self) -> PullRequests | None:
        """There are none."""
        return None


@dataclass(kw_only=True)
class Record:
    """What the runs came to."""

    runs: int = 0
    jobs: int = 0
    seconds: float = 0.0
    billed_minutes: int = 0
    refined: int = 0
    failed: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    waiting: list[int] = field(default_factory=list)


class Workflow:
    """The sweeps of one repository."""

    def __init__(
        self, organisation: Organisation, home: str, *, record: Record, folder: Path, shared: "Shared"
    ) -> None:
        self._organisation = organisation
        self._world = organisation.world
        self._scenario = organisation.scenario
        self._home = home
        self._record = record
        self._shared = shared
        self._config = folder / f"{home.replace('/', '-')}.yml"
        self._config.write_text(self._projects(), encoding="utf-8")
        self._matrix = Places(self._world, MATRIX_AT_ONCE)
        self._publishing = Places(self._world, 1)

    def sweep(self, turn: int) -> None:
        """One run of the workflow."""
        self._record.runs += 1
        wish = Wish(skip_unchanged=True, turn=turn, max_tickets=self._scenario.most)
        refs: list[TicketRef] = []
        self._job(lambda: refs.extend(self._select(wish)))
        shards = [
            [ref for ref in refs if ref.key in set(shard["tickets"])]
            for shard in matrix_of([ref.key for ref in refs])["include"]
        ]
        reports: list[RunReport] = []
        together(self._world, [self._shard(shard, wish, reports) for shard in shards])
        if reports:
            with self._publishing.taken():
                self._job(lambda: self._publish(wish, reports))

    def _select(self, wish: Wish) -> Sequence[TicketRef]:
        selection = select(wish, self._connections(wish), thrifty=False)
        self._record.waiting.append(selection.waiting)
        return selection.refs[:LARGEST_RUN]

    def _shard(self, refs: list[TicketRef], wish: Wish, reports: list[RunReport]) -> Callable[[], None]:
        def run() -> None:
            with self._matrix.taken():
                self._job(lambda: self._refine_all(refs, wish, reports), checkout=True)

        return run

    def _refine_all(self, refs: list[TicketRef], wish: Wish, reports: list[RunReport]) -> None:
        connections = self._connections(wish)
        left = list(reversed(refs))
        with contextlib.suppress(RatError):  # similar tickets are evidence; without them there is less
            tracker = connections.tracker(refs[0].tracker)
            query = neighbours(Ticket(ref=refs[0], title="", body=""))
            if query:
                tracker.find(query)

        def work() -> None:
            while left:
                try:
                    reports.extend(self._refine(left.pop(), wish, connections))
                except RatError:
                    self._record.failed += 1

        together(self._world, [work] * min(AT_ONCE, len(refs)))

    def _refine(self, ref: TicketRef, wish: Wish, connections: Connections) -> list[RunReport]:
        """As `rat.sweep` does, with time in the place of evidence and team."""
        ticket = connections.fetch(ref)
        settings = seen_from(connections.settings, connections.project_of(ticket))
        dialogue = dialogue_of(ticket, connections)
        if reason_to_skip(ticket, wish, settings, dialogue):
            return []
        with self._shared.model.taken():
            chance = self._organisation.chance
            self._world.sleep(self._scenario.model_seconds * chance.uniform(0.5, 1.5))
        self._record.refined += 1
        return [report_of(ticket, input_hash(ticket, settings, dialogue), dialogue)]

    def _publish(self, wish: Wish, reports: list[RunReport]) -> None:
        connections = self._connections(wish)
        allowed = asked_for(wish, connections)
        named = {ref.key for ref in allowed}
        wanted = [report for report in reports if report.refinement.ticket.key in named]
        wanted.sort(key=lambda report: report.refinement.ticket.updated_at)
        if not self._scenario.in_a_hurry:
            recall_writes(wanted, connections)
        desk = desk_for(connections, allowed, None, dry_run=False)
        for outcome in publish(wanted, replace(desk, journal=Memory(), wait=self._world.sleep)):
            self._record.outcomes[outcome.action.value] += 1

    def _job(self, work: Callable[[], None], *, checkout: bool = False) -> None:
        """Have a runner do *work*; one that fails or is killed ends alone."""
        with self._shared.runners.taken():
            begun = self._world.now
            self._world.sleep(BOOT + INSTALL + (CHECKOUT if checkout else 0.0))
            try:
                work()
            except RatError:
                self._record.outcomes["job failed"] += 1
            except Cancelled:
                self._record.outcomes["job killed"] += 1
            seconds = self._world.now - begun
            self._record.jobs += 1
            self._record.seconds += seconds
            self._record.billed_minutes += -(-int(seconds) // 60)

    def _connections(self, wish: Wish) -> Connections:
        """What one job opens: its own trackers, its own patience. From GitHub it fetches the configuration."""
        hurry, organisation = self._scenario.in_a_hurry, self._organisation
        trackers: dict[TrackerKind, Tracker] = {}
        if self._scenario.tracker == "github":
            account = organisation.account(self._home)
            github = organisation.github.tracker(account, self._home, in_a_hurry=hurry)
            github.file_at(".github/rat.yml", repository=self._home, commit="")
            trackers[TrackerKind.GITHUB] = github
        else:
            trackers[TrackerKind.JIRA] = jira = organisation.jira.tracker(in_a_hurry=hurry)
            jira.identity()  # now: its threads would wait for one another in real time, which stops the world
        home = self._home if self._scenario.tracker == "github" else "acme/code"
        return Wired(trackers=trackers, home=home, config=self._config, wish=wish)

    def _projects(self) -> str:
        lines = ["projects:"]
        for team in self._organisation.teams_of(self._home):
            tickets = (
                f"{{github: {{label: refine-{team}}}}}"
                if self._scenario.tracker == "github"
                else f'{{jira: {{jql: "project = {self._home} AND labels = refine-{team}"}}}}'
            )
            lines += [f"  - name: team{team}", f"    tickets: {tickets}"]
        return "\n".join(lines) + "\n"


class Shared:
    """What all workflows of the organisation share: its runners and the model's endpoint."""

    def __init__(self, organisation: Organisation) -> None:
        self.runners = Places(organisation.world, organisation.scenario.runners)
        self.model = Places(organisation.world, organisation.scenario.model_at_once)


def report_of(ticket: Ticket, made_from: str, dialogue: Dialogue) -> RunReport:
    """A refinement of *ticket* with one question: short, for what it says is not what is simulated."""
    refinement = Refinement(
        ticket=replace(ticket, comments=()),
        questions=(Question(text=f"Which Tuesday ({len(ticket.body)})?", why="", assumption="All of them."),),
        findings=(Finding(check="steps", severity=Severity.WARNING, message="The steps are missing."),),
        score=Score(before=30, after=60),
        dialogue=dialogue,
    )
    return RunReport(
        refinement=refinement, status=Status.NEEDS_ANSWERS, mode="offline", head="0" * 40, input_hash=made_from
    )
