import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.search.reading import read_ticket

PYTHON = """It fails:
```pytb
Traceback (most recent call last):
  File "/usr/lib/python3/site-packages/acme/cli.py", line 12, in main
    run()
  File "/usr/lib/python3/site-packages/acme/core/run.py", line 7, in run
    raise ValueError("no such thing here")
ValueError: no such thing here
```
"""


def test_a_python_trace_starts_at_the_frame_that_raised() -> None:
    frames = read_ticket("t", PYTHON).frames
    assert [(frame.path.rpartition("/")[2], frame.line, frame.function, frame.depth) for frame in frames] == [
        ("run.py", 7, "run", 0),
        ("cli.py", 12, "main", 1),
    ]


def test_traces_of_other_languages_are_read() -> None:
    body = """
    at renderChild (/app/src/diff/children.js:80:13)
    at org.acme.json.JsonParser$Inner.next(JsonParser.java:42)
    lib/jekyll/site.rb:25:in `process'
#0 /srv/app/Http/Kernel.php(12): App\\Http\\Kernel->handle()
   in Acme.Web.Startup() in src/Startup.cs:line 9
src/main.rs:10:5
"""
    found = {(frame.path, frame.line) for frame in read_ticket("t", body).frames}
    assert {
        ("/app/src/diff/children.js", 80),
        ("org/acme/json/JsonParser.java", 42),
        ("lib/jekyll/site.rb", 25),
        ("/srv/app/Http/Kernel.php", 12),
        ("src/Startup.cs", 9),
        ("src/main.rs", 10),
    } <= found


def test_files_of_a_trace_are_not_taken_for_files_that_the_reporter_names() -> None:
    assert read_ticket("t", PYTHON).paths == ()
    assert read_ticket("Bug in `src/url.py`", "see lib\\win\\path.js").paths == ("src/url.py", "lib/win/path.js")


def test_a_link_to_a_line_names_the_file_and_other_links_say_nothing() -> None:
    reading = read_ticket("t", "https://github.com/a/b/blob/main/src/url.py#L3 and https://example.org/wordy/path.html")
    assert reading.paths == ("src/url.py",)
    assert "wordi" not in reading.prose
    assert "wordy" not in reading.prose


def test_boilerplate_of_a_template_is_not_read() -> None:
    body = "<!-- Please describe zebras -->\n- [x] I searched for giraffes\nReal words"
    assert read_ticket("t", body).prose == ("real", "word")


def test_code_and_prose_are_kept_apart_also_when_a_fence_is_never_closed() -> None:
    reading = read_ticket("t", "Prose first\n```python\ncode_zebra()\n")
    assert "zebra" in reading.code
    assert "zebra" not in reading.prose


def test_names_dotted_names_flags_and_quoted_messages_are_found() -> None:
    body = '`Session.send` with `--ignore-paths` in parse_url(): "could not open the file"\nValueError: bad input given'
    reading = read_ticket("JsonFactory breaks", body)
    assert {"JsonFactory", "parse_url", "ignore-paths"} <= set(reading.names)
    assert "Session.send" in reading.dotted
    assert {"could not open the file", "bad input given"} <= set(reading.phrases)
    assert "Session" in reading.exact


def test_a_line_break_in_quoted_text_is_no_part_of_a_name() -> None:
    assert read_ticket("t", r'Book for "Anna\nBerg" in `C:\src\newFile`').names == ("newFile",)


def test_code_in_backticks_and_references_are_found_and_those_of_templates_are_not() -> None:
    body = "Set `sort=False` or `x` since #12 and https://forge.test/o/r/commit/0a1b2c3d <!-- `hidden` #99 -->"
    reading = read_ticket("`keep_attrs` is lost", body)
    assert reading.spans == ("keep_attrs", "sort=False")
    assert reading.references == ("#12", "0a1b2c3d")


def test_a_ticket_in_another_language_still_names_its_files() -> None:
    reading = read_ticket("Ошибка при разборе", "В файле `src/url.py` функция `parse_url` падает")  # noqa: RUF001 - Cyrillic is the point
    assert reading.paths == ("src/url.py",)
    assert "parse_url" in reading.names


def test_an_empty_ticket_is_read() -> None:
    reading = read_ticket("", "")
    assert (reading.title, reading.prose, reading.names, reading.frames) == ((), (), (), ())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=2000))
def test_any_text_is_read(text: str) -> None:
    read_ticket(text, text)


@pytest.mark.timeout(60)
def test_long_hostile_texts_are_read_in_time() -> None:
    for unit in (
        "`" * 3 + "\n",
        "<!--",
        "a.",
        "a/",
        "A",
        "_",
        "at (",
        'File "',
        "[",
        "(" * 5,
        "- [x",
        "ab-",
        '"' + "x" * 20,
    ):
        read_ticket("t", unit * (200_000 // len(unit)))
