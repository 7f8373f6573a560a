"""What is simulated: how many tickets, teams and places, which limits, which schedule, what goes wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

DAY = 86400.0
START = 1_800_000_000.0 // DAY * DAY
"""Midnight (UTC) of the day that is simulated."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """One row of the table.

    *places* are the repositories (or Jira projects) that the teams' tickets lie in: 1, or one a team. *an_hour* is what
    the token of a repository may ask of GitHub; with *one_token* all repositories share one (a PAT), else each has
    its own. *every* is the seconds between sweeps. A share of *edited* tickets is edited once, hours later.
    They come within *hours*. *keeps_label* when nobody takes the label off once the proposal is there.
    """

    name: str
    tickets: int
    teams: int = 1
    places: int = 1
    tracker: str = "github"
    burst: bool = False
    every: float = 3600.0
    most: int = 100
    an_hour: int = 1000
    one_token: bool = False
    runners: int = 20
    model_seconds: float = 60.0
    model_at_once: int = 64
    edited: float = 0.05
    keeps_label: bool = False
    lost: float = 0.0
    outage: bool = False
    killed: bool = False
    in_a_hurry: bool = False
    days: float = 8.0
    hours: float = 24.0
    seed: int = 7


def table() -> tuple[Scenario, ...]:
    """The scenarios of benchmarks/simulation.md, small ones first."""
    return tuple(scenario for tickets in (100, 1000) for scenario in _of(tickets, most=100)) + _rate() + _large()


def _of(tickets: int, *, most: int) -> Iterator[Scenario]:
    """*tickets* a day over all shapes of an organisation."""
    for tracker in ("github", "jira"):
        for teams, places in ((1, 1), (10, 1), (10, 10), (50, 1), (50, 50)):
            yield Scenario(
                name="steady",
                tickets=tickets,
                teams=teams,
                places=places,
                tracker=tracker,
                most=most,
                runners=_runners(places),
            )
        yield Scenario(name="all in the morning", tickets=tickets, teams=10, tracker=tracker, most=most, burst=True)
        yield Scenario(
            name="faults", tickets=tickets, teams=10, tracker=tracker, most=most, lost=0.01, outage=True, killed=True
        )
    yield Scenario(name="nightly", tickets=tickets, teams=10, every=DAY, most=512)
    yield Scenario(name="labels stay", tickets=tickets, teams=10, keeps_label=True)


def _rate() -> tuple[Scenario, ...]:
    """Three hours at the rate of 10,000 a day: what each set-up carries, without the whole day."""
    own: list[dict[str, object]] = [
        {"name": "3 h of 10,000 a day", "teams": 10},
        {"name": "3 h of 10,000 a day, 10 repositories", "teams": 10, "places": 10},
        {"name": "3 h of 10,000 a day, GHEC token", "teams": 10, "an_hour": 15_000},
        {"name": "3 h of 10,000 a day, one PAT", "teams": 10, "places": 10, "an_hour": 5000, "one_token": True},
        {"name": "3 h of 10,000 a day", "teams": 10, "tracker": "jira"},
    ]
    return tuple(Scenario(tickets=1250, hours=3.0, most=512, **more) for more in own)  # type: ignore[arg-type]


def _large() -> tuple[Scenario, ...]:
    """10,000 a day: what one repository's token carries, and what is done about it."""
    many = {"tickets": 10_000, "most": 512}
    own: list[dict[str, object]] = [
        {"name": "steady", "teams": 10},
        {"name": "steady", "teams": 10, "places": 10},
        {"name": "steady", "teams": 50, "places": 50, "runners": 60},
        {"name": "GHEC token", "teams": 10, "an_hour": 15_000},
        {"name": "GHEC token, faults", "teams": 10, "an_hour": 15_000, "lost": 0.01, "outage": True, "killed": True},
        {"name": "GHEC token, all in the morning", "teams": 10, "an_hour": 15_000, "burst": True},
        {"name": "one PAT", "teams": 10, "places": 10, "an_hour": 5000, "one_token": True},
        {"name": "steady", "teams": 10, "tracker": "jira"},
        {"name": "all in the morning", "teams": 10, "tracker": "jira", "burst": True},
        {"name": "faults", "teams": 10, "tracker": "jira", "lost": 0.01, "outage": True, "killed": True},
    ]
    return tuple(Scenario(**many, **more) for more in own)  # type: ignore[arg-type]


def _runners(places: int) -> int:
    """Jobs at once: 20 of the plan Free, 60 of Team where many repositories sweep at the same time."""
    return 60 if places >= 50 else 20
