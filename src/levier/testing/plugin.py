"""
The pytest plugin: fixtures that hold small samples.

Every test run in an environment with levier loads this module, so it imports nothing until a fixture is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from levier.model.fund import Fund
    from levier.model.portfolio import Portfolio

__all__ = ["levier_document", "levier_fund", "levier_portfolio"]


@pytest.fixture(scope="session")
def levier_fund() -> Fund:
    """A fund of five awards, the first of which has no payment yet."""
    from levier.testing import samples

    return samples.fund(awards=5)


@pytest.fixture(scope="session")
def levier_portfolio(levier_fund: Fund) -> Portfolio:
    """A portfolio of twenty projects, with the fund of `levier_fund`."""
    from levier.testing import samples

    return samples.portfolio(projects=20).with_(levier_fund)


@pytest.fixture(scope="session")
def levier_document(levier_portfolio: Portfolio) -> bytes:
    """The portfolio of `levier_portfolio` as a JSON document."""
    from levier.serialization import dumps

    return dumps(levier_portfolio)
