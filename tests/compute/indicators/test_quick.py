"""The quick way through a plain series, and when it leaves the choice to the full one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from levier.compute.indicators.quick import select_quickly
from levier.compute.indicators.series import Exclusion
from levier.model.observations import Observation
from levier.model.periods import Day, Period

Make = Callable[..., Any]
DAY, FIRST, LAST = Day(2020, 12, 31), Period("2018-01").last_month, Period("2028-01").last_month


def chosen(*rows: Observation) -> Any:
    """Return what is chosen of rows within PILOTE's cut-offs."""
    return select_quickly(sorted(rows, key=lambda row: row.key), DAY, FIRST, LAST)


def test_a_plain_series_has_its_three_values(row: Make, said: Make) -> None:
    """The baseline, the last actual value and the last target count; a forecast is no target."""
    later, goal, guess = row("actual", "2020-07", 60), row("target", "2024", 110), row("forecast", "2021", 70)
    start, _, _ = said()
    assert chosen(*said(), later, goal, guess) == ((start, later, goal), ())


def test_what_is_left_out_has_its_reason(row: Make, said: Make) -> None:
    """A value of the future, one announced and an empty one are left out, the empty ones last and by month."""
    future, coming = row("actual", "2021-03", 80), row("target", "2027", state="coming")
    empty, earlier = row("actual", "2020-06", state="too-few"), row("target", "2019-06", state="not-collected")
    points, left_out = chosen(*said(), future, coming, empty, earlier)
    assert [point.kind for point in points] == ["baseline", "actual", "target"]
    assert [(one.observation, one.because) for one in left_out] == [
        (future, Exclusion.FUTURE),
        (coming, Exclusion.ANNOUNCED),
        (earlier, Exclusion.ERASED),
        (empty, Exclusion.ERASED),
    ]


@pytest.mark.parametrize(
    ("kind", "when", "more"),
    [
        ("actual", "2020-05-31", {}),
        ("baseline", "2018-06", {}),
        ("baseline", "2017-06", {}),
        ("target", "2030", {}),
        ("target", "2024", {"upper": 9}),
        ("target", "2024", {"definition": 2}),
    ],
)
def test_what_a_rule_has_to_decide_is_left_to_the_full_way(
    row: Make, said: Make, kind: str, when: str, more: dict[str, Any]
) -> None:
    """Two values of a month, two baselines, one beyond a cut-off, a band and another definition are not plain."""
    assert chosen(*said(), row(kind, when, 5, **more)) is None


def test_a_target_before_its_baseline_is_left_to_the_full_way(said: Make) -> None:
    """A contradiction has a reason, which the full way gives; without an actual value, nothing is contradicted."""
    months = {"target": "2018-06"}
    assert chosen(*said(months=months)) is None
    assert chosen(*said(months=months, now=None)) is not None
