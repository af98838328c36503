"""TOML: the same documents, written by hand, with dates of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from levier.errors import InvalidDocumentError
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio
from levier.serialization import dumps, toml
from levier.testing.strategies import of

HEAD = 'format = "levier"\nversion = 1\n'


def written(value: Any) -> str:
    """Return a value as TOML writes it inline; JSON's text is TOML's, but for null, which it does not have."""
    if isinstance(value, dict):
        pairs = [
            f"{json.dumps(key, ensure_ascii=False)} = {written(part)}"
            for key, part in value.items()
            if part is not None
        ]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(part) for part in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@given(of(Portfolio))
def test_toml_and_json_say_the_same(portfolio: Portfolio) -> None:
    """A document put into TOML word for word is read as the same portfolio; what is null is left out."""
    document = json.loads(dumps(portfolio))
    text = "\n".join(f"{key} = {written(value)}" for key, value in document.items())
    assert toml.loads(text) == portfolio
    assert toml.loads(text.encode()) == portfolio


def test_dates_may_be_tomls_own() -> None:
    """A date without quotation marks is the day it names, in a field of days and in one of periods."""
    text = HEAD + (
        '[[projects]]\nid = "p"\nlabel = "P"\ncalendar = 2019-06-14\n'
        'steps = [{phase = "stopped", on = 2019-06-20, because = "third CITP"}]\n'
    )
    project = toml.loads(text).projects["p"]
    assert project.calendar == Period("2019-06-14")
    assert project.steps[0].on == Day(2019, 6, 20)
    assert type(project.steps[0].on) is Day


@pytest.mark.parametrize("moment", ["2019-06-14T10:00:00", "2019-06-14T10:00:00Z", "10:00:00"])
def test_moments_are_no_days(moment: str) -> None:
    """TOML's moments and hours are refused where a day is due, at their place."""
    text = (
        HEAD + f'[[projects]]\nid = "p"\nlabel = "P"\nsteps = [{{phase = "stopped", on = {moment}, because = "x"}}]\n'
    )
    with pytest.raises(InvalidDocumentError) as caught:
        toml.loads(text)
    assert [(problem.pointer, problem.code) for problem in caught.value.problems] == [
        ("/projects/0/steps/0/on", "wrong-type")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("format = ", [("", "syntax")]),
        (b"\xff", [("", "syntax")]),
        (HEAD + "version = 1\n", [("", "syntax")]),  # a key twice is no TOML
        ("", [("/format", "missing-key"), ("/version", "missing-key")]),
        (HEAD + "wizards = nan\n", [("/wizards", "unknown-key")]),
        (HEAD + '[[methods]]\nid = "m"\nlabel = 3\n', [("/methods/0/label", "wrong-type")]),
        (HEAD + '[methods]\nid = "m"\n', [("/methods", "wrong-type")]),
        (HEAD + 'methods = [{id = "m", label = ""}]', [("/methods/0/label", "invalid-value")]),
    ],
)
def test_bad_documents_are_refused_with_their_problems(text: str | bytes, expected: list[tuple[str, str]]) -> None:
    """What is no TOML, or no document of ours, is refused as JSON is, with every problem and its place."""
    with pytest.raises(InvalidDocumentError) as caught:
        toml.loads(text)
    assert [(problem.pointer, str(problem.code)) for problem in caught.value.problems] == expected


def test_parsing_leaves_plain_builtins() -> None:
    """Before it is checked a document is plain builtins, its dates text, its moments as they were found."""
    found = toml.parse("day = 2019-06-14\nrows = [{on = 2019-06-15}]\nsize = 1.5\nmoment = 2019-06-14T10:00:00\n")
    moment = found.pop("moment")
    assert found == {"day": "2019-06-14", "rows": [{"on": "2019-06-15"}], "size": 1.5}
    assert moment.isoformat() == "2019-06-14T10:00:00"
