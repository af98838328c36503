"""The lines and columns of problems in TOML, and what it says to write instead of what TOML refuses."""

from __future__ import annotations

import tomllib
from itertools import count
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InvalidDocumentError
from levier.model.levers import Method
from levier.model.money import Euros
from levier.model.periods import Day
from levier.serialization import Limits, migrations, read_envelope, toml, yaml
from levier.serialization._toml_layout import Layout
from levier.serialization._toml_positions import places_in_toml

HEAD = 'format = "levier"\nversion = 1\n'


def problems(data: str | bytes, **given: Any) -> list[tuple[str, str, int | None, int | None]]:
    """Return the problems for which a document is refused, with their places."""
    with pytest.raises(InvalidDocumentError) as caught:
        toml.loads(data, **given)
    return [(each.pointer, str(each.code), each.line, each.column) for each in caught.value.problems]


TABLE: dict[str, tuple[str | bytes, list[tuple[str, str, int | None, int | None]]]] = {
    "nothing": ("", [("/format", "missing-key", 1, 1), ("/version", "missing-key", 1, 1)]),
    "no UTF-8": (b'a = "\xc3\xa9\xff"', [("", "syntax", 1, 7)]),
    "a lone surrogate": ("a = \ud800", [("", "syntax", 1, 5)]),
    "the end": ("a = [1", [("", "syntax", 1, 7)]),
    "line ends of Windows": ("a = 1\r\nb = 16/10/2023\r\n", [("", "syntax", 2, 5)]),
    "a separator that breaks no line": ('a = "\u2028"\nb = ]', [("", "syntax", 2, 5)]),
    "a key of the document": (HEAD + "wizards = 3\n", [("/wizards", "unknown-key", 3, 1)]),
    "an unknown table": (HEAD + "[[ wizards ]]\n", [("/wizards", "unknown-key", 3, 4)]),
    "a table for an array": (HEAD + "[methods]\n", [("/methods", "wrong-type", 3, 1)]),
    "a dotted key": (HEAD + "a.b = 1\n", [("/a", "unknown-key", 3, 1)]),
    "a newer version": ('format = "levier"\nversion = 2\n', [("/version", "unsupported-format", 2, 11)]),
    "a quoted key": (
        HEAD + '[["meth\\u006fds"]]\nid = "m"\n\'label\' = 3 # a "comment"\n',
        [("/methods/0/label", "wrong-type", 5, 11)],
    ),
    "what lacks": (
        HEAD + '[[methods]]\nid = "m"\nlabel = "M"\n\n[[methods]]\nid = "n"\n',
        [("/methods/1/label", "missing-key", 7, 1)],
    ),
    "inline": (
        HEAD + 'methods = [\n  {id = "m", label = ""}, # one\n  {id = "n", label = "]", label_en = 3}\n]\n',
        [("/methods/0/label", "invalid-value", 4, 22), ("/methods/1/label_en", "wrong-type", 5, 38)],
    ),
    "tables in tables": (
        HEAD + '[[projects]]\nid = "p"\nlabel = """\nP"""\nsource_ids = [3, [4]]\n[projects.lead]\nrole = 3\n'
        "[[projects.milestones]]\n[[projects.milestones]]\nid = '''m'''\nlabel = \"\"\nplanned = 2024-01-01\n",
        [
            ("/projects/0/source_ids/0", "wrong-type", 7, 15),
            ("/projects/0/source_ids/1", "wrong-type", 7, 18),
            ("/projects/0/lead/role", "wrong-type", 9, 8),
            ("/projects/0/lead/organisation_id", "missing-key", 8, 1),
            ("/projects/0/milestones/0/id", "missing-key", 10, 1),
            ("/projects/0/milestones/0/label", "missing-key", 10, 1),
            ("/projects/0/milestones/0/planned", "missing-key", 10, 1),
            ("/projects/0/milestones/1/label", "invalid-value", 13, 9),
        ],
    ),
    "a thing twice": (
        HEAD + '[[methods]]\nid = "m"\nlabel = "M"\n[[methods]]\nid = "m"\nlabel = "N"\n',
        [("/methods/1", "duplicate-item", 6, 1)],
    ),
}


@pytest.mark.parametrize(("data", "expected"), TABLE.values(), ids=TABLE)
def test_every_problem_has_its_line_and_column(
    data: str | bytes, expected: list[tuple[str, str, int | None, int | None]]
) -> None:
    """A bad document is refused with all its problems, each with its pointer, code, line and column."""
    assert sorted(problems(data), key=str) == sorted(expected, key=str)


def test_a_value_by_itself_has_places_too() -> None:
    """The problems of a value without envelope are placed in its text."""
    assert problems('id = "m"\nlabel = 3\n', type=Method) == [("/label", "wrong-type", 2, 9)]
    assert problems("", type=Euros) == [("", "wrong-type", 1, 1)]


def test_the_problems_of_an_envelope_have_places(tmp_path: Any) -> None:
    """Whoever asks for the envelope only is told the places as well."""
    (tmp_path / "plan.toml").write_text('version = 1\nformat = "lever"\n')
    with pytest.raises(InvalidDocumentError) as caught:
        read_envelope(tmp_path / "plan.toml")
    assert [(each.line, each.column) for each in caught.value.problems] == [(2, 10)]


def test_problems_of_an_older_document_have_no_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration moves what a document holds, so that the places of the text would be wrong."""
    monkeypatch.setattr(migrations, "STEPS", {0: {}})
    old = 'format = "levier"\nversion = 0\n[[methods]]\nid = "m"\n'
    assert problems(old) == [("/methods/0/label", "missing-key", None, None)]
    assert problems('id = "m"\n', type=Method, version=0) == [("/label", "missing-key", None, None)]


def test_as_many_problems_as_asked_for_are_placed() -> None:
    """Places are sought for the problems that are described."""
    data = HEAD + "".join(f'[[methods]]\nid = "m{number}"\n' for number in range(5))
    assert problems(data, limits=Limits(problems=2)) == [
        ("/methods/0/label", "missing-key", 3, 1),
        ("/methods/1/label", "missing-key", 5, 1),
    ]


# ---------------------------------------------------------------- the law of places

KEYS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=3) | st.sampled_from(["id", "a.b"])
SHAPES = st.dictionaries(
    KEYS,
    st.recursive(st.none(), lambda of_them: st.lists(of_them, max_size=3) | st.dictionaries(KEYS, of_them, max_size=3)),
    max_size=4,
)


def numbered(shape: Any, numbers: Any) -> Any:
    """Return a shape with another number in the place of each null."""
    if isinstance(shape, dict):
        return {key: numbered(part, numbers) for key, part in shape.items()}
    return [numbered(part, numbers) for part in shape] if isinstance(shape, list) else next(numbers)


def leaves(found: Any, steps: tuple[str, ...] = ()) -> dict[tuple[str, ...], int]:
    """Return the numbers of a document, by their paths."""
    if isinstance(found, int):
        return {steps: found}
    pairs = found.items() if isinstance(found, dict) else enumerate(found)
    return {way: number for key, part in pairs for way, number in leaves(part, (*steps, str(key))).items()}


@given(SHAPES)
def test_each_value_is_where_it_is_said_to_be(shape: dict[str, Any]) -> None:
    """In any document, however it is laid out, the place of a number is where its digits stand, behind its key."""
    document = numbered(shape, count(1_000_000))
    expected = leaves(document)
    ours = "".join(f"{line}\n" for line in Layout(tomli_w.dumps).lines(document))
    for text in (ours, tomli_w.dumps(document), ours.replace("\n", " # é ] \" '\r\n")):
        assert tomllib.loads(text) == document
        raw = text.encode()
        places = places_in_toml(raw, expected)
        for steps, number in expected.items():
            assert raw.startswith(str(number).encode(), places[steps].value)
            assert places[steps].key <= places[steps].value


# ---------------------------------------------------------------- what to write instead

HINTS = {
    "on = 16/10/2023": 'write "2023-10-16"',
    "on = 16-10-2023": 'write "2023-10-16"',
    "on = 2023/10/16": 'write "2023-10-16"',
    "on = 2023-1-5": 'write "2023-01-05"',
    "on = 10/2023": 'write "2023-10"',
    "on = 2023-10": 'write "2023-10"',
    "on = 2024/2027": 'write "2024/2027"',
    "on = 10/16/2023": 'write a day with its year first, such as "2019-06-14"',
    "on = 2023-02-30": 'write a day with its year first, such as "2019-06-14"',
    "steps = [{ because = 'a = b', on = 16/10/2023, x = 1 }]": 'write "2023-10-16"',
    "x = [\n  16/10/2023,\n]": 'write "2023-10-16"',
    "value = 12,5": 'write "12.5"',
    "value = 12,5 # days": 'write "12.5"',
    "x = [{ value = -12,5, y = 1 }]": 'write "-12.5"',
    "value = .5": 'write "0.5"',
    "value = 1 000": 'write 1000 for a whole number, "1000" for an amount or another number',
    "value = 1\u202f204,50 €": 'write "1204.5"',
    "value = 1.000,50": 'write "1000.5"',
    "value = 40 M€": 'write 40000000 for a whole number, "40000000" for an amount or another number',
    "value = 12,5 %": 'write "12.5"',
    "id = 01": 'put a text in quotation marks: "01"',
    "id = 2A": 'put a text in quotation marks: "2A"',
    "kind = ministry": 'put a text in quotation marks: "ministry"',
    "label = Guichet unique # le Lot": 'put a text in quotation marks: "Guichet unique"',
    f"label = {'a' * 90}": "put a text in quotation marks",
    "x = ['a', b]": 'put a text in quotation marks: "b"',
    "x = [\n  a,\n]": 'put a text in quotation marks: "a"',
    "x = True": 'write true for yes or no, "True" for a text',
    "x = non": 'write false for yes or no, "non" for a text',
    "x = null": "leave the key out: TOML has no null",
    "x =": "write a value, or leave the key out",
    "x = # later": "write a value, or leave the key out",
    "label = « Guichet »": 'put a text in straight quotation marks: "Guichet"',
    "label = 'l'accueil'": "put a text with an apostrophe in double quotes",
    'label = "the "Lot" desk"': r"write \" for a quotation mark in a text",
    'label = "C:\\dossier"': r"write \\ for a backslash, or put the text in single quotes",
    'label = "Guichet\nx = 1': "close the text with a quotation mark on its line",
    'label = "Guichet': "close the text with a quotation mark on its line",
    "label: 'Guichet'": "write = between a key and its value, not a colon",
    "[sources]\nid = 1\n[sources]\nid = 2": "write [[sources]] for each, if there are several",
    "[[sources]\nid = 1": "close the brackets of the header",
    "a = 1\na = 2": "a key may stand once in its table",
    "x = [1, 2": "close the array with ]",
    'id = "a" label = "A"': "write each key on a line of its own",
}


@pytest.mark.parametrize(("text", "advice"), HINTS.items(), ids=HINTS)
def test_what_people_write_is_corrected(text: str, advice: str) -> None:
    """What TOML refuses and people write has a line, a column, and what to write instead."""
    with pytest.raises(InvalidDocumentError) as caught:
        toml.loads(HEAD + text)
    (problem,) = caught.value.problems
    assert problem.message.endswith(f"; {advice}")
    assert problem.line is not None
    assert problem.line >= 3


@pytest.mark.parametrize(
    "text", ["= 3", "x = +", "x = @", "clé = 3", "x = '''a", 'x = a"b', "x = {a", "hello", "x = [,]"]
)
def test_nothing_is_guessed(text: str) -> None:
    """Where nobody can say what was meant, the words of the parser stand alone."""
    with pytest.raises(InvalidDocumentError) as caught:
        toml.loads(HEAD + text)
    assert ";" not in caught.value.problems[0].message
    assert caught.value.problems[0].line == 3


def test_braces_are_closed_on_their_line() -> None:
    """An object in braces ends on its line, without a comma, as long as the parser reads TOML 1.0."""
    for text, advice in (
        ("lead = {\n  role = 'x'\n}", "write what stands in braces on one line"),
        ("lead = { role = 'x', }", "leave out the comma before the closing brace"),
    ):
        try:
            toml.parse(text)
        except InvalidDocumentError as error:
            assert error.problems[0].message.endswith(f"; {advice}")  # noqa: PT017  # TOML 1.1 accepts it


def test_the_place_is_that_of_what_was_written() -> None:
    """The column is that of the first character of the date, not of the one where the parser stopped."""
    assert problems(HEAD + '[[sources]]\npublished_on = 16/10/2023\ntitle = "T"') == [("", "syntax", 4, 16)]
    assert problems("value = 12,5") == [("", "syntax", 1, 9)]


SPELT = {
    "published_on: 16/10/2023": "write '2023-10-16'",
    "published_on: 10/2023": "write '2023-10'",
    "published_on: 31/02/2023": "found '31/02/2023'",
}


@pytest.mark.parametrize(("text", "advice"), SPELT.items(), ids=SPELT)
def test_a_refused_text_is_spelt_anew(text: str, advice: str) -> None:
    """In YAML, where nothing needs quotation marks, and in texts, a date or a number of people has its spelling too."""
    with pytest.raises(InvalidDocumentError) as caught:
        yaml.loads(f"format: levier\nversion: 1\nsources:\n- id: s\n  title: T\n  {text}")
    (problem,) = caught.value.problems
    assert problem.message.endswith(advice)
    assert (problem.line, problem.column) == (6, 17)


@pytest.mark.parametrize(
    ("text", "kind", "advice"),
    [
        ("1 204", int, "; write 1204"),
        ("40 M€", Euros, "; write '40000000'"),
        ("12,345", Euros, "found '12,345'"),
        ("1,2,3", int, "found '1,2,3'"),
        ("1" * 41, Day, f"found '{'1' * 41}'"),
    ],
)
def test_a_refused_number_is_spelt_anew(text: str, kind: Any, advice: str) -> None:
    """A number as people write it has the spelling of documents, unless it has two meanings."""
    with pytest.raises(InvalidDocumentError) as caught:
        yaml.loads(text, type=kind)
    assert caught.value.problems[0].message.endswith(advice)


YAML_HINTS = {
    "label: Plan: le guichet": "put a text with a colon in quotation marks",
    "a:\n\t- b": "indent with spaces, not with tabs",
    "by: @dinum": "put a text that begins with @ in quotation marks",
    "share: %": "put a text that begins with % in quotation marks",
    "note: *important*": "put a text that begins with * in quotation marks",
    "note: & co": "put a text that begins with & in quotation marks",
    'path: "C:\\dossier"': r"write \\ for a backslash, or put the text in single quotes",
}


@pytest.mark.parametrize(("text", "advice"), YAML_HINTS.items(), ids=YAML_HINTS)
def test_what_people_write_in_yaml_is_corrected(text: str, advice: str) -> None:
    """What YAML takes for a sign of its own has a hint to write it as a text."""
    with pytest.raises(InvalidDocumentError) as caught:
        yaml.loads(text)
    (problem,) = caught.value.problems
    assert problem.message.endswith(f"; {advice}")
    assert problem.line == text.count("\n") + 1
