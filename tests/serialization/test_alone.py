"""One value, read and written without the machinery for many, is read and written as many are."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from attrs import field, has, make_class
from hypothesis import given
from hypothesis import strategies as st

from levier import Day, Euros, Fund, Milestone, Phase, Portfolio, Project, Sourced, dumps, loads
from levier.errors import InvalidDocumentError, InvalidValueError, LimitExceededError
from levier.model._fields import not_blank, optional
from levier.model.periods import Period, parse_day
from levier.plans import PhaseStep
from levier.serialization import _forms, _mirrors, _read_alone, _texts, structure, unstructure
from levier.serialization._converting import is_in_bulk
from levier.serialization._counting import are_plain, is_plain
from levier.serialization._problems import WrongTypeError
from levier.serialization._read_alone import OtherError
from levier.serialization._texts import Known, Values
from levier.serialization.limits import Limits, out_of_reach
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


_filling: Any = _read_alone._filling.__wrapped__  # type: ignore[attr-defined]  # noqa: SLF001
_form_of: Any = _forms.form_of.__wrapped__  # type: ignore[attr-defined]
_decode_alone: Any = _read_alone.decode_alone.__wrapped__  # type: ignore[attr-defined]
_read: Any = _read_alone.read_alone.__wrapped__  # type: ignore[attr-defined]
_sort_of: Any = _texts._texts.__wrapped__  # type: ignore[attr-defined]  # noqa: SLF001
"""What generates functions, each time that it is asked."""


@given(st.from_regex("[0-9\uff12]{4}[-0-9W]{0,7}", fullmatch=True) | st.dates().map(str) | st.text(max_size=11))
def test_days_are_read_alone_as_they_are_parsed(text: str) -> None:
    """The short question for a day accepts what `parse_day` accepts."""
    step = {"phase": "framing", "on": text, "because": "b"}
    try:
        day = parse_day(text)
    except InvalidValueError:
        with pytest.raises((ValueError, OtherError)):
            _read_alone.read_alone(PhaseStep)(step)
    else:
        assert _read_alone.read_alone(PhaseStep)(step).on == day


@pytest.mark.parametrize("text", ["2019-W24-5", "20190614", "2019-06-14 ", "2019-6-14", ""])
def test_other_spellings_of_a_day(text: str) -> None:
    """A week, and a day without its hyphens, are no days, although Python parses them."""
    with pytest.raises((ValueError, OtherError)):
        _read_alone.read_alone(PhaseStep)({"phase": "framing", "on": text, "because": "b"})


def test_each_object_has_days_of_its_own() -> None:
    """No two objects share a day, because a day of pendulum may be given attributes."""
    first, second = (loads(json.dumps(PROJECT), type=Project) for _ in range(2))
    assert first.steps[0].on == second.steps[0].on
    assert first.steps[0].on is not second.steps[0].on


def test_texts_are_forgotten() -> None:
    """No more texts are kept than some, and none that is long; what is wrong is never kept."""
    known, values = Known((not_blank,), (None,)), Values(Period, (), ())
    for number in range(2 * _texts._KEPT):  # noqa: SLF001
        known.learn(f"text {number}")
        assert values[f"{1000 + number}"].text == str(1000 + number)
        assert len(known) <= _texts._KEPT >= len(values)  # noqa: SLF001
    known.learn(long := "x" * 1000)
    assert long not in known
    numbers = Values(Decimal, (), ())
    assert numbers[digits := "7" * 1000] == Decimal(digits)
    assert digits not in numbers
    for wrong in (" x", 1):
        with pytest.raises((InvalidValueError, WrongTypeError)):
            known.learn(wrong)
        assert wrong not in known
    with pytest.raises(WrongTypeError):
        values[None]
    assert Values(Phase, (), ())["framing"] is Phase.FRAMING


def test_texts_of_scalars_are_forgotten() -> None:
    """The same of the texts that days are written as."""
    texts = _mirrors._Days()  # noqa: SLF001
    for number in range(1, _mirrors._KEPT + 11):  # noqa: SLF001
        assert texts[Day.fromordinal(number)] == str(date.fromordinal(number))
    assert len(texts) == 10


def test_nothing_is_kept_where_a_field_may_be_empty() -> None:
    """`None` is a value of the fields that may hold it, and of no others."""
    known = Known((optional(not_blank),), (None,))
    known.learn(None, "x")
    assert known == {None, "x"}
    assert Values(Period, (), (None,))[None] is None
    with pytest.raises(WrongTypeError):
        Known((), ()).learn(None)


def test_what_is_written_is_of_plain_classes() -> None:
    """A term is written as a text of Python's own class, an array as a list."""
    written = unstructure(structure(PROJECT, Project))
    assert type(written["steps"]) is list
    assert type(written["steps"][0]["phase"]) is type(written["steps"][0]["on"]) is str


@pytest.mark.parametrize(
    ("limits", "within_reach", "is_exceeded"),
    [
        (Limits(size_bytes=50), True, True),
        (Limits(items=5), True, True),
        (Limits(depth=4), True, False),
        (Limits(digits=3), True, False),
        (Limits(depth=17, digits=16), False, False),
    ],
)
def test_limits_hold_for_one_value(limits: Limits, within_reach: bool, is_exceeded: bool) -> None:
    """One value is read alone where no limit can be exceeded, and limits are checked where one can."""
    text = json.dumps(PROJECT)
    assert out_of_reach(len(text), limits) is not within_reach
    if is_exceeded:
        with pytest.raises(LimitExceededError):
            loads(text, type=Project, limits=limits)
    else:
        assert loads(text, type=Project, limits=limits) == structure(PROJECT, Project)


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


def test_a_field_may_have_any_name() -> None:
    """Fields that are called as what the generated function uses are written as others are."""
    names = ["value", "part", "text", "mirror", "mirrors", "days", "written", "kind_x", "default_part"]
    named = make_class("Named", {name: field(default=None) for name in names})
    day = Day(2019, 6, 14)
    assert unstructure(named(*[day] * len(names))) == dict.fromkeys(sorted(names), "2019-06-14")
    assert unstructure(named()) == {}


def test_functions_are_generated_for_every_class() -> None:
    """Each class has a function that writes it and one that turns its twin; they do what those in use do."""
    project = structure(PROJECT, Project)
    written = msgspec.to_builtins(_mirrors._object_mirror.__wrapped__(Project)(project))  # noqa: SLF001
    assert written == unstructure(project) == PROJECT
    for kind in CLASSES:
        assert callable(_mirrors._object_mirror.__wrapped__(kind))  # noqa: SLF001
        hint: Any = kind[Euros] if getattr(kind, "__parameters__", ()) else kind
        for given_by in ("form", "builtins"):
            assert callable(_filling(hint, given_by))
        if is_in_bulk(kind):
            assert issubclass(_form_of(hint), msgspec.Struct)
    raw = dumps(project)
    assert _decode_alone(Project)(raw) == _read(Project)(PROJECT) == project
    with pytest.raises(OtherError):
        _decode_alone(Project)(raw.replace(b'"id":"p"', b'"id":"p","id":"p"'))
    assert type(_sort_of(str, (), ())) is Known
    assert type(_sort_of(Period, (), ())) is Values


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
    assert are_plain(found) is (found != {"a": [{1}]})


def test_numbers_and_other_classes() -> None:
    """A decimal by itself keeps its zeros, which the number in a field does not have."""
    assert unstructure(Decimal("2.50")) == "2.50"
