import pytest

from rat.impact import MAX_NAMED, named_in, overlapping
from rat.model import ChangedFile, ImpactedFile, PullRequest, Ticket, TicketRef, TrackerKind


def pull(**changes: object) -> PullRequest:
    given: dict[str, object] = {
        "key": "alice/demo#7",
        "title": "A change",
        "body": "",
        "branch": "work",
        "base": "main",
        "head_sha": "0" * 40,
    }
    return PullRequest(**(given | changes))  # type: ignore[arg-type]


def keys(pull_request: PullRequest, *, with_jira: bool = False) -> list[tuple[str, str]]:
    found = named_in(pull_request, repository="alice/demo", with_jira=with_jira)
    return [(naming.where, naming.ref.key) for naming in found]


@pytest.mark.parametrize(
    ("place", "text", "where", "key"),
    [
        ("title", "Fix #12", "title", "alice/demo#12"),
        ("title", "Fix GH-12", "title", "alice/demo#12"),
        ("body", "Closes bob/other#3.", "description", "bob/other#3"),
        ("body", "See https://github.com/bob/other/issues/4 for more", "description", "bob/other#4"),
        ("branch", "fix/33-empty-title", "branch", "alice/demo#33"),
        ("branch", "alice/issue-34", "branch", "alice/demo#34"),
        ("commits", ("refs #8",), "commit", "alice/demo#8"),
    ],
)
def test_a_ticket_is_found_where_people_name_it(place: str, text: object, where: str, key: str) -> None:
    assert keys(pull(**{place: text})) == [(where, key)]


@pytest.mark.parametrize(
    "text", ["`#12`", "```\n#12\n```", "<!-- #12 -->", "&#123;", "C#7", "colour #fff", "v1.2", "#0"]
)
def test_what_only_looks_like_a_ticket_is_not_one(text: str) -> None:
    assert keys(pull(body=text)) == []


def test_the_pull_request_itself_is_not_its_ticket() -> None:
    assert keys(pull(body="#7 and #8")) == [("description", "alice/demo#8")]


def test_jira_keys_count_only_where_there_is_a_jira() -> None:
    request = pull(title="PAY-17: retry", branch="pay-17-retry", body="GH-3")
    assert keys(request) == [("description", "alice/demo#3")]
    assert keys(request, with_jira=True) == [("title", "PAY-17"), ("description", "alice/demo#3")]


def test_a_release_note_that_names_everything_is_cut_short() -> None:
    assert len(keys(pull(body=" ".join(f"#{number}" for number in range(10, 60))))) == MAX_NAMED


def ticket(number: int) -> Ticket:
    ref = TicketRef(tracker=TrackerKind.GITHUB, key=f"alice/demo#{number}")
    return Ticket(ref=ref, title=f"Ticket {number}", body="")


def test_open_tickets_whose_first_files_change_overlap_best_first() -> None:
    files = {"1": ("a.py", "b.py"), "2": ("b.py", "a.py"), "3": ("c.py",), "4": (*"vwxyz", "a.py")}
    request = pull(files=(ChangedFile(path="a.py", status="modified"),))

    def impacted(one: Ticket) -> tuple[ImpactedFile, ...]:
        return tuple(ImpactedFile(path=path, score=1.0) for path in files[one.key.split("#")[1]])

    found = overlapping(request, [ticket(2), ticket(1), ticket(3), ticket(4)], impacted)
    assert [(one.key, one.files) for one in found] == [("alice/demo#1", ("a.py",)), ("alice/demo#2", ("a.py",))]
