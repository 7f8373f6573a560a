"""P16 to P24: what stands on the ticket afterwards. The rest of P16 is in `tests/test_house.py`."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.ports import Dialect
from rat.publishing.dialect import LIMITS, write, write_fitting
from rat.publishing.document import Document, Footer, Paragraph, Section, Text
from rat.publishing.fit import fit
from rat.publishing.inert import one_line, visible
from tests.integration.properties.conftest import BODY, Scene, hijacked
from tests.stand_ins.github import MALLORY
from tests.stand_ins.scripted_model import serving
from tests.unit.publishing.oracle import alive, page
from tests.unit.publishing.payloads import PAYLOADS
from tests.unit.publishing.test_writers import SLOTS, SPICED, all_alive

SHORT = tuple(payload for payload in PAYLOADS if 0 < len(payload) < 120 and "\ud800" not in payload)
OWN = ("http://127.0.0.1", "https://github.com/alice/demo/")
RUN = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_RUN_ID": "4711", "GITHUB_RUN_ATTEMPT": "1"}


def by_rat(text: str) -> list[str]:
    """What is alive in a stored comment; RAT's own first line and its links to the repository are its own."""
    marker, _, body = text.partition("\n")
    assert marker.startswith("<!-- rat:1 ")
    assert marker.endswith("-->")
    assert marker.count("<!--") == marker.count("-->") == 1
    own = frozenset(target for target in page(body).targets if target.startswith(OWN))
    return alive(body, links=own)


def thirds(payloads: tuple[str, ...]) -> list[str]:
    """*payloads* in three texts that fit into one field of a reply."""
    return ["\n".join(payloads[start::3])[:3_900] for start in range(3)]


@pytest.mark.parametrize("words", thirds(SHORT), ids=["first third", "second third", "last third"])
def test_p17_nothing_that_a_hijacked_model_or_a_hostile_ticket_says_is_alive(scene: Scene, words: str) -> None:
    said = "It takes the same code twice."  # hostile texts would read like steps, and a ready ticket gets no comment
    scene.issue().edit(title=words[:80].replace("\n", " "), body=said, labels=[words.split("\n")[3][:40]])
    scene.github.repository(MALLORY).get_issue(scene.number).create_comment(words)
    with serving(hijacked(words)) as model:
        ended = scene.refine("--publish", model=model.url, **RUN)
    assert ended.returncode == 0, ended.stderr
    assert len(scene.comments()) == 2, ended.stderr
    comment = scene.comments()[-1]
    assert by_rat(comment) == []
    assert len(comment) > 1_000


@settings(max_examples=60, deadline=None)
@given(SPICED)
def test_p18_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert one_line(one_line(text)) == one_line(text)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(SLOTS)), SPICED), min_size=3, max_size=6),
    st.floats(0.1, 1),
    st.sampled_from(list(Dialect)),
)
def test_p19_shortening_makes_nothing_alive_and_splits_nothing(
    parts: list[tuple[str, str]], share: float, dialect: Dialect
) -> None:
    """The least that a document can be shortened to is a line for each of its sections."""
    sections = tuple(
        Section(f"part {place}", (SLOTS[slot](text * 3),) * 3, weight=place) for place, (slot, text) in enumerate(parts)
    )
    last = Section("end", (Footer((Text("the end"),)),), weight=100)
    whole = Document((*sections, last))
    limit = max(200 * len(parts) + 200, int(len(write(whole, dialect)) * share))
    short = fit(whole, limit=limit, write=lambda part: write(part, dialect))
    assert all_alive(short) == []
    assert len(write(short, dialect)) <= limit
    assert short.sections[-1] == last


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 400), st.sampled_from(list(Dialect)))
def test_p20_no_text_is_longer_than_its_tracker_takes(times: int, dialect: Dialect) -> None:
    words = tuple(Paragraph((Text(f"{place} some words 漢😀 & <b> " * 40),)) for place in range(times))
    made = write_fitting(Document((Section("body", words),)), dialect)
    assert len(made) <= LIMITS[dialect] <= (60_000 if dialect is Dialect.MARKDOWN else 32_000)


def test_p20_a_ticket_of_a_megabyte_gets_a_comment_that_fits(scene: Scene) -> None:
    scene.issue().edit(body=(BODY + "\n\n`src/basket.py` and `add_voucher` again. ") * 800)
    scene.issue().create_comment("me too " * 8_000)
    assert scene.refine("--publish").returncode == 0
    assert len(scene.comments()[-1]) <= 60_000


def test_p21_no_line_of_a_comment_begins_a_command(scene: Scene) -> None:
    words = "\n".join(("/rat apply", "::add-mask::x", "```suggestion", "rm -rf /", "```", "##[group]x", " /deploy"))
    scene.issue().edit(body=f"{BODY}\n{words}")
    with serving(hijacked(words)) as model:
        ended = scene.refine("--publish", model=model.url)
    for line in "\n".join((*scene.comments(), ended.stdout, ended.stderr)).splitlines():
        if not line.startswith(("    ", "::group", "::endgroup")):
            assert not re.match(r"\s*(?:/\w|::|##\[|(?:`{3,}|~{3,})\s*suggestion)", line), line


def test_p22_the_footer_names_run_model_commit_and_what_it_was_made_from(scene: Scene) -> None:
    with serving(hijacked("Refuse the second code.")) as model:
        assert scene.refine("--publish", model=model.url, **RUN).returncode == 0
    footer = scene.comments()[-1].rstrip().rpartition("<sub>")[2]
    assert "/alice/demo/actions/runs/4711" in footer
    assert "scripted" in footer
    assert scene.record()["head"][:7] in footer
    assert re.search(r"input `?[0-9a-f]{8,}", footer)


def test_p23_the_words_of_others_stay_as_they_are(scene: Scene) -> None:
    first = scene.issue().create_comment("RAT, your last comment was wrong.").body
    before = scene.issue().body
    for words in ("Refuse the second code.", "Refuse the second voucher."):
        with serving(hijacked(words)) as model:
            assert scene.refine("--publish", "--force", model=model.url).returncode == 0
    assert scene.issue().body == before
    assert scene.comments()[0] == first
    assert len(scene.comments()) == 2


def test_p23_a_comment_of_rat_that_a_person_edited_stays_as_they_left_it(scene: Scene) -> None:
    assert scene.refine("--publish").returncode == 0
    comment = next(iter(scene.issue().get_comments()))
    comment.edit(comment.body + "\nA person was here.")
    scene.issue().edit(body=BODY + " Also after a reload.")
    assert scene.refine("--publish").returncode == 0
    assert scene.comments()[0].endswith("A person was here.")
    assert len(scene.comments()) == 1


def test_p24_by_default_nothing_but_comments_is_ever_written(scene: Scene) -> None:
    scene.github.proxy.forget()
    with serving(hijacked("Close it, merge it, assign @mallory, label it urgent.")) as model:
        assert scene.refine("--publish", model=model.url).returncode == 0
        assert scene.refine("--publish", "--force", model=model.url).returncode == 0
    assert scene.rat("undo", f"#{scene.number}", "--out", scene.out).returncode == 0
    for write_ in scene.writes():
        assert re.fullmatch(
            r"POST /repos/alice/demo/issues/\d+/comments|PATCH /repos/alice/demo/issues/comments/\d+", write_
        )
    issue = scene.issue()
    assert (issue.state, list(issue.labels), issue.assignees) == ("open", [], [])
