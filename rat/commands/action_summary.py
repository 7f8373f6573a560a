"""The job summary of `rat action`: what was done to which ticket, at what cost, then the proposals themselves."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rat.commands.action_outcome import Outcome
from rat.publishing.document import Block, Content, Document, Heading, Paragraph, Section, Strong, Table, Text
from rat.publishing.markdown import write_markdown
from rat.publishing.site import Site

NONE: Content = (Text("-"),)

ROWS = 200
"""Rows of a table at most: more would fill the summary before the first proposal."""

BARS = 40
"""Tickets in the chart at most: more cannot be told apart."""


def summary_of(outcome: Outcome, *, site: Site, shard: str = "", said: str = "") -> list[str]:
    """The summary as Markdown parts, most telling first. *said* is why nothing, or not all, was done."""
    title = f"RAT, shard {shard}" if shard else "RAT"
    blocks: list[Block] = [Heading(title, level=2)]
    if said:
        blocks.append(Paragraph((Text(said),)))
    rows = tuple(_rows(outcome, site))
    if rows:
        header = ("Ticket", "Title", "Score", "Cited / verified", "Cost", "Outcome")
        blocks += [Table(header, rows[:ROWS], omitted=max(0, len(rows) - ROWS)), Paragraph((Text(_cost(outcome)),))]
    parts = [write_markdown(Document((Section("summary", tuple(blocks)),)))]
    parts += [chart] if (chart := _chart(outcome)) else []
    return parts + list(_proposals(outcome, site))


def _rows(outcome: Outcome, site: Site) -> Iterator[tuple[Content, ...]]:
    offers = {offer["key"]: offer for offer in outcome.published}
    for ticket in outcome.tickets:
        offer = offers.pop(ticket["key"], None)
        cited = f"{ticket['citations']['cited']} / {ticket['citations']['verified']}"
        score = ticket["score"]
        scored = f"{score['before']} → {score['after']}" if score else "-"
        named = (site.ticket(ticket["key"]),)
        spent = Text(_spent(ticket.get("usage") or {}))
        yield named, (Text(ticket["title"]),), (Text(scored),), (Text(cited),), (spent,), _ending(ticket, offer)
    for offer in offers.values():
        yield (site.ticket(offer["key"]),), NONE, NONE, NONE, NONE, _ending({}, offer)
    for failure in outcome.failed:
        end = (Strong("failed"), Text(f": {failure['error']}"))
        yield (site.ticket(failure["key"]),), NONE, NONE, NONE, NONE, end


def _ending(ticket: Mapping[str, Any], offer: Mapping[str, Any] | None) -> Content:
    """What became of a ticket: how the offer ended, or else the refinement; and why, where there is a reason."""
    word = offer["action"] if offer else str(ticket["status"]).replace("_", " ")
    reason = (offer["reason"] if offer else "") or ticket.get("reason", "")
    return (Strong(word), Text(f": {reason}")) if reason else (Strong(word),)


def _spent(usage: Mapping[str, float]) -> str:
    """What one ticket cost: US dollars where the price is known, else tokens."""
    if not usage.get("calls"):
        return "-"
    return f"{usage['cost_usd']:.4f} USD" if usage.get("cost_usd") else f"{_tokens(usage):,} tokens"


def _tokens(usage: Mapping[str, float]) -> int:
    return int(usage.get("prompt_tokens", 0) + usage.get("completion_tokens", 0))


def _cost(outcome: Outcome) -> str:
    usage = outcome.usage
    if not usage.get("calls"):
        return "No model was asked: facts only."
    tokens = _tokens(usage)
    cost = f"{usage['cost_usd']:.2f} US dollars" if usage.get("cost_usd") else "price unknown"
    estimate = ", estimated" if usage.get("estimated") else ""
    return f"{int(usage['calls'])} calls to the model, {tokens:,} tokens{estimate}, {cost}."


def _chart(outcome: Outcome) -> str:
    """Scores before and after as a Mermaid chart, where there is something to compare; numbers and keys only."""
    scored = [ticket for ticket in outcome.tickets if ticket["score"]][:BARS]
    if len(scored) < 2:  # noqa: PLR2004 - one bar compares nothing
        return ""
    names = ", ".join(f'"{re.sub(r"[^A-Za-z0-9#-]", "", ticket["key"].rpartition("/")[2])}"' for ticket in scored)
    before, after = (", ".join(str(int(t["score"][moment])) for t in scored) for moment in ("before", "after"))
    return (
        '```mermaid\nxychart-beta\n  title "Readiness: before (bar) and after (line)"\n'
        f'  x-axis [{names}]\n  y-axis "score" 0 --> 100\n  bar [{before}]\n  line [{after}]\n```'
    )


def _proposals(outcome: Outcome, site: Site) -> Iterator[str]:
    """What `rat impact` and `rat refine` wrote to be read, inert already; each ticket under its own heading."""
    for folder in outcome.folders:
        if (folder / "impact.md").is_file():
            yield (folder / "impact.md").read_text(encoding="utf-8")
        for ticket in outcome.refined:
            path = (folder / Path(ticket["file"]).name).with_suffix(".md")
            if path.is_file():
                name = (site.ticket(ticket["key"]), Text(f" {ticket['title']}"))
                heading = write_markdown(
                    Document((Section("ticket", (Paragraph((Strong("Ticket"), Text(" "), *name)),)),))
                )
                yield f"{heading}\n{path.read_text(encoding='utf-8')}"
