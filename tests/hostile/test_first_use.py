"""Whatever is built at first use is built once, however many threads come first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import levier
from levier import catalogue
from levier.serialization import ndjson, toml, yaml
from levier.testing import build

pytestmark = pytest.mark.untraced

SCRIPT = Path(__file__).with_name("first_use.py")
PROCESSES = 4


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the catalogue in every format, and a plan of instruments alone."""
    folder = tmp_path_factory.mktemp("given")
    plan = catalogue.action_publique_2022()
    for name in ("plan.json", "plan.json.gz", "plan.json.zst"):
        levier.dump(plan, folder / name)
    ndjson.dump(plan, folder / "plan.ndjson")
    toml.dump(plan, folder / "plan.toml")
    yaml.dump(plan, folder / "plan.yaml")
    kinds = (levier.Campus, levier.CarteBlanche, levier.InnovationWeek, levier.InnovationLab)
    alone = [build(kind, id=f"i-{number}") for number, kind in enumerate(kinds)]
    source = levier.Source(id="source", title="Source")
    levier.dump(levier.Portfolio.of(source, *alone), folder / "plan.instruments.json")
    return folder


def test_first_uses_from_sixteen_threads(given: Path, effort: int) -> None:
    """No fresh process crashes or raises when sixteen threads use entry points for the first time at one moment."""
    for seed in range(PROCESSES * effort):
        command = [sys.executable, str(SCRIPT), str(given), str(seed)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, (seed, done.returncode, done.stderr[-2_000:])
