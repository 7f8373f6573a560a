"""Whoever waits is served: no queue takes another's place, and nothing at the head of one blocks the rest."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.fairness import in_turn, wait_of

QUEUES = st.lists(st.integers(0, 30), max_size=6).map(
    lambda sizes: [[(queue, place) for place in range(size)] for queue, size in enumerate(sizes)]
)
PLACES, TURNS = st.integers(1, 40), st.integers(0, 1000)
Entry = tuple[int, int]


def served(queues: list[list[Entry]], places: int, turn: int = 0) -> list[Entry]:
    return list(islice(in_turn(queues, places=places, turn=turn), places))


@given(queues=QUEUES, places=PLACES, turn=TURNS)
def test_everything_comes_once_and_the_same_again_the_next_time(
    queues: list[list[Entry]], places: int, turn: int
) -> None:
    order = list(in_turn(queues, places=places, turn=turn))
    assert sorted(order) == sorted(entry for queue in queues for entry in queue)
    assert order == list(in_turn(queues, places=places, turn=turn))


@given(queues=QUEUES, places=PLACES, turn=TURNS)
def test_each_queue_gets_its_fair_share(queues: list[list[Entry]], places: int, turn: int) -> None:
    got = served(queues, places, turn)
    waiting = [queue for queue in queues if queue]
    for queue in waiting:
        share = min(len(queue), places // len(waiting))
        assert sum(entry in queue for entry in got) >= share
    assert len(got) == min(places, sum(map(len, queues)))


@given(queues=QUEUES, places=PLACES)
def test_the_oldest_goes_first_where_all_can_be_served(queues: list[list[Entry]], places: int) -> None:
    if sum(map(len, queues)) <= places:
        got = served(queues, places)
        for queue in queues:
            assert [entry for entry in got if entry in queue] == queue


@given(queues=QUEUES, places=PLACES, start=TURNS)
def test_an_entry_that_stays_is_served_in_bounded_time(queues: list[list[Entry]], places: int, start: int) -> None:
    waiting = [queue for queue in queues if queue]
    turns = [set(served(queues, places, start + turn)) for turn in range(400)]
    for queue in waiting:
        limit = wait_of(len(queue), queues=len(waiting), places=places)
        for entry in queue:
            assert any(entry in turn for turn in turns[:limit])


def test_five_thousand_tickets_take_no_place_from_three() -> None:
    large, small = [(0, place) for place in range(5_000)], [(1, place) for place in range(3)]
    assert [entry for entry in served([large, small], 100) if entry in small] == small


def test_the_oldest_is_served_every_time() -> None:
    queue = [(0, place) for place in range(100)]
    assert all((0, 0) in served([queue], 10, turn) for turn in range(50))


def test_three_projects_share_one_place() -> None:
    queues = [[(queue, place) for place in range(2)] for queue in range(3)]
    assert {entry[0] for turn in range(3) for entry in served(queues, 1, turn)} == {0, 1, 2}


@pytest.mark.parametrize(("places", "turn"), [(0, 0), (1, -1)])
def test_nonsense_is_refused(places: int, turn: int) -> None:
    with pytest.raises(ValueError, match="at least one place"):
        list(in_turn([[1]], places=places, turn=turn))
