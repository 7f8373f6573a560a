"""A model whose replies cannot give away a secret of this run: whoever runs the endpoint knows its key."""

import re
from dataclasses import replace

from rat.leaks import leaks
from rat.ports import LLM, Completion, Finish, Prompt

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


class Discreet:
    """Fulfils `rat.ports.LLM`: *llm*, of whose replies none is passed on that holds one of the *secrets*.

    Here rather than at the end, so that no transcript, cache or file of results has it either.
    """

    def __init__(self, llm: LLM, *, secrets: tuple[str, ...]) -> None:
        self.name = llm.name
        self._llm = llm
        self._secrets = secrets

    def complete(self, prompt: Prompt, *, model: str) -> Completion:
        """The model's reply; of one that gives a secret away, in whatever disguise, only what it cost."""
        completion = self._llm.complete(prompt, model=model)
        spelled = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), completion.text)
        if any(leaks(text, self._secrets) for text in {completion.text, spelled}):
            return replace(completion, text="", finish=Finish.LEAK)
        return completion
