"""What must hold of the score for any text: bounds, stability, and that length cannot buy it."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.model import Refinement, Ticket, TicketRef, TrackerKind
from rat.readiness import assess, classify, judge, score_of

FILLER = (
    "This is very important for us. Please fix it as soon as possible. Thank you in advance for all the hard work. ",
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.\n",
    "It should work properly and everything should be fine, as everybody would expect in such a case.\n\n",
    "We believe that, in general, quality matters and that our users deserve a good experience when they use it.\n",
    "- [ ] I have searched the existing issues\n- [ ] I agree to follow this project's Code of Conduct\n",
    "### Steps to reproduce\n\n_No response_\n\n### Expected behavior\n\n_No response_\n\n### Environment\n\nN/A\n",
    (
        "**Describe the bug**\nA clear and concise description of what the bug is.\n\n**Expected behavior**\n"
        "A clear and concise description of what you expected to happen.\n\n**Desktop (please complete the following "
        "information):**\n - OS: [e.g. iOS]\n - Version [e.g. 22]\n"
    ),
    "## Acceptance criteria\n- [ ] it works\n- [ ] it is fast\n\n## Scope\n\nTBD\n\n## Value\n\nUsers will be happy.\n",
)
BODIES = (
    "",
    "The export is broken.",
    "When I run `rat check a.md` on 3.12 it prints `KeyError: 'x'`, it should print the score.\n\n### Expected\n",
    "### Steps\n1. open /login\n2. press Save\n\n### Expected behavior\n\n### Environment\nFirefox 120",
    "As a clerk I want CSV export so that I can file tax.\n\n## Acceptance criteria\n- [ ] `export.csv` has 12 columns",
    '```\nTraceback (most recent call last):\n  File "a.py", line 3, in f\nValueError: no\n```\n\n## Expected\n',
)


def ticket(body: str, title: str = "Export of invoices fails") -> Ticket:
    return Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="t.md"), title=title, body=body)


def score(body: str) -> int:
    one = ticket(body)
    return score_of(assess(one, classify(one), {}))


@pytest.mark.parametrize("filler", FILLER)
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("times", [1, 3, 40])
def test_padding_never_raises_the_score(body: str, filler: str, times: int) -> None:
    assert score(f"{body}\n\n{filler * times}") <= score(body)


@pytest.mark.parametrize("body", BODIES)
def test_saying_it_again_never_raises_the_score(body: str) -> None:
    for again in (
        f"{body}\n\n{body}",
        "\n\n".join([body] * 5),
        f"{body}\n\nExport of invoices fails\n",
        body.upper() and f"{body}\n{body.upper()}",
    ):
        assert score(again) <= score(body)


WORDS = st.sampled_from(
    ("the", "quick", "team", "will", "consider", "all", "general", "matters", "of", "process", "with", "care", "energy")
)


@given(body=st.sampled_from(BODIES), words=st.lists(WORDS, min_size=1, max_size=80))
@settings(max_examples=150, deadline=None)
def test_generic_sentences_never_raise_the_score(body: str, words: list[str]) -> None:
    assert score(f"{body}\n\n{' '.join(words).capitalize()}.") <= score(body)


ANY = st.text(st.sampled_from("ab #*_`-~>\n\t[]()<!:.|\\$=+1\uff1f。é\u200b\u202e\U000e0041\x00"), max_size=300)


@given(title=ANY, body=ANY)
@settings(max_examples=300, deadline=None)
def test_any_text_gets_a_score_from_0_to_100_and_at_most_three_questions(title: str, body: str) -> None:
    judged = judge(Refinement(ticket=ticket(body, title)), {})
    assert judged.score is not None
    assert 0 <= judged.score.before <= 100
    assert judged.score.after == judged.score.before
    assert len(judged.questions) <= 3
    assert judge(Refinement(ticket=ticket(body, title)), {}) == judged


def test_the_score_is_100_less_the_points_of_the_findings() -> None:
    one = ticket("The export is broken, `export()` raises `KeyError`.")
    findings = assess(one, classify(one), {})
    assert score_of(findings) == round(100 - sum(finding.points for finding in findings))
    assert all(finding.points > 0 for finding in findings)


HOSTILE: dict[str, Callable[[int], str]] = {
    "stars": lambda n: "*" * n,
    "underscores": lambda n: "_a" * (n // 2),
    "open comments": lambda n: "<!--" * (n // 4),
    "brackets": lambda n: "[" * n,
    "open tags": lambda n: "<a " * (n // 3),
    "backticks": lambda n: "`a" * (n // 2),
    "spaces": lambda n: "a" + " " * n + "b",
    "dots": lambda n: "a." * (n // 2),
    "dashes": lambda n: "--a" * (n // 3),
    "as a": lambda n: "as a " * (n // 5),
    "should or": lambda n: "should " * (n // 7),
    "digits": lambda n: "1" * n,
    "headings": lambda n: "# a\n" * (n // 4),
    "labels": lambda n: "steps to reproduce " * (n // 19),
    "quotes": lambda n: '"a ' * (n // 3),
    "newlines": lambda n: "\n" * n,
    "items": lambda n: "- a\n" * (n // 4),
    "fences": lambda n: "```\n" * (n // 4),
    "blanks before a bullet": lambda n: "\n".join([" " * 300 + "x"] * (n // 301)),
    "wide": lambda n: "当" * n,
    "distinct words": lambda n: " ".join(f"w{i}x should not fail." for i in range(n // 20)),
}


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_can_keep_the_rules_busy(name: str) -> None:
    """A rule in quadratic time would take minutes for these."""
    assert 0 <= score(HOSTILE[name](100_000)) <= 100


def test_a_body_of_a_megabyte_is_read_up_to_the_limit() -> None:
    assert score("The `export()` fails on 3.11. " * 40_000) >= 0
