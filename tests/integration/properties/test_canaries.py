"""P13 for a whole run of the Action: secrets of the run, the ticket and the code, wherever a run leaves words.

That is the requests to the tracker and to the model, the comment, both streams, the step summary, the outputs of the
step, every file of the results (records, ledger, journal), the team's ledger and the report over it.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.conftest import git
from tests.integration.properties.conftest import BODY, KEY, Scene, hijacked
from tests.integration.properties.test_plan import ENCODINGS
from tests.stand_ins.github import ACTIONS, MALLORY
from tests.stand_ins.scripted_model import ScriptedModel, serving

JIRA = "jira-canary-7d1e05b9c2a84f36"
"""A secret of the run that this run does not even need."""
FOUND = {
    "ticket": "ghp_" + "c4N4ryT1ck3tA9z8Y7x6W5v4U3t2S1r0Q9p8",
    "comment": "glpat-" + "c4N4ryC0mm3ntX1y2Z3W4v5",
    "code": "AKIA" + "C4N4RYC0DE7EXMPQ",
    "decision": "xoxb-" + "210987654321-210987654321-c4N4ryDec1s10nAbCdEfGhIj",
}
"""Secrets that somebody left where RAT reads, by where."""
DULL = "Refuse the second code."


def told() -> str:
    """The run's key in every encoding, as far as a field of a reply takes them."""
    return "\n".join(encoding(KEY) for encoding in ENCODINGS.values())[:3_900]


def leave_secrets(scene: Scene) -> None:
    """Put those of others into the ticket and the checkout."""
    scene.issue().edit(body=f"{BODY}\n\nWe use {FOUND['ticket']} for it.")
    scene.github.repository(MALLORY).get_issue(scene.number).create_comment(f"Try it with {FOUND['comment']}.")
    with (scene.shop / "src/basket.py").open("a", encoding="utf-8") as code:
        code.write(f'\n\nVOUCHER_KEY = "{FOUND["code"]}"  # add_voucher takes the same code twice\n')
    with (scene.shop / "docs/adr/0001-whole-cents.md").open("a", encoding="utf-8") as decision:
        decision.write(f"\nVouchers are announced with {FOUND['decision']}.\n")
    git(scene.shop, "commit", "--quiet", "--all", "--message", f"feat: announce vouchers with {FOUND['decision']}")


def act(scene: Scene, folder: Path, model: ScriptedModel) -> dict[str, str]:
    """Run the Action and a report, and give everything that they left behind, by where."""
    event = folder / "event.json"
    event.write_text(json.dumps({"inputs": {}}), encoding="utf-8")
    files = {name: str(folder / name.lower()) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    ledger = f"sqlite:///{folder / 'ledger.db'}"
    ended = scene.rat(
        "action",
        GITHUB_EVENT_NAME="workflow_dispatch",
        GITHUB_EVENT_PATH=str(event),
        RUNNER_TEMP=str(folder),
        RAT_MODE="refine",
        RAT_TICKET=f"#{scene.number}",
        RAT_PUBLISH="true",
        RAT_OUT=str(scene.out),
        RAT_MODEL="scripted",
        RAT_LEDGER=ledger,
        OPENAI_BASE_URL=model.url,
        JIRA_TOKEN=JIRA,
        **files,
    )
    report = scene.rat("report", scene.out, "--ledger", ledger, "--format", "html")
    said = [line for line in (ended.stdout + ended.stderr).splitlines() if not line.startswith("::add-mask::")]
    left = {"streams": "\n".join(said), "report": report.stdout + report.stderr}
    left |= {name: Path(file).read_text(encoding="utf-8") for name, file in files.items()}
    left |= {
        str(path.relative_to(scene.out)): path.read_text("utf-8") for path in scene.out.rglob("*") if path.is_file()
    }
    left["database"] = (folder / "ledger.db").read_bytes().decode("latin-1") if (folder / "ledger.db").exists() else ""
    left["requests"] = "\n".join(one.path + one.body.decode() for one in scene.github.proxy.requests if one.body)
    left["prompts"] = "\n".join(json.dumps(request, ensure_ascii=False) for request in model.requests)
    return left


def forms(secret: str) -> Iterator[str]:
    """*secret* in each encoding, also as JSON writes it."""
    for encode in ENCODINGS.values():
        told = encode(secret)
        yield from {told, json.dumps(told)[1:-1]} if len(told) > 10 else ()  # a few letters may stand anywhere


@pytest.mark.parametrize("words", [DULL, told()], ids=["a dull model", "a model that says the key in every encoding"])
def test_p13_canaries_of_run_ticket_and_code_are_nowhere_that_a_run_leaves_words(
    words: str, scene: Scene, tmp_path: Path
) -> None:
    leave_secrets(scene)
    scene.github.proxy.forget()
    with serving(hijacked(words)) as model:
        left = act(scene, tmp_path, model)
    assert "basket.py" in left["GITHUB_STEP_SUMMARY"] + left["prompts"]
    assert (words == DULL) == (len(scene.comments()) == 2), left["streams"]
    found = {
        (secret, place)
        for secret in (KEY, JIRA, ACTIONS, *FOUND.values())
        for place, text in left.items()
        if any(form in text for form in forms(secret))
    }
    assert found == set()


def test_a_ticket_whose_secrets_were_taken_out_is_still_the_one_that_was_read(scene: Scene) -> None:
    scene.issue().edit(body=f"{BODY}\n\nWe use {FOUND['ticket']} for it.")
    assert scene.refine().returncode == 0
    assert FOUND["ticket"] not in json.dumps(scene.record())
    published = scene.rat("publish", scene.out)
    assert (published.returncode, len(scene.comments())) == (0, 1), published.stderr
