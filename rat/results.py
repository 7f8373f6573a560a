"""The folder of results: one `<key>.json` and `<key>.md` a ticket, and `run.json`; written whole or not at all."""

import hashlib
import json
import logging
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rat import __version__
from rat.batch import Batch
from rat.decode import decode_json, encode
from rat.errors import ConfigError
from rat.model import RunReport, Usage
from rat.model.impact import ImpactReport
from rat.model.record import ImpactRecord, RefinementRecord
from rat.model.run import RunFailure, RunFile, RunTicket

log = logging.getLogger("rat")

RUN = "run.json"
PUBLISHED = "published.json"
IMPACT = "impact.json"
COMMAND = "command.json"
_OWN = {RUN, PUBLISHED, IMPACT, COMMAND}


def file_stem(key: str) -> str:
    """*key* as a file name on every platform: `owner/repo#12` becomes `owner-repo-12`; what is unclear gets a hash."""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", key).strip("-.")[:80]
    plain = re.fullmatch(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+#\d+)?", key)
    return stem if plain and stem else f"{stem or 'ticket'}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def keep_report(report: RunReport, markdown: str, folder: Path) -> None:
    """Write the two files of one ticket, and its transcript if there is one."""
    stem = file_stem(report.refinement.ticket.key)
    _write(folder / f"{stem}.json", _json(encode(RefinementRecord.of(report))))
    _write(folder / f"{stem}.md", markdown)
    if report.exchanges:
        lines = "".join(json.dumps(encode(exchange), ensure_ascii=False) + "\n" for exchange in report.exchanges)
        _write(folder / f"{stem}.transcript.jsonl", lines)


def begin_run(*, model: str, head: str, folder: Path) -> Mapping[str, RunReport]:
    """Write a `run.json` that says that a run is under way. Gives the reports of one that was cut off here, by ticket.

    A run that came to its end leaves nothing to go on with, only paid replies. Raises ConfigError.
    """
    left = _cut_off(folder)
    keep_run(Batch(), model=model, head=head, folder=folder, finished=False)
    return left


def keep_run(batch: Batch, *, model: str, head: str, folder: Path, finished: bool = True) -> None:
    """Write `run.json`: what came of each ticket, which failed, what it cost; *finished* once all of it is known."""
    usage = sum((report.usage for report in batch.reports), Usage())
    run = RunFile(
        version=__version__,
        finished=finished,
        mode="model" if model else "offline",
        model=model,
        head=head,
        tickets=tuple(_summary(report) for report in batch.reports),
        failed=tuple(RunFailure(key=f.key, error=f.error, exit_code=f.exit_code) for f in batch.failures),
        usage=usage,
    )
    _write(folder / RUN, _json(encode(run)))


def keep_json(data: Any, path: Path) -> None:
    """Write plain *data* as canonical JSON to *path*."""
    _write(path, _json(data))


def keep_impact(report: ImpactReport, markdown: str, folder: Path) -> None:
    """Write `impact.json` and `impact.md`: what a pull request touches."""
    _write(folder / IMPACT, _json(encode(ImpactRecord.of(report))))
    _write((folder / IMPACT).with_suffix(".md"), markdown)


def read_impact(folder: Path) -> ImpactReport | None:
    """The impact of a pull request that a folder holds, if it holds one. Raises ConfigError."""
    path = folder / IMPACT
    return decode_json(ImpactRecord, path.read_bytes(), what=str(path)).report() if path.is_file() else None


def read_reports(folder: Path) -> tuple[RunReport, ...]:
    """The refinements that a folder holds, by file name. Raises ConfigError naming the file that is not one."""
    if not folder.is_dir():
        raise ConfigError(f"{folder} is not a folder. `rat publish` takes the folder that `rat refine --out` wrote.")
    paths = sorted(path for path in folder.glob("*.json") if path.name not in _OWN)
    if not paths and not (folder / RUN).is_file():
        raise ConfigError(f"{folder} holds no refinement. `rat publish` takes the folder of `rat refine --out`.")
    return tuple(_read(path) for path in paths)


def _cut_off(folder: Path) -> dict[str, RunReport]:
    """The reports of a run that never came to its end. One that cannot be read is left to be made anew."""
    try:
        run = json.loads((folder / RUN).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(run, dict) or run.get("finished") is not False:
        return {}
    reports: list[RunReport] = []
    for path in sorted(path for path in folder.glob("*.json") if path.name not in _OWN):
        try:
            reports.append(_read(path))
        except ConfigError as problem:
            log.warning("%s is made anew: %s", path, problem)
    return {report.refinement.ticket.key: report for report in reports}


def _read(path: Path) -> RunReport:
    return decode_json(RefinementRecord, path.read_bytes(), what=str(path)).report()


def _summary(report: RunReport) -> RunTicket:
    work = report.refinement
    return RunTicket(
        key=work.ticket.key,
        title=work.ticket.title,
        url=work.ticket.url,
        status=report.status,
        score=work.score,
        citations=work.citations,
        usage=report.usage,
        file=file_stem(work.ticket.key) + ".json",
        reason="; ".join(f.message for f in work.findings if f.check == "skipped"),
    )


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _write(path: Path, text: str) -> None:
    """Write *text* beside *path* and move it there, so that nobody ever reads a half-written file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise ConfigError(
            f"{path} could not be written ({error.strerror}). Check the folder given with --out."
        ) from error
