"""`rat doctor` names what works, what is missing and what is wrong, and never a secret."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from rat.commands.doctor import command
from rat.connect import Connections
from rat.diagnosis import State, diagnose, discreet
from rat.errors import AccessRefused
from rat.model import Ticket, TicketRef, TrackerKind
from rat.model.access import Access
from rat.ports import Tracker
from tests.stand_ins.memory import MemoryTracker

CONFIG = "projects: [{name: shop, tickets: {github: {label: refine}}}, {name: pay, tickets: {github: {label: pay}}}]\n"


class Wired(Connections):
    """Connections whose GitHub lives in memory."""

    def __init__(self, repo: Path, tracker: MemoryTracker) -> None:
        super().__init__(access=Access(github_token="ghs_secret", github_repository="alice/demo"), repo=repo)
        self._memory = tracker

    def tracker(self, kind: TrackerKind) -> Tracker:
        tracker: Any = self._memory
        return tracker  # type: ignore[no-any-return]


class WithStates(MemoryTracker):
    """Finds tickets in any state, as GitHub does for `state=all`."""

    def find(self, query: Any) -> tuple[Ticket, ...]:
        if query.state != "all":
            return super().find(query)
        return tuple(ticket for ticket in self.tickets.values() if query.label in ticket.labels)


def issue(number: int, label: str, state: str = "open") -> Ticket:
    ref = TicketRef(tracker=TrackerKind.GITHUB, key=f"alice/demo#{number}")
    return Ticket(ref=ref, title="x", body="", labels=(label,), state=state)


def looked(repo: Path, tracker: MemoryTracker) -> dict[str, tuple[State, str]]:
    (repo / ".github").mkdir(exist_ok=True)
    (repo / ".github" / "rat.yml").write_text(CONFIG)
    return {one.name: (one.state, one.detail) for one in diagnose(Wired(repo, tracker))}


def test_the_tickets_of_each_project_are_counted(tmp_path: Path) -> None:
    found = looked(tmp_path, WithStates(issue(1, "refine"), issue(2, "pay", "closed")))
    assert found["tickets"] == (State.OK, "shop: 1 open; pay: none open with the label 'pay'")


def test_a_renamed_label_is_called_wrong(tmp_path: Path) -> None:
    state, detail = looked(tmp_path, WithStates(issue(1, "refine"), issue(2, "payments")))["tickets"]
    assert state is State.WRONG
    assert "no ticket ever had the label 'pay'. Was it renamed?" in detail


def test_wrong_rights_are_named_and_hide_nothing_else(tmp_path: Path) -> None:
    tracker = WithStates(issue(1, "refine"), issue(2, "pay"))
    tracker.fail("find", AccessRefused("GitHub refused ghs_secret (403). Give it issues: read."))
    found = looked(tmp_path, tracker)
    assert found["GitHub"] == (State.WRONG, "GitHub refused *** (403). Give it issues: read.")
    assert found["tickets"][0] is State.OK


def doctor(repo: Path, **environ: str) -> Result:
    return CliRunner().invoke(command, ["--repo", str(repo)], env=environ)


SECRETS = {
    "GITHUB_TOKEN": "ghs_0123456789",
    "OPENAI_API_KEY": "sk-0123456789",
    "JIRA_TOKEN": "jira-0123456789",
    "JIRA_URL": "http://bob:hunter2@127.0.0.1:9",
    "OPENAI_BASE_URL": "http://eve:hunter2@127.0.0.1:9/v1",
    "GITHUB_API_URL": "http://ann:hunter2@127.0.0.1:9",
    "GITHUB_REPOSITORY": "alice/demo",
    "RAT_MODEL": "m",
}


def test_no_secret_is_printed_whether_things_work_or_not(tmp_path: Path) -> None:
    only_model = {name: SECRETS[name] for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "RAT_MODEL")}
    broken, working = doctor(tmp_path, **SECRETS), doctor(tmp_path, **only_model)
    assert (broken.exit_code, working.exit_code) == (2, 0), broken.output + working.output
    said = broken.output + working.output
    assert not [value for value in ("0123456789", "hunter2") if value in said]
    assert "http://***@127.0.0.1:9/v1" in working.output


def test_with_nothing_set_it_says_what_to_set_and_is_content(tmp_path: Path) -> None:
    done = doctor(tmp_path)
    assert done.exit_code == 0
    for remedy in ("GITHUB_TOKEN", "JIRA_URL", "RAT_MODEL", "rat init"):
        assert remedy in done.output
    assert "budget.tickets_per_run = 100" in " ".join(done.output.split())


def test_it_fits_on_a_screen(tmp_path: Path) -> None:
    lines = doctor(tmp_path).output.splitlines()
    assert len(lines) <= 30
    assert max(map(len, lines)) <= 120 + 26


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("at http://u:p@h/x", "at http://***@h/x"),
        ("at u:p@h:9 (refused)", "at ***@h:9 (refused)"),
        ("written as ann@example.org", "written as ann@example.org"),
        ("key abc123", "key ***"),
    ],
)
def test_addresses_keep_no_user_and_texts_no_secret(text: str, left: str) -> None:
    assert discreet(text, ["abc123"]) == left
