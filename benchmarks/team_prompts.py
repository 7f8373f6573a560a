"""What the team's prompts weigh: input tokens a ticket, and the share of each prompt that all agents have in common.

    python benchmarks/team_prompts.py TICKETS.jsonl --repo DIR [--limit 20]

*TICKETS.jsonl* holds one ticket a line: {"id", "title", "body"}. Each is refined with a scripted model that drafts as
much as the prompts allow it, so that later agents read drafts of full size. Tokens are estimated at four bytes each.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from rat import pipeline
from rat.asking import Asker, open_asking
from rat.checkout import open_checkout
from rat.llm.openai_chat import connect
from rat.llm.tokens import estimate_tokens
from rat.model import Exchange, Ticket
from rat.model.settings import ModelSettings, Project, Settings, Sources
from rat.sources.library import Library
from rat.trackers.files import read_ticket_files
from tests.stand_ins.scripted_model import by_agent, serving

SENTENCE = "The change keeps what callers rely on today and says so in one plain sentence of this length. "
CITED = [{"source": "ticket", "quote": "words of the ticket that are quoted"}]
FULL = {
    "analyst": {
        "type": "task",
        "title": "A title that names the outcome in one line of the usual length",
        "intent": SENTENCE,
        "problem": SENTENCE * 6,
        "questions": [{"text": SENTENCE, "why": SENTENCE, "assumption": SENTENCE}] * 3,
        "out_of_scope": [SENTENCE] * 3,
    },
    "architect": {
        "approach": [{"text": SENTENCE, "citations": CITED}] * 5,
        "impacted_files": [{"path": "README.md", "reason": SENTENCE, "citations": CITED}] * 8,
        "risks": [{"text": SENTENCE, "citations": CITED}] * 4,
        "conflicts": [],
    },
    "planner": {"tasks": [{"title": SENTENCE, "depends_on": [], "citations": CITED}] * 5, "size": "1 to 3 days"},
    "tester": {
        "acceptance_criteria": [{"text": SENTENCE, "citations": CITED}] * 7,
        "test_plan": [{"text": SENTENCE, "citations": CITED}] * 5,
    },
    "critic": {"objections": []},
}


def shared(prompts: Sequence[str]) -> int:
    """How many characters all *prompts* begin with in common."""
    letters = enumerate(zip(*prompts, strict=False))
    return next((at for at, column in letters if len(set(column)) > 1), min(map(len, prompts)))


def first_round(asker: Asker) -> list[Exchange]:
    """One exchange of each agent: the drafting without revision."""
    return list({exchange.agent: exchange for exchange in reversed(asker.exchanges)}.values())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tickets", type=Path)
    parser.add_argument("--repo", type=Path, default=Path())
    parser.add_argument("--limit", type=int, default=20)
    wanted = parser.parse_args()
    with serving(by_agent(FULL)) as model, closing(connect(base_url=model.url, api_key=None)) as llm:
        checkout = open_checkout(wanted.repo)
        library = Library(checkout=checkout, tracker=None, sources=Sources(), project=Project())
        settings = Settings(model=ModelSettings(name="scripted"), max_revisions=0)
        asker_of = open_asking(llm=llm, settings=settings, checkout=checkout)

        def asked(ticket: Ticket) -> Asker:
            asker = asker_of(ticket.key)
            pipeline.refine(ticket, library=library, asker=asker, settings=settings)
            return asker

        rounds = [first_round(asked(ticket)) for ticket in read_ticket_files(wanted.tickets)[: wanted.limit]]
    tokens = [sum(estimate_tokens(exchange.prompt) for exchange in exchanges) for exchanges in rounds]
    parts: dict[str, list[float]] = {exchange.agent: [] for exchange in rounds[0]}
    for exchanges in rounds:
        common = shared([exchange.prompt for exchange in exchanges])
        for exchange in exchanges:
            parts[exchange.agent].append(common / len(exchange.prompt))
    print(f"{len(rounds)} tickets, {len(checkout.files())} files in the repository")
    print(f"input tokens a ticket: median {statistics.median(tokens):.0f}, most {max(tokens)} (limit 25000)")
    for agent, found in parts.items():
        print(f"{agent}: {statistics.median(found):.0%} of the prompt is shared, least {min(found):.0%} (limit 70%)")


if __name__ == "__main__":
    main()
