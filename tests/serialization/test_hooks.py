"""A converter of the user's own: it learns our classes and keeps its manner with everything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import attrs
import cattrs.preconf.json
import pendulum
import pytest
from cattrs import Converter
from cattrs.errors import StructureHandlerNotFoundError
from hypothesis import given

from levier.errors import InvalidDocumentError, InvalidValueError
from levier.model.identifiers import LeverId, ProjectId
from levier.model.instruments import AnyInstrument, Campus, CarteBlanche, Instrument
from levier.model.levers import Method
from levier.model.lifecycle import Phase
from levier.model.money import Euros
from levier.model.observations import Observation, Observations
from levier.model.periods import Day, Period
from levier.model.portfolio import Portfolio
from levier.model.programmes import Project, Reform
from levier.model.quantities import Quantity, Unit
from levier.model.registry import Registry
from levier.model.sources import Sourced
from levier.serialization import register_hooks, structure, unstructure
from levier.testing.strategies import of


@attrs.define
class Page:
    """What an application holds: values of ours among its own."""

    title: str
    visits: int
    project: Project
    others: list[Project] = attrs.Factory(list)
    by_name: dict[str, Method] = attrs.Factory(dict)
    project_id: ProjectId | None = None
    budget: Euros | None = None
    phase: Phase = Phase.FRAMING
    shown_on: Day | None = None
    period: Period | None = None
    methods: Registry[Method] = attrs.Factory(Registry)
    rows: Observations = attrs.Factory(Observations)
    instrument: AnyInstrument | None = None
    root: Instrument | None = None
    population: Sourced[int] | None = None
    size: Quantity | None = None


def page() -> Page:
    """Return a page with something of everything."""
    return Page(
        title="Plan",
        visits=3,
        project=Project(id="p", label="P", calendar="2019"),
        project_id=ProjectId("p"),
        others=[Project(id="q", label="Q")],
        by_name={"nudge": Method(id="nudge", label="Nudge")},
        budget=Euros("12.50"),
        phase=Phase.STOPPED,
        shown_on=Day(2019, 6, 14),
        period=Period("2018/.."),
        methods=Registry([Method(id="nudge", label="Nudge")]),
        rows=Observations([Observation(indicator_id="i", period="2020", kind="actual", value="1.5")]),
        instrument=Campus(id="c", label="C"),
        root=CarteBlanche(id="b", label="B"),
        population=Sourced(value=3, source_id="s"),
        size=Quantity.exact("1.5", "days"),
    )


def with_strict_text() -> Converter:
    """Return a converter whose owner already has hooks for text and dates."""
    converter = Converter()
    converter.register_structure_hook(str, lambda found, _: str(found).upper())
    converter.register_structure_hook(date, lambda found, _: date.fromisoformat(found))
    converter.register_unstructure_hook(date, lambda day: [day.year, day.month, day.day])
    return converter


CONVERTERS: list[Callable[[], Converter]] = [
    Converter,
    lambda: Converter(detailed_validation=False),
    lambda: Converter(forbid_extra_keys=True),
    lambda: Converter(prefer_attrib_converters=True),
    cattrs.preconf.json.make_converter,
]


@pytest.mark.parametrize("make", CONVERTERS)
def test_an_application_holds_our_values(make: Callable[[], Converter]) -> None:
    """A class of the user's own that holds ours survives the round trip through JSON, with exact days."""
    converter = register_hooks(make())
    written = json.loads(json.dumps(converter.unstructure(page())))
    again = converter.structure(written, Page)
    assert again == page()
    assert type(again.shown_on) is pendulum.Date


def test_the_users_own_hooks_do_not_capture_ours() -> None:
    """Hooks that the user has for text and dates leave terms and days of ours alone, and ours leave theirs."""
    converter = register_hooks(with_strict_text())
    written = converter.unstructure(page())
    assert (written["shown_on"], written["phase"]) == ("2019-06-14", "stopped")
    again = converter.structure(written, Page)
    assert again.title == "PLAN"
    assert again.project == page().project
    assert (again.phase, again.shown_on) == (Phase.STOPPED, Day(2019, 6, 14))
    assert type(again.shown_on) is pendulum.Date
    assert converter.unstructure(date(2019, 6, 14)) == [2019, 6, 14]


@attrs.define
class Own:
    """Nothing of ours at all."""

    text: str = ""
    number: int = 0
    truth: bool = False
    share: float = 0.0


@pytest.mark.parametrize("found", [{"text": 3, "number": "4", "truth": "x", "share": "0.5", "extra": 1}, {}])
def test_nothing_else_of_the_converter_changes(found: dict[str, Any]) -> None:
    """The user's own fields are coerced, and unknown keys ignored, as they were before."""
    assert register_hooks(Converter()).structure(found, Own) == Converter().structure(found, Own)
    converter = register_hooks(Converter())
    assert converter.unstructure(date(2019, 6, 14)) == date(2019, 6, 14)


@attrs.define
class Measured:
    """A class of an application with numbers."""

    size: Decimal
    others: list[Decimal] = attrs.Factory(list)


def test_decimals_are_text_unless_the_converter_knows_better() -> None:
    """Cattrs has no hook for decimals, so ours reads and writes them as documents do; one of the user's own wins."""
    measured = Measured(Decimal("1.50"), [Decimal(3)])
    converter = register_hooks(Converter())
    assert converter.unstructure(measured) == {"size": "1.50", "others": ["3"]}
    assert converter.structure({"size": "1.50", "others": ["3"]}, Measured) == measured
    with pytest.raises(Exception, match="While structuring Measured"):
        converter.structure({"size": 1.5}, Measured)
    own = Converter()
    own.register_structure_hook(Decimal, lambda found, _: Decimal(found))
    assert register_hooks(own).structure({"size": 2}, Measured) == Measured(Decimal(2))


def test_moments_are_not_ours() -> None:
    """A pendulum.DateTime, which is a Day by inheritance only, is neither read nor written by our hooks."""
    moment = pendulum.datetime(2019, 6, 14, 10)
    assert register_hooks(Converter()).unstructure(moment) is moment
    for converter in (register_hooks(Converter()), Converter()):
        with pytest.raises(StructureHandlerNotFoundError):
            converter.structure("2019-06-14", pendulum.DateTime)
    for found in ("2019-06-14", "2019-06-14T10:00:00+00:00"):
        read, plain = (
            make.structure(found, pendulum.DateTime) if found.count("T") else None
            for make in (register_hooks(cattrs.preconf.json.make_converter()), cattrs.preconf.json.make_converter())
        )
        assert read == plain


def test_our_values_stay_strict_inside_a_lenient_class() -> None:
    """Coercion ends where our classes begin: what the user's class would take, ours refuse."""
    converter = register_hooks(Converter())
    project = {"id": "p", "label": "P"}
    assert converter.structure({"title": 1, "visits": "3", "project": project}, Page).title == "1"
    for bad in ({"id": 3, "label": "P"}, {"id": "p", "label": "P", "colour": 1}, {"id": "p", "label": ""}):
        with pytest.raises(Exception, match="While structuring Page"):
            converter.structure({"title": "t", "visits": 3, "project": bad}, Page)
    with pytest.raises(InvalidDocumentError):
        converter.structure("nowhere", Phase)


def test_the_converter_given_is_the_one_returned() -> None:
    """The hooks are registered on the user's converter itself."""
    converter = Converter()
    assert register_hooks(converter) is converter
    assert converter.unstructure(Euros(3)) == "3.00"
    assert converter.structure("3.00", Euros) == Euros(3)


@given(of(Portfolio))
def test_whole_portfolios_pass(portfolio: Portfolio) -> None:
    """A portfolio is unstructured to plain builtins and back, by our functions and by a converter of the user's."""
    written = unstructure(portfolio)
    assert json.loads(json.dumps(written)) == written
    assert structure(written, Portfolio) == portfolio
    converter = register_hooks(Converter())
    assert converter.unstructure(portfolio) == written
    assert converter.structure(written, Portfolio) == portfolio


@pytest.mark.parametrize(
    ("found", "kind", "value"),
    [
        ("2019-06-14", Day, Day(2019, 6, 14)),
        ("framing", Phase, Phase.FRAMING),
        ([{"id": "m", "label": "M"}], list[Method], [Method(id="m", label="M")]),
        ({"a": "1.00"}, dict[str, Euros], {"a": Euros(1)}),
        ({"kind": "campus", "id": "c", "label": "C"}, AnyInstrument, Campus(id="c", label="C")),
        ({"kind": "campus", "id": "c", "label": "C"}, Instrument, Campus(id="c", label="C")),
        ({"id": "c", "label": "C"}, Campus, Campus(id="c", label="C")),
        ({"value": "1.50", "source_id": "s"}, Sourced[Decimal], Sourced(value=Decimal("1.5"), source_id="s")),
        (3, int, 3),
        (None, Euros | None, None),
    ],
)
def test_values_are_structured_by_themselves(found: Any, kind: Any, value: Any) -> None:
    """Any class of ours, and containers of them, are structured and unstructured on their own."""
    assert structure(found, kind) == value
    assert type(structure(found, kind)) is type(value)
    assert structure(unstructure(value), kind) == value


@pytest.mark.parametrize(
    ("found", "kind", "places"),
    [
        ("a b\n", LeverId, [""]),
        (["a", "", 3], list[LeverId], ["/1", "/2"]),
        ({"a": "b c"}, dict[str, LeverId], ["/a"]),
        ("", Unit, [""]),
        (" days", Unit | None, [""]),
    ],
)
def test_identifiers_and_units_are_checked_by_themselves(found: Any, kind: Any, places: list[str]) -> None:
    """Outside of a field, whose validator would, the reader refuses what no identifier and no unit is."""
    with pytest.raises(InvalidDocumentError) as caught:
        structure(found, kind)
    assert [problem.pointer for problem in caught.value.problems] == places


def test_identifiers_and_units_are_read_by_themselves() -> None:
    """What is one is read, and the fields of a class keep the words of their own validators."""
    assert structure("digital", LeverId) == "digital"
    assert structure("€", Unit) == "€"
    with pytest.raises(InvalidDocumentError) as caught:
        structure({"id": "p", "label": "P", "lever_ids": ["a b"], "owner_id": "c d"}, Project)
    assert {problem.pointer for problem in caught.value.problems} == {"/lever_ids", "/owner_id"}
    assert {problem.expected for problem in caught.value.problems} == {"the identifier of another thing"}


@pytest.mark.parametrize(
    ("found", "kind", "said"),
    [
        (Method(id="m", label="M"), Method, "expected an object, found a value of class Method"),
        ({"id": "p", "label": "P", "calendar": Period("2020")}, Project, "found a value of class Period"),
        (3, Method, "found the number 3"),
    ],
)
def test_a_value_in_place_of_builtins_is_named(found: Any, kind: Any, said: str) -> None:
    """Who structures what is structured already is told so."""
    with pytest.raises(InvalidDocumentError, match=said):
        structure(found, kind)


class Colour(StrEnum):
    """A vocabulary of an application."""

    RED = "red"


class Name(str):
    """A text of an application."""

    __slots__ = ()


HOLDS_ITSELF: list[Any] = []
HOLDS_ITSELF.append(HOLDS_ITSELF)
DEEP: list[Any] = []
for _ in range(5000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "value",
    [
        {1: 2},
        {Period("2020"): 1},
        "\ud800",
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("-Infinity"),
        datetime(2019, 6, 14, tzinfo=UTC),
        date(2019, 6, 14),
        b"bytes",
        {1, 2},
        MappingProxyType({"a": 1}),
        Name("a"),
        object(),
        Method,
        HOLDS_ITSELF,
        DEEP,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_json_does_not_have_is_not_written(value: Any) -> None:
    """Nothing is written that could not be told from something else when it is read; alone, among others, or below."""
    for held in (value, [1, value], {"a": [value]}):
        with pytest.raises(InvalidValueError, match="unstructure"):
            unstructure(held)


def test_plain_builtins_are_written_beside_ours() -> None:
    """What JSON has is written as it is, with values of ours at any depth."""
    held = {"a": [1, 2.5, None, True, "x", Phase.FRAMING, Colour.RED, Euros(1), Decimal("1.5")], "b": {}}
    assert unstructure(held) == {"a": [1, 2.5, None, True, "x", "framing", "red", "1.00", "1.5"], "b": {}}


@attrs.frozen
class Held:
    """A class of an application with unions of ours."""

    either: Project | Reform
    maybe: Project | Reform | None = None
    amount: Euros | Quantity | None = None
    phase: Phase | Day | None = None
    several: list[Project | Reform] = attrs.Factory(list)
    told: AnyInstrument | None = None


def test_unions_of_ours_need_no_setting() -> None:
    """Unions are written with the class where nothing else tells it, and come back."""
    held = Held(
        Reform(id="r", label="R"),
        maybe=Project(id="p", label="P"),
        amount=Quantity.exact("1.5", "days"),
        phase=Day(2019, 6, 14),
        several=[Project(id="p", label="P"), Reform(id="r", label="R")],
        told=Campus(id="c", label="C"),
    )
    converter = register_hooks(Converter())
    written = json.loads(json.dumps(converter.unstructure(held)))
    assert [each["_type"] for each in written["several"]] == ["Project", "Reform"]
    assert "_type" not in written["told"]
    assert converter.structure(written, Held) == held
    bare = Held(Project(id="p", label="P"), amount=Euros(1))
    assert converter.structure(converter.unstructure(bare), Held) == bare


def test_a_member_is_told_by_what_fits() -> None:
    """Without the name of a class, the member that reads the value is taken, if there is one."""
    steps = [{"phase": "experimentation", "on": "2019-06-14", "because": "x"}]
    found = structure({"id": "p", "label": "P", "steps": steps}, Project | Reform)  # type: ignore[arg-type]
    assert type(found) is Project
    assert structure(None, Project | Reform | None) is None  # type: ignore[arg-type]


def test_a_member_is_told_when_unknown_keys_are_ignored() -> None:
    """It is the one that ignores the fewest keys; where two ignore as many, the class has to be named."""
    steps = [{"phase": "experimentation", "on": "2019-06-14", "because": "x"}]
    later = {"id": "p", "label": "P", "steps": steps, "mood": "good"}
    kind: Any = Project | Reform
    assert structure(later, kind, unknown="ignore") == structure(later, Project, unknown="ignore")
    assert type(structure({"_type": "Reform", **later}, kind, unknown="ignore")) is Reform
    with pytest.raises(InvalidDocumentError, match="mood"):
        structure(later, kind)
    with pytest.raises(InvalidDocumentError, match="this may be Project or Reform"):
        structure({"id": "p", "label": "P", "mood": "good"}, kind, unknown="ignore")
    with pytest.raises(InvalidDocumentError, match="/label"):
        structure({"id": "p", "label": "", "mood": "good"}, kind, unknown="ignore")


def test_a_key_of_a_dictionary_is_a_text() -> None:
    """Builtins may have other keys than JSON; they are a problem at their place, not a key of another type."""
    with pytest.raises(InvalidDocumentError, match="/1: expected a key of text, found the number 1"):
        structure({1: "3.00"}, dict[str, Euros])


@pytest.mark.parametrize(
    ("found", "place", "code", "expected"),
    [
        ({"id": "p", "label": "P"}, "/_type", "missing-key", "Project, Reform"),
        ({"_type": "Fund", "id": "p"}, "/_type", "unknown-kind", "Project, Reform"),
        ({"_type": 3}, "/_type", "unknown-kind", "Project, Reform"),
        ({"_type": "Project", "id": "p"}, "/label", "missing-key", "label"),
        ({"id": "p", "label": "", "steps": []}, "/label", "invalid-value", None),
        (3, "", "wrong-type", "an object"),
    ],
)
def test_what_no_member_or_several_read_is_refused(found: Any, place: str, code: str, expected: str | None) -> None:
    """The refusal names the classes it may be, or says what is wrong with the nearest."""
    with pytest.raises(InvalidDocumentError) as raised:
        structure(found, Project | Reform)  # type: ignore[arg-type]  # a union
    (problem,) = raised.value.problems
    assert (problem.pointer, problem.code) == (place, code)
    assert expected in (None, problem.expected)
