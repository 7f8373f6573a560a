"""What a run says of itself: outputs within their limits, a summary that nobody's words can break."""

import json
from pathlib import Path
from typing import Any

import pytest

from rat.commands.action_outcome import READ_ONLY, outputs_of, read_outcome
from rat.commands.action_summary import ROWS, summary_of
from rat.publishing.site import Site
from rat.runner import OUTPUT_BYTES

ROOT = Path(__file__).parents[3]
SITE = Site(server_url="https://github.com", repository="alice/demo")


def ticket(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "key": f"alice/demo#{number}",
        "title": "Login fails",
        "url": "",
        "status": "needs_answers",
        "score": {"before": 40, "after": 70},
        "citations": {"cited": 14, "verified": 12, "dropped": 2},
        "file": f"alice-demo-{number}.json",
        "reason": "",
        **changes,
    }


def keep(folder: Path, *tickets: dict[str, Any], failed: Any = (), published: Any = None, **usage: Any) -> Path:
    run = {"mode": "offline", "tickets": tickets, "failed": failed, "usage": usage}
    (folder / "run.json").write_text(json.dumps(run))
    if published is not None:
        (folder / "published.json").write_text(json.dumps(published))
    return folder


def offer(action: str, reason: str = "", *, number: int = 1) -> dict[str, Any]:
    url = "https://github.com/alice/demo/issues/1#issuecomment-1" if action == "created" else ""
    return {"key": f"alice/demo#{number}", "purpose": "refinement", "action": action, "reason": reason, "url": url}


def test_the_outputs_are_those_of_the_action_and_are_all_set(tmp_path: Path) -> None:
    import yaml

    declared = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["outputs"]
    assert list(outputs_of(read_outcome([tmp_path]), path=tmp_path)) == list(declared)


def test_the_outputs_count_what_was_done(tmp_path: Path) -> None:
    skipped = ticket(2, status="skipped", score=None)
    failed = [{"key": "alice/demo#3", "error": "gone", "exit_code": 3}]
    folder = keep(
        tmp_path, ticket(), ticket(4, score={"before": 51, "after": 80}), skipped, failed=failed, cost_usd=0.25
    )
    outputs = outputs_of(read_outcome([folder]), path=folder)
    names = ("ready", "score-before", "score-after", "refined-count", "skipped-count", "failed-count", "cited-count")
    assert [outputs[name] for name in names] == ["false", "46", "75", "2", "1", "1", "42"]
    assert outputs["cost-usd"] == "0.2500"


def test_ready_means_that_all_are(tmp_path: Path) -> None:
    ready = ticket(status="ready")
    assert outputs_of(read_outcome([keep(tmp_path, ready)]), path=tmp_path)["ready"] == "true"
    assert outputs_of(read_outcome([keep(tmp_path, ready, ticket())]), path=tmp_path)["ready"] == "false"
    assert outputs_of(read_outcome([keep(tmp_path)]), path=tmp_path)["ready"] == "false"


def test_a_result_of_ten_thousand_tickets_fits_an_output_and_says_how_many_it_leaves_out(tmp_path: Path) -> None:
    folder = keep(tmp_path, *(ticket(number, title="é" * 80) for number in range(10_000)))
    result = outputs_of(read_outcome([folder]), path=folder)["result"]
    assert len(result.encode()) <= OUTPUT_BYTES
    said = json.loads(result)
    assert len(said["tickets"]) + said["more"] == 10_000


def test_only_a_missing_right_to_write_is_no_error(tmp_path: Path) -> None:
    refused = offer("failed", f"GitHub refused the comment ({READ_ONLY}).")
    assert read_outcome([keep(tmp_path, ticket(), published=[refused])]).lacks_only_the_right_to_write
    other = offer("failed", "GitHub is down.")
    assert not read_outcome([keep(tmp_path, ticket(), published=[refused, other])]).lacks_only_the_right_to_write
    failed = [{"key": "x", "error": "gone", "exit_code": 3}]
    assert not read_outcome([keep(tmp_path, failed=failed, published=[refused])]).lacks_only_the_right_to_write
    assert not read_outcome([keep(tmp_path, ticket(), published=[offer("created")])]).lacks_only_the_right_to_write


def test_the_summary_tells_of_each_ticket(tmp_path: Path) -> None:
    failed = [{"key": "alice/demo#3", "error": "Not found.", "exit_code": 3}]
    folder = keep(tmp_path, ticket(), failed=failed, published=[offer("created")], calls=3, prompt_tokens=900)
    text = "\n".join(summary_of(read_outcome([folder]), site=SITE, shard="2"))
    assert "## RAT, shard 2" in text
    assert r"| Login fails | 40 → 70 | 14 / 12 | \- | **created** |" in text
    assert "**failed**: Not found." in text
    assert "3 calls to the model, 900 tokens, price unknown." in text


def test_a_chart_compares_two_and_more(tmp_path: Path) -> None:
    assert "mermaid" not in "".join(summary_of(read_outcome([keep(tmp_path, ticket())]), site=SITE))
    hostile = ticket(2, key='x"]\n```\n<img>#2', score={"before": 10, "after": 20})
    chart = summary_of(read_outcome([keep(tmp_path, ticket(), hostile)]), site=SITE)[1]
    assert chart.count("```") == 2
    assert "<img>" not in chart
    assert "bar [40, 10]\n  line [70, 20]" in chart


@pytest.mark.parametrize(
    "words", ["a|b", "![x](http://evil)", "<script>", "@alice fixes #1", "\n## Forged", "</details>", "`|`"]
)
def test_words_of_others_stay_words(tmp_path: Path, words: str) -> None:
    import cmarkgfm

    failed = [{"key": "alice/demo#3", "error": words, "exit_code": 3}]
    folder = keep(tmp_path, ticket(title=words), failed=failed)
    page = cmarkgfm.github_flavored_markdown_to_html(
        "\n\n".join(summary_of(read_outcome([folder]), site=SITE, said=words))
    )
    assert "<img" not in page
    assert "<script" not in page
    assert page.count("<tr>") == 3
    assert page.count("<h2>") == 1


def test_a_long_batch_leaves_room_for_its_proposals(tmp_path: Path) -> None:
    folder = keep(tmp_path, *(ticket(number) for number in range(ROWS + 5)))
    assert "5 more" in summary_of(read_outcome([folder]), site=SITE)[0]


def test_proposals_follow_the_table(tmp_path: Path) -> None:
    (tmp_path / "alice-demo-1.md").write_text("### Needs 2 answers\n")
    (tmp_path / "impact.md").write_text("### This change names 1 ticket\n")
    parts = summary_of(read_outcome([keep(tmp_path, ticket())]), site=SITE)
    assert parts[-2] == "### This change names 1 ticket\n"
    name, _, said = parts[-1].partition("\n")
    assert name.startswith("**Ticket**")
    assert "Login fails" in name
    assert said.strip() == "### Needs 2 answers"


def test_each_ticket_says_what_it_cost(tmp_path: Path) -> None:
    priced = ticket(1, usage={"calls": 5, "prompt_tokens": 900, "completion_tokens": 100, "cost_usd": 0.0123})
    unpriced = ticket(2, usage={"calls": 5, "prompt_tokens": 9_000, "completion_tokens": 100, "cost_usd": 0})
    import cmarkgfm

    text = summary_of(read_outcome([keep(tmp_path, priced, unpriced)]), site=SITE)[0]
    page = cmarkgfm.github_flavored_markdown_to_html(text)
    assert "<td>0.0123 USD</td>" in page
    assert "<td>9,100 tokens</td>" in page


def test_each_trouble_is_named(tmp_path: Path) -> None:
    failed = [{"key": "alice/demo#3", "error": "gone", "exit_code": 3}]
    outcome = read_outcome([keep(tmp_path, failed=failed, published=[offer("failed", "refused"), offer("created")])])
    assert outcome.troubles == (("alice/demo#3", "gone"), ("alice/demo#1", "refused"))
