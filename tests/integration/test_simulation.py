"""The simulation in small: RAT keeps to the limits, loses and doubles nothing; and what does not is caught."""

from dataclasses import replace

import pytest

from benchmarks.simulation.limits import Account, Client, JiraLimits, Tally, Window
from benchmarks.simulation.measure import simulate
from benchmarks.simulation.scenario import Scenario
from benchmarks.simulation.world import Places, World, together

SMALL = Scenario(name="small", tickets=30, teams=3, every=3 * 3600.0)
FAULTS = {"lost": 0.03, "outage": True, "killed": True}


@pytest.mark.parametrize(
    "scenario",
    [
        SMALL,
        replace(SMALL, burst=True, places=3),
        replace(SMALL, **FAULTS),  # type: ignore[arg-type]
        replace(SMALL, tracker="jira", **FAULTS),  # type: ignore[arg-type]
        replace(SMALL, burst=True, every=3600.0, an_hour=70),
    ],
    ids=["steady", "morning", "faults", "jira with faults", "few requests"],
)
def test_every_ticket_gets_one_proposal_within_the_limits(scenario: Scenario) -> None:
    figures = simulate(scenario)
    assert figures.violations == {}
    assert (figures.proposals, figures.unfinished, figures.doubled) == (30, 0, 0)
    assert figures.jain > 0.5
    assert figures.requests_a_ticket > 5
    if scenario.killed:
        assert figures.record.outcomes["job killed"] == 1


def test_a_seed_gives_one_history() -> None:
    first, second, other = simulate(SMALL), simulate(SMALL), simulate(replace(SMALL, seed=8))
    assert first == second
    assert first.median != other.median


def test_a_publisher_that_ignores_the_limits_is_caught() -> None:
    figures = simulate(replace(SMALL, burst=True, in_a_hurry=True, an_hour=40, every=600.0, edited=0.0, days=0.6))
    assert figures.violations["writes less than a second apart"] > 0
    assert figures.violations["sent while told to wait"] > 0


def test_tickets_for_which_no_run_comes_count_as_lost() -> None:
    assert simulate(replace(SMALL, days=0.5)).unfinished > 0


def test_a_comment_that_rat_does_not_find_again_counts_as_doubled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.simulation.github.ACTIONS_BOT", "somebody-else[bot]")
    assert simulate(replace(SMALL, edited=1.0, days=1.5)).doubled > 0


def test_a_window_is_full_until_its_oldest_unit_is_old_enough() -> None:
    window = Window(span=60.0, most=2)
    for now in (0.0, 10.0):
        assert window.wait(now) == 0.0
        window.take(now)
    assert window.wait(20.0) == 40.0
    assert window.wait(60.0) == 0.0


def test_github_refuses_the_eighty_first_creation_of_a_minute_and_the_501st_of_an_hour() -> None:
    for most, pause in ((80, 0.1), (500, 2.0)):
        account, client, tally = Account(an_hour=15_000), Client(), Tally()
        answers = [account.refusal(client, writing=True, now=1e6 + pause * n, tally=tally) for n in range(most + 1)]
        assert answers[:most] == [None] * most
        assert answers[most]


def test_github_refuses_what_is_beyond_the_hour_and_counts_who_asks_again() -> None:
    account, client, tally = Account(an_hour=3), Client(), Tally()
    answers = [account.refusal(client, writing=False, now=1e6 + n, tally=tally) for n in range(5)]
    assert answers == [None, None, None, 3597.0, 3596.0]
    assert tally.violations == {"sent while told to wait": 1}
    assert account.refusal(client, writing=False, now=1e6 + 3600, tally=tally) is None


def test_jira_refuses_a_burst_and_too_many_writes_to_one_issue() -> None:
    limits, client, tally = JiraLimits(), Client(), Tally()
    for number in range(100):
        assert limits.refusal(client, "GET /issue/*", "", now=5.0, tally=tally) is None, number
    assert limits.refusal(client, "GET /issue/*", "", now=5.0, tally=tally) == (1.0, "jira-burst-based")
    for number in range(20):
        assert limits.refusal(Client(), "POST /comment", "P-1", now=9.0, tally=tally) is None, number
    assert limits.refusal(Client(), "POST /comment", "P-1", now=9.0, tally=tally) == (2.0, "jira-per-issue-on-write")


def test_time_passes_only_while_everybody_sleeps_and_places_are_given_in_turn() -> None:
    world = World(start=0.0)
    seen: list[tuple[str, float]] = []
    places = Places(world, 1)

    def worker(name: str) -> None:
        with places.taken():
            world.sleep(5.0)
            seen.append((name, world.now))

    world.at(7.0, lambda: seen.append(("event", world.now)))
    world.start(lambda: together(world, [lambda: worker("a"), lambda: worker("b")]))
    world.run()
    assert seen == [("a", 5.0), ("event", 7.0), ("b", 10.0)]


def test_what_goes_wrong_in_a_process_ends_the_world() -> None:
    world = World(start=0.0)

    def fail() -> None:
        raise ZeroDivisionError

    world.start(fail)
    with pytest.raises(ZeroDivisionError):
        world.run()
