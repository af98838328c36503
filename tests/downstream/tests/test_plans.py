"""Plans are stored, versioned and given back; what is wrong with one is answered with all its problems."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session
from suivi.storage import PlanVersion

import levier
from levier import Phase, Portfolio, Project
from levier.serialization import unstructure
from levier.testing import assert_same_portfolio, build, samples

PAGE = "/plans/ministry"


def stored(client: TestClient, plan: Portfolio) -> Any:
    """Store a plan and return the answer."""
    answer = client.put(PAGE, content=levier.dumps(plan))
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_plan_comes_back_as_it_was(client: TestClient, levier_portfolio: Portfolio) -> None:
    """The plan that was stored and the plan that is given back are equal."""
    assert stored(client, levier_portfolio) == {"name": "ministry", "number": 1}
    assert_same_portfolio(levier.loads(client.get(PAGE).content), levier_portfolio)


def test_a_document_is_accepted_as_it_is_shared(client: TestClient, levier_document: bytes) -> None:
    """The bytes of the fixture are a request that the service accepts, and the bytes that it answers."""
    assert client.put(PAGE, content=levier_document).status_code == 201
    assert client.get(PAGE).content == levier_document


@given(plan=st.from_type(Portfolio))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_plan_comes_back_as_it_was(client: TestClient, plan: Portfolio) -> None:
    """No plan loses anything in PostgreSQL, which reorders the keys of what it stores."""
    number = stored(client, plan)["number"]
    assert_same_portfolio(levier.loads(client.get(PAGE, params={"number": number}).content), plan)


def test_two_thousand_projects_are_stored(client: TestClient) -> None:
    """A plan of realistic size goes through a request, a column and an answer."""
    plan = samples.portfolio(projects=200)
    stored(client, plan)
    assert_same_portfolio(levier.loads(client.get(PAGE).content), plan)


def test_an_unchanged_plan_is_not_sent_again(client: TestClient, levier_document: bytes) -> None:
    """Equal plans have equal bytes, so a tag made of the bytes holds for equal plans."""
    client.put(PAGE, content=levier_document)
    tag = client.get(PAGE).headers["etag"]
    client.put(PAGE, content=levier_document)
    assert client.get(PAGE, headers={"if-none-match": tag}).status_code == 304


def test_every_problem_of_a_bad_plan_is_answered(client: TestClient) -> None:
    """A plan with two faults is refused with 422 and both, each with its place."""
    document = {
        "format": "levier",
        "version": 1,
        "projects": [{"id": "payroll", "label": " Payroll", "owner_id": "nobody"}],
    }
    answer = client.put(PAGE, json=document)
    assert answer.status_code == 422
    assert [(each["path"], each["code"], each["line"]) for each in answer.json()["detail"]] == [
        (["projects", 0, "label"], "invalid-value", 1),
        (["projects", 0, "owner_id"], "dangling-reference", 1),
    ]
    assert client.get(PAGE).status_code == 404, "nothing of it was stored"


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b'{"format": "levier", "version": 99}'])
def test_what_is_no_plan_is_refused(client: TestClient, body: bytes) -> None:
    """Whatever is sent, the answer is 422 with a problem, and never a failure of the service."""
    answer = client.put(PAGE, content=body)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_one_project_is_changed(client: TestClient, levier_portfolio: Portfolio) -> None:
    """A project is replaced by one that was sent alone, and this is a new version of the plan."""
    stored(client, levier_portfolio)
    project = next(iter(levier_portfolio.projects.values()))
    renamed = build(Project, id=project.id, label="Another name", phase=Phase.DEPLOYMENT)
    answer = client.put(f"{PAGE}/projects/{project.id}", json=unstructure(renamed))
    assert answer.json() == {"name": "ministry", "number": 2}
    assert_same_portfolio(levier.loads(client.get(PAGE).content), levier_portfolio.with_(renamed))


def test_a_bad_project_is_refused_with_its_place(client: TestClient, levier_portfolio: Portfolio) -> None:
    """The problems of one project have the places that pydantic gives those of its own models."""
    stored(client, levier_portfolio)
    answer = client.put(f"{PAGE}/projects/p", json={"id": "p", "label": "", "colour": "red"})
    assert answer.status_code == 422
    assert [(each["loc"], each["type"]) for each in answer.json()["detail"]] == [
        (["body", "label"], "invalid-value"),
        (["body", "colour"], "unknown-key"),
    ]


def test_a_project_that_does_not_fit_the_plan_is_refused(client: TestClient, levier_portfolio: Portfolio) -> None:
    """A valid project whose owner is in no plan is refused, and the plan stays as it is."""
    stored(client, levier_portfolio)
    stray = build(Project, id="p", owner_id="nobody")
    answer = client.put(f"{PAGE}/projects/p", json=unstructure(stray))
    assert answer.status_code == 422
    assert "nobody" in answer.json()["detail"]
    assert client.get(PAGE, params={"number": 2}).status_code == 404


def test_sql_reads_into_what_is_stored(database: Engine, levier_portfolio: Portfolio) -> None:
    """The column is JSONB that other programs can ask: here, the labels of the projects."""
    with Session(database) as session:
        session.add(PlanVersion(name="ministry", number=1, plan=levier_portfolio))
        session.commit()
        found = session.scalars(
            text(
                "SELECT project ->> 'label' FROM plan_versions, "
                "jsonb_array_elements(plan -> 'value' -> 'projects') AS project"
            )
        ).all()
    assert sorted(found) == sorted(project.label for project in levier_portfolio.projects.values())
