"""The teams, their tickets and the people who read proposals."""

import random
from collections.abc import Callable

from benchmarks.simulation.faults import Faults
from benchmarks.simulation.github import GitHubServer
from benchmarks.simulation.jira import JiraServer
from benchmarks.simulation.limits import Account, Tally
from benchmarks.simulation.scenario import START, Scenario
from benchmarks.simulation.tickets import Item
from benchmarks.simulation.world import World

HOUR = 3600.0


class Organisation:
    """All that stands outside RAT in one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.chance = random.Random(scenario.seed)
        self.world = World(start=START)
        self.tally = Tally()
        out = (START + 11 * HOUR, START + 11.5 * HOUR) if scenario.outage else (0.0, 0.0)
        faults = Faults(lost=scenario.lost, out=out, kill_at_write=17 if scenario.killed else 0, chance=self.chance)
        more = {"faults": faults, "tally": self.tally, "written": self._written}
        self.github = GitHubServer(self.world, **more)  # type: ignore[arg-type]
        self.jira = JiraServer(self.world, **more)  # type: ignore[arg-type]
        self.homes = [self._home(place) for place in range(scenario.places)]
        shared = Account(an_hour=scenario.an_hour)
        self._accounts = {
            home: shared if scenario.one_token else Account(an_hour=scenario.an_hour) for home in self.homes
        }
        self.items: list[Item] = []
        self._edits_left = 0
        self._arrive()

    def account(self, home: str) -> Account:
        """The token that *home* is served with; Jira's code lies in a repository of which nothing is asked."""
        return self._accounts[home]

    @property
    def is_done(self) -> bool:
        """Whether every ticket has come, and has a proposal for the words that it has now."""
        come = len(self.items) == self.scenario.tickets and not self._edits_left
        return come and all(item.is_current for item in self.items)

    def teams_of(self, home: str) -> list[int]:
        """The teams whose tickets lie in *home*."""
        return [team for team in range(self.scenario.teams) if self._home_of(team) == home]

    def _home_of(self, team: int) -> str:
        return self.homes[team % self.scenario.places]

    def _home(self, place: int) -> str:
        return f"acme/repo{place}" if self.scenario.tracker == "github" else f"P{place}"

    def _arrive(self) -> None:
        """Tickets come over the day, or most of them between nine and ten; teams differ in size like 1, 1/2, 1/3."""
        scenario, chance = self.scenario, self.chance
        weights = [1 / (1 + team) for team in range(scenario.teams)]
        teams = chance.choices(range(scenario.teams), weights, k=scenario.tickets)
        for team in teams:
            in_the_morning = scenario.burst and chance.random() < 0.8
            time = START + (
                9 * HOUR + chance.random() * HOUR if in_the_morning else chance.random() * scenario.hours * HOUR
            )
            edit = time + HOUR * (1 + 5 * chance.random()) if chance.random() < scenario.edited else 0.0
            self.world.at(time, self._arrival(team, edit))

    def _arrival(self, team: int, edit: float) -> Callable[[], None]:
        def arrive() -> None:
            now, home = self.world.now, self._home_of(team)
            server = self.github if self.scenario.tracker == "github" else self.jira
            there = server.items.setdefault(home, {})
            item = Item(home=home, number=len(there) + 1, team=team, label=f"refine-{team}", created=now, updated=now)
            there[item.number] = item
            self.items.append(item)
            if edit:
                self._edits_left += 1
                self.world.at(edit, lambda: self._edit(item))

        return arrive

    def _edit(self, item: Item) -> None:
        """Somebody changes the words, unless the ticket was done with before."""
        self._edits_left -= 1
        if item.waits:
            item.words += " On Wednesdays too."
            item.edited = item.updated = self.world.now
            item.edits.append(self.world.now)

    def _written(self, item: Item) -> None:
        """RAT wrote: within a day somebody reads it and takes the label off, unless the words changed meanwhile."""
        item.proposed.append(self.world.now)
        if not self.scenario.keeps_label:
            self.world.at(self.world.now + HOUR * (1 + 23 * self.chance.random()), lambda: self._accept(item))

    def _accept(self, item: Item) -> None:
        if item.waits and item.is_current:
            item.waits = False
            item.updated = self.world.now
