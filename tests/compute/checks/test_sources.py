"""The rules on sources, closer: what counts as sourced, and what each source says of a value in conflict."""

from __future__ import annotations

from typing import Any

import pytest

from levier import (
    NATION,
    Award,
    Euros,
    Event,
    Figure,
    Fund,
    Indicator,
    Lever,
    Observation,
    Organisation,
    Period,
    Portfolio,
    Programme,
    Quantity,
    Reform,
    Source,
    Sourced,
    Territory,
)
from levier.compute.checks.check import RULES
from levier.model.sources import Stated
from levier.rules import Finding, check

SOURCES = (Source(id="one", title="One"), Source(id="two", title="Two"))


def found_by(rule: str, *items: Any) -> tuple[Finding, ...]:
    """Return what one rule finds."""
    return check(Portfolio.of(*SOURCES, *items), as_of="2019-06-14", rules=[RULES[rule]])


def disputed(value: Any, other: Any) -> Any:
    """Return a value that the first source gives, and the second gives otherwise."""
    stated = Stated(value=other, source_id="two")
    return Sourced(value=value, source_id="one", alternatives=[stated], preferred_because="it was there.")


def test_a_source_of_a_part_is_a_source() -> None:
    """A programme whose event is sourced has a source; without the event it has none."""
    happened = Event(id="e", label="E", on=Sourced(value=Period("2017-12-14"), source_id="one"))
    programme = Programme(id="p", label="Programme", kind="national")
    (found,) = found_by("source-missing", programme)
    assert (found.sentence("fr"), str(found)) == (
        "Aucune source pour «\u00a0Programme\u00a0».",
        "No source for 'Programme'.",
    )
    assert found_by("source-missing", Programme(id="p", label="P", kind="national", events=[happened])) == ()


def test_awards_need_a_source_of_their_own() -> None:
    """An award is found in a fund that has a source; who is known to all, such as a body, needs none."""
    fund = Fund(id="f", label="F", source_ids=["one"], awards=[Award(id="a", label="A")])
    body = Organisation(id="ditp", label="DITP", kind="interministerial-directorate")
    found = found_by("source-missing", fund, body, Lever(id="x", label="X", source_ids=["two"]))
    assert [finding.subject for finding in found] == ["funds/f/awards/a"]


def test_values_without_a_source_are_counted() -> None:
    """An indicator is found once, with how many of its values in the books lack a source; an empty one counts not."""
    rows = [Observation(indicator_id="wait", kind="actual", period=str(year), value=1) for year in (2016, 2017)]
    sourced = Observation(indicator_id="wait", kind="actual", period="2018", value=1, source_id="one")
    empty = Observation(indicator_id="wait", kind="actual", period="2015", state="coming")
    later = Observation(indicator_id="wait", kind="actual", period="2014", value=1, recorded_on="2020-01-01")
    about = (Indicator(id="wait", label="Attente", unit="days"), Territory(id=NATION, label="France"))
    (found,) = found_by("value-without-source", *about, *rows, sourced, empty, later)
    assert str(found) == "Values of the indicator 'Attente' without a source: 2 of 3."
    assert found.sentence("fr") == "Valeurs sans source de l’indicateur «\u00a0Attente\u00a0»\u00a0: 2 sur 3."


def test_conflicts_say_what_each_source_says() -> None:
    """The sentence gives every value with its source, in the form its kind and language want."""
    happened = Event(id="e", label="E", on=disputed(Period("2017-12-14"), Period("2017-12-15")))
    programme = Programme(id="p", label="P", kind="national", events=[happened])
    (found,) = found_by("sources-in-conflict", programme)
    assert (
        str(found) == "Sources disagree: 14 December 2017 (one); 15 December 2017 (two). Preferred: one, it was there."
    )
    assert found.sentence("fr") == (
        "Les sources divergent\u00a0: 14 décembre 2017 (one)\u00a0; 15 décembre 2017 (two). "
        "Retenu\u00a0: one, it was there."
    )


@pytest.mark.parametrize(
    ("value", "other", "said"),
    [
        (Quantity.exact(17, "count"), Quantity.about(16, "count"), "17 (one); about 16 (two)."),
        (
            Quantity.between(3, 5, "days"),
            Quantity.at_least(4, "days"),
            "3 days to 5 days (one); at least 4 days (two).",
        ),
    ],
)
def test_conflicts_word_quantities(value: Quantity, other: Quantity, said: str) -> None:
    """A quantity in conflict is written with its bounds and its unit."""
    figure = Figure(id="n", label="N", value=disputed(value, other))
    (found,) = found_by("sources-in-conflict", Reform(id="r", label="R", figures=[figure]))
    assert said in str(found)
    assert found.subject == "reforms/r/figures/n/value"


def test_conflicts_word_amounts() -> None:
    """An amount in conflict is written in euros, in the way of the language."""
    (found,) = found_by("sources-in-conflict", Fund(id="f", label="F", allocation=disputed(Euros(700), Euros(764))))
    assert str(found) == "Sources disagree: €700 (one); €764 (two). Preferred: one, it was there."
    assert "700\u00a0€ (one)\u00a0; 764\u00a0€ (two)." in found.sentence("fr")


def test_conflicts_word_counts() -> None:
    """A bare number in conflict is written with grouped thousands."""
    territory = Territory(id=NATION, label="F", population=disputed(45_500, 45_123))
    (found,) = found_by("sources-in-conflict", territory)
    assert found.subject == "territories/FR/population"
    assert "45,500 (one); 45,123 (two)" in str(found)
