"""Makes the ledger's record of a refinement: its figures, and no text of the ticket or the proposal. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from rat.model import Exchange, RunReport, Severity, Usage
from rat.model.ledger import AgentUsage, Ending, RunRecord
from rat.model.settings import Settings


def with_figures(record: RunRecord, report: RunReport, *, settings: Settings) -> RunRecord:
    """*record*, which says whose run it was, with the figures of *report*; *settings* know which prices are known."""
    work, usage = report.refinement, report.usage
    severities = [finding.severity for finding in work.findings]
    return replace(
        record,
        type=work.type,
        mode=report.mode,
        ending=Ending(report.status),
        before=work.score.before if work.score else None,
        after=work.score.after if work.score else None,
        cited=work.citations.cited,
        verified=work.citations.verified,
        dropped=work.citations.dropped,
        questions=len(work.questions),
        answered=len(work.dialogue.closed) if work.dialogue.previous else None,
        blockers=severities.count(Severity.BLOCKER),
        warnings=severities.count(Severity.WARNING),
        notes=severities.count(Severity.NOTE),
        calls=usage.calls,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        cost_usd=usage.cost_usd if not usage.calls or _priced(settings) else None,
        estimated=usage.estimated,
        model=report.model,
        agents=_agents(report),
        seconds=report.seconds,
        head=report.head,
        input_hash=report.input_hash,
    )


def _priced(settings: Settings) -> bool:
    """Whether the price of every model that may have been asked is known."""
    model = settings.model
    return {model.name or "", *model.per_agent.values()} <= set(settings.budget.prices)


def _agents(report: RunReport) -> tuple[AgentUsage, ...]:
    named = dict.fromkeys(exchange.agent for exchange in report.exchanges)
    findings = [finding.agent for finding in report.refinement.findings]
    return tuple(
        AgentUsage(agent=name, usage=_spent(report.exchanges, name), findings=findings.count(name)) for name in named
    )


def _spent(exchanges: Sequence[Exchange], agent: str) -> Usage:
    return sum((one.usage for one in exchanges if one.agent == agent and not one.cached), Usage())
