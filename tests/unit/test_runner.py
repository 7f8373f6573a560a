"""Outputs, summary and annotations as the runner reads them, and streams that cannot give it commands."""

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.runner import OUTPUT_BYTES, SUMMARY_BYTES, Runner, inert_line, inert_stream

HOSTILE = st.text(alphabet=st.sampled_from(list(":#[]\r\n%, \u00a0\u2003\u2028\u0085ab<=")), max_size=60) | st.text()


def read_outputs(text: str) -> dict[str, str]:
    """As the runner reads its file: https://github.com/actions/runner, FileCommandManager."""
    values = {}
    lines = iter(text.split("\n"))
    for line in lines:
        if not line:
            continue
        name, _, delimiter = line.partition("<<")
        value = []
        for inner in lines:
            if inner == delimiter:
                break
            value.append(inner)
        values[name] = "\n".join(value)
    return values


def is_command(line: str) -> bool:
    """As the runner decides it: `::` at the start of the trimmed line, or `##[` anywhere (ActionCommand.TryParse)."""
    return line.strip().startswith("::") or "##[" in line


@pytest.fixture
def stream() -> io.StringIO:
    return io.StringIO()


def runner(tmp_path: Path, stream: io.StringIO) -> Runner:
    return Runner.of({"GITHUB_OUTPUT": str(tmp_path / "out"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}, stream)


@given(value=HOSTILE)
def test_an_output_comes_back_as_it_was_and_brings_no_other(
    tmp_path_factory: pytest.TempPathFactory, value: str
) -> None:
    folder = tmp_path_factory.mktemp("runner")
    runner(folder, io.StringIO()).set_outputs({"result": value, "ready": "true"})
    text = (folder / "out").read_bytes().decode()
    assert read_outputs(text) == {"result": value.encode(errors="replace").decode(), "ready": "true"}


def test_a_guessed_delimiter_ends_nothing(tmp_path: Path, stream: io.StringIO) -> None:
    runner(tmp_path, stream).set_outputs({"result": "x\nrat-0123\nPATH<<EOF\n/evil\nEOF"})
    assert list(read_outputs((tmp_path / "out").read_text())) == ["result"]


def test_an_output_that_a_later_step_could_not_take_is_refused(tmp_path: Path, stream: io.StringIO) -> None:
    with pytest.raises(ValueError, match="result has"):
        runner(tmp_path, stream).set_outputs({"result": "ä" * OUTPUT_BYTES})


def test_the_summary_stays_whole_and_below_the_limit(tmp_path: Path, stream: io.StringIO) -> None:
    sections = [f"{number} " + "ü" * 100_000 for number in range(8)]
    assert runner(tmp_path, stream).add_summary(sections) == 4
    written = (tmp_path / "summary").read_bytes()
    assert len(written) <= SUMMARY_BYTES
    assert written.decode().count("ü") == 400_000


def test_without_files_nothing_is_written_and_nothing_breaks(stream: io.StringIO) -> None:
    plain = Runner.of({"GITHUB_OUTPUT": ""}, stream)
    plain.set_outputs({"ready": "true"})
    assert plain.add_summary(["x"]) == 0


def test_an_annotation_is_one_command_whatever_it_says(stream: io.StringIO, tmp_path: Path) -> None:
    runner(tmp_path, stream).annotate("error", "a,b:c", "100%\n::set-env name=x::y\r")
    assert stream.getvalue() == "::error title=a%2Cb%3Ac::100%25%0A::set-env name=x::y%0D\n"


def test_no_more_annotations_than_the_runner_keeps(stream: io.StringIO, tmp_path: Path) -> None:
    stage = runner(tmp_path, stream)
    for number in range(12):
        stage.annotate("warning", "RAT", str(number))
    stage.annotate("error", "RAT", "still told")
    assert stream.getvalue().count("::warning") == 10
    assert stream.getvalue().count("::error") == 1


def test_each_line_of_a_secret_is_masked(stream: io.StringIO, tmp_path: Path) -> None:
    runner(tmp_path, stream).mask("one\n\ntwo")
    assert stream.getvalue() == "::add-mask::one\n::add-mask::two\n"


def test_a_group_is_closed_after_an_error(stream: io.StringIO, tmp_path: Path) -> None:
    def work() -> None:
        with runner(tmp_path, stream).group("Refine"):
            raise KeyError

    with pytest.raises(KeyError):
        work()
    assert stream.getvalue() == "::group::Refine\n::endgroup::\n"


@given(pieces=st.lists(HOSTILE, max_size=6))
def test_no_words_on_an_inert_stream_become_a_command(pieces: list[str]) -> None:
    target = io.BytesIO()
    kept = io.TextIOWrapper(target, encoding="utf-8")
    with inert_stream(kept) as stream:
        for piece in pieces:
            stream.write(piece)
            stream.flush()
    lines = re.split(r"\r\n|\r|\n", target.getvalue().decode())
    assert not [line for line in lines if is_command(line)]


def test_harmless_lines_are_left_as_they_are() -> None:
    for line in ("a::b", "C++ std::vector", "# heading", "", "  indented"):
        assert inert_line(line) == line
