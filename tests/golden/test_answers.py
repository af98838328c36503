"""Every answer travels: as plain builtins, by a schema, with what it computes and says, and without a portfolio."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import golden_said
import pytest
import record
from attrs import fields
from jsonschema import Draft202012Validator

from doors import everything
from levier import Application, Award, Fund, Portfolio, catalogue, fund, indicators, statistics
from levier.serialization import to_builtins
from levier.serialization.results import is_result
from levier.serialization.schema import schema, schema_of
from levier.testing import assert_explains
from levier.wording.explained import Explained


@cache
def made() -> dict[type[Any], list[Any]]:
    """Return the results that speak for themselves in no text: settings, scenarios and selections."""
    call = catalogue.action_publique_2022().instruments["defis-cartes-blanches"]
    award = Award(id="a", label="A", amount=100, contracted_on="2018-09-01")
    spent = Fund(id="f", label="F", awards=[award]).with_commitment("a", 60, on="2018-10-01")
    asked = [Application(id=name, label=name, call_id="c", owner_id="o", requested=60, total_cost=80) for name in "ab"]
    novelty = fund.Criterion(id="novelty", label="Novelty", mark={"a": 3, "b": 5}.get)
    delay = fund.Delay(months=6, award_ids=["a"])
    later = fund.apply(spent, delay, since="2018-01-01")
    path = indicators.expected_path({"2018-12": 40, "2020-12": 16})
    found = [
        *(delay, later, fund.EnvelopeCut(percent=33), fund.CallMoved(call_id="c", months=6), novelty),
        fund.select(asked, 100, [novelty]),
        fund.staged_funding(call, {"experimentation": (3, 250_000)}),
        *fund.staged_funding(call, {"experimentation": (3, 250_000)}).stages,
        fund.YearComparison(year=2019, before=fund.FundYear(year=2019), after=fund.FundYear(year=2019)),
        *(path, indicators.Proposal(value=60, on="2024-07-05"), indicators.Thresholds(gap=-5)),
        *(indicators.summary({"a": 42, "b": None}), statistics.SATISFACTION),
    ]
    return {type(each): [each] for each in found}


def public() -> Iterator[type[Any]]:
    """Yield every public class of results."""
    return (kind for kind in everything().values() if isinstance(kind, type) and is_result(kind))


CLASSES = sorted(public(), key=lambda kind: kind.__name__)


@cache
def results_of(kind: type[Any]) -> list[Any]:
    """Return some results of a class: of all that is asked for the recorded texts, and those made here."""
    for name in record.SUBJECTS:
        record.text_of(name)
    return [*golden_said.ANSWERS.get(kind, ()), *made().get(kind, ())]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_answer_travels(kind: type[Any]) -> None:
    """Each public class of results has a schema, and its results, as JSON, are valid by it, whole and in words."""
    schema = schema_of(kind)
    Draft202012Validator.check_schema(schema)
    found = results_of(kind)
    assert found, "no result of this class is known: make one above"
    for result in found:
        written = to_builtins(result)
        assert json.loads(json.dumps(written, ensure_ascii=False, allow_nan=False)) == written
        assert next(Draft202012Validator(schema).iter_errors(written), None) is None
        assert written["_type"] == kind.__name__
        if isinstance(result, Explained):
            assert written["in_words"] == {"fr": result.explain("fr"), "en": result.explain("en")}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_nothing_computed_is_left_behind(kind: type[Any]) -> None:
    """What a class holds or computes is a key of its form: every field and public property but portfolios and rules."""
    properties = {name for name in dir(kind) if isinstance(getattr(kind, name), property) and name[0] != "_"}
    held = {each.name for each in fields(kind)}
    described = schema_of(kind)
    written = described["$defs"][described["$ref"].rpartition("/")[2]]["properties"]
    assert held | properties - {"message", "headline"} == set(written) - {"_type", "in_words"} | (
        {"portfolio", "mark"} & held
    )
    assert "Portfolio" not in described["$defs"]


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if issubclass(kind, Explained)])
def test_every_answer_can_be_read(kind: type[Any]) -> None:
    """No answer has a trace of Python, of an unfinished sentence or of the other language in what it says."""
    for result in results_of(kind):
        if result.explain("en"):  # a count that places nothing says nothing
            assert_explains(result)


def test_names_of_definitions_are_of_one_class() -> None:
    """No class of results has the name of one of the model, or of another: a name in a schema means one thing."""
    assert not {kind.__name__ for kind in CLASSES} & set(schema()["$defs"])
    assert len({kind.__name__ for kind in CLASSES}) == len(CLASSES)
    assert Portfolio not in CLASSES
