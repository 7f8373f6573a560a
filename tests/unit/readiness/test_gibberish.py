# ruff: noqa: E501, RUF001, SIM905
"""Text that is no language at all is told apart from every language, from lists, and from terse notes."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.model import (
    AcceptanceCriterion,
    Citation,
    Proposal,
    Refinement,
    Statement,
    Task,
    Ticket,
    TicketRef,
    TrackerKind,
)
from rat.readiness import READY, is_ready, judge
from rat.readiness.gibberish import gibberish
from rat.readiness.reading import read_text

MASHED = "asdf qwer zxcv hjkl sdfg xcvb uiop dfgh wert fdsa".split()
DRAWN = (
    "table river green walk sleepy banana window mountain cloud chair apple purple music ladder stone whisper paper engine"
).split()
LOREM = (
    "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna "
    "aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis"
).split()


def bug(say: Callable[[], str]) -> str:
    """A report with every heading, names, figures and a link: all that a template can be filled with."""
    return (
        f"## Steps to reproduce\n1. {say()} `abc_def`\n2. {say()} 17\n3. {say()} `gh.ij()`\n\n"
        f"## Expected behavior\n{say()} 21\n\n## Actual behavior\n{say()} `KlmError` https://example.com/a\n\n"
        f"## Environment\n{say()} 3.2\n"
    )


def story(say: Callable[[], str]) -> str:
    return (
        f"As a user I want {say()} `abc_def` so that {say()} 17.\n\n## Acceptance criteria\n- [ ] {say()} 12 ms\n"
        f"- [ ] {say()} `klm_nop`\n- [ ] {say()} 40\n\n## Out of scope\n- {say()} `qrs.tu`\n"
    )


def ticket(title: str, body: str) -> Ticket:
    return Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="t.md"), title=title, body=body)


def said(body: str, title: str = "Export of invoices") -> list[str]:
    return [found.message for found in gibberish(read_text(title, body))]


@pytest.mark.parametrize("form", [bug, story])
@pytest.mark.parametrize("words", [MASHED, DRAWN, LOREM])
def test_a_filled_in_template_that_means_nothing_is_not_ready(
    words: list[str], form: Callable[[Callable[[], str]], str]
) -> None:
    draw = random.Random(3)
    one = judge(Refinement(ticket=ticket(" ".join(words[:5]), form(lambda: " ".join(draw.choices(words, k=9))))), {})
    assert one.findings[0].check == "gibberish"
    assert one.score is not None
    assert one.score.before < READY
    assert not is_ready(one)
    assert [question.text for question in one.questions] == [
        "What happens, or what is wanted, in two or three plain sentences?"
    ]


def test_no_draft_makes_gibberish_ready() -> None:
    cited = (Citation(source="ticket", quote="asdf qwer"),)
    draft = Proposal(
        title="Export",
        problem="It stops.",
        approach=(Statement(text="Change `export`", citations=cited),),
        acceptance_criteria=(AcceptanceCriterion(text="`export` gives 3 rows", citations=cited),),
        tasks=(Task(title="Change it", citations=cited),),
    )
    body = bug(lambda: " ".join(MASHED))
    after = judge(Refinement(ticket=ticket("asdf qwer", body), proposal=draft), {}).score
    assert after is not None
    assert after.after < READY


def test_the_message_shows_what_was_taken_for_keys_struck_at_random() -> None:
    assert said("asdf qwer zxcv asdf qwer zxcv hjkl uiop aaab bcdfg zzzz hhhhh")[0].startswith(
        "12 of its 14 words look like keys struck at random: “asdf”, “qwer”, “zxcv”."
    )


def test_words_drawn_by_lot_are_counted() -> None:
    assert said(" ".join(DRAWN * 2))[0].startswith("Its words do not hang together: of 36, none is one like")
    assert "of 38, only 1 is one" in said(" ".join([*DRAWN, "of", *DRAWN, "green"]))[0]


def test_filler_text_is_called_by_its_name() -> None:
    assert said(" ".join(LOREM[4:]))[0].startswith("It is filled with “lorem ipsum”.")


LANGUAGES = {
    "English": "When I open the page and press the button nothing happens and the browser shows an error. I expected the "
    "file to be saved but it is empty when I open it again.",
    "Finnish": "Kun avaan sivun ja painan painiketta, mitään ei tapahdu ja selaimessa näkyy virhe. Odotin tiedoston "
    "tallentuvan, mutta avattaessa uudelleen tiedosto löytyy tyhjänä kansiosta, sovellus sulkeutuu, asetukset häviävät.",
    "Turkish": "Sayfayı açıp düğmeye bastığımda hiçbir şey olmuyor ve tarayıcıda hata görünüyor. Dosyanın kaydedilmesini "
    "bekliyordum ama tekrar açtığımda dosya boş çıkıyor, uygulama kapanıyor, veriler kayboluyor, kayıtlar siliniyor.",
    "Hungarian": "Amikor megnyitom az oldalt és megnyomom a gombot, semmi sem történik, a böngészőben hibaüzenet jelenik "
    "meg. Azt vártam, hogy a fájl mentésre kerül, de újranyitáskor üres fájlt kapok vissza, minden beállítás elveszett.",
    "Maltese, which is on no list": "Meta niftaħ il-paġna u nikklikkja l-buttuna ma jiġri xejn u jidher żball fil-browser. "
    "Kont nistenna li l-fajl jiġi ssejvjat iżda huwa vojt meta nerġa' niftħu mill-folder tiegħi, kif kien dejjem.",
    "Russian": "Когда я открываю страницу и нажимаю кнопку, ничего не происходит, а в браузере видна ошибка.",
    "Chinese": "当我打开页面并点击按钮时，什么也没有发生，浏览器显示错误。我希望文件被保存，但是再次打开时它是空的。",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_no_gibberish(language: str) -> None:
    assert said(LANGUAGES[language]) == []


def test_lists_of_names_and_terse_notes_are_no_gibberish() -> None:
    names = "click jinja pyyaml rich pydantic openai jsonschema urllib certifi charset idna packaging attrs rpds"
    terse = "\n".join(f"- fix typo, {one} module, add mode parameter" for one in names.split())
    assert said(terse) == []
    assert said(f"After the upgrade to the new image it does not start. These are installed: {names} {names}") == []


def test_a_few_odd_words_are_an_abbreviation() -> None:
    assert said("Mount `a` with gpgp stds: kwds hrs mgmt psrp") == []


@given(st.text(max_size=400))
def test_any_text_has_one_verdict_at_most(text: str) -> None:
    assert len(said(text)) <= 1
