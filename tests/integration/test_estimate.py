"""`rat refine --estimate`: what a run would cost, and not one request to a model."""

import json
from pathlib import Path

import pytest

from tests.integration.conftest import Run
from tests.stand_ins.honest_model import honest
from tests.stand_ins.scripted_model import ScriptedModel, serving

PRICED = "model: {name: scripted}\nbudget: {usd_per_run: 0.01, prices: {scripted: {input: 2, output: 8}}}\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "T-1.md").write_text("# Voucher counts twice\n\n`add_voucher` takes one code twice.\n")
    (tmp_path / "priced.yml").write_text(PRICED)
    return tmp_path


def estimated(run_rat: Run, shop: Path, place: Path, model: ScriptedModel, *more: str) -> str:
    named = ("--base-url", model.url, "--out", place / "out")
    done = run_rat("refine", place / "T-1.md", "--estimate", *named, *more, cwd=shop)
    assert done.returncode == 0, done.stderr
    assert model.requests == []
    assert not (place / "out").exists()
    return done.stdout


def test_it_says_calls_tokens_and_dollars_and_when_a_run_may_not_cost_that(
    run_rat: Run, shop: Path, place: Path
) -> None:
    with serving(honest) as model:
        config = ("--config", str(place / "priced.yml"))
        said = estimated(run_rat, shop, place, model, *config)
        data = json.loads(estimated(run_rat, shop, place, model, *config, "--format", "json"))
    total = data["total"]
    assert f"| 5 | {total['prompt_tokens']:,} | 5,000 | {total['cost_usd']:.4f} |" in said
    assert "A run may not cost that much: 0.01 USD" in said
    assert total["cost_usd"] == pytest.approx((2 * total["prompt_tokens"] + 8 * 5_000) / 1e6)
    assert data["unpriced"] == []


def test_it_says_plainly_where_no_price_is_known(run_rat: Run, shop: Path, place: Path) -> None:
    with serving(honest) as model:
        said = estimated(run_rat, shop, place, model, "--model", "unheard-of")
        data = json.loads(estimated(run_rat, shop, place, model, "--model", "unheard-of", "--format", "json"))
    assert "| unknown |" in said
    assert "No price is known for unheard-of" in said
    assert data["unpriced"] == ["unheard-of"]


def test_without_a_model_it_costs_nothing(run_rat: Run, shop: Path, place: Path) -> None:
    with serving(honest) as model:
        assert "facts only, at no cost" in estimated(run_rat, shop, place, model, "--model", "none")


def test_a_run_takes_about_what_was_estimated_and_warns_once_of_a_missing_price(
    run_rat: Run, shop: Path, place: Path
) -> None:
    with serving(honest) as model:
        named = ("--base-url", model.url, "--model", "unheard-of", "--format", "json")
        expected = json.loads(estimated(run_rat, shop, place, model, *named[2:]))["total"]
        done = run_rat("refine", place / "T-1.md", *named, cwd=shop)
        sent = sum(len(json.dumps(request)) for request in model.requests[:5]) / 4
    assert done.stderr.count("No price is known") == 1
    assert 0.7 * sent < expected["prompt_tokens"] < 1.5 * sent
