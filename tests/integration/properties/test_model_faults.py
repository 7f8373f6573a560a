"""Each fault of the model's side through a whole `rat refine --publish`: exit code, requests, and what was written."""

import json
from collections.abc import Iterator

import pytest

from tests.integration.properties.conftest import Scene, saying
from tests.stand_ins.scripted_model import Answer, Request, Script, agent_of, breaks, by_agent, fails, says, serving
from tests.stand_ins.warm import Warm, warm_rat

WORDS = "Refuse the second code."
GOOD = by_agent(saying(WORDS))
FINE = json.dumps(saying(WORDS)["analyst"])


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    """A process to run commands in."""
    with warm_rat() as process:
        yield process


def first(*answers: Answer) -> Script:
    """A model whose analyst answers *answers* one after the other, then as it should; the others do so at once."""
    left = list(answers)

    def script(request: Request) -> Answer:
        return left.pop(0) if left and agent_of(request) == "analyst" else GOOD(request)

    return script


def always(answer: Answer) -> Script:
    """A model whose analyst answers with nothing else."""
    return first(*[answer] * 50)


DOWN = {
    "401": fails(401),
    "403": fails(403),
    "404": fails(404),
    "408": fails(408),
    "409": fails(409),
    "422": fails(422),
    "429": fails(429),
    "429 with an hour to wait": fails(429, retry_after="3600"),
    "500": fails(500),
    "503": fails(503),
    "reset": breaks("reset"),
    "truncated": breaks("truncated"),
    "endless": breaks("endless"),
    "HTML": Answer(body=b"<html>Welcome</html>", headers={"content-type": "text/html"}),
    "not UTF-8": Answer(body=b'{"choices": "\xff\xfe"}'),
    "no choices": Answer(body=b'{"id": "1", "choices": []}'),
    "nested without end": Answer(body=b"[" * 20_000),
}
"""An endpoint that gives no answer: whichever agent meets it, the run ends."""
OF_NO_USE = {
    "context too long, whatever is left out": fails(400, "maximum context length is 8192 tokens"),
    "no content": says(None),
    "empty": says(""),
    "refusal": says(None, refusal="I cannot help with that."),
    "cut off": says(FINE[:60], finish="length"),
    "filtered": says("", finish="content_filter"),
    "prose": says("I would rather talk about the weather."),
    "two objects": says(FINE[:-1] + '}{"type": "bug"}'),
    "not a number": says('{"type": NaN}'),
    "a list": says("[" + FINE + "]"),
    "thousands of items": says('{"type": "bug", "out_of_scope": [' + '"a",' * 20_000 + '"a"]}'),
    "again and again": says('{"type": "bug", "title": "' + "again and " * 30_000),
    "nested JSON without end": says('{"type": ' + "[" * 20_000),
}
"""Answers that hold nothing to use. From one agent they cost its part, from all of them the refinement."""
PASSING = {
    "429": fails(429, retry_after="1"),
    "500": fails(500),
    "503": fails(503, retry_after="1"),
    "reset": breaks("reset"),
    "truncated": breaks("truncated"),
    "prose": says("I would rather talk about the weather."),
    "cut off": says(FINE[:60], finish="length"),
    "not a number": says('{"type": NaN}'),
}
"""The same, once."""


def refine(scene: Scene, warm: Warm, script: Script) -> tuple[int, str, int]:
    """Exit code, standard error and the number of calls of a run with that model."""
    arguments = ("--publish", "--model", "scripted", "--out", scene.out)
    with serving(script) as model:
        place = ("--base-url", model.url)
        done = warm.run("refine", f"#{scene.number}", *arguments, *place, cwd=scene.shop, **scene.environment)
    return done.returncode, done.stderr, len(model.requests)


@pytest.mark.parametrize("name", DOWN)
def test_an_endpoint_that_stays_down_ends_the_run_with_4_and_nothing_written(
    name: str, scene: Scene, warm: Warm
) -> None:
    code, said, calls = refine(scene, warm, always(DOWN[name]))
    assert (code, scene.writes()) == (4, []), said
    assert "Traceback" not in said
    assert 1 <= calls <= 12


@pytest.mark.parametrize("name", list(OF_NO_USE)[6:])
def test_answers_of_no_use_from_everybody_end_the_run_with_4_and_nothing_written(
    name: str, scene: Scene, warm: Warm
) -> None:
    """The other ones: `test_p42_a_model_that_fails_ends_in_could_not_assess_and_never_in_a_guess`."""
    code, said, calls = refine(scene, warm, lambda _: OF_NO_USE[name])
    assert (code, scene.writes()) == (4, []), said
    assert "Traceback" not in said
    assert 1 <= calls <= 12


@pytest.mark.parametrize("name", OF_NO_USE)
def test_answers_of_no_use_from_one_agent_cost_its_part_alone_and_the_comment_says_so(
    name: str, scene: Scene, warm: Warm
) -> None:
    code, said, calls = refine(scene, warm, always(OF_NO_USE[name]))
    assert code == 0, said
    assert scene.writes() == [f"POST /repos/alice/demo/issues/{scene.number}/comments"]
    (comment,) = scene.comments()
    assert "analyst" in comment
    assert "analyst" in json.dumps(scene.record()["findings"])
    assert calls <= 12


@pytest.mark.parametrize("name", PASSING)
def test_a_model_that_failed_once_is_asked_again_and_there_is_one_right_comment(
    name: str, scene: Scene, warm: Warm
) -> None:
    code, said, _ = refine(scene, warm, first(PASSING[name]))
    assert code == 0, said
    assert scene.writes() == [f"POST /repos/alice/demo/issues/{scene.number}/comments"]
    (comment,) = scene.comments()
    assert WORDS in comment


def test_an_answer_in_a_fence_is_understood(scene: Scene, warm: Warm) -> None:
    code, said, _ = refine(scene, warm, first(says(f"```json\n{FINE}\n```")))
    assert (code, len(scene.comments())) == (0, 1), said
