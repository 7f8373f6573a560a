"""How the parts of a ticket are spoken of to its author."""

_MISSING = {
    "steps": "How to make it happen is not written.",
    "expected": "What should happen instead is not written.",
    "actual": "What happens is not written: no message, no output.",
    "environment": "No version or platform is named.",
    "value": "Who needs this, and what for, is not written.",
    "acceptance-criteria": "Nothing says when this is done.",
    "scope": "Nothing says where this ends.",
    "goal": "What should be different afterwards is not written.",
    "breakdown": "The parts that this consists of are not listed.",
    "success-measure": "Nothing says how success is measured.",
    "problem": "The problem behind the request is not written.",
    "proposal": "What should be built or changed is not written.",
    "alternatives": "No other way is mentioned.",
    "question": "No question is asked.",
    "time-box": "No time limit is set.",
    "outcome": "What will be handed over is not written.",
    "tried": "What you tried is not shown.",
}
_THIN = {
    "steps": "How to make it happen is only hinted at: no input, command or numbered steps.",
    "expected": "What should happen instead is said too loosely to check.",
    "actual": "What happens is described, but not shown: no message, value or output.",
    "value": "The reason is given, but not whom it helps with what.",
    "acceptance-criteria": "When this is done is said too loosely to check.",
    "scope": "A limit is mentioned, but not of what.",
    "goal": "The goal is named, but nothing in it can be looked up.",
    "problem": "The problem is mentioned, but nothing in it can be looked up.",
    "proposal": "The wish is there, but not what exactly to build or change.",
    "question": "There is a question, but not about what.",
    "breakdown": "There is a list, but no tickets or pieces of work to pick up.",
}


def missing(part: str) -> str:
    """The sentence for a part that is not there."""
    return _MISSING.get(
        part, f"“{part.replace('-', ' ').replace('_', ' ')}” is not written, and this team asks for it."
    )


def thin(part: str) -> str:
    """The sentence for a part that is there in name only."""
    return _THIN.get(part, f"The part “{part.replace('-', ' ').replace('_', ' ')}” is there in name only.")
