"""Fit the weights of code search on real tickets, cross-validated by repository.

    python benchmarks/fit_localize.py DATA.jsonl --bench DIR --mirrors DIR --trees DIR [--write]

DATA.jsonl and DIR/materialise.py are the benchmark described in benchmarks/code-search.md. Each ticket is searched
once with the present shortlist; then a listwise logistic model (the share of exp(score) that gold files have among
themselves and all others) is fitted by Adam, once for each group of repositories that is held out, which gives the
cross-validated figures, and once on all, which gives the weights. Standard library only; some ten minutes.
"""

import argparse
import importlib.util
import json
import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from rat.checkout import open_checkout
from rat.search import ranking
from rat.search.index import Index
from rat.search.inside import Inside, hub, inner_signals, look_inside
from rat.search.pairs import pair_signal, paired
from rat.search.partners import partner_signals
from rat.search.reading import read_ticket
from rat.search.signals import Signals, first_signals, standing, total
from rat.search.tree import Tree, read_tree

WEIGHTS = Path(ranking.__file__).with_name("weights.json")
FOLDS = 8
STEPS = 120
L2 = 0.005
NEGATIVES = 60
"""Of the files without a change only the best of the shortlist teach anything."""
Weights = dict[str, float]
Row = dict[str, float]


@dataclass(kw_only=True)
class Example:
    """One ticket: its likely files with their signals, and which of them the fix changed."""

    repo: str
    gold: list[str]
    paths: list[str]
    rows: list[Row]
    partners: Callable[[list[float]], list[Row]]
    scores: list[float] = field(default_factory=list)
    inner: list[Row] = field(default_factory=list)

    def taught(self) -> tuple[list[Row], list[bool]]:
        """The rows that are learned from, and which of them are gold."""
        kept = [at for at, path in enumerate(self.paths) if at < NEGATIVES or path in self.gold]
        return [self.rows[at] for at in kept], [self.paths[at] in self.gold for at in kept]

    def ranks(self) -> list[int]:
        """The rank of each gold file; a very high one where it was not found."""
        order = sorted(range(len(self.paths)), key=lambda at: (-self.scores[at], self.paths[at]))
        place = {self.paths[at]: rank for rank, at in enumerate(order, 1)}
        return [place.get(path, 10**9) for path in self.gold]


def example_of(instance: dict[str, Any], tree: Tree) -> Example:
    """Search once, keeping every signal."""
    reading = read_ticket(instance["title"], instance["body"])
    first = first_signals(reading, tree)
    shortlist = total(first.signals, ranking.read_weights().shortlist)
    numbers = ranking.best(shortlist, tree, ranking.LIKELY)
    inside = look_inside(numbers, reading, tree)
    signals = first.signals | inner_signals(reading, inside) | standing(numbers, tree)
    signals["hub"] = hub(inside, tree)
    signals["pairs"] = pair_signal(paired(reading, inside), reading, first.rarity)
    return Example(
        repo=instance["repo"],
        gold=instance["gold_files"],
        paths=[tree.paths[number] for number in numbers],
        rows=_rows(signals, numbers),
        partners=_partners(numbers, inside, tree),
    )


def _rows(signals: Signals, numbers: Sequence[int]) -> list[Row]:
    return [{name: values[number] for name, values in signals.items() if values.get(number)} for number in numbers]


def _partners(numbers: list[int], inside: dict[int, Inside], tree: Tree) -> Callable[[list[float]], list[Row]]:
    tree = replace(tree, index=Index())  # the largest part, and not needed any more

    def rows_for(scores: list[float]) -> list[Row]:
        ranked = sorted(zip(numbers, scores, strict=True), key=lambda pair: (-pair[1], tree.paths[pair[0]]))
        return _rows(partner_signals(ranked, inside, tree), numbers)

    return rows_for


def score(row: Row, weights: Weights) -> float:
    """The weighted sum of a row."""
    return sum(weights.get(name, 0.0) * value for name, value in row.items())


def gradient(rows: list[Row], gold: list[bool], weights: Weights) -> Weights:
    """The gradient of a ticket's loss: the mean over gold files of -log(e^gold / (e^gold + sum of e^others))."""
    scores = [score(row, weights) for row in rows]
    top = max(scores)
    powers = [math.exp(value - top) for value in scores]
    others = sum(power for power, is_gold in zip(powers, gold, strict=True) if not is_gold)
    share = 1 / sum(gold)
    pull = sum(share / (power + others) for power, is_gold in zip(powers, gold, strict=True) if is_gold)
    found: Weights = {}
    for row, power, is_gold in zip(rows, powers, gold, strict=True):
        slope = -share * others / (power + others) if is_gold else pull * power
        for name, value in row.items():
            found[name] = found.get(name, 0.0) + slope * value
    return found


def fit(examples: Sequence[Example]) -> Weights:
    """The weights that explain *examples* best (Adam, Kingma and Ba 2015, with a falling rate)."""
    taught = [(rows, gold) for rows, gold in (example.taught() for example in examples) if any(gold)]
    weights: Weights = dict.fromkeys(sorted({name for rows, _ in taught for row in rows for name in row}), 0.0)
    mean, square = dict.fromkeys(weights, 0.0), dict.fromkeys(weights, 0.0)
    for step in range(1, STEPS + 1):
        slopes = {name: L2 * value for name, value in weights.items()}
        for rows, gold in taught:
            for name, slope in gradient(rows, gold, weights).items():
                slopes[name] += slope / len(taught)
        rate = 0.15 * (1 - step / STEPS) + 0.002
        for name, slope in slopes.items():
            mean[name] = 0.9 * mean[name] + 0.1 * slope
            square[name] = 0.99 * square[name] + 0.01 * slope * slope
            change = mean[name] / (1 - 0.9**step) / (math.sqrt(square[name] / (1 - 0.99**step)) + 1e-8)
            weights[name] -= rate * change
    return weights


def cross_validate(examples: Sequence[Example]) -> None:
    """Score each ticket with weights fitted on other repositories only."""
    repos = sorted({example.repo for example in examples})
    for fold in range(FOLDS):
        held_out = set(repos[fold::FOLDS])
        weights = fit([example for example in examples if example.repo not in held_out])
        for example in examples:
            if example.repo in held_out:
                example.scores = [score(row, weights) for row in example.rows]


def add_partners(examples: Sequence[Example]) -> None:
    """Give each row what its partners say, by the scores that the ticket has now."""
    for example in examples:
        said = example.partners(example.scores)
        example.inner = example.rows
        example.rows = [row | more for row, more in zip(example.rows, said, strict=True)]


def figures(examples: Sequence[Example]) -> str:
    """Acc@k (all gold files among the first k) and MRR, as the benchmark's evaluate.py defines them."""
    ranks = [example.ranks() for example in examples]
    shares = [f"Acc@{k} {100 * sum(max(found) <= k for found in ranks) / len(ranks):.1f}" for k in (1, 3, 5, 10)]
    mrr = sum(1 / min(found) for found in ranks if min(found) < 10**9) / len(ranks)
    return f"{'  '.join(shares)}  MRR {mrr:.3f}  ({len(ranks)} tickets)"


def main() -> None:
    """Search, fit, report, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    for name in ("--bench", "--mirrors", "--trees"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("materialise", options.bench / "materialise.py")
    if spec is None or spec.loader is None:
        parser.error(f"there is no materialise.py in {options.bench}")
    materialise = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(materialise)
    examples = []
    for line in options.data.read_text(encoding="utf-8").splitlines():
        instance = json.loads(line)
        root = Path(materialise.prepare(instance, str(options.mirrors), str(options.trees)))
        examples.append(example_of(instance, read_tree(open_checkout(root))))
        print(f"\r{len(examples)} searched", end="", file=sys.stderr, flush=True)
    cross_validate(examples)
    print("inside, cross-validated:  ", figures(examples))
    inside = fit(examples)
    add_partners(examples)
    cross_validate(examples)
    print("partners, cross-validated:", figures(examples))
    partners = fit(examples)
    if options.write:
        shortlist = ranking.read_weights().shortlist
        found = {"shortlist": shortlist, "inside": inside, "partners": partners}
        rounded = {part: {name: round(value, 2) for name, value in some.items()} for part, some in found.items()}
        WEIGHTS.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
