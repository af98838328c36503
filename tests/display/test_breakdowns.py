"""The report shows the last value of each breakdown, code by code, beside its denominator."""

from __future__ import annotations

from levier import Dimension, DimensionCode, Indicator, Observation, Portfolio, Territory
from levier.display.report import report
from levier.display.view import View
from levier.model.periods import Day

JOBS = Indicator(id="jobs", label="Emplois", label_en="Jobs", unit="count", aggregation="sum")


def plan(*rows: Observation) -> Portfolio:
    """Return the portfolio of these values by sex and by age."""
    codes = {"sex": ("F", "M"), "age": ("0-24",)}
    dimensions = [
        Dimension(
            id=name,
            label=f"Dimension {name}",
            codes=[DimensionCode(code=code, label=f"Modalité {code}") for code in held],
            is_partition=True,
        )
        for name, held in codes.items()
    ]
    return Portfolio.of(JOBS, Territory(id="FR", label="France"), *dimensions, *rows)


def row(value: int, **codes: str) -> Observation:
    """Return a value of 2023."""
    return Observation(indicator_id="jobs", period="2023", kind="actual", value=value, breakdown=codes)


def test_the_report_shows_each_code_and_its_share() -> None:
    """A value, its share and what it is a share of; a code without a value says why; parts are no lines of series."""
    from levier.display.sections.breakdowns import breakdowns_table  # the room is not public

    held = plan(row(10), row(6, sex="F"), row(2, sex="F", age="0-24"))
    table = breakdowns_table(View.of(held, as_of=Day(2024, 6, 1), lang="fr"))
    cells = {line.id: [cell.text for cell in line.cells][2:] for line in table.rows}
    assert cells == {
        "indicators/jobs/FR/sex/F": ["Dimension sex", "Modalité F", "2023", "6", "60,0\xa0%", "total publié"],
        "indicators/jobs/FR/sex/M": ["Dimension sex", "Modalité M", "2023", "pas de réalisation", "–", "total publié"],
        "indicators/jobs/FR/age=0-24/sex/F": [
            "Dimension sex, Modalité 0-24",
            "Modalité F",
            "2023",
            "2",
            "–",
            "total inconnu",
        ],
        "indicators/jobs/FR/age=0-24/sex/M": [
            "Dimension sex, Modalité 0-24",
            "Modalité M",
            "2023",
            "pas de réalisation",
            "–",
            "total inconnu",
        ],
        "indicators/jobs/FR/sex=F/age/0-24": [
            "Dimension age, Modalité F",
            "Modalité 0-24",
            "2023",
            "2",
            "33,3\xa0%",
            "total publié",
        ],
    }
    text = report(held, as_of="2024-06-01", lang="en")
    assert "Latest values by dimension" in str(text)


def test_a_report_without_breakdowns_has_no_table_of_them() -> None:
    """Nothing is shown where nothing is broken down."""
    assert "by dimension" not in str(report(plan(row(10)), as_of="2024-06-01", lang="en"))
