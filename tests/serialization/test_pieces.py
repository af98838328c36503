"""Arrays and documents in which some items are invalid: the others are built in bulk, and nothing is told otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levier import BudgetProgramme, Euros, Observation, Sourced, dumps, loads
from levier.errors import InvalidDocumentError, InvalidValueError, LimitExceededError, Problem, ProblemCode
from levier.serialization import Limits, structure, unstructure
from levier.serialization._pieces import pieces
from levier.testing import samples

PLAN = samples.portfolio(projects=25, seed=3)
ROWS: list[dict[str, Any]] = unstructure(PLAN)["observations"]
PROGRAMME: dict[str, Any] = unstructure(next(iter(PLAN.budget_programmes.values())))
OBSERVATIONS = tuple[Observation, ...]

FAULTS: tuple[Mapping[str, Any], ...] = (
    {"period": "2020-13"},
    {"indicator_id": "no such"},
    {"colour": 1, "color": 2},
    {"value": 7},
    {"kind": "hoped-for", "period": None},
    {"state": "coming"},
    {"sample_size": -1},
    {"breakdown": [{"dimension_id": "sex", "code": ""}]},
    {"x-own": 1},
)
faulty = st.dictionaries(st.integers(0, len(ROWS) - 1), st.sampled_from(FAULTS), max_size=40)


def text_of(found: Any) -> bytes:
    """Return builtins as JSON."""
    return json.dumps(found).encode()


def problems_of(data: bytes, kind: Any = OBSERVATIONS, **options: Any) -> tuple[Problem, ...]:
    """Return the problems of JSON, none if it is valid."""
    try:
        loads(data, type=kind, **options)
    except InvalidDocumentError as error:
        return error.problems
    return ()


def problems_in(found: Any, kind: Any) -> tuple[Problem, ...]:
    """Return the problems of builtins, none if they are valid."""
    try:
        structure(found, kind)
    except InvalidDocumentError as error:
        return error.problems
    return ()


def moved(problem: Problem, *before: str | int) -> Problem:
    """Return a problem of a part as one of the whole, without line and column."""
    path = (*before, *problem.path)
    return evolve(problem, path=path, pointer="".join(f"/{step}" for step in path), line=None, column=None)


def bare(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems without line and column."""
    return [moved(each) for each in problems]


@given(faulty)
def test_items_have_the_problems_that_each_has_alone(faults: dict[int, Mapping[str, Any]]) -> None:
    """However many items are invalid, and wherever: an array has the problems of its items, in their order."""
    rows = [row | faults.get(place, {}) for place, row in enumerate(ROWS)]
    alone = [moved(each, place) for place in sorted(faults) for each in problems_of(text_of(rows[place]), Observation)]
    assert bare(problems_of(text_of(rows))) == alone
    for kind in (OBSERVATIONS, list[Observation]):
        assert bare(problems_in(rows, kind)) == alone


@given(st.dictionaries(st.integers(0, 199), st.sampled_from([{"year": "x"}, {"amounts": None}, {"a": 1}]), max_size=9))
def test_a_long_array_within_an_object_has_the_problems_of_its_items(faults: dict[int, Mapping[str, Any]]) -> None:
    """The lines of a programme are built in bulk too, and each problem is told at its line."""
    line = PROGRAMME["lines"][0]
    lines = [line | {"action": f"{place:03}"} | faults.get(place, {}) for place in range(200)]
    found = problems_of(text_of(PROGRAMME | {"lines": lines}), BudgetProgramme)
    expected = []
    for place in sorted(faults):
        single = problems_of(text_of(PROGRAMME | {"lines": [lines[place]]}), BudgetProgramme)
        expected += [moved(evolve(each, path=each.path[2:]), "lines", place) for each in single]
    assert bare(found) == expected


@pytest.mark.parametrize("space", ["", " ", "\n"])
def test_a_problem_of_an_array_has_its_line_and_column(space: str) -> None:
    """In any layout, the line and column are those of the invalid value."""
    rows = [dict(row) for row in ROWS[:300]]
    rows[270]["kind"] = rows[299]["kind"] = "hoped-for"
    data = json.dumps(rows, separators=(f",{space}", f":{space}")).encode()
    for problem, start in zip(problems_of(data), (data.find(b'"hoped-for"'), data.rfind(b'"hoped-for"')), strict=True):
        before = data[:start]
        assert problem.line == before.count(b"\n") + 1
        assert problem.column == len(before) - before.rfind(b"\n")


def test_arrays_are_read_like_their_items() -> None:
    """A tuple, a list, an empty one, and one that writes its defaults are read."""
    rows = [{"territory_id": "FR", "definition": 1} | row for row in ROWS]
    expected = tuple(structure(row, Observation) for row in ROWS)
    assert loads(text_of(rows), type=OBSERVATIONS) == expected
    assert loads(text_of(rows), type=list[Observation]) == list(expected)
    assert loads(b"[]", type=OBSERVATIONS) == ()


def test_after_many_invalid_items_a_batch_is_read_one_by_one() -> None:
    """Valid items are built whatever stands before them, from JSON and from builtins."""
    rows = [row | {"value": 1} if place < 200 else row for place, row in enumerate(ROWS)]
    held = [(place, count, sound is None) for place, count, sound in pieces(Observation, rows)]
    assert held[:4] == [(0, 200, True), (200, 56, False), (256, 256, False), (512, 256, False)]
    assert len(problems_of(text_of(rows))) == 200


def test_a_repeated_key_is_told_before_other_problems() -> None:
    """Among many items, a key that stands twice is found, and its neighbours are read."""
    rows = [json.dumps(row) for row in ROWS[:100]]
    rows[3] = '{"value": 4, ' + rows[3][1:]
    rows[90] = rows[90].replace('"kind": ', '"kind": "actual", "kind": ')
    rows[2] = rows[2].replace('"period": ', '"period": 1, "x": ')
    found = problems_of(f"[{','.join(rows)}]".encode())
    assert [each.pointer for each in found] == ["/3/value", "/90/kind", "/2/period", "/2/x"]


def test_a_colon_that_is_written_as_an_escape_hides_no_key() -> None:
    """Items of which colons cannot be counted are read one by one, strictly."""
    rows = [json.dumps(row) for row in ROWS[:3]]
    rows[1] = rows[1][:-1] + ', "extr\\u003a": 1}'
    assert [each.pointer for each in problems_of(f"[{','.join(rows)}]".encode())] == ["/1/extr:"]


@pytest.mark.parametrize(
    ("data", "pointer"), [(b"[", ""), (b"{}", ""), (b"[1]", "/0"), (b"[null]", "/0"), (b'[{"kind":"\\ud800"}]', "/0")]
)
def test_what_is_no_array_of_objects_is_refused(data: bytes, pointer: str) -> None:
    """Text that is not JSON, another type, and items of another type are problems."""
    assert problems_of(data)[0].pointer.startswith(pointer)


def test_limits_hold_for_invalid_items() -> None:
    """A limit is reported as such, not as a problem."""
    deep = text_of([{"extra": [[[[]]]]}])
    with pytest.raises(LimitExceededError):
        problems_of(deep, limits=Limits(depth=4))
    with pytest.raises(LimitExceededError):
        problems_of(b'[{"value":' + b"[" * 70 + b"]" * 70 + b"}]")


def test_unknown_keys_are_ignored_where_they_are_to_be() -> None:
    """Items with unknown keys are read beside items that are invalid for another reason."""
    rows = [row | {"wizard": 1} for row in ROWS[:300]]
    assert len(loads(text_of(rows), type=OBSERVATIONS, unknown="ignore")) == 300
    rows[7]["value"] = 1
    assert [each.pointer for each in problems_of(text_of(rows), unknown="ignore")] == ["/7/value"]


def test_other_arrays_are_read_as_a_whole() -> None:
    """Amounts and sourced values are no classes built in bulk; a tuple of one type without an ellipsis is none."""
    assert loads(b'["1.00"]', type=tuple[Euros, ...]) == (Euros(1),)
    found = loads(b'[{"value":"1.00","source_id":"a"}]', type=tuple[Sourced[Euros], ...])
    assert found[0].value == Euros(1)
    with pytest.raises(InvalidValueError):
        loads(b"[]", type=tuple[Observation])


DOCUMENT: dict[str, Any] = json.loads(dumps(PLAN))


@given(faulty, st.sets(st.integers(0, len(ROWS) - 1), max_size=40))
def test_a_document_tells_invalid_items_and_dangling_references(
    faults: dict[int, Mapping[str, Any]], gone: set[int]
) -> None:
    """Every item has the problems that it has alone, and every reference that leads nowhere is told at its place."""
    rows = [row | faults.get(place, {}) for place, row in enumerate(DOCUMENT["observations"])]
    for place in gone:
        rows[place] = rows[place] | {"territory_id": f"gone-{place}"}
    found = bare(problems_of(text_of(DOCUMENT | {"observations": rows}), type(PLAN)))
    alone = [
        moved(each, "observations", place)
        for place in sorted(faults)
        for each in problems_of(text_of(rows[place]), Observation)
    ]
    assert found[: len(alone)] == alone
    after = [each for each in found[len(alone) :] if each.code is ProblemCode.DANGLING_REFERENCE]
    dangling = [each.path for each in after if each.path[-1] != "dimension_id"]
    assert dangling == [("observations", place, "territory_id") for place in sorted(gone)]


@pytest.mark.parametrize(
    "fault",
    [
        {"breakdown": [{"dimension_id": "sex", "code": ""}]},
        {"breakdown": [{"dimension_id": "sex"}]},
        {"breakdown": 5},
        {"source_id": 5},
        {"territory_id": None},
        {"period": 2020},
        {"period": "2020-13"},
        {"indicator_id": "no such"},
    ],
)
def test_a_key_that_cannot_be_read_is_not_another_one(fault: Mapping[str, Any]) -> None:
    """An observation with a part of its key that is wrong is not said to stand there already, as it could be new."""
    row = {name: part for name, part in ROWS[0].items() if name not in {"source_id", "breakdown"}}
    for rows in ([row, row | fault], [row | fault, row | fault | {"value": "1"}]):
        found = problems_of(text_of(DOCUMENT | {"observations": rows}), type(PLAN))
        codes = {each.code.value for each in found}
        assert codes
        assert codes <= {"invalid-value", "wrong-type", "missing-key"}


def test_references_that_dangle_are_found_in_every_part() -> None:
    """In a document with many observations, each reference that leads nowhere is told at its place."""
    rows = list(DOCUMENT["observations"])
    for place in (0, 255, 256, 700):
        rows[place] = rows[place] | {"indicator_id": f"gone-{place}"}
    found = problems_of(text_of(DOCUMENT | {"observations": rows}), type(PLAN))
    assert [each.path[1] for each in found] == [0, 255, 256, 700]
