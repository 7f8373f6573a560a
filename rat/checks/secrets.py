"""No secret leaves in what the team drafted."""

import dataclasses
from typing import TypeVar, cast

from rat.model import Finding, Refinement, Severity
from rat.ports import Grounds
from rat.redaction import redact

CHECK = "secrets"
T = TypeVar("T")


def check(refinement: Refinement, _grounds: Grounds) -> tuple[Finding, ...]:
    """A finding where the draft holds what looks like a secret; the words themselves are not repeated."""
    if without_secrets(refinement) == refinement:
        return ()
    return (Finding(check=CHECK, severity=Severity.WARNING, message="The draft held a secret, which was taken out."),)


def without_secrets(refinement: Refinement) -> Refinement:
    """*refinement* with secrets redacted in everything that was drafted; evidence stays as it was read."""
    return dataclasses.replace(
        refinement,
        intent=_redacted(refinement.intent),
        questions=_redacted(refinement.questions),
        conflicts=_redacted(refinement.conflicts),
        impacted_files=_redacted(refinement.impacted_files),
        findings=_redacted(refinement.findings),
        proposal=_redacted(refinement.proposal),
    )


def _redacted(value: T) -> T:
    """*value* with every string in it redacted, whatever it is built of."""
    if type(value) is str:  # an enum's member is a word of RAT's own
        return cast(T, redact(str(value))[0])
    if isinstance(value, tuple):
        return cast(T, tuple(map(_redacted, value)))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {field.name: _redacted(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **changes)
    return value
