"""The service answers what the library answers."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

import levier
from levier import Portfolio, Project, budget, history, indicators
from levier.serialization import to_builtins
from levier.testing import build, samples

PAGE = "/plans/ministry"
AS_OF = str(samples.DAY)


@pytest.fixture
def plan(client: TestClient, levier_portfolio: Portfolio) -> Portfolio:
    """The plan of the fixture, stored."""
    assert client.put(PAGE, content=levier.dumps(levier_portfolio)).status_code == 201
    return levier_portfolio


def test_progress_is_answered_with_its_reasons(client: TestClient, plan: Portfolio) -> None:
    """Each line has a value or the reason why there is none, and says what it is in both languages."""
    lines = client.get(f"{PAGE}/progress", params={"as_of": AS_OF}).json()
    assert lines == to_builtins(indicators.progress_table(plan, as_of=AS_OF))
    assert any(line["value"] is not None for line in lines)
    assert all((line["value"] is None) == (line["reason"] is not None) for line in lines)
    assert all(line["in_words"]["fr"] and line["in_words"]["en"] for line in lines)


def test_a_budget_year_is_answered(client: TestClient, plan: Portfolio) -> None:
    """Every budget programme of the plan has a year that the service shows."""
    for programme in plan.budget_programmes.values():
        for year in {line.year for line in programme.lines}:
            answer = client.get(f"{PAGE}/budget/{programme.id}/{year}")
            assert answer.json() == to_builtins(budget.year(plan, programme.id, year=year))


@pytest.mark.usefixtures("plan")
def test_an_unknown_budget_programme_is_missing(client: TestClient) -> None:
    """What the plan does not hold is answered with 404 and the names that come near."""
    answer = client.get(f"{PAGE}/budget/999/2021")
    assert answer.status_code == 404
    assert "999" in answer.json()["detail"]


def test_differences_of_two_versions_are_answered(client: TestClient, plan: Portfolio) -> None:
    """What changed since a version is what the library says changed."""
    changed = plan.with_(build(Project, id="new-project", label="Nouveau projet"))
    client.put(PAGE, content=levier.dumps(changed))
    found = client.get(f"{PAGE}/differences", params={"since": 1}).json()
    assert found == to_builtins(history.difference(plan, changed))
    assert "Nouveau projet" in json.dumps(found, ensure_ascii=False)


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_report_is_a_page(client: TestClient, lang: str) -> None:
    """The report is one page of HTML in the language that was asked for."""
    page = client.get(f"{PAGE}/report", params={"as_of": AS_OF, "lang": lang})
    assert page.headers["content-type"].startswith("text/html")
    found: dict[str, str | None] = {}

    class _Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update(attrs if tag == "html" else ())

    _Reader().feed(page.text)
    assert found["lang"] == lang


@pytest.mark.usefixtures("plan")
def test_a_bad_day_is_refused(client: TestClient) -> None:
    """A day that does not exist is refused at its place in the address."""
    answer = client.get(f"{PAGE}/progress", params={"as_of": "2023-06-31"})
    assert answer.status_code == 422
    assert [each["loc"] for each in answer.json()["detail"]] == [["query", "as_of"]]


@pytest.mark.usefixtures("plan")
def test_an_unknown_language_is_refused(client: TestClient) -> None:
    """What levier refuses for another reason is 422 too, with its sentence."""
    answer = client.get(f"{PAGE}/report", params={"as_of": AS_OF, "lang": "tlh"})
    assert answer.status_code == 422
    assert "tlh" in answer.json()["detail"]


def test_the_answers_are_described(client: TestClient) -> None:
    """The OpenAPI document describes what is taken and what is answered."""
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert {"LevierProject", "LevierProgress", "LevierBudgetYear"} <= schemas.keys()
