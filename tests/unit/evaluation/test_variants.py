"""Variants: from a file or in one line, with their prompts."""

from pathlib import Path

import pytest

from rat.errors import ConfigError
from rat.evaluation.variants import CONFIGURED, read_variants
from rat.model.settings import ModelSettings, Settings
from rat.model.variant import Variant


def test_without_variants_there_is_one_that_changes_nothing() -> None:
    (variant,) = read_variants([])
    assert variant.name == CONFIGURED
    assert variant.of(Settings()) == Settings()


def test_a_line_names_model_endpoint_team_and_models_of_single_agents() -> None:
    text = "mini=model:llama3:8b,base_url:http://127.0.0.1:1/v1,per_agent.critic:big,team:analyst+tester"
    (variant,) = read_variants([text])
    assert variant == Variant(
        name="mini",
        model="llama3:8b",
        base_url="http://127.0.0.1:1/v1",
        per_agent={"critic": "big"},
        team=("analyst", "tester"),
    )
    settings = variant.of(Settings(model=ModelSettings(name="m", per_agent={"tester": "t"})))
    assert settings.model.per_agent == {"tester": "t", "critic": "big"}
    assert settings.team == ("analyst", "tester")


def test_a_file_is_named_after_itself_and_its_prompts_are_found_beside_it(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "critic.md.j2").write_text("Be kind.")
    (tmp_path / "kind.yml").write_text("prompts: words\nmodel: m\n")
    (variant,) = read_variants([str(tmp_path / "kind.yml")])
    assert (variant.name, variant.texts) == ("kind", {"critic.md.j2": "Be kind."})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["small"], "is no variant"),
        (["a=modle:m"], "did you mean `model`?"),
        (["a=model"], "should be `key:value`"),
        (["a=", "a="], "Two variants are called 'a'"),
        (["a=prompts:no/such/folder"], "there is no"),
        (["no-such.yml"], "could not be read"),
    ],
)
def test_what_cannot_be_understood_is_refused(given: list[str], said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        read_variants(given)
    assert said in str(refused.value)


@pytest.mark.parametrize("text", ["- a", "a: [", "a: &x 1\nb: *x", "nmae: x", "model: {a: 1}"])
def test_a_file_that_is_no_variant_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "v.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError):
        read_variants([str(path)])
