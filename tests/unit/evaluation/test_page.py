"""The results for people: text and one HTML page, in which nothing of a ticket or a model can do anything."""

import functools
import re
from dataclasses import replace
from html.parser import HTMLParser

from rat.evaluation.dataset import Must, MustNot
from rat.evaluation.judging import Better, Look, Sample, Verdict, judgement
from rat.evaluation.measure import failed, measure
from rat.evaluation.outcome import Evaluation, compared, tried
from rat.evaluation.page import as_html
from rat.evaluation.table import as_text
from rat.model.variant import Variant
from tests.unit.evaluation.cases import case, report

HOSTILE = '"><script>alert(1)</script><img src=//evil.example/x onerror=alert(2)>{{ 7*7 }}'


@functools.cache
def evaluation(text: str = "fine") -> Evaluation:
    cases = [
        case(id=f"T-{number}", title=text, must=Must(files=(text,)), must_not=MustNot(files=("b.py",)))
        for number in range(8)
    ]
    measured = tuple(measure(one, report(one)) for one in cases)
    wordy = tuple(replace(one, words=900) for one in measured[1:])
    first = tried(Variant(name=text), text, (*measured[:-1], failed(cases[-1], text, 4)))
    second = tried(Variant(name="other", texts={"critic.md.j2": text}), "", (measured[0], *wordy))
    look = Look(first=text, better=Better.ONE, reason=text)
    verdicts = [
        Verdict(id="T-1", preference=one, samples=(Sample(preference=one, looks=(look,)),)) for one in (0, 1, None)
    ]
    return Evaluation(
        version="1",
        dataset=text,
        tickets=8,
        heads={text: "a" * 40},
        variants=(first, second),
        comparisons=compared((first, second)),
        judgements=(judgement(text, first.name, second.name, verdicts),),
        notes=(text,),
    )


class Seen(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_the_page_says_what_the_text_says() -> None:
    page, text = as_html(evaluation()), as_text(evaluation())
    for said in ("words of the draft", "differs", "1 won", "1 lost", "T-7"):
        assert said in page
        assert said in text
    assert "failed: fine" in text
    assert re.search(r"of each bug +0\.0 % +0\.0 % +8", text)
    assert "must not (files): b.py" in text


def test_nothing_on_the_page_runs_or_reaches_outside_whatever_the_texts() -> None:
    harmless, hostile = Seen(as_html(evaluation())), Seen(as_html(evaluation(HOSTILE)))
    assert hostile.tags == harmless.tags
    assert hostile.attributes == harmless.attributes
    assert not hostile.tags & {"script", "img", "link", "iframe", "a", "object", "form"}
    assert not {name for name in hostile.attributes if name.startswith("on") or name in ("src", "href")}
    assert "{{ 7*7 }}" in as_html(evaluation(HOSTILE))
    assert "default-src &#39;none&#39;" in as_html(evaluation()) or "default-src 'none'" in as_html(evaluation())


def test_the_page_asks_the_browser_to_load_nothing() -> None:
    assert "http" not in re.sub(r"http-equiv", "", as_html(evaluation()))
