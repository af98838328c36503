"""One value, read and written without the machinery for many, is read and written as many are."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from attrs import has
from hypothesis import given
from hypothesis import strategies as st

from levier import Euros, Fund, Milestone, Portfolio, Project, Sourced, dumps, loads
from levier.errors import InvalidDocumentError
from levier.serialization import _read_alone, _written_alone, structure, unstructure
from levier.serialization._converting import is_plain
from levier.serialization.schema import _public_classes
from levier.testing.strategies import of
from whole import whole

CLASSES = [kind for kind in _public_classes() if isinstance(kind, type) and has(kind) and kind is not Portfolio]
PROJECT: dict[str, Any] = {
    "id": "p",
    "label": "Guichet",
    "calendar": "2018/2022",
    "lead": {"organisation_id": "o", "role": "direction"},
    "milestones": [{"id": "m", "label": "M", "planned": "2019-05", "done_on": "2019-06-01"}],
    "steps": [{"on": "2018-02-12", "phase": "experimentation", "because": "décision"}],
    "territory_ids": ["13"],
}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_one_is_written_and_read_as_among_many(kind: Any, data: st.DataObject) -> None:
    """One value has the text that it has beside another, and both its short and its whole form give it back."""
    hint = kind[Euros] if getattr(kind, "__parameters__", ()) else kind
    value = data.draw(of(hint))
    assert dumps((value, value)) == b"[" + dumps(value) + b"," + dumps(value) + b"]"
    assert unstructure((value, value)) == [unstructure(value)] * 2
    for form in (unstructure(value), whole(value)):
        assert loads(json.dumps(form), type=hint) == structure(form, hint) == value


def test_what_is_written_is_seen() -> None:
    """The fast way reads a project with parts; a default that is written, or a colon in a text, takes another way."""
    text = json.dumps(PROJECT, ensure_ascii=False).encode()
    assert _read_alone.read_alone(Project)(PROJECT) == loads(text, type=Project) == structure(PROJECT, Project)
    written: tuple[dict[str, Any], ...] = (
        {"label_en": ""},
        {"label_en": "Desk: one"},
        {"extra": {}},
        {"extra": {"x-a": 1}},
    )
    for more in written:
        other = json.dumps(PROJECT | more).encode()
        assert loads(other, type=Project) == structure(PROJECT | more, Project)
    assert type(structure(PROJECT | {"extra": {}}, Project).extra) is type(Project(id="p", label="P").extra)


def test_written_defaults_beside_a_journal_and_a_day() -> None:
    """A fund that writes a default, and a milestone that writes that it has no day, are read all the same."""
    fund = Fund(id="f", label="F", allocation=Sourced(value=Euros(10), source_id="act"))
    assert structure(unstructure(fund) | {"source_ids": []}, Fund) == structure(whole(fund), Fund) == fund
    milestone = {"id": "m", "label": "M", "planned": "2020", "done_on": None}
    assert structure(milestone, Milestone) == Milestone(id="m", label="M", planned="2020")


def test_many_parts_beside_a_wrong_one() -> None:
    """What is wrong in an object with many parts is said."""
    many = [{"id": f"m{n}", "label": "M", "planned": "2020"} for n in range(65)]
    wrong = {"id": "p", "label": "P", "milestones": many, "lead": {"organisation_id": "o", "role": " "}}
    with pytest.raises(InvalidDocumentError, match="/lead/role"):
        structure(wrong, Project)


@pytest.mark.parametrize("many", [64, 65, 200])
def test_many_parts(many: int) -> None:
    """An object with more parts than are built alone is read and written just the same."""
    value = Project(
        id="p", label="P", milestones=[Milestone(id=f"m{n}", label="M", planned="2020") for n in range(many)]
    )
    assert loads(dumps(value), type=Project) == structure(unstructure(value), Project) == value
    written = unstructure(value) | {"label_en": ""}
    assert structure(written, Project) == loads(json.dumps(written), type=Project) == value


@pytest.mark.parametrize(
    "text",
    [
        '{"id":"p","label":"P","label":"Q"}',
        '{"id":"p","label":"P","unknown":1}',
        '{"id":"p","label":"P","label_en":"","unknown":1}',
        '{"id":"p","label":"P","l\\u003abel":1}',
        '{"id":"p","label":"P","count":1}',
        '{"id":"p","label":" "}',
        '{"id":"p"}',
        '{"id":"p","label":"P","steps":[{"on":"2020-01-01","phase":"framing","because":"b","on":"2020-01-01"}]}',
        '{"id":"p","label":"P","supporting_ids":["a","a"]}',
        '{"id":"p","label":"P","supporting_ids":[1]}',
        '{"id":"p","label":"P",}',
    ],
)
def test_what_is_refused_stays_refused(text: str) -> None:
    """A short text is refused for what a long one is: keys twice or unknown, values that are wrong or missing."""
    with pytest.raises(InvalidDocumentError):
        loads(text, type=Project)


@pytest.mark.parametrize("steps", [[{"on": date(2020, 1, 1), "phase": "framing", "because": "b"}], {1}, ({1},)])
def test_other_builtins_are_refused(steps: object) -> None:
    """A date or a set is no plain builtin, wherever it stands."""
    with pytest.raises(InvalidDocumentError):
        structure(PROJECT | {"steps": steps}, Project)


def test_functions_are_generated_for_every_class() -> None:
    """Each class has a function that writes it and one that turns its twin; they do what those in use do."""
    project = structure(PROJECT, Project)
    written = msgspec.to_builtins(_written_alone._writer(Project)(project))  # noqa: SLF001
    assert written == unstructure(project) == PROJECT
    for kind in CLASSES:
        assert callable(_written_alone._writer(kind))  # noqa: SLF001
        hint: Any = kind[Euros] if getattr(kind, "__parameters__", ()) else kind
        assert callable(_read_alone._filling.__wrapped__(hint, "form"))  # type: ignore[attr-defined]  # noqa: SLF001


@pytest.mark.parametrize(
    ("found", "keys", "expected"),
    [
        ({"a": [{"b": 1}, [None, True, 1.5]], "c": "x"}, 3, True),
        ({"a": 1, "b": 2}, 1, False),
        ({"a": 1}, 2, False),
        ({"a": [{1}]}, 1, False),
    ],
)
def test_builtins_are_looked_through(found: object, keys: int, expected: bool) -> None:
    """Builtins are looked through for their number of keys and for what is no plain builtin."""
    assert is_plain(found, keys) is expected


def test_numbers_and_other_classes() -> None:
    """A decimal by itself keeps its zeros, which the number in a field does not have."""
    assert unstructure(Decimal("2.50")) == "2.50"
