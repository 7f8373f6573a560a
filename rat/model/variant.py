"""A way of working that is tried against another: other models, prompts or team, everything else the same."""

from dataclasses import dataclass, field, replace

from rat.model.settings import Settings
from rat.model.strict import Strict


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant(Strict):
    """What differs from the configuration; empty means as configured.

    *prompts* is a folder of templates that take the place of RAT's and of the repository's (docs/prompts.md), *texts*
    are such templates by file name.
    """

    name: str = ""
    model: str = ""
    base_url: str = ""
    per_agent: dict[str, str] = field(default_factory=dict)
    team: tuple[str, ...] = ()
    prompts: str = ""
    texts: dict[str, str] = field(default_factory=dict)

    def of(self, settings: Settings) -> Settings:
        """*settings* with this variant's models for single agents and its team."""
        model = replace(settings.model, per_agent={**settings.model.per_agent, **self.per_agent})
        return replace(settings, model=model, team=self.team or settings.team)
