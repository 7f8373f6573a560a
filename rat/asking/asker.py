"""Asking the model: render, redact, hold the budget, call, decode, one repair, keep the reply, record the exchange."""

import dataclasses
import functools
import json
import threading
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import TypeVar, cast

from rat.asking.answers import key_of
from rat.asking.daybook import DayBook
from rat.asking.replies import read_reply
from rat.asking.session import Session, open_session
from rat.asking.spending import Allowance
from rat.decode import schema_of
from rat.errors import ConfigError, CouldNotAssess, TicketBudgetError
from rat.llm.tokens import estimate_tokens
from rat.model import Exchange, Usage
from rat.model.settings import Settings
from rat.ports import LLM, Checkout, Completion, Finish, Prompt
from rat.redaction import redact
from rat.templates import Templates, Trusted, read_overrides

T = TypeVar("T")

TYPICAL_REPLY = 1_000
"""Tokens set aside for a reply before it is known (benchmarks/team_prompts.py measures what replies need)."""

NO_MODEL = (
    "No model is named. Set RAT_MODEL, --model or `model.name` in .github/rat.yml to a model that your endpoint "
    "serves, or to `none` to work from the evidence alone."
)


class Asker:
    """Asks the model on behalf of one ticket; safe from many threads. *usage* and *exchanges* say what it cost."""

    def __init__(self, session: Session, *, key: str = "") -> None:
        self.session = session
        self.key = key
        tokens = session.settings.budget.tokens_per_ticket
        self._tokens = Allowance(
            tokens,
            refusal=TicketBudgetError(
                f"The budget of {tokens} tokens for ticket {key} does not cover the next call to the model. What was "
                "done is kept; raise `budget.tokens_per_ticket`."
            ),
        )
        self._lock = threading.Lock()
        self.usage = Usage()
        self.exchanges: tuple[Exchange, ...] = ()

    def prompt(self, agent: str, inputs: Mapping[str, object], reply_type: type[T]) -> Prompt:
        """Exactly what would be sent to the model for *agent*. Raises ConfigError for a template that does not work."""
        writing = self.session.settings.writing
        words = {
            "nonce": Trusted(self.session.templates.nonce),
            "language": Trusted(writing.language),
            "tone": Trusted(writing.tone),
            "criteria_form": writing.criteria,
        }
        system = self.session.templates.render("team", words)
        user = self.session.templates.render(agent, {**words, **inputs})
        if self.session.settings.privacy.redact:
            user, _ = redact(user)
        return Prompt(agent=agent, system=system, user=user, schema=_schema_of(cast(Hashable, reply_type)))

    def estimate(self, agent: str, inputs: Mapping[str, object], reply_type: type[T]) -> Usage:
        """What asking *agent* would cost, estimated; nothing is sent."""
        return self._expected(self.prompt(agent, inputs, reply_type), self._model(agent))

    def ask(self, agent: str, inputs: Mapping[str, object], reply_type: type[T]) -> T:
        """The typed reply of *agent*, from the kept replies where the same prompt was paid for before.

        A reply that cannot be used is asked for once more, with the reason. Raises CouldNotAssess, ModelError,
        BudgetError.
        """
        prompt, model = self.prompt(agent, inputs, reply_type), self._model(agent)
        key = self._key(prompt, model)
        kept = self._kept(key, prompt, reply_type)
        if kept is not None:
            return kept
        text = self._send(prompt, model)
        try:
            reply = read_reply(reply_type, text, agent=agent)
        except CouldNotAssess as problem:
            text = self._send(self._repair(prompt, str(problem)), model)
            reply = _read_or_give_up(reply_type, text, agent)
        self.session.answers.put(key, text)
        return reply

    def may_send(self, path: str) -> bool:
        """Whether the file at *path* may be shown to the model (`privacy.never_send`, patterns as in .gitignore)."""
        patterns = self.session.settings.privacy.never_send
        if not patterns or not path:
            return True
        from pathspec import GitIgnoreSpec

        return not GitIgnoreSpec.from_lines(patterns).match_file(path)

    def _model(self, agent: str) -> str:
        settings = self.session.settings.model
        name = settings.per_agent.get(agent) or settings.name
        if not name:
            raise ConfigError(NO_MODEL)
        return name

    def _key(self, prompt: Prompt, model: str) -> str:
        plain = self.session.templates.without_nonce
        same = dataclasses.replace(prompt, system=plain(prompt.system), user=plain(prompt.user))
        return key_of(same, model=model, endpoint=self.session.llm.name)

    def _kept(self, key: str, prompt: Prompt, reply_type: type[T]) -> T | None:
        text = self.session.answers.get(key)
        if text is None:
            return None
        try:
            reply = read_reply(reply_type, text, agent=prompt.agent)
        except CouldNotAssess:  # written by another version, or damaged: ask again
            return None
        self._record(prompt, text, Usage(), cached=True)
        return reply

    def _repair(self, prompt: Prompt, problem: str) -> Prompt:
        words = {"problem": problem[:1_000], "schema": Trusted(json.dumps(prompt.schema))}
        return dataclasses.replace(prompt, user=prompt.user + "\n" + self.session.templates.render("repair", words))

    def _send(self, prompt: Prompt, model: str) -> str:
        expected = self._expected(prompt, model)
        with (
            self._tokens.holding(expected.prompt_tokens + expected.completion_tokens) as tokens,
            self.session.money.holding(expected.cost_usd) as money,
            self.session.day.holding(expected.cost_usd) as day,
        ):
            with self.session.slots:
                completion = self.session.llm.complete(prompt, model=model)
            spent = self._priced(completion.usage, model)
            tokens.spent = spent.prompt_tokens + spent.completion_tokens
            money.spent = day.spent = spent.cost_usd
        self._record(prompt, completion.text, spent)
        return _usable_text(completion, prompt.agent)

    def _expected(self, prompt: Prompt, model: str) -> Usage:
        said = prompt.system + prompt.user + json.dumps(prompt.schema)
        tokens = estimate_tokens(said)
        return self._priced(
            Usage(calls=1, prompt_tokens=tokens, completion_tokens=TYPICAL_REPLY, estimated=True), model
        )

    def _priced(self, usage: Usage, model: str) -> Usage:
        price = self.session.settings.budget.prices.get(model)
        if price is None:
            return usage
        cost = (usage.prompt_tokens * price.input + usage.completion_tokens * price.output) / 1_000_000
        return dataclasses.replace(usage, cost_usd=cost)

    def _record(self, prompt: Prompt, reply: str, usage: Usage, *, cached: bool = False) -> None:
        said = redact(f"{prompt.system}\n{prompt.user}")[0]
        exchange = Exchange(agent=prompt.agent, prompt=said, reply=redact(reply)[0], usage=usage, cached=cached)
        with self._lock:
            self.usage += usage
            self.exchanges += (exchange,)


def open_asking(
    *,
    llm: LLM,
    settings: Settings,
    checkout: Checkout,
    cache: Path | None = None,
    book: DayBook | None = None,
    prompts: Mapping[str, str] | None = None,
) -> Callable[[str], "Asker"]:
    """What opens the asker of a ticket by its key; all share one endpoint, one budget, and the prompts of *checkout*.

    *prompts* (file name -> text) take the place of those. Raises ConfigError for a prompt in `.github/rat/prompts/`
    that cannot be read.
    """
    templates = Templates(overrides={**read_overrides(checkout), **(prompts or {})})
    session = open_session(llm=llm, settings=settings, templates=templates, cache=cache, book=book)
    return lambda key: Asker(session, key=key)


@functools.cache
def _schema_of(kind: Hashable) -> Mapping[str, object]:
    """The schema of a reply's type, built once: it is asked for with every call."""
    return schema_of(cast(type[object], kind))


def _read_or_give_up(kind: type[T], text: str, agent: str) -> T:
    try:
        return read_reply(kind, text, agent=agent)
    except CouldNotAssess as problem:
        raise CouldNotAssess(f"The {agent} could not assess this ticket, asked twice. {problem}") from problem


def _usable_text(completion: Completion, agent: str) -> str:
    """The text of a reply that ended by itself. Raises CouldNotAssess for every other end."""
    reasons = {
        Finish.LENGTH: "the reply was cut off at the length limit",
        Finish.REFUSED: "the model refused, or a content filter withheld the reply",
        Finish.EMPTY: "the reply was empty",
        Finish.LEAK: "the reply holds a secret of this run and was thrown away: look at the endpoint, change the key",
    }
    if completion.finish is Finish.STOP:
        return completion.text
    raise CouldNotAssess(
        f"The {agent} could not assess this ticket: {reasons[completion.finish]}. Nothing was guessed in its place."
    )
