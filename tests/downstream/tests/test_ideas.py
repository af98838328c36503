"""Single values are stored in a column and found by what is in them."""

from __future__ import annotations

from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from levier import Project
from levier.serialization import structure, unstructure
from levier.testing import build


def test_an_idea_is_found_by_its_label(client: TestClient) -> None:
    """SQL finds a project by a text in it."""
    for label in ("FranceConnect", "Démarches simplifiées"):
        assert client.post("/ideas", json=unstructure(build(Project, label=label))).status_code == 201
    found = client.get("/ideas", params={"label": "Démarches simplifiées"}).json()
    assert [each["label"] for each in found] == ["Démarches simplifiées"]


@given(project=st.from_type(Project))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_project_comes_back_as_it_was(client: TestClient, project: Project) -> None:
    """No project loses anything between a request, a column and an answer."""
    assert client.post("/ideas", json=unstructure(project)).status_code == 201
    last = client.get("/ideas", params={"label": project.label}).json()[-1]
    assert structure(last, Project) == project
