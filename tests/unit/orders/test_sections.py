"""Which sections `/rat apply` names."""

import pytest

from rat.model.command import read_command
from rat.orders.sections import sections_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("/rat apply", ()),
        ("/rat apply criteria", ("criteria",)),
        ("/rat apply Criteria, tasks;criteria\nthanks, all", ("criteria", "tasks")),
        ("/rat apply acceptance criteria and tasks", ("acceptance criteria", "tasks")),
        ("/rat apply the problem & test plan", ("problem", "test plan")),
        ("/rat apply nonsense words", ("nonsense", "words")),
    ],
)
def test_names_are_read_as_people_write_them(text: str, names: tuple[str, ...]) -> None:
    command = read_command(text)
    assert command is not None
    assert sections_in(command) == names
