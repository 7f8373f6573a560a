import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.config import MAX_BYTES, read_config
from rat.errors import ConfigError
from rat.model.settings import Settings


def test_no_file_means_the_defaults() -> None:
    assert read_config(None) == Settings()
    assert read_config(b"") == Settings()


def test_the_example_of_the_design_is_read() -> None:
    text = """
projects:
  - name: payments
    tickets: {github: {label: needs-refinement}}
    paths: [services/payments]
    write: comment
    definition_of_ready: {bug: [steps, expected]}
  - name: platform
    tickets: {jira: {jql: "project = PLAT"}}
    write: {jira-field: {description: approved}}
sources: {adrs: [docs/adr], rfes: [docs/rfe], rfe_tickets: {jira: "project = RFE"}}
team: [analyst, critic]
model: {name: m, base_url: "http://127.0.0.1/v1", per_agent: {critic: small}, concurrency: 2}
budget: {tokens_per_ticket: 10, usd_per_run: 1, tickets_per_run: 3, prices: {m: {input: 1, output: 2.5}}}
privacy: {redact: true, never_send: ["secrets/**"], audience: public}
"""
    settings = read_config(text.encode())
    assert [project.name for project in settings.projects] == ["payments", "platform"]
    assert settings.projects[0].tickets.github is not None
    assert settings.projects[0].definition_of_ready == {"bug": ("steps", "expected")}
    assert settings.budget.prices["m"].output == 2.5
    assert settings.team == ("analyst", "critic")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("projcts: []", "did you mean `projects`?"),
        ("projects: [{nmae: a}]", "`projects.0.nmae`"),
        ("model: {per_agent: [a]}", "model.per_agent"),
        ("projects: [{name: a}, {name: a}]", "two projects are called `a`"),
        ("model: {concurrency: 0}", "at least 1"),
        ("- a", ".github/rat.yml"),
        ("a: [", "line 1"),
        ("x: *nobody", "alias"),
        ("a: " + "[" * 5000, ".github/rat.yml"),
        ("number: " + "9" * 5000, ".github/rat.yml"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_config(text.encode())
    assert said in str(caught.value)


def test_a_huge_file_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ConfigError, match="right file"):
        read_config(b"a" * (MAX_BYTES + 1))


def test_a_file_that_is_not_utf_8_says_where() -> None:
    with pytest.raises(ConfigError, match="byte 3"):
        read_config(b"a: \xff")


def test_a_byte_order_mark_does_not_matter() -> None:
    assert read_config("\ufeffmax_revisions: 1".encode()).max_revisions == 1


@given(st.binary(max_size=300))
def test_any_bytes_give_settings_or_a_config_error(data: bytes) -> None:
    with contextlib.suppress(ConfigError):
        assert isinstance(read_config(data), Settings)
