"""The author of a downstream test suite: what they type, as they type it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import levier
from levier import Euros, Phase, Portfolio, Project
from levier.errors import OverpaymentError
from levier.model.terms import Lang
from levier.testing import assert_same_portfolio, build, samples


class Client:
    """Stands in for the test client of an application's API."""

    def post(self, path: str, *, content: bytes) -> SimpleNamespace:
        """Answer 201 to a plan that can be read."""
        assert path == "/plans"
        levier.loads(content)
        return SimpleNamespace(status_code=201)


class Store:
    """Stands in for an application's storage."""

    def __init__(self) -> None:
        """Start empty."""
        self._documents: list[bytes] = []

    def save(self, plan: Portfolio) -> int:
        """Keep a plan, and return its key."""
        self._documents.append(levier.dumps(plan))
        return len(self._documents) - 1

    def load(self, key: int) -> Portfolio:
        """Return a plan that was kept."""
        return levier.loads(self._documents[key])


store = Store()


def page(project: Project, *, lang: Lang) -> str:
    """Stand in for an application's page about a project."""
    return f"<h1>{project.label}</h1><p>{project.phase.label(lang)}</p>"


@pytest.fixture
def client() -> Client:
    """The stand-in for the client."""
    return Client()


def test_api_takes_a_plan(levier_portfolio: Portfolio, client: Client) -> None:
    """A fixture of the plugin is a plan that an API can take."""
    assert client.post("/plans", content=levier.dumps(levier_portfolio)).status_code == 201


@given(st.from_type(Portfolio))
def test_store_loses_nothing(plan: Portfolio) -> None:
    """Any plan comes back from a store as it went in."""
    assert_same_portfolio(store.load(store.save(plan)), plan)


def test_a_stopped_project_stays_listed() -> None:
    """A project is built in the phase that a page is tested with."""
    assert "Arrêté" in page(build(Project, phase=Phase.STOPPED), lang="fr")


def test_overpayment_is_refused() -> None:
    """A sample fund shows how an overpayment is refused, to the euro."""
    fund = samples.fund(awards=1, seed=7)
    award = fund.awards[0]
    with pytest.raises(OverpaymentError) as error:
        fund.with_payment(award.id, fund.committed(award.id) + Euros(1), on="2021-03-01")
    assert error.value.requested - error.value.available == Euros(1)
