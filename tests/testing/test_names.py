"""What `levier.testing` exposes."""

from __future__ import annotations

import pytest

from levier import testing


def test_names_are_loaded_when_used() -> None:
    """Every promised name is there, and listed."""
    assert dir(testing) == sorted(testing.__all__)
    assert all(getattr(testing, name) is not None for name in testing.__all__)


def test_other_names_are_refused() -> None:
    """A name that is not promised is no attribute."""
    with pytest.raises(AttributeError, match="has no attribute 'fake'"):
        testing.fake  # noqa: B018  # the access is the test
