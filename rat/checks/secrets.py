"""No secret leaves in what the team drafted."""

import dataclasses

from rat.model import Finding, Refinement, Severity
from rat.ports import Grounds
from rat.redaction import redact_all

CHECK = "secrets"


def check(refinement: Refinement, _grounds: Grounds) -> tuple[Finding, ...]:
    """A finding where the draft holds what looks like a secret; the words themselves are not repeated."""
    if without_secrets(refinement) == refinement:
        return ()
    return (Finding(check=CHECK, severity=Severity.WARNING, message="The draft held a secret, which was taken out."),)


def without_secrets(refinement: Refinement) -> Refinement:
    """*refinement* with secrets redacted in everything that was drafted; evidence stays as it was read."""
    return dataclasses.replace(
        refinement,
        intent=redact_all(refinement.intent),
        questions=redact_all(refinement.questions),
        conflicts=redact_all(refinement.conflicts),
        impacted_files=redact_all(refinement.impacted_files),
        findings=redact_all(refinement.findings),
        proposal=redact_all(refinement.proposal),
    )
