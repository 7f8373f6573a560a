"""One step of a command in a job of the Action: which stage of `rat command` it is, and with which results."""

import json
from pathlib import Path

import pytest

from rat.commands.action_command import step, told
from rat.commands.action_inputs import Limits
from rat.commands.action_sharding import digest_of
from rat.errors import ConfigError, RatError, TrackerError
from rat.model.command import Order
from rat.triggers import Activity, Mode

ORDER = Order(ticket="alice/demo#7", comment_id="41")


class Rat:
    """Notes what `rat` is called with."""

    def __init__(self, trouble: RatError | None = None) -> None:
        self.words: list[str] = []
        self.trouble = trouble

    def __call__(self, name: str, arguments: list[str]) -> RatError | None:
        self.words = [name, *arguments]
        return self.trouble


def activity(mode: Mode, *, publish: bool = True) -> Activity:
    return Activity(mode=mode, tickets=(ORDER.ticket,), publish=publish, order=ORDER)


@pytest.mark.parametrize(
    ("mode", "stage"), [(Mode.SELECT, "decide"), (Mode.ACKNOWLEDGE, "acknowledge"), (Mode.COMMAND, "all")]
)
def test_each_mode_is_a_stage(tmp_path: Path, mode: Mode, stage: str) -> None:
    rat = Rat()
    step(activity(mode), Limits(), ["--config=rat.yml"], tmp_path, environ={}, call=rat)
    assert rat.words == ["command", "--config=rat.yml", f"--stage={stage}", f"--out={tmp_path}"]


def test_without_leave_to_publish_the_calls_are_only_shown(tmp_path: Path) -> None:
    rat = Rat()
    step(activity(Mode.COMMAND, publish=False), Limits(), [], tmp_path, environ={}, call=rat)
    assert "--dry-run" in rat.words


def test_budgets_are_handed_on_and_other_limits_are_not(tmp_path: Path) -> None:
    rat, limits = Rat(), Limits(options=("--max-cost-usd=2", "--max-tickets=3", "--max-tokens=4", "--fail-under=5"))
    step(activity(Mode.COMMAND), limits, [], tmp_path, environ={}, call=rat)
    assert [word for word in rat.words if word.startswith(("--max", "--fail"))] == [
        "--max-cost-usd=2",
        "--max-tokens=4",
    ]


def results(folder: Path) -> Path:
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps({"tickets": []}))
    return folder


def test_results_of_another_job_are_taken_under_their_digest_alone(tmp_path: Path) -> None:
    made, rat = results(tmp_path / "made"), Rat()
    limits = Limits(digests=digest_of(made))
    out, _ = step(activity(Mode.PUBLISH), limits, [], made, environ={"RUNNER_TEMP": str(tmp_path)}, call=rat)
    assert f"--results={made}" in rat.words
    assert "--stage=finish" in rat.words
    assert out != made
    (made / "run.json").write_text("{}")
    with pytest.raises(ConfigError, match="not those that this run made"):
        step(activity(Mode.PUBLISH), limits, [], made, environ={"RUNNER_TEMP": str(tmp_path)}, call=rat)


def test_without_a_digest_nothing_is_taken_and_the_author_will_be_told(tmp_path: Path) -> None:
    made, rat = results(tmp_path / "made"), Rat()
    step(activity(Mode.PUBLISH), Limits(), [], made, environ={"RUNNER_TEMP": str(tmp_path)}, call=rat)
    assert not [word for word in rat.words if word.startswith("--results")]


def test_trouble_is_handed_back(tmp_path: Path) -> None:
    trouble = TrackerError("no")
    assert step(activity(Mode.COMMAND), Limits(), [], tmp_path, environ={}, call=Rat(trouble)) == (tmp_path, trouble)


def test_the_summary_says_who_asked_for_what_or_why_nothing_was_done() -> None:
    done = {"name": "apply", "by": "alice", "ticket": "a/b#1", "reason": "", "message": ""}
    assert told(done) == "Command `apply` by alice on a/b#1."
    assert told(done | {"message": "Not done."}).endswith("Not done.")
    assert told(done | {"reason": "the comment was edited"}) == "Nothing was done: the comment was edited."
