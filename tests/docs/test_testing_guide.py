"""The suites of the guide on testing are run, each job by pytest in a folder of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import levier

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "testing.md"
JOBS = dict(re.findall(r"(?ms)^## (.+?): .+?\n(.+?)(?=^## |\Z)", GUIDE.read_text(encoding="utf-8")))
NEEDS = {"A fixture": ["polyfactory"], "A snapshot": ["syrupy"], "A service": ["fastapi", "httpx2"]}
"""What the suites use that only the extra `test` brings."""
BEGINNING = """
from hypothesis import HealthCheck, settings
from levier.testing.registration import register

register()
settings.register_profile("guide", max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("guide")
"""
"""What Hypothesis does by itself where levier is installed, and no measure of this machine, which may be busy."""


def blocks(job: str, language: str) -> list[str]:
    """Return the blocks of a job that are no examples of doctest."""
    found = re.findall(rf"^```{language}\n(.+?)^```", JOBS[job], re.MULTILINE | re.DOTALL)
    return [block for block in found if ">>>" not in block]


def run(folder: Path, *options: str) -> str:
    """Return what pytest prints of the suite in a folder, in which a warning is an error."""
    path = os.pathsep.join([str(Path(levier.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    env = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": path}
    plugins = ["-p", "levier.testing.plugin", "-p", "no:cacheprovider", *options]
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", f"--rootdir={folder}", *plugins, str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=env, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_guide_has_five_jobs() -> None:
    """The page is about a fixture, a property, a snapshot, a refusal and a service, each with a suite."""
    assert list(JOBS) == ["A fixture", "A property", "A snapshot", "A refusal", "A service"]
    assert all(blocks(job, "python") for job in JOBS)


@pytest.mark.parametrize("job", JOBS)
def test_suites_pass_as_written(job: str, tmp_path: Path) -> None:
    """Each test that the guide shows passes, and each snapshot reads as the guide shows it."""
    for package in NEEDS.get(job, []):
        pytest.importorskip(package, reason=f"{package} is not installed: pip install -e '.[test]'")
    code = blocks(job, "python")
    shared = [block for block in code if block.startswith("# conftest.py")]
    (tmp_path / "conftest.py").write_text(BEGINNING + "".join(shared), encoding="utf-8")
    for place, block in enumerate(code):
        if block not in shared:
            (tmp_path / f"test_{place}.py").write_text(block, encoding="utf-8")
    count = sum(block.count("\ndef test_") for block in code)
    if job != "A snapshot":
        assert f"{count} passed" in run(tmp_path)
        return
    run(tmp_path, "-p", "syrupy", "--snapshot-update")
    assert f"{count} passed" in run(tmp_path, "-p", "syrupy")
    (kept,) = (tmp_path / "__snapshots__").iterdir()
    assert blocks(job, "text")[-1] in kept.read_text(encoding="utf-8")
