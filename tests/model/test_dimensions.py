"""Dimensions: the codes of a breakdown resolve, key an observation, and never mix with the whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import levier
from levier import (
    BreakdownCode,
    Dimension,
    DimensionCode,
    Indicator,
    InvalidDocumentError,
    Observation,
    Portfolio,
    Reform,
    Source,
    Territory,
)
from levier.errors import DanglingReferenceError, DuplicateItemsError, InvalidValueError, ProblemCode
from levier.history import difference, merge
from levier.indicators import Observations
from levier.model.dimensions import as_breakdown
from levier.testing.resolving import resolved

FRANCE = Territory(id="FR", label="France")
JOBS = Indicator(id="jobs", label="Emplois", unit="count", aggregation="sum")
CODES = {"sex": ("F", "M"), "age": ("0-24", "25+")}


def dimension(name: str, *codes: str, **more: Any) -> Dimension:
    """Return a dimension with these codes, or its usual ones."""
    held = [
        DimensionCode(code=code, label=f"Modalité {code}", label_en=f"code {code}") for code in codes or CODES[name]
    ]
    return Dimension(id=name, label=name, codes=held, **more)


SEX, AGE = dimension("sex"), dimension("age")


def jobs(value: int, breakdown: Mapping[str, str] | Iterable[BreakdownCode] = (), **more: Any) -> Observation:
    """Return a number of jobs of 2023."""
    given_ = {"period": "2023", "kind": "actual", **more}
    return Observation(indicator_id="jobs", value=value, breakdown=breakdown, **given_)


PLAN = Portfolio.of(FRANCE, JOBS, SEX, AGE, jobs(10), jobs(6, {"sex": "F"}), jobs(1, {"sex": "F", "age": "25+"}))

breakdowns = st.fixed_dictionaries({}, optional={name: st.sampled_from(codes) for name, codes in CODES.items()})
tables = st.dictionaries(breakdowns.map(as_breakdown), st.integers(0, 9)).map(
    lambda values: [jobs(value, part) for part, value in values.items()]
)


@given(breakdowns, st.randoms())
def test_codes_are_one_breakdown_in_any_order(codes: dict[str, str], random: Any) -> None:
    """A mapping and codes in any order are one breakdown, in the order of the dimensions."""
    pairs = [BreakdownCode(name, code) for name, code in codes.items()]
    random.shuffle(pairs)
    assert as_breakdown(codes) == as_breakdown(pairs) == as_breakdown(iter(pairs)) == tuple(sorted(pairs))
    assert jobs(1, codes) == jobs(1, pairs)


@pytest.mark.parametrize("codes", ["", "F", 3, {"sex": 3}, [("sex", "F")], [BreakdownCode("sex", "F"), "M"]])
def test_what_is_no_breakdown_is_refused(codes: Any) -> None:
    """A text, a number, pairs and codes of another class are refused."""
    with pytest.raises(InvalidValueError):
        jobs(1, codes)


def test_a_decoder_cannot_bring_codes_out_of_order() -> None:
    """What a document lists out of order is refused, because a value has one way to be written."""
    swapped = levier.dumps(jobs(1, {"sex": "F", "age": "25+"})).replace(b"sex", b"xxx").replace(b"age", b"sex")
    with pytest.raises(InvalidDocumentError, match="in the order of the dimensions"):
        levier.loads(swapped.replace(b"xxx", b"age"), type=Observation)


@given(tables, st.randoms())
def test_a_table_sorts_parts_beside_their_whole(rows: list[Observation], random: Any) -> None:
    """Whatever the order in which rows are given, a table is one; its whole and its parts are all of it."""
    table = Observations(rows)
    random.shuffle(rows)
    assert Observations(rows) == table
    assert [row.key for row in table] == sorted(row.key for row in rows)
    parts = [row for part in table.breakdowns for row in table.broken_down(part)]
    assert sorted([*table.whole, *parts], key=lambda row: row.key) == list(table)
    assert all(not row.breakdown for row in table.of("jobs"))
    for row in rows:
        assert table.of("jobs", breakdown=row.breakdown) == (row,)
        assert table.with_(row) == table
        assert row not in table.without(row)


def test_a_table_without_breakdowns_is_its_own_whole() -> None:
    """Nothing is copied where nothing is broken down, and an unknown part has no values."""
    table = Observations([jobs(1)])
    assert table.whole is table
    assert (table.breakdowns, table.of("jobs", breakdown={"sex": "F"})) == ((), ())
    assert PLAN.observations.whole.rows == (jobs(10),)
    assert PLAN.observations.territories("jobs") == ("FR",)
    assert PLAN.observations.broken_down({"sex": "F"}).whole.rows == (jobs(6, {"sex": "F"}),)
    assert Observations([jobs(6, {"sex": "F"})]).whole.rows == ()


def test_one_part_has_one_value_of_a_source() -> None:
    """The breakdown is in the key: the same part twice is refused, another part is another value."""
    with pytest.raises(DuplicateItemsError, match="jobs FR 2023 actual  sex F"):
        Observations([jobs(1, {"sex": "F"}), jobs(2, {"sex": "F"})])
    assert len(Observations([jobs(1, {"sex": code}) for code in "FM"])) == 2


def test_a_code_resolves_as_a_reference_does() -> None:
    """An unknown dimension, an unknown code and a dimension that loses a code are refused, each by its path."""
    with pytest.raises(DanglingReferenceError, match="dimension_id names 'size', which is not in dimensions"):
        PLAN.with_(jobs(1, {"size": "big"}))
    with pytest.raises(DanglingReferenceError, match=r"code names 'X', which is not in dimensions\['sex'\].codes"):
        PLAN.with_(jobs(1, {"sex": "X"}))
    with pytest.raises(DanglingReferenceError, match=r"names 'F', which is not in dimensions\['sex'\].codes"):
        PLAN.with_(dimension("sex", "M"))
    with pytest.raises(DanglingReferenceError):
        PLAN.without(SEX)
    assert PLAN.with_(dimension("sex", "M", "F", "X")).dimensions["sex"].code("X") is not None
    assert SEX.code("X") is None


def test_a_document_names_the_code_that_is_not_there() -> None:
    """A document with an unknown code is refused with the place of it; so is one with a broken observation beside."""
    unknown = levier.dumps(PLAN).replace(b'"code":"25+","dimension', b'"code":"26+","dimension')
    with pytest.raises(InvalidDocumentError) as error:
        levier.loads(unknown)
    (problem,) = error.value.problems
    assert problem.pointer == "/observations/1/breakdown/0/code"
    assert "names '26+', which is not in the codes of the dimension 'age'" in problem.message


@pytest.mark.parametrize(
    ("breakdown", "is_told"),
    [
        ([{"dimension_id": "sex", "code": "F"}], True),
        ([{"dimension_id": "sex"}], False),
        ("F", False),
        ([3], False),
    ],
)
def test_a_broken_observation_has_its_breakdown_in_its_key(breakdown: Any, is_told: bool) -> None:
    """Two observations of one part that are both wrong elsewhere are told to be the same, if the part can be read."""
    row = {"indicator_id": "jobs", "period": "2023", "kind": "actual", "value": 1.5, "breakdown": breakdown}
    document = {
        "format": "levier",
        "version": 1,
        "indicators": [{"id": "jobs", "label": "Emplois", "unit": "count"}],
        "territories": [{"id": "FR", "label": "France"}],
        "dimensions": [{"id": "sex", "label": "Sexe", "codes": [{"code": "F", "label": "Femmes"}]}],
        "observations": [row, row],
    }
    with pytest.raises(InvalidDocumentError) as error:
        levier.loads(json.dumps(document))
    told = [each.message for each in error.value.problems if each.code is ProblemCode.DUPLICATE_ITEM]
    assert [message.startswith("'jobs FR 2023 actual sex=F' stands already") for message in told] == [True] * is_told


def test_a_portfolio_of_a_day_has_the_dimensions_of_that_day() -> None:
    """Before a dimension is published its values are not there; those of the whole are."""
    late = Source(id="late", title="Late", published_on="2024-06")
    plan = Portfolio.of(FRANCE, JOBS, late, AGE, dimension("sex", source_ids=["late"]), *PLAN.observations)
    assert list(plan.as_of("2024-01-01").observations) == [jobs(10)]
    assert plan.as_of("2024-07-01") == plan


def test_where_keeps_the_dimensions_of_what_it_keeps() -> None:
    """The part of a plan that is asked for is closed over the dimensions of its values."""
    reform = Reform(id="r", label="Réforme", indicator_ids=["jobs"])
    lever = levier.Lever(id="digital", label="Numérique")
    plan = PLAN.with_(lever, levier.Project(id="p", label="P", lever_ids=["digital"], indicator_ids=["jobs"]), reform)
    kept = plan.where(lever_id="digital")
    assert (kept.dimensions, kept.observations) == (plan.dimensions, plan.observations)


def test_differences_and_mergers_tell_parts_apart() -> None:
    """A changed part is named by its code; two portfolios with other parts of one value merge without a conflict."""
    before, after = PLAN, PLAN.with_(jobs(7, {"sex": "F"}))
    found = difference(before, after)
    assert found.applied_to(before) == after
    assert "code F" in found.explain("en")
    assert "Modalité F" in found.explain("fr")
    assert difference(after, before).applied_to(after) == before
    other = Portfolio.of(FRANCE, JOBS, SEX, AGE, jobs(4, {"sex": "M"}))
    merged = merge(PLAN, other)
    assert merged.conflicts == ()
    assert len(merged.portfolio.observations) == 4
    bare = difference(Portfolio(), Portfolio())
    assert bare.applied_to(Portfolio()) == Portfolio()


def test_a_code_of_no_known_dimension_is_named_by_itself() -> None:
    """A written difference may be read without the portfolio of its codes."""
    from levier.compute.history.label import item_label  # the room is not public

    assert "sex=F" in item_label(jobs(1, {"sex": "F"}), Portfolio.of(FRANCE, JOBS)).name.label_en


@given(st.lists(st.from_type(Dimension) | st.from_type(Observation), max_size=4))
def test_drawn_breakdowns_resolve(things: list[Any]) -> None:
    """Whatever is drawn, the portfolio of it loads again as it was."""
    plan = resolved(things)
    assert levier.loads(levier.dumps(plan)) == plan
    for row in plan.observations:
        assert all(plan.dimensions[one.dimension_id].code(one.code) for one in row.breakdown)


def test_drawn_codes_are_replaced_by_known_ones() -> None:
    """A code that its dimension lacks becomes one that it has; a dimension without codes is left out."""
    row = jobs(1, {"sex": "X", "size": "big"})
    (found,) = resolved([FRANCE, JOBS, SEX, Dimension(id="size", label="Taille"), row]).observations
    assert [one.dimension_id for one in found.breakdown if one.code in {"F", "M"}] == ["sex"]


def test_an_empty_breakdown_is_the_whole_however_it_is_written() -> None:
    """No codes in a mapping, a list or a tuple are the same."""
    assert {jobs(1, empty) for empty in ((), [], {}, iter(()))} == {jobs(1)}
