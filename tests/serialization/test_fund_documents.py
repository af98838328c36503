"""Documents of a fund: the journal is an array, and money that was not there is a problem at its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from levier import InvalidDocumentError, Portfolio, dumps, loads
from levier.fund import Journal
from levier.serialization import json as ours
from levier.serialization import structure, unstructure
from levier.testing import samples

AWARD = {"id": "a", "label": "A", "call_id": "c", "amount": "100.00", "contracted_on": "2018-09-01"}
CEILING = {"kind": "ceiling", "text": "100 at most", "amount": "100.00", "source_id": "act"}


def entry(kind: str, amount: str, on: str = "2019-01-01") -> dict[str, str]:
    """Return an entry as it is written."""
    return {"award_id": "a", "kind": kind, "amount": amount, "on": on}


def document(**fund: Any) -> bytes:
    """Return a document of one fund."""
    held = {
        "id": "f",
        "label": "F",
        "calls": [{"id": "c", "label": "C", "rules": [CEILING]}],
        "allocation": {"value": "90.00", "source_id": "act"},
        "awards": [{"id": "other", "label": "O"}, AWARD],
        **fund,
    }
    sources = [{"id": "act", "title": "Act"}]
    return json.dumps({"format": "levier", "version": 1, "funds": [held], "sources": sources}).encode()


@pytest.mark.parametrize(
    ("fund", "pointer", "said"),
    [
        (
            {"entries": [entry("commitment", "90"), entry("payment", "91")]},
            "/funds/0/entries/1",
            "asked to pay or release 91.00 EUR",
        ),
        (
            {"entries": [entry("commitment", "90"), entry("payment", "80"), entry("recovery", "81")]},
            "/funds/0/entries/2",
            "paid and not yet recovered 80.00 EUR",
        ),
        ({"entries": [entry("commitment", "91")]}, "/funds/0/entries/0", "available 90.00 EUR in the allocation"),
        (
            {"entries": [entry("commitment", "101")]},
            "/funds/0/entries/0",
            "asked to commit 101.00 EUR, available 100.00",
        ),
        (
            {"entries": [entry("commitment", "1", "2018-08-31")]},
            "/funds/0/entries/0",
            "its contract is dated 2018-09-01",
        ),
        (
            {"awards": [{"id": "other", "label": "O"}, {**AWARD, "amount": "101"}]},
            "/funds/0/awards/1",
            "the ceiling of call 'c' is 100.00 EUR",
        ),
        (
            {"allocation_changes": [{"amount": "-91", "on": "2019-01-01", "because": "x", "source_id": "act"}]},
            "/funds/0/allocation",
            "available 90.00 EUR",
        ),
        ({"entries": [entry("commitment", "1") | {"award_id": "gone"}]}, "/funds/0/entries", "an award of this fund"),
        ({"entries": [entry("commitment", "-1")]}, "/funds/0/entries/0/amount", "above zero"),
        ({"entries": "payment"}, "/funds/0/entries", "expected an array"),
    ],
)
def test_money_that_was_not_there_is_a_problem_at_its_place(fund: dict[str, Any], pointer: str, said: str) -> None:
    """A document that breaks a rule of the fund is refused: one problem, its pointer, and the amounts of the error."""
    with pytest.raises(InvalidDocumentError) as refused:
        loads(document(**fund))
    (problem,) = refused.value.problems
    assert problem.pointer == pointer
    assert said in problem.message


def test_several_problems_of_a_fund_are_all_listed() -> None:
    """An award above its ceiling and a payment of nothing committed are two problems of one document."""
    with pytest.raises(InvalidDocumentError) as refused:
        loads(document(awards=[{**AWARD, "amount": "101"}], entries=[entry("payment", "1")]))
    assert {problem.pointer for problem in refused.value.problems} == {"/funds/0/awards/0", "/funds/0/entries/0"}


def test_a_journal_is_written_as_an_array_in_its_order() -> None:
    """A journal of many pages is an array of entries, is read back in its order, and takes the fast way."""
    fund = samples.fund(awards=50)
    for number in range(200):
        fund = fund.with_payment(fund.awards[0].id, "0.01", on=f"2021-03-{number % 28 + 1:02d}")
    plan = Portfolio.of(fund)
    data = dumps(plan)
    assert ours._fast(data) == plan  # noqa: SLF001  # that it was the fast way is what is proven
    assert loads(data) == plan
    written = unstructure(fund.entries)
    assert isinstance(written, list)
    assert structure(written, Journal) == fund.entries
    assert loads(data).funds[fund.id].entries[-1].on == fund.entries[-1].on
