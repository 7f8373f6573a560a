"""`rat eval` as a user runs it: the set that comes with RAT, two variants, a judge, and bad input."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rat.checkout.building import build_repository, patches_in
from rat.evaluation.dataset import Case, read_dataset
from tests.integration.conftest import Run, git
from tests.stand_ins.honest_model import honest
from tests.stand_ins.scripted_model import Answer, Request, agent_of, fails, says, serving

ROOT = Path(__file__).parents[3]
DATASET = ROOT / "evaluation" / "tickets.jsonl"


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return read_dataset(DATASET)


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ferry")
    build_repository(patches_in(ROOT / "evaluation" / "ferry"), folder)
    return folder


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Six tickets of the set, with their checkout where they look for it."""
    path = tmp_path / "few.jsonl"
    lines = DATASET.read_text(encoding="utf-8").splitlines()[:6]
    path.write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "ferry").symlink_to(ROOT / "evaluation" / "ferry")
    return path


def test_the_set_holds_every_sort_of_ticket_that_it_claims(cases: tuple[Case, ...]) -> None:
    assert len(cases) >= 30
    assert {case.type for case in cases} == {*type(cases[0].type)}
    assert sum(bool(case.must.conflicts) for case in cases) >= 4
    assert sum(bool(case.must.tickets) for case in cases) == 2
    assert any("ignore all previous instructions" in case.body for case in cases)


def test_what_the_set_expects_is_there_and_what_it_forbids_is_not(cases: tuple[Case, ...], ferry: Path) -> None:
    for case in cases:
        assert [path for path in case.must.files if not (ferry / path).is_file()] == [], case.id
        assert [path for path in case.must_not.files if (ferry / path).exists()] == [], case.id
        decisions = {*case.must.decisions, *case.must.conflicts, *case.must_not.superseded}
        numbers = {path.name[:4] for path in (ferry / "docs/adr").iterdir()}
        assert {name.removeprefix("ADR-") for name in decisions} <= numbers, case.id
        assert set(case.must.tickets) <= {other.id for other in cases} - {case.id}


def test_the_checkout_is_the_same_commit_wherever_it_is_built(ferry: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    build_repository(patches_in(ROOT / "evaluation" / "ferry"), again)
    assert git(ferry, "rev-parse", "HEAD") == git(again, "rev-parse", "HEAD")
    assert git(ferry, "status", "--porcelain") == ""
    assert git(ferry, "rev-list", "--count", "HEAD") == "15"


def test_a_fresh_clone_with_no_key_evaluates_the_whole_set(run_rat: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run_rat("eval", "evaluation/tickets.jsonl", "--out", out, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "41 tickets, 1 variant" in done.stdout
    found = json.loads((out / "evaluation.json").read_text())
    (tried,) = found["variants"]
    assert [one["error"] for one in tried["measurements"]] == [""] * 41
    assert done.stdout.strip() == (out / "evaluation.txt").read_text().strip()
    assert "<!doctype html>" in (out / "evaluation.html").read_text()
    assert len(list(out.glob("as-configured*/FERRY-*.json"))) == 41
    schema = json.loads(run_rat("schema", "evaluation", cwd=ROOT).stdout)
    jsonschema.validate(found, schema)
    assert all(mean["value"] is None for mean in tried["means"] if mean["metric"] == "words of the draft")


def test_every_line_of_the_set_fits_the_published_schema(run_rat: Run) -> None:
    schema = json.loads(run_rat("schema", "dataset", cwd=ROOT).stdout)
    for line in DATASET.read_text(encoding="utf-8").splitlines():
        jsonschema.validate(json.loads(line), schema)


def verbose(request: Request) -> Answer:
    """The honest model, but for a model of that name which adds a criterion that nobody asked for."""
    if request["model"] != "verbose" or agent_of(request) != "tester":
        return honest(request)
    title = request["messages"][1]["content"].partition("title: ")[2].partition("\n")[0]
    cited = [{"source": "ticket", "quote": title}]
    wanted = ["Exit code 0 is given.", "The admin page shows it within 2 seconds."]
    return says({"acceptance_criteria": [{"text": text, "citations": cited} for text in wanted], "test_plan": []})


def judged_by(opinion: Callable[[str, str], str]) -> Callable[[Request], Answer]:
    def script(request: Request) -> Answer:
        if agent_of(request) != "judge":
            return verbose(request)
        one, _, two = request["messages"][1]["content"].partition("# Refinement two")
        return says({"reason": "It says so.", "better": opinion(one.partition("# Refinement one")[2], two)})

    return script


VARIANTS = ("--variant", "plain=model:honest", "--variant", "wordy=model:verbose", "--judge", "umpire")


def evaluated(run_rat: Run, dataset: Path, *more: object, url: str, **environment: str) -> dict[str, Any]:
    arguments = ("eval", dataset, *VARIANTS, "--format", "json", *more)
    done = run_rat(*arguments, cwd=dataset.parent, OPENAI_BASE_URL=url, **environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_two_variants_stand_side_by_side_and_the_judges_choice_is_found(run_rat: Run, few: Path) -> None:
    with serving(judged_by(lambda one, _two: "two" if "admin page" in one else "one")) as model:
        found = evaluated(run_rat, few, "--samples", 2, url=model.url)
        asked = [request for request in model.requests if agent_of(request) == "judge"]
    assert [(one["name"], one["model"]) for one in found["variants"]] == [("plain", "honest"), ("wordy", "verbose")]
    differing = {one["metric"]: one for one in found["comparisons"][0]["differences"] if one["seen"]}
    assert differing["criteria"]["value"] == 1
    scope = [v["what"] for one in found["variants"][1]["measurements"] for v in one["violations"]]
    assert scope == ["admin page"]
    (judgement,) = found["judgements"]
    assert (judgement["wins"], judgement["losses"], judgement["win_rate"]) == (0, 6, 0)
    assert judgement["sentence"].startswith("The judge prefers plain.")
    assert len(asked) == 6 * 2 * 2
    assert {request["model"] for request in asked} == {"umpire"}
    assert not any(name in request["messages"][1]["content"] for request in asked for name in ("honest", "verbose"))


def test_a_judge_that_prefers_the_place_cancels_out_and_a_second_run_pays_nothing(
    run_rat: Run, few: Path, tmp_path: Path
) -> None:
    few.write_text("\n".join(few.read_text(encoding="utf-8").splitlines()[:2]), encoding="utf-8")
    with serving(judged_by(lambda _one, _two: "one")) as model:
        found = evaluated(run_rat, few, "--samples", 1, "--out", tmp_path / "out", url=model.url)
        paid = len(model.requests)
        again = evaluated(run_rat, few, "--samples", 1, "--out", tmp_path / "out", url=model.url)
        assert len(model.requests) == paid
    for one in (found, again):
        (judgement,) = one["judgements"]
        assert (judgement["win_rate"], judgement["ties"], judgement["flipped"]) == (0.5, 2, 2)
        assert "can be told from chance" in judgement["sentence"]
    assert any("had been paid for before" in note for note in again["notes"])


def test_a_judge_that_does_not_answer_ends_the_run_non_zero_and_the_figures_stand(run_rat: Run, few: Path) -> None:
    few.write_text(few.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    with serving(lambda request: fails(401) if agent_of(request) == "judge" else honest(request)) as model:
        named = (*VARIANTS, "--base-url", model.url, "--samples", 1)
        done = run_rat("eval", few, *named, cwd=few.parent)
    assert done.returncode == 4
    assert "Tickets not judged: 1." in done.stderr
    assert "covered: files" in done.stdout


def test_other_prompts_are_a_variant_too(run_rat: Run, few: Path) -> None:
    few.write_text(few.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    (few.parent / "mine").mkdir()
    (few.parent / "mine" / "critic.md.j2").write_text('{% include "material.md.j2" %}\n# Your part: critic\nBe kind.\n')
    (few.parent / "kind.yml").write_text("prompts: mine\n")
    with serving(honest) as model:
        named = ("--variant", "plain=", "--variant", few.parent / "kind.yml", "--model", "m", "--base-url", model.url)
        done = run_rat("eval", few, *named, cwd=few.parent)
        critics = [r["messages"][1]["content"] for r in model.requests if agent_of(r) == "critic"]
    assert done.returncode == 0, done.stderr
    assert "kind: m, own prompts: critic.md.j2" in done.stdout
    assert ["Be kind." in prompt for prompt in critics] == [False, True]


def test_tickets_of_ones_own_are_measured_on_ones_own_checkout(run_rat: Run, shop: Path, tmp_path: Path) -> None:
    own = {"id": "o/r#1", "title": "Voucher counts twice", "body": "`add_voucher` takes one twice.", "type": "bug"}
    like = {**own, "id": "o/r#2", "must": {"files": ["src/basket.py"], "tickets": ["o/r#1"]}}
    dataset = tmp_path / "own.jsonl"
    dataset.write_text(f"{json.dumps(own)}\n{json.dumps(like)}\n")
    done = run_rat("eval", dataset, "--repo", shop, "--format", "html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert git(shop, "rev-parse", "HEAD")[:10] in done.stdout
    assert done.stdout.count("nothing missed") == 2


def test_a_spent_budget_ends_the_run_with_its_own_code(run_rat: Run, few: Path) -> None:
    (few.parent / "priced.yml").write_text("budget: {prices: {m: {input: 9, output: 9}}}\n")
    with serving(honest) as model:
        named = ("--model", "m", "--base-url", model.url, "--config", few.parent / "priced.yml")
        done = run_rat("eval", few, *named, "--max-cost-usd", "0.01", cwd=few.parent)
    assert done.returncode == 5
    assert model.requests == []
    assert "6 of 6 refinements failed" in done.stderr


def test_a_model_that_gives_nothing_fails_the_run_and_names_the_tickets(run_rat: Run, few: Path) -> None:
    with serving(lambda _: says("Banana!")) as model:
        named = ("--model", "m", "--base-url", model.url, "--out", few.parent / "out")
        done = run_rat("eval", few, *named, cwd=few.parent)
    assert done.returncode == 4
    assert "6 of 6 refinements failed" in done.stderr
    assert "FERRY-1" in done.stderr
    assert "Traceback" not in done.stderr
    assert (few.parent / "out" / "evaluation.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.jsonl"], "could not be read"),
        (["few.jsonl", "--variant", "small"], "is no variant"),
        (["few.jsonl", "--judge", "umpire"], "Give `--variant` twice"),
        (["few.jsonl", "--variant", "a=", "--variant", "b=", "--judge", "none"], "is none"),
        (["lost.jsonl"], "there is no folder"),
        (["torn.jsonl"], "cannot be applied"),
        (["bad.jsonl"], "bad.jsonl, line 1: `type`"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_message(run_rat: Run, few: Path, arguments: list[str], said: str) -> None:
    case = {"id": "A-1", "title": "T", "type": "bug"}
    (few.parent / "lost.jsonl").write_text(json.dumps({**case, "repo": "nowhere"}))
    (few.parent / "torn.jsonl").write_text(json.dumps({**case, "repo": "torn"}))
    (few.parent / "bad.jsonl").write_text(json.dumps({**case, "type": "wish"}))
    (few.parent / "torn").mkdir()
    (few.parent / "torn" / "0001.patch").write_text("From: x\n\nno patch\n")
    done = run_rat("eval", *arguments, cwd=few.parent)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
