"""What a run of `rat eval` works with: what the user asked for, the checkouts, and the connections of a variant."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rat.checkout.building import build_repository, patches_in
from rat.connect import Connections
from rat.errors import ConfigError
from rat.evaluation.dataset import Case
from rat.model.access import Access
from rat.model.variant import Variant
from rat.model.wish import Wish


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What the user asked `rat eval` for. *repo* serves the tickets that name no checkout of their own."""

    dataset: Path
    access: Access
    repo: Path = Path()
    config: Path | None = None
    variants: tuple[str, ...] = ()
    judge: str = ""
    samples: int = 3
    out: Path | None = None
    max_cost_usd: float | None = None

    def cache(self) -> Path | None:
        """Where replies that were paid for are kept; nowhere without a folder of results."""
        return self.out / "cache" if self.out else None

    def connections(self, checkout: Path, variant: Variant) -> Connections:
        """What *variant* works with on one checkout; what it says wins over flags and environment."""
        access = replace(
            self.access,
            model=variant.model or self.access.model,
            base_url=variant.base_url or self.access.base_url,
        )
        wish = Wish(max_cost_usd=self.max_cost_usd)
        return Connections(access=access, repo=checkout, config=self.config, variant=variant, wish=wish)


@contextmanager
def checkouts_of(cases: Sequence[Case], trial: Trial) -> Iterator[dict[str, Path]]:
    """The folder of each checkout that *cases* name; those that are kept as patches are built for the time being.

    Raises ConfigError where there is none.
    """
    with tempfile.TemporaryDirectory(prefix="rat-eval-") as built:
        found: dict[str, Path] = {}
        for number, name in enumerate(dict.fromkeys(case.repo for case in cases)):
            folder = trial.dataset.parent / name if name else trial.repo
            if not folder.is_dir():
                raise ConfigError(f"The data set names the checkout {name!r}, but there is no folder {folder}.")
            if patches := patches_in(folder):
                folder = Path(built) / str(number)
                folder.mkdir()
                build_repository(patches, folder)
            found[name] = folder
        yield found
