"""The pytest plugin, in a test run of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from levier import Fund, Portfolio, loads
from levier.testing import samples

SUITE = """
import sys

def test_nothing_is_loaded_before_use():
    assert not {"hypothesis", "msgspec", "cattrs", "levier.testing.samples"} & set(sys.modules)

def test_fixtures(levier_portfolio, levier_fund, levier_document):
    import levier
    assert len(levier_portfolio.projects) == 20
    assert levier_portfolio.funds[levier_fund.id] == levier_fund
    assert levier.loads(levier_document) == levier_portfolio

def test_sample_is_made_once(levier_portfolio, request):
    assert request.getfixturevalue("levier_portfolio") is levier_portfolio
"""


def test_fixtures_are_there(tmp_path: Path) -> None:
    """A suite that does nothing but run with the plugin has its fixtures, and pays for none before it uses one."""
    suite = tmp_path / "test_downstream.py"
    suite.write_text(SUITE, encoding="utf-8")
    options = ["-q", "-W", "error", "-p", "levier.testing.plugin", "-p", "no:cacheprovider", f"--rootdir={tmp_path}"]
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", *options, str(suite)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=env)
    assert "3 passed" in done.stdout, done.stdout + done.stderr


def test_without_the_extra() -> None:
    """The plugin imports where neither Hypothesis nor the codecs can be imported."""
    program = """
import sys
for name in ("hypothesis", "msgspec", "cattrs"):
    sys.modules[name] = None
import levier.testing.plugin
from levier.testing import build, samples
import levier
print(len(samples.portfolio(projects=1).projects), build(levier.Lever).id)
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "1 lever\n"


def test_fixtures_here(levier_portfolio: Portfolio, levier_fund: Fund, levier_document: bytes) -> None:
    """Our own suite is the first user of the fixtures."""
    assert levier_portfolio == samples.portfolio(projects=20)
    assert levier_fund == levier_portfolio.funds["sample-fund"]
    assert loads(levier_document) == levier_portfolio


def test_no_fixture_is_automatic(request: object) -> None:
    """No fixture of the plugin runs unless it is asked for."""
    assert not [name for name in request.fixturenames if name.startswith("levier_")]  # type: ignore[attr-defined]
