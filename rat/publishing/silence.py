"""When RAT says nothing: the ticket was good enough as it came."""

from rat.model import RunReport, Severity, Status
from rat.model.finding import READY


def why_silent(report: RunReport) -> str | None:
    """Why *report* is not worth a comment where none stands yet; None when it is."""
    work = report.refinement
    if report.status is Status.SKIPPED:
        return next((finding.message for finding in work.findings), "it was not refined")
    blocked = any(finding.severity is Severity.BLOCKER for finding in work.findings)
    if report.status is not Status.READY or work.questions or work.conflicts or blocked:
        return None
    if work.score is None or work.score.before < READY:
        return None
    return f"the ticket is ready as it is (readiness {work.score.before} of 100)"
