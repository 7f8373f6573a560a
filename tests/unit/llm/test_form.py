"""What a model is asked with, after what it refused."""

import pytest

from rat.llm.form import Form
from rat.model.settings import Replies
from rat.ports import Prompt

PROMPT = Prompt(agent="critic", system="s", user="u", schema={"type": "object", "properties": {}})


@pytest.mark.parametrize(
    ("complaint", "simpler"),
    [
        ("Unsupported parameter: 'max_completion_tokens'", Form(limit="max_tokens")),
        ("max_tokens is too large: 8000", Form(limit="max_tokens")),
        ("response_format.type json_schema is unavailable", Form(format=Replies.JSON_OBJECT)),
        ("Invalid schema for response_format 'critic'", Form(format=Replies.JSON_OBJECT)),
        ("context_length_exceeded", Form(limit="")),
        ("the request exceeds the available context size", Form(limit="")),
        ("messages: must not be empty", None),
        ("", None),
    ],
)
def test_each_complaint_makes_the_form_simpler_where_it_is_about_it(complaint: str, simpler: Form | None) -> None:
    assert Form().simpler(complaint) == simpler


def test_the_simplest_form_has_nothing_left_to_drop() -> None:
    form = Form(format=Replies.TEXT, limit="")
    assert form.simpler("response_format and max_tokens and context length") is None


def test_a_form_gets_simpler_a_bounded_number_of_times() -> None:
    form: Form | None = Form()
    steps = 0
    while form is not None:
        form = form.simpler("max_tokens response_format context_length_exceeded")
        steps += 1
    assert steps == 5


def test_without_a_format_the_schema_is_told_in_words() -> None:
    request = Form(format=Replies.TEXT, limit="").request(PROMPT, model="m", reply_tokens=5)
    assert set(request) == {"model", "messages"}
    assert "JSON Schema" in request["messages"][1]["content"]
    assert "JSON Schema" not in request["messages"][0]["content"]
