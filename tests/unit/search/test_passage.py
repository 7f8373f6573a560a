from rat.model import Symbol
from rat.search.passage import best_lines

LINES = [f"line {number}" for number in range(1, 201)]


def test_the_densest_lines_are_chosen() -> None:
    lines = [*LINES]
    lines[20], lines[149], lines[151] = "zebra", "a zebra here", "giraffes"
    assert best_lines(lines, telling=("zebra", "giraff"), symbols=(), limit=20) == (148, 167)


def test_a_symbol_that_the_ticket_names_draws_the_passage_to_it() -> None:
    assert best_lines(LINES, telling=(), symbols=(Symbol(name="x", line=100),), limit=10) == (98, 107)


def test_without_anything_to_show_the_passage_is_the_beginning() -> None:
    assert best_lines(LINES, telling=("zebra",), symbols=(), limit=10) == (1, 10)
    assert best_lines(["one"], telling=(), symbols=(Symbol(name="x", line=9),), limit=10) == (1, 1)
