"""CODEOWNERS by its real rules."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.sources.codeowners import read_codeowners


def _owners(text: str, path: str) -> list[str]:
    return [owner for owner, _ in read_codeowners("CODEOWNERS", text)[0].owners_of(path)]


GITHUB = """# comment
*       @global-owner1 @global-owner2
*.js    @js-owner #an inline comment
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @logs
/apps/github
with\\ space/ @spaced
"""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("a.c", ["@global-owner1", "@global-owner2"]),
        ("src/a.js", ["@js-owner"]),
        ("x/y.go", ["docs@example.com"]),
        ("x/y.txt", ["@octo-org/octocats"]),
        ("build/logs/x/y.c", ["@logs"]),
        ("x/build/logs/y.c", ["@logs"]),
        ("docs/getting-started.md", ["@doctocat"]),
        ("x/apps/y/z.c", ["@octocat"]),
        ("apps/github", []),
        ("apps/github/x.c", []),
        ("scripts/x/y.sh", ["@doctocat", "@octocat"]),
        ("with space/a.c", ["@spaced"]),
    ],
)
def test_the_last_rule_that_matches_decides(path: str, owners: list[str]) -> None:
    assert _owners(GITHUB, path) == owners


def test_a_star_behind_a_folder_does_not_reach_below() -> None:
    assert _owners("docs/* @a", "docs/x.md") == ["@a"]
    assert _owners("docs/* @a", "docs/build/x.md") == []
    assert _owners("docs/** @a", "docs/build/x.md") == ["@a"]
    assert _owners("/* @a", "x.md") == ["@a"]
    assert _owners("/* @a", "docs/x.md") == []


@pytest.mark.parametrize(
    ("line", "said"), [("!x @a", "negate"), ("[ab].py @a", "range"), ("\\#x @a", "escaped"), ("x.py ada", "no owner")]
)
def test_what_the_syntax_does_not_have_is_noted_and_skipped(line: str, said: str) -> None:
    owners, notes = read_codeowners("CODEOWNERS", f"* @all\n{line}\n")
    assert said in notes[0]
    assert "line 2" in notes[0]
    assert [owner for owner, _ in owners.owners_of("x.py")] == ["@all"]


def test_gitlab_sections_each_decide_and_lend_their_owners() -> None:
    text = "[Docs][2] @writers\ndocs/\nREADME.md @lead\n\n^[Optional]\n*.md @reader\n"
    assert _owners(text, "docs/a.md") == ["@writers", "@reader"]
    assert _owners(text, "README.md") == ["@lead", "@reader"]


def test_a_rule_knows_its_line() -> None:
    ((_, rule),) = read_codeowners("CODEOWNERS", GITHUB)[0].owners_of("src/a.js")
    assert (rule.line, rule.text) == (3, "*.js    @js-owner #an inline comment")


@settings(deadline=None)
@given(st.text(alphabet="ab*?/[]\\ @#!.", max_size=60), st.text(alphabet="ab/", min_size=1, max_size=40))
def test_no_pattern_makes_it_raise(text: str, path: str) -> None:
    read_codeowners("CODEOWNERS", text)[0].owners_of(path)


@pytest.mark.timeout(20)
def test_many_stars_take_no_exponential_time() -> None:
    text = "\n".join(["*a" * 40 + "b @x", "**/" * 60 + "a @x", "/".join(["*"] * 60) + " @x"])
    _owners(text, "a" * 200)
    _owners(text, "/".join(["a"] * 200))
