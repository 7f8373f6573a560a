"""`rat schema`: the JSON Schemas of what RAT reads and writes."""

import json
from typing import Any

import click

NAMES = ("config", "refinement", "run", "impact", "dataset", "variant", "evaluation", "ledger", "report")


@click.command(name="schema")
@click.argument("name", required=False, type=click.Choice(NAMES))
def command(name: str | None) -> None:
    """Print the JSON Schema called NAME, or the names that there are."""
    if name is None:
        click.echo("\n".join(NAMES))
        return
    click.echo(json.dumps(schema_called(name), indent=2, sort_keys=True))


def schema_called(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) called *name*, one of NAMES."""
    from rat.decode import schema_of
    from rat.evaluation.dataset import Case
    from rat.evaluation.outcome import Evaluation
    from rat.model.ledger import LedgerRecord
    from rat.model.record import ImpactRecord, RefinementRecord
    from rat.model.run import RunFile
    from rat.model.settings import Settings
    from rat.model.variant import Variant
    from rat.reporting.report import Report

    kinds: dict[str, Any] = {
        "config": Settings,
        "refinement": RefinementRecord,
        "run": RunFile,
        "impact": ImpactRecord,
        "dataset": Case,
        "variant": Variant,
        "evaluation": Evaluation,
        "ledger": LedgerRecord,
        "report": Report,
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema_of(kinds[name])}
