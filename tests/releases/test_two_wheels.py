"""
Two releases, each installed from its wheel, exchange documents, rows, records and pickles both ways.

The earlier release is this commit. The later ones are copies of it: one with a new field, and one that also renames a
nested field and removes another, with the steps that this asks for. So the proof is of the code that is installed, and
of the promises in `docs/reference/compatibility.md`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from levier import __version__
from levier.serialization import FORMAT_VERSION

pytestmark = [pytest.mark.slow, pytest.mark.untraced]

ROOT = Path(__file__).parents[2]
EXCHANGE = Path(__file__).with_name("exchange.py")
BUILDER = os.environ.get("LEVIER_BUILDER", sys.executable)
"""A Python that has pip and the build backend; `.ci/run` names one."""
MINOR, MAJOR = "9.1.0", "9.2.0"
"""The later releases: one with a new field, and one with a new version of the format."""
CHANGED = ("source", "fund", "award", "instalment", "difference", "plan")
"""The pickles that hold a field which the other release renamed or removed."""

STEPS = f"""
def _renamed(old: dict[str, Any]) -> dict[str, Any]:
    return {{"requirement" if key == "condition" else key: value for key, value in old.items()}}


def _without_licence(old: dict[str, Any]) -> dict[str, Any]:
    return {{key: value for key, value in old.items() if key != "licence"}}


STEPS: Steps = {{{FORMAT_VERSION}: {{"Instalment": _renamed, "Source": _without_licence}}}}
"""

NEW_FIELD = {
    "_version.py": [(r'__version__ = "[^"]+"', f'__version__ = "{MINOR}"')],
    "model/programmes.py": [
        (
            r"(?s)(class Project\b.*?)(\n    label_en: )",
            r'\1\n    colour: str = field(default="", validator=trimmed)\2',
        )
    ],
}
NEW_VERSION = {
    "_version.py": [(r'__version__ = "[^"]+"', f'__version__ = "{MAJOR}"')],
    "model/awards.py": [(r"\bcondition: str", "requirement: str")],
    "testing/inventing/funds.py": [(r"\bcondition=", "requirement=")],
    "model/sources.py": [(r"\n    licence: str = .*", "")],
    "serialization/migrations.py": [
        (r"FORMAT_VERSION = \d+", f"FORMAT_VERSION = {FORMAT_VERSION + 1}"),
        (r"STEPS: Steps = .*", STEPS.strip()),
    ],
    "serialization/document.py": [(r'\("version", Literal\[\d+\]\)', f'("version", Literal[{FORMAT_VERSION + 1}])')],
}


def run(*command: str | Path, **given: Any) -> str:
    """Return what a command prints."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **given)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def copied(folder: Path, *changes: dict[str, list[tuple[str, str]]]) -> Path:
    """Return a copy of the project with changed sources; each change has to find what it changes."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder)
    for change in changes:
        for name, replacements in change.items():
            file = folder / "src" / "levier" / name
            text = file.read_text(encoding="utf-8")
            for pattern, replacement in replacements:
                text, count = re.subn(pattern, replacement, text)
                assert count, (name, pattern)
            file.write_text(text, encoding="utf-8")
    return folder


def installed(folder: Path, *changes: dict[str, list[tuple[str, str]]]) -> Path:
    """Return the folder in which the wheel of a changed copy is installed; no package index is asked."""
    project = copied(folder / "project", *changes)
    quiet = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
    run(BUILDER, "-m", "pip", "wheel", *quiet, "--no-build-isolation", "--wheel-dir", folder / "dist", project)
    (wheel,) = (folder / "dist").glob("levier-*.whl")
    run(BUILDER, "-m", "pip", "install", *quiet, "--target", folder / "site", wheel)
    return folder / "site"


class Releases:
    """Three releases, and what each has written."""

    def __init__(self, folder: Path) -> None:
        self._sites = {
            __version__: installed(folder / "ours"),
            MINOR: installed(folder / "minor", NEW_FIELD),
            MAJOR: installed(folder / "major", NEW_FIELD, NEW_VERSION),
        }
        self._folder = folder

    def _exchange(self, release: str, *arguments: str | Path) -> str:
        environment = {**os.environ, "PYTHONPATH": str(self._sites[release]), "PYTHONSAFEPATH": "1"}
        return run(sys.executable, EXCHANGE, *arguments, env=environment, cwd=self._folder)

    def read(self, by: str, of: str, colour: str = "", *, ignore: bool = False) -> dict[str, str]:
        """Return what one release makes of all that another one wrote, compared with what it writes itself."""
        folder = self._folder / f"{of}-{colour}"
        if not folder.exists():
            folder.mkdir()
            self._exchange(of, "write", folder, colour)
        said = json.loads(self._exchange(by, "read", folder, colour, *["ignore"] * ignore))
        assert said["release"] == by
        assert Path(said["file"]).is_relative_to(self._sites[by])
        found: dict[str, str] = said["found"]
        return found


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """The releases, installed once for all tests."""
    if subprocess.run([BUILDER, "-c", "import hatchling, pip"], capture_output=True, check=False).returncode:
        pytest.skip("building a wheel needs pip and hatchling: name a Python that has them in LEVIER_BUILDER")
    return Releases(tmp_path_factory.mktemp("releases"))


def refusals(found: dict[str, str]) -> dict[str, str]:
    """Return what was not read."""
    return {name: said for name, said in found.items() if said != "read"}


def pickles(*names: str) -> set[str]:
    """Return the names of pickles."""
    return {f"{name} as a pickle" for name in names}


@pytest.mark.parametrize("release", [__version__, MINOR, MAJOR])
def test_each_release_reads_itself(releases: Releases, release: str) -> None:
    """What a release wrote it reads, with what only it knows."""
    assert refusals(releases.read(release, release, "blue")) == {}


def test_a_new_field_breaks_nobody(releases: Releases) -> None:
    """The later release reads all that the earlier one wrote: documents, rows, texts, lists, records and pickles."""
    found = releases.read(MINOR, __version__)
    assert len(found) > 30
    assert refusals(found) == {}


def test_a_new_version_reads_the_older_one(releases: Releases) -> None:
    """A renamed and a removed field are migrated wherever they are; pickles with them are refused, naming both."""
    found = refusals(releases.read(MAJOR, __version__))
    assert found.keys() == pickles(*CHANGED)
    for said in found.values():
        assert said.startswith("OtherReleaseError: ")
        assert f"pickled by levier {__version__}, which levier {MAJOR} cannot read (unknown: " in said


def test_a_new_field_that_says_nothing_is_not_seen(releases: Releases) -> None:
    """The earlier release reads what the later one wrote without its new field; pickles of the class are refused."""
    found = refusals(releases.read(__version__, MINOR))
    assert found.keys() == pickles("project", "plan", "difference")
    for said in found.values():
        assert f"Project: pickled by levier {MINOR}, which levier {__version__} cannot read (unknown: colour)" in said


def test_a_new_field_is_refused_with_both_releases(releases: Releases) -> None:
    """Where the new field says something, the earlier release refuses the document, and names both releases."""
    found = refusals(releases.read(__version__, MINOR, "blue"))
    documents = {name for name in found if name.startswith("plan.")}
    assert documents == {"plan.json", "plan.ndjson", "plan.ndjson.gz", "plan.toml", "plan.yaml"}
    assert all("unknown key 'colour'" in found[name] for name in documents)
    values = {f"{name} {how}" for name in ("project", "difference") for how in ("as a row", "as text", "in a list")}
    assert found.keys() == documents | values | pickles("project", "plan", "difference") | {"records"}


def test_a_newer_version_is_refused(releases: Releases) -> None:
    """The earlier release refuses documents and values of a newer version of the format, and says why."""
    found = releases.read(__version__, MAJOR)
    assert found.keys() - refusals(found).keys() == pickles("error", "phase", "method")
    completed = found.pop("source as a pickle")  # it lacks a field that has a default here
    assert completed.startswith("other: Source(id='s', title='S'")
    for name, said in refusals(found).items():
        if name.endswith("pickle"):
            assert f"pickled by levier {MAJOR}, which levier {__version__} cannot read" in said
        else:
            assert f"found the number {FORMAT_VERSION + 1}" in said
            assert "upgrade levier" in said
        if name.startswith("plan."):
            assert f"written by levier {MAJOR}, and this is {__version__}" in said


@pytest.mark.parametrize("colour", ["", "blue"])
def test_unknown_keys_are_ignored_where_that_is_asked_for(releases: Releases, colour: str) -> None:
    """Within one version of the format, the earlier release reads all but pickles, without the field that is new."""
    found = releases.read(__version__, MINOR, colour, ignore=True)
    assert len(found) > 20
    assert refusals(found) == {}


def test_a_newer_version_is_refused_even_then(releases: Releases) -> None:
    """To ignore keys does not help with another version of the format: what is there may mean something else."""
    found = releases.read(__version__, MAJOR, ignore=True)
    assert refusals(found).keys() == found.keys()
