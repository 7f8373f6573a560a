"""P9 to P15: what a reply, and a folder of results, can bring about."""

import base64
import codecs
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from tests.integration.properties.conftest import BODY, FROM_TICKET, KEY, Scene, hijacked, saying
from tests.stand_ins.github import ACTIONS
from tests.stand_ins.scripted_model import by_agent, serving

ENCODINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "without its first seven characters": lambda key: key[7:],
    "in two halves": lambda key: f"{key[:14]} and then {key[14:]}",
    "upper case": str.upper,
    "reversed": lambda key: key[::-1],
    "base64": lambda key: base64.b64encode(key.encode()).decode(),
    "base64 without padding, for addresses": lambda key: base64.urlsafe_b64encode(key.encode()).decode().rstrip("="),
    "base32": lambda key: base64.b32encode(key.encode()).decode(),
    "hexadecimal": lambda key: key.encode().hex(),
    "hexadecimal with colons": lambda key: key.encode().hex(":"),
    "rot13": lambda key: codecs.encode(key, "rot13"),
    "percent": lambda key: "".join(f"%{ord(letter):02x}" for letter in key),
    "quoted": lambda key: quote(key, safe=""),
    "entities": lambda key: "".join(f"&#{ord(letter)};" for letter in key),
    "spaced": " ".join,
    "hyphens": "-".join,
    "zero width": "\u200b".join,
    "escapes": lambda key: "".join(f"\\u{ord(letter):04x}" for letter in key),
}


@pytest.mark.parametrize(
    ("agent", "broken"),
    [
        ("analyst", lambda reply: {**reply, "status": "ready"}),
        ("analyst", lambda reply: {**reply, "type": "emergency"}),
        ("architect", lambda reply: {**reply, "impacted_files": "src/basket.py"}),
        ("architect", lambda reply: {**reply, "target": "alice/other#1"}),
        ("planner", lambda reply: {"tasks": [{**reply["tasks"][0], "assignee": "mallory"}], "size": "1"}),
        ("tester", lambda reply: {name: value for name, value in reply.items() if name != "test_plan"}),
    ],
)
def test_p09_a_reply_of_another_form_is_no_plan(scene: Scene, agent: str, broken: Callable[[Any], Any]) -> None:
    replies = saying("Refuse the second code.")
    replies[agent] = broken(replies[agent])
    with serving(by_agent(replies)) as model:
        ended = scene.refine("--publish", model=model.url)
    assert ended.returncode in (0, 4), ended.stderr
    assert "mallory" not in "".join(scene.comments())
    assert "emergency" not in "".join(scene.comments())
    assert all("/repos/alice/demo/issues/" in write for write in scene.writes())
    if scene.comments():
        assert agent in ended.stderr + json.dumps(scene.record()["findings"])


@pytest.mark.parametrize("other", ["alice/other#1", "alice/demo#1000", "mallory/away#1"])
def test_p10_results_cannot_name_a_ticket_that_nobody_asked_for(scene: Scene, other: str) -> None:
    assert scene.refine().returncode == 0
    for path in scene.out.glob("*.json"):
        path.write_text(path.read_text(encoding="utf-8").replace(scene.key, other), encoding="utf-8")
    scene.rat("publish", f"--only={scene.key}", scene.out)
    assert scene.writes() == []


def test_p10_results_cannot_bring_their_own_words_for_the_comment(scene: Scene) -> None:
    assert scene.refine().returncode == 0
    (scene.out / f"alice-demo-{scene.number}.md").write_text("@everyone <img src=x> fixes #1")
    assert scene.rat("publish", scene.out).returncode == 0
    assert "everyone" not in "".join(scene.comments())


def test_p11_a_run_makes_one_write_a_ticket(scene: Scene) -> None:
    assert scene.refine("--publish", ticket=f"#{scene.number}").returncode == 0
    assert scene.rat("publish", scene.out, scene.out).returncode in (0, 2)
    assert scene.writes() == [f"POST /repos/alice/demo/issues/{scene.number}/comments"]


def test_p12_what_has_no_quote_in_its_source_is_not_said(scene: Scene) -> None:
    invented = [{"source": "ticket", "quote": "the reporter never wrote this"}]
    replies = saying("The vouchers are counted in the cloud.", citations=invented)
    replies["planner"] = saying("Refuse it.")["planner"]
    with serving(by_agent(replies)) as model:
        assert scene.refine("--publish", model=model.url).returncode == 0
    (comment,) = scene.comments()
    record = scene.record()
    texts = [criterion["text"] for criterion in record["proposal"]["acceptance_criteria"]]
    assert texts == []
    assert record["citations"]["dropped"] >= 2
    assert "never wrote this" not in comment
    for cited in (citation for task in record["proposal"]["tasks"] for citation in task.get("citations", [])):
        assert cited["quote"] in BODY


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_p13_no_part_of_a_secret_leaves_in_any_encoding(scene: Scene, encoding: str) -> None:
    """Not by a request, the comment, standard output or error, nor by any file of the results."""
    told = ENCODINGS[encoding](KEY)
    with serving(hijacked(f"The key is {told} for you.")) as model:
        ended = scene.refine("--publish", model=model.url)
    assert ended.returncode in (0, 4), ended.stderr
    kept = [path.read_text(encoding="utf-8") for path in scene.out.rglob("*") if path.is_file()]
    sent = [one.body.decode() for one in scene.github.proxy.requests]
    for place in (*kept, *sent, ended.stdout, ended.stderr):
        for form in {told, KEY, json.dumps(told)[1:-1]}:
            assert form not in place, place[max(0, place.find(form) - 200) :][:400]
    assert ended.returncode == 0 or "holds a secret of this run" in ended.stderr


def test_p13_canaries_of_the_run_are_in_no_file_log_or_summary(scene: Scene) -> None:
    with serving(hijacked("Refuse the second code.")) as model:
        ended = scene.refine("--publish", model=model.url)
        authorised = [headers["authorization"] for headers in model.headers]
    assert set(authorised) == {f"Bearer {KEY}"}
    kept = "".join(path.read_text(encoding="utf-8") for path in scene.out.rglob("*") if path.is_file())
    for secret in (KEY, ACTIONS):
        assert secret not in kept + ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "secret",
    [
        "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        "AKIA" + "IOSFODNN7EXAMPLQ",
        "xoxb-" + "123456789012-123456789012-abcdefghijklmnopqrstuvwx",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA1c7+9z5Pad7OejecsQ0b\n-----END RSA PRIVATE KEY-----",
    ],
)
def test_p13_a_secret_in_a_ticket_reaches_neither_the_model_nor_the_comment(scene: Scene, secret: str) -> None:
    scene.issue().edit(body=f"{BODY}\n\nMy token is {secret} by the way.")
    scene.github.proxy.forget()
    with serving(hijacked(f"Use {secret} to log in.")) as model:
        ended = scene.refine("--publish", model=model.url)
        prompts = json.dumps(model.requests)
    assert ended.returncode == 0, ended.stderr
    needle = secret.splitlines()[len(secret.splitlines()) // 2]
    assert needle not in prompts
    assert needle not in "".join(scene.comments())
    assert all(needle.encode() not in one.body for one in scene.github.proxy.requests if one.method != "GET")


@pytest.mark.parametrize("command", ["refine", "publish", "impact", "undo"])
def test_p14_a_dry_run_only_reads(scene: Scene, command: str) -> None:
    assert scene.refine().returncode == 0
    if command == "undo":
        assert scene.rat("publish", scene.out).returncode == 0
    scene.github.proxy.forget()
    match command:
        case "refine":
            ended = scene.refine("--publish", "--dry-run")
        case "publish":
            ended = scene.rat("publish", "--dry-run", scene.out)
        case "undo":
            ended = scene.rat("undo", f"#{scene.number}", "--dry-run", "--out", scene.out)
        case _:
            repository = scene.github.repository()
            repository.create_git_ref("refs/heads/x", repository.get_branch("main").commit.sha)
            repository.create_file("a.py", "fix", "x = 1\n", branch="x")
            pull = repository.create_pull("main", "x", title=f"Fix it, see #{scene.number}", body="")
            scene.github.proxy.forget()
            ended = scene.rat("impact", pull.number, "--publish", "--dry-run", "--model", "none")
    assert ended.returncode in (0, 3), ended.stderr
    assert scene.github.proxy.requests
    assert scene.writes() == []


def test_p15_the_same_input_gives_the_same_bytes(scene: Scene) -> None:
    records = []
    with serving(hijacked("Refuse the second code.")) as model:
        for seed in ("0", "77"):
            assert scene.refine(model=model.url, PYTHONHASHSEED=seed).returncode == 0
            records.append((scene.out / f"alice-demo-{scene.number}.json").read_bytes())
            scene.out.rename(scene.out.with_name(f"out-{seed}"))
    assert records[0] == records[1]
    assert FROM_TICKET[0]["quote"].encode() in records[0]
