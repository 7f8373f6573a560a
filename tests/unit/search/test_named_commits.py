from rat.search import rank, read_tree
from rat.search.history import WIDEST, History
from rat.search.named_commits import named_by_commit, named_commits
from rat.search.reading import read_ticket
from tests.unit.search.forest import Forest, commit

NUMBER = 0xABCDEF << 136
SHA = f"{NUMBER:040x}"
COMMITS = (
    commit(NUMBER, "Count in tens", "src/a.py"),
    commit(2, "Round down (#4711)", "src/b.py", "src/c.py", "src/d.py", "src/e.py"),
    commit(3, "Format (#4712)", *(f"src/{number}.py" for number in range(WIDEST + 1))),
    commit(4, "Count in twelves", "src/f.py", body="Closes #47"),
)


def named(body: str) -> tuple[int, ...]:
    return named_commits(read_ticket("It counts wrong", body).references, History(COMMITS))


def test_a_commit_is_named_by_its_hash_also_cut_short_and_in_a_link() -> None:
    assert named(f"since {SHA}") == named(f"https://forge.test/o/r/commit/{SHA[:8]}") == (0,)


def test_a_commit_is_named_by_the_pull_request_or_issue_that_its_message_names() -> None:
    assert named("since #4711") == named("see https://forge.test/o/r/pull/4711/files") == (1,)
    assert named("a regression of #47") == (3,)


def test_other_numbers_wide_commits_and_ordinary_words_name_none() -> None:
    assert named("see #4 and #471, line 4711, a facade of #4712") == ()


def test_a_commit_says_less_of_each_file_the_more_it_changed() -> None:
    found = named_by_commit((0, 1), History(COMMITS))
    assert found == {"src/a.py": 1.0, **{f"src/{name}.py": 0.5 for name in "bcde"}}
    assert named_by_commit((), History(COMMITS)) == {}


def test_a_file_of_a_named_commit_comes_first_and_says_so() -> None:
    texts: dict[str, str | bytes] = {f"src/{name}.py": f"counts = {name!r}\n" for name in "abcdef"}
    tree = read_tree(Forest(texts=texts, history=COMMITS))
    best = rank(title="It counts wrong", body="since #47", tree=tree, top=1).files[0]
    assert (best.path, best.reasons[0]) == (
        "src/f.py",
        'changed in a commit that the ticket names (0000000 "Count in twelves")',
    )


def test_a_file_that_shares_no_word_with_the_ticket_is_found_by_the_commit_that_it_names() -> None:
    texts: dict[str, str | bytes] = {f"src/n{number}.py": "counts\n" + "pad\n" * 40 * number for number in range(200)}
    texts |= {f"lib/m{number}.py": "other = 0\n" for number in range(300)}
    history = (commit(NUMBER, "Tidy", "lib/m7.py"),)
    tree = read_tree(Forest(texts=texts, history=history))
    found = rank(title="It counts wrong", body=f"since {SHA}", tree=tree, top=80).files
    assert "lib/m7.py" in [file.path for file in found]
