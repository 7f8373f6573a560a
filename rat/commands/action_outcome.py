"""What came of `rat action`: read from the folder of results, told as outputs and as a job summary."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rat.runner import OUTPUT_BYTES

READ_ONLY = "Resource not accessible by integration"
"""What GitHub answers (403) when GITHUB_TOKEN lacks a right: a fork, Dependabot, or `permissions`.
https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """Results as plain JSON: *tickets*, *failed* and *usage* of `run.json`, *published*, *impact*, *command*."""

    folders: tuple[Path, ...] = ()
    tickets: tuple[Mapping[str, Any], ...] = ()
    failed: tuple[Mapping[str, Any], ...] = ()
    published: tuple[Mapping[str, Any], ...] = ()
    impact: Mapping[str, Any] | None = None
    usage: Mapping[str, float] = field(default_factory=dict)
    mode: str = ""
    command: Mapping[str, Any] | None = None

    @property
    def unwritten(self) -> tuple[Mapping[str, Any], ...]:
        """The offers that failed."""
        return tuple(offer for offer in self.published if offer["action"] == "failed")

    @property
    def troubles(self) -> tuple[tuple[str, str], ...]:
        """Each ticket that failed or could not be written to, and why."""
        failed = [(failure["key"], failure["error"]) for failure in self.failed]
        return (*failed, *((offer["key"], offer["reason"]) for offer in self.unwritten))

    @property
    def lacks_only_the_right_to_write(self) -> bool:
        """Whether everything came through but the writing, which this token may not do."""
        return bool(self.unwritten) and not self.failed and all(READ_ONLY in one["reason"] for one in self.unwritten)

    @property
    def refined(self) -> tuple[Mapping[str, Any], ...]:
        """The tickets that were not skipped."""
        return tuple(ticket for ticket in self.tickets if ticket["status"] != "skipped")


def read_outcome(folders: Iterable[Path]) -> Outcome:
    """The results in *folders*, as far as there are any."""
    kept = tuple(folder for folder in folders if folder.is_dir())
    runs = [run for folder in kept if (run := _json(folder / "run.json"))]
    impacts = [impact for folder in kept if (impact := _json(folder / "impact.json"))]
    return Outcome(
        folders=kept,
        tickets=tuple(ticket for run in runs for ticket in run["tickets"]),
        failed=tuple(failure for run in runs for failure in run["failed"]),
        published=tuple(offer for folder in kept for offer in _json(folder / "published.json") or ()),
        impact=impacts[0] if impacts else None,
        usage=_total(run["usage"] for run in runs),
        mode=next((run["mode"] for run in runs), impacts[0].get("mode", "") if impacts else ""),
        command=next((record for folder in kept if (record := _json(folder / "command.json"))), None),
    )


def outputs_of(outcome: Outcome, *, path: Path, matrix: str = "", digest: str = "") -> dict[str, str]:
    """The outputs of action.yml, all of them; what there is nothing to say about is empty."""
    citations = [ticket["citations"] for ticket in outcome.tickets]
    return {
        "result": _result(outcome),
        "ready": str(bool(outcome.tickets) and all(t["status"] == "ready" for t in outcome.tickets)).lower(),
        "score-before": _mean(outcome.tickets, "before"),
        "score-after": _mean(outcome.tickets, "after"),
        "refined-count": str(len(outcome.refined)),
        "skipped-count": str(len(outcome.tickets) - len(outcome.refined)),
        "failed-count": str(len(outcome.failed) + len(outcome.unwritten)),
        "cited-count": str(sum(count["cited"] for count in citations)),
        "verified-count": str(sum(count["verified"] for count in citations)),
        "comment-url": next((offer["url"] for offer in outcome.published if offer["url"]), ""),
        "matrix": matrix,
        "cost-usd": f"{outcome.usage.get('cost_usd', 0):.4f}",
        "path": str(path),
        "digest": digest,
    }


def _result(outcome: Outcome) -> str:
    """The outcome as JSON that fits an output; tickets that do not fit are counted in `more`."""
    parts: dict[str, Any] = {
        "tickets": [],
        "failed": [],
        "published": [],
        "impacted": [],
        "usage": dict(outcome.usage),
        "more": 0,
    }
    if outcome.command:
        parts["command"] = dict(outcome.command)
    impacted = (outcome.impact or {}).get("tickets", ())
    rows = [
        *(("failed", row) for row in outcome.failed),
        *(("published", row) for row in outcome.published),
        *(("impacted", row) for row in impacted),
        *(("tickets", row) for row in outcome.tickets),
    ]
    room = OUTPUT_BYTES - 1000
    for name, row in rows:
        room -= len(json.dumps(row, ensure_ascii=False).encode(errors="replace")) + 2
        if room < 0:
            parts["more"] += 1
        else:
            parts[name].append(row)
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _mean(tickets: Iterable[Mapping[str, Any]], moment: str) -> str:
    scores = [ticket["score"][moment] for ticket in tickets if ticket["score"]]
    return str(round(sum(scores) / len(scores))) if scores else ""


def _total(usages: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for usage in usages:
        for name, value in usage.items():
            total[name] = value or total.get(name, False) if isinstance(value, bool) else total.get(name, 0) + value
    return total


def _json(path: Path) -> Any:
    return json.loads(path.read_bytes()) if path.is_file() else None
