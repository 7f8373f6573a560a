"""Who speaks when."""

import pytest

from rat.agents import AGENTS, stages
from rat.model.settings import TEAM


def test_the_whole_team_needs_three_rounds() -> None:
    assert stages(TEAM) == (("analyst", "architect"), ("planner", "tester"), ("critic",))


def test_nobody_speaks_before_those_whose_part_it_reads() -> None:
    order = [name for stage in stages(TEAM) for name in stage]
    for name in TEAM:
        assert all(order.index(needed) < order.index(name) for needed in AGENTS[name].NEEDS)


def test_an_agent_of_the_team_s_own_reviews_beside_the_critic() -> None:
    assert stages((*TEAM, "security"))[-1] == ("critic", "security")
    assert stages(("security", *TEAM))[-1] == ("security", "critic")


@pytest.mark.parametrize(
    ("team", "rounds"),
    [((), ()), (("tester",), (("tester",),)), (("critic", "analyst"), (("analyst",), ("critic",)))],
)
def test_a_smaller_team_does_not_wait_for_who_is_not_on_it(
    team: tuple[str, ...], rounds: tuple[tuple[str, ...], ...]
) -> None:
    assert stages(team) == rounds
