"""How well the readiness score agrees with developers: `python benchmarks/readiness.py [--fit] [--data FOLDER]`.

Prints the area under the ROC curve for issues that developers called workable (0, 1) against underspecified (2, 3),
with a bootstrap interval and by owner, then how often an issue in full scores above its vague one-paragraph version.
`--fit` also fits the rules' weights by logistic regression, cross-validated, to compare with those in use.
"""

import argparse
import json
import math
import random
import statistics
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from rat.model import Ticket, TicketRef, TrackerKind
from rat.readiness import assess, classify, score_of
from rat.readiness.weights import POINTS

SHARED = Path(__file__).parents[2] / "shared" / "bench"
UNDERSPECIFIED = 2
RARE = 6
"""Issues in which a rule must fire for a fitted weight to mean anything."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, default=SHARED, help="folder of readiness_dev.jsonl and its pairs")
    parser.add_argument("--fit", action="store_true", help="also fit the weights, cross-validated")
    options = parser.parse_args()
    issues = _read(options.data / "readiness_dev.jsonl")
    labels = [issue["underspecified"] >= UNDERSPECIFIED for issue in issues]
    begun = time.perf_counter()
    scores = [-float(_score(issue)) for issue in issues]
    print(f"Time for an issue: {(time.perf_counter() - begun) / len(issues) * 1000:.1f} ms")
    low, high = _interval(scores, labels)
    print(f"Area under the ROC curve, {len(issues)} issues: {area(scores, labels):.3f} (95 %: {low:.3f} to {high:.3f})")
    _print_repositories([issue["id"].split("__")[0] for issue in issues], scores, labels)
    _print_pairs(_read(options.data / "readiness_pairs_dev.jsonl"))
    begun = time.perf_counter()
    _score({"title": "All of them", "body": "\n".join(issue["body"] for issue in issues * 4)[:1_000_000]})
    print(f"A body of 1 MB: {time.perf_counter() - begun:.2f} s")
    if options.fit:
        _print_fit([_shares(issue) for issue in issues], labels)


def area(scores: list[float], labels: list[bool]) -> float:
    """The chance that a random underspecified issue ranks above a random workable one; ties count half."""
    bad = [score for score, label in zip(scores, labels, strict=True) if label]
    good = [score for score, label in zip(scores, labels, strict=True) if not label]
    if not bad or not good:
        return math.nan
    return sum((one > other) + 0.5 * (one == other) for one in bad for other in good) / len(bad) / len(good)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _ticket(issue: dict[str, Any]) -> Ticket:
    return Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="issue.json"), title=issue["title"], body=issue["body"])


def _score(issue: dict[str, Any]) -> int:
    ticket = _ticket(issue)
    return score_of(assess(ticket, classify(ticket), {}))


def _shares(issue: dict[str, Any]) -> dict[str, float]:
    """Rule -> the share of its points that the issue lost."""
    ticket = _ticket(issue)
    return {one.check: one.points / POINTS[one.check] for one in assess(ticket, classify(ticket), {})}


def _interval(scores: list[float], labels: list[bool]) -> tuple[float, float]:
    draw = random.Random(0)
    numbers = range(len(scores))
    areas = []
    for _ in range(1000):
        chosen = draw.choices(numbers, k=len(scores))
        areas.append(area([scores[n] for n in chosen], [labels[n] for n in chosen]))
    cuts = statistics.quantiles(areas, n=40)
    return cuts[0], cuts[-1]


def _print_repositories(names: list[str], scores: list[float], labels: list[bool]) -> None:
    groups: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        groups[name].append(number)
    print("\n| owner | issues | underspecified | area |\n|---|---|---|---|")
    for name, chosen in sorted(groups.items(), key=lambda group: -len(group[1])):
        part = [labels[number] for number in chosen]
        print(f"| {name} | {len(chosen)} | {sum(part)} | {area([scores[n] for n in chosen], part):.3f} |")


def _print_pairs(pairs: list[dict[str, Any]]) -> None:
    gaps = [_score(pair["full"]) - _score(pair["vague"]) for pair in pairs]
    right = sum(gap > 0 for gap in gaps)
    print(f"\nPairs in the right order: {right} of {len(pairs)} ({right / len(pairs):.1%}), ", end="")
    print(f"median gap {statistics.median(gaps):.0f} points")


def _print_fit(rows: list[dict[str, float]], labels: list[bool]) -> None:
    rules = [rule for rule in POINTS if sum(rule in row for row in rows) >= RARE]
    matrix = [[row.get(rule, 0.0) for rule in rules] for row in rows]
    areas = [_cross_validated(matrix, labels, rules, seed) for seed in range(3)]
    print(f"\nWeights fitted instead, five folds, three times: area {statistics.mean(areas):.3f}")
    weights = _fit(matrix, labels, rules)[1:]
    scale = statistics.mean(POINTS[rule] for rule in rules) / statistics.mean(weights)
    print("\n| rule | in use | fitted (same mean) |\n|---|---|---|")
    for rule, weight in sorted(zip(rules, weights, strict=True), key=lambda pair: -pair[1]):
        print(f"| {rule} | {POINTS[rule]:g} | {weight * scale:.1f} |")


def _cross_validated(matrix: list[list[float]], labels: list[bool], rules: list[str], seed: int) -> float:
    order = list(range(len(matrix)))
    random.Random(seed).shuffle(order)
    ranks = [0.0] * len(matrix)
    for fold in range(5):
        kept = [number for place, number in enumerate(order) if place % 5 != fold]
        bias, *weights = _fit([matrix[n] for n in kept], [labels[n] for n in kept], rules)
        for number in order[fold::5]:
            ranks[number] = bias + sum(w * x for w, x in zip(weights, matrix[number], strict=True))
    return area(ranks, labels)


def _fit(matrix: list[list[float]], labels: list[bool], rules: list[str]) -> list[float]:
    """Bias and weights, none below 0, drawn towards the points in use (a twentieth of them) by a ridge of 3."""
    prior = [POINTS[rule] / 20 for rule in rules]
    bias, weights = -2.0, list(prior)
    for _ in range(300):
        slope, slopes = 0.0, [6.0 * (w - p) for w, p in zip(weights, prior, strict=True)]
        for row, label in zip(matrix, labels, strict=True):
            miss = 1 / (1 + math.exp(-bias - sum(w * x for w, x in zip(weights, row, strict=True)))) - label
            slope += miss
            slopes = [s + miss * x for s, x in zip(slopes, row, strict=True)]
        bias -= 0.02 * slope
        weights = [max(0.0, w - 0.02 * s) for w, s in zip(weights, slopes, strict=True)]
    return [bias, *weights]


if __name__ == "__main__":
    main()
