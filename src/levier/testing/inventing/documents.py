"""The documents that a sample cites: each is published after what it states."""

from __future__ import annotations

from collections.abc import Iterator

from levier.model.periods import Period
from levier.model.sources import Reliability, Source, Sourced

__all__ = [
    "ACTS",
    "ACTUALS",
    "DAY",
    "FUND_2019",
    "FUND_2021",
    "FUND_2022",
    "KIT",
    "PLAN",
    "REPORTS",
    "SURVEY",
    "TARGETS",
    "YEARS",
    "bill",
    "dated",
    "documents",
    "performance",
]

DAY = "2022-06-30"
"""The day on which samples are meant to be asked: all of their documents are published by then."""

YEARS = (2018, 2019, 2020, 2021, 2022)
ACTUALS = (Period("2021-06"), Period("2021-09"), Period("2021-12"), Period("2022-03"))
"""The months at the end of which values are measured."""
REPORTS = tuple(f"report-{month.text}" for month in ACTUALS)
"""The progress reports that state them, published in the month after."""
PLAN, TARGETS, SURVEY, KIT = "plan", "targets", "survey-report", "press-kit"
FUND_2019, FUND_2021, FUND_2022 = "fund-2019", "fund-2021", "fund-2022"
ACTS = {year: f"budget-act-{year}" for year in YEARS}


def bill(year: int) -> str:
    """Return the budget bill of a year."""
    return f"budget-bill-{year}"


def performance(year: int) -> str:
    """Return the annual performance report of a year, which is published in the next one."""
    return f"performance-report-{year}"


def dated(when: str, source_id: str) -> Sourced[Period]:
    """Return a date with its document."""
    return Sourced(value=Period(when), source_id=source_id, reliability=Reliability.OFFICIAL)


def documents() -> Iterator[Source]:
    """Yield all documents."""
    yield _document(PLAN, "Plan de transformation 2018-2022", "2018-01-15")
    yield _document(TARGETS, "Valeurs initiales et cibles 2022", "2021-03-01")
    for name, month in zip(REPORTS, ("2021-07-20", "2021-10-20", "2022-01-20", "2022-04-20"), strict=True):
        yield _document(name, f"Rapport d’avancement publié le {month}", month)
    for year in YEARS:
        yield _document(bill(year), f"Projet annuel de performances {year}", f"{year - 1}-10-05", "Ministère du budget")
        yield _document(ACTS[year], f"Loi de finances initiale pour {year}", f"{year - 1}-12-30", "Parlement")
    for year in YEARS[:-1]:
        title = f"Rapport annuel de performances {year}"
        yield _document(performance(year), title, f"{year + 1}-05-31", "Ministère du budget")
    for name, day in ((FUND_2019, "2019-03-29"), (FUND_2021, "2021-03-31"), (FUND_2022, "2022-03-31")):
        yield _document(name, f"Bilan du fonds publié le {day}", day)
    yield _document(SURVEY, "Enquête auprès des usagers", "2022-02-15", "Institut de sondage")
    yield _document(KIT, "Dossier de presse des instruments territoriaux", "2022-05-10")


def _document(name: str, title: str, on: str, publisher: str = "Direction du suivi") -> Source:
    return Source(id=name, title=title, publisher=publisher, published_on=on, url=f"https://example.org/{name}")
