"""The mode `report` of the Action: the report of a ledger and of artifacts, as files and as the job's summary."""

from collections.abc import Callable, Mapping
from pathlib import Path

from rat.errors import ConfigError, RatError

FILES = {"markdown": "report.md", "json": "report.json", "html": "report.html"}
"""What is written into the folder of results, by format."""


def report_on(
    out: Path, *, environ: Mapping[str, str], call: Callable[[str, list[str]], RatError | None]
) -> tuple[str, RatError | None]:
    """Write the reports on what lies in *out* and in the ledger RAT_LEDGER. Returns the Markdown, and what failed.

    Raises ConfigError where there is neither.
    """
    paths = [str(out)] if out.is_dir() and any(out.iterdir()) else []
    if not paths and not environ.get("RAT_LEDGER"):
        raise ConfigError(
            "There is nothing to report on. Give `out` the folder into which artifacts of RAT were downloaded, or set "
            "the variable RAT_LEDGER to the address of a ledger."
        )
    for form, name in FILES.items():
        if trouble := call("report", [f"--format={form}", f"--out={out / name}", "--", *paths]):
            return "", trouble
    return (out / FILES["markdown"]).read_text(encoding="utf-8"), None
