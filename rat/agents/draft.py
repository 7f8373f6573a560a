"""The proposal as it grows: begun from the ticket, and shown to the next agent."""

import dataclasses
import json

from rat.decode import encode
from rat.model import Proposal, Refinement


def proposal_of(refinement: Refinement) -> Proposal:
    """The proposal so far; at first the ticket's own title and nothing else."""
    return refinement.proposal or Proposal(title=refinement.ticket.title, problem="")


def draft_text(refinement: Refinement) -> str:
    """The draft, a part a line as JSON, without what is empty: what later agents read and what the critic attacks."""
    proposal = refinement.proposal
    if proposal is None:
        return ""
    parts = {
        "intent": refinement.intent,
        **{field.name: getattr(proposal, field.name) for field in dataclasses.fields(proposal)},
        "impacted_files": [file.path for file in refinement.impacted_files[:8]],
        "conflicts": refinement.conflicts,
        "questions": refinement.questions,
    }
    lines = (f"{name}: {json.dumps(_plain(part), ensure_ascii=False)}" for name, part in parts.items() if part)
    return "\n".join(lines)


def _plain(part: object) -> object:
    """*part* as JSON data, without what is empty."""
    if isinstance(part, str):
        return part
    if isinstance(part, tuple | list):
        return [_plain(item) for item in part]
    return {name: value for name, value in encode(part).items() if value}
