"""What a ticket names and the checkout does not have: files, lines, symbols; and what is no dead reference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.model import TicketType
from rat.readiness.references import dead_references
from tests.unit.readiness.conftest import Write

FILES = {
    "rat/cli.py": b"class Ledger:\n    def add(self):\n        return read_config()\n",
    "rat/config.py": b"def read_config():\n    pass\n",
    "README.md": b"Read me.\n",
}


class Checkout:
    """A checkout of FILES, which counts how often it was read."""

    def __init__(self) -> None:
        self.reads = 0

    def files(self) -> tuple[str, ...]:
        return tuple(FILES)

    def read(self, path: str) -> bytes | None:
        self.reads += 1
        return FILES.get(path)

    def has_commit(self, sha: str) -> bool:
        return False


def dead(text: str, kind: TicketType = TicketType.BUG) -> str:
    found = [finding.message for finding in dead_references(Write()("A bug", text), kind, Checkout())]
    return found[0].removeprefix("Not in the checkout: ") if found else ""


def test_paths_below_a_folder_of_the_checkout_are_named_and_those_of_other_places_are_not() -> None:
    said = dead("The loop in `rat/gone.py` and the one in rat/cli.py or /usr/lib/python/os.py and other/x.py fail.")
    assert said.startswith("`rat/gone.py`.")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("It fails in rat/cli.py:99.", "`rat/cli.py:99`"),
        ("See rat/cli.py#L4 for the cause.", "`rat/cli.py:4`"),
        ("`rat/cli.py::remove_all` fails.", "`rat/cli.py::remove_all`"),
        ("`Ledger.remove_all` fails.", "`Ledger.remove_all`"),
        ("`forget_everything()` fails.", "`forget_everything()`"),
        ("The function `forget_everything` fails.", "`forget_everything`"),
        ("The `ForgetfulLedger` class fails.", "`ForgetfulLedger`"),
    ],
)
def test_a_line_or_a_symbol_that_is_not_there_is_named(text: str, named: str) -> None:
    assert dead(text).startswith(named)


@pytest.mark.parametrize(
    "text",
    [
        "It fails in rat/cli.py:3 and `rat/cli.py::Ledger.add`, called by `read_config()`.",
        "`numpy.array_equal` of another project fails.",
        "`my_app()` and `foo_bar()` are made up.",
        "The user `john_doe` cannot log in.",
        "`print()` is Python's own.",
        "`self` is short, `df.read_all` is a variable.",
        "forget_everything() is not marked as code.",
        "Please add `forget_everything()`.",
        "There is no `Ledger.remove_all` yet: it would be called by `read_config()`.",
        "```\nforget_everything()\n```",
        "Move it to rat/new.py.",
    ],
)
def test_what_is_there_or_foreign_or_wished_for_is_no_dead_reference(text: str) -> None:
    assert dead(text) == ""


def test_a_wish_may_name_what_is_to_be_made() -> None:
    assert dead("As a user I want `forget_everything()`.", TicketType.STORY) == ""


def test_looking_names_up_ends_as_soon_as_all_are_found() -> None:
    checkout = Checkout()
    list(dead_references(Write()("A bug", "`read_config()` fails."), TicketType.BUG, checkout))
    assert checkout.reads == 2  # README.md and rat/cli.py; rat/config.py need not be


@given(st.text(alphabet="`abc_.()/:#L1 \n", max_size=80))
def test_any_text_is_read(text: str) -> None:
    dead(text)
