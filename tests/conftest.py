"""How every test of the project runs: the same examples each time, and our own kit at hand."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from levier.testing import plugin
from levier.testing.registration import register

settings.register_profile("levier", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("brief", settings.get_profile("levier"), max_examples=15)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "levier"))


def pytest_configure(config: pytest.Config) -> None:
    """Do what the entry points do, where the tests run on a checkout that is not installed."""
    if not config.pluginmanager.is_registered(plugin):
        config.pluginmanager.register(plugin, "levier")
        register()
