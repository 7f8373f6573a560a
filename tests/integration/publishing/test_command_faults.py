"""Every fault at every call of `rat command` and `rat undo`: what stands on the ticket, what was sent, the exit code.

What a person approved is put into the ticket (labels, part of the description, field, tasks, what blocks them, link),
rejected, and taken back again. With `RAT_EVERY_CALL=1` each fault is put at each call of each of them in each system,
with `RAT_EVERY_CALL=writes` at each write; without, each fault once, at a write of one of them in one system. A run
without faults says which calls there are, and what stands there before and after them.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from rat.model import TrackerKind
from tests.integration.publishing.command_runs import DOINGS, SYSTEMS, Ended, Rehearsed, Runs
from tests.integration.publishing.scene import Standing
from tests.integration.publishing.test_exit_codes import LIMITS_OF_GITHUB, LONG, NO_TICKET, REFUSED
from tests.stand_ins.faults import FAULTS, at_a_read
from tests.stand_ins.warm import warm_rat

PLACES = [(system, name) for name in DOINGS for system in SYSTEMS if system != "github" or "field" not in name]
SAMPLE = [
    *(("github", "apply tasks"), ("jira_dc", "apply field"), ("jira_cloud", "apply tasks"), ("github", "apply labels")),
    *(("jira_dc", "undo tasks"), ("jira_cloud", "undo by comment"), ("github", "reject")),
]
RATS_LABELS = {"rat:ready", "rat:needs-answers"}
EITHER = frozenset({"400 of a field", "404", "410", "an empty list", "an empty object", "204", "empty as success"})
"""Whether these stop a run depends on what was asked: "not there" and "done, nothing to say" may be true answers.

What a screen of Jira refuses is said to the person, and no failure of the run.
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    """A process to run commands in, and the trackers that they meet."""
    with warm_rat() as warm, ExitStack() as stack:
        yield Runs(warm=warm, folder=tmp_path_factory.mktemp("commands"), stack=stack)


def met() -> list[tuple[str, str, str]]:
    """Each fault in each system and doing when RAT_EVERY_CALL is set; else each in one of the sample."""
    if os.environ.get("RAT_EVERY_CALL"):
        return [(*place, fault) for place in PLACES for fault in FAULTS]
    return sorted((*SAMPLE[number % len(SAMPLE)], fault) for number, fault in enumerate(FAULTS))


def sites(rehearsed: Rehearsed, fault: str) -> list[int]:
    """The numbers of the calls at which *fault* is put."""
    requests = rehearsed.after.requests
    writes = [number for number, one in enumerate(requests) if one.method != "GET"]
    match os.environ.get("RAT_EVERY_CALL"):
        case None:
            return [writes[list(FAULTS).index(fault) // len(SAMPLE) % len(writes)]]
        case "writes":
            return writes
        case _:
            return [number for number in range(len(requests)) if number in writes or at_a_read(fault)]


def is_passing(fault: str, method: str, kind: TrackerKind) -> bool:
    """Whether RAT gets over *fault* by itself, at a call of *method*."""
    if kind is TrackerKind.JIRA and fault in LIMITS_OF_GITHUB:
        return False
    if kind is TrackerKind.JIRA and fault == "409" and method != "GET":
        return True  # somebody else was writing: read and planned anew
    refused = REFUSED | EITHER | {LONG} | (NO_TICKET if method == "GET" else frozenset())
    return fault not in refused


def assert_unharmed(now: Standing, rehearsed: Rehearsed) -> None:
    """Nothing of others is gone, nothing of RAT's is there twice, and each place says what it said or should say."""
    before, after = rehearsed.before, rehearsed.after.standing
    assert now.description in (before.description, after.description)
    assert now.field in (before.field, after.field)
    assert set(now.labels) - RATS_LABELS == set(before.labels) - RATS_LABELS
    assert now.others == before.others
    titles = [title for title, _, _ in now.tasks]
    for kept in ([purpose for purpose, _ in now.own], titles, now.blocked, now.linked):
        assert set(Counter(kept).values()) <= {1}, kept
    assert {purpose for purpose, _ in before.own} <= {purpose for purpose, _ in now.own}


def assert_bounded(ended: Ended, rehearsed: Rehearsed) -> None:
    """Nothing was sent a third time, and little more than without a fault."""
    assert set(Counter(ended.writes).values()) <= {1, 2}, ended.writes
    assert len(ended.writes) <= len(rehearsed.after.writes) + 4


def is_whole(now: Standing, rehearsed: Rehearsed) -> bool:
    """Whether all of it came about; an answer to the person may stand there besides."""
    return now.but_for("answer") == rehearsed.after.standing.but_for("answer")


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("system", "name", "fault"), met())
def test_a_fault_at_any_call_loses_doubles_and_overwrites_nothing_and_the_next_run_heals_it(
    system: str, name: str, fault: str, runs: Runs
) -> None:
    for call in sites(runs.of(system, name), fault):
        rehearsed = runs.of(system, name)
        site = rehearsed.after.requests[call]
        where = f"{fault} at {call}, {site.method} {site.path}"
        ended = rehearsed.again(FAULTS[fault], call)
        assert "Traceback" not in ended.error, where
        assert_unharmed(ended.standing, rehearsed)
        assert_bounded(ended, rehearsed)
        whole, done = is_whole(ended.standing, rehearsed), ended.record.get("done", ended.exit_code == 0)
        if is_passing(fault, site.method, rehearsed.scene.ref.tracker):
            assert (ended.exit_code, done, whole) == (0, True, True), f"{where}: {ended.record} {ended.error}"
            continue
        got_over = done and whole  # what was made and could not be read back is looked for
        assert ended.exit_code == 3 or got_over or fault in EITHER | {LONG}, f"{where}: {ended.record} {ended.error}"
        assert ended.exit_code in (0, 3), where
        if not whole and (ended.writes or ended.standing != rehearsed.before):
            healed = rehearsed.once_more()
            assert_unharmed(healed.standing, rehearsed)
            assert (healed.exit_code, is_whole(healed.standing, rehearsed)) == (0, True), f"{where}: {healed.error}"
