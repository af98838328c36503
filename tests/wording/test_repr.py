"""The `repr` of a result is its sentence in English, on one line."""

from __future__ import annotations

from levier import Project, budget, catalogue
from levier.indicators import ComparableRule, progress
from levier.plans import schedule_variance


def test_a_result_prints_its_sentence() -> None:
    """In a notebook and in a list, a result says what it is."""
    slip = schedule_variance(Project(id="p", label="P", calendar="2019"), as_of="2020-01-02")
    done = progress(baseline=0, actual=190, target=1_100, direction="increase")
    assert repr(slip) == slip.sentence("en")
    assert repr([done]) == f"[{done.sentence('en')}]"


def test_the_sentence_stands_on_one_line() -> None:
    """However many lines a result has, its `repr` has one."""
    year = budget.year(catalogue.action_publique_2022(), 349, year=2021)
    assert len(year.explain("en").splitlines()) > 1
    assert len(repr(year).splitlines()) == 1
    assert len(repr(year)) == 300
    assert repr(year).endswith("…")


def test_what_people_write_keeps_the_form_of_a_value() -> None:
    """A rule that a caller builds is shown as it is built."""
    assert repr(ComparableRule(window="months", months=3)).startswith("ComparableRule(")
