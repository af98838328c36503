"""Where a process has little room, readers and writers say so in the words that are documented."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from levier.errors import LevierError
from levier.serialization import Limits, json, ndjson, toml, yaml

pytestmark = pytest.mark.untraced

SCRIPT = Path(__file__).with_name("narrow.py")


def run(*arguments: str) -> None:
    """Run the script in a fresh process of its own settings."""
    *options, order = arguments
    done = subprocess.run([sys.executable, *options, str(SCRIPT), order], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2_000:]


@pytest.mark.parametrize("digits", ["640", "4300", "0"])
def test_numbers_are_read_however_many_digits_python_allows(digits: str) -> None:
    """With few digits allowed, or any number of them, numbers that are too long are refused by errors that print."""
    run("-X", f"int_max_str_digits={digits}", "digits")


@pytest.mark.parametrize("order", ["up", "down"])
def test_a_stack_that_ends_is_the_limit_on_depth(order: str) -> None:
    """From each of the last frames, reading gives its value or that error, and writing leaves files whole."""
    run(order)


@pytest.mark.parametrize("depth", [900, 2**40])
@pytest.mark.parametrize("module", [json, ndjson, toml, yaml], ids=["json", "ndjson", "toml", "yaml"])
def test_depth_may_be_allowed_that_python_has_not(module: object, depth: int) -> None:
    """However deep a document may be and is, it is refused by an error of ours, in all it may hold."""
    for deep in (60, 300, 899, 950, 5_000):
        for opening, closing in (("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")):
            inside = opening * deep + "1" + closing * deep
            for document in documents(inside):
                for read in (module.loads, module.read_envelope):  # type: ignore[attr-defined]  # a module
                    with suppress(LevierError):  # an envelope may be read, and no other error is raised
                        read(document, limits=Limits(depth=depth))


def documents(inside: str) -> list[str]:
    """Return documents of each format that hold some JSON, most of which is TOML and YAML too."""
    written = f'{{"format":"levier","version":1,"methods":[{{"id":"m","label":{inside}}}],"x":{inside}}}'
    lines = f'{{"format":"levier","version":1}}\n{{"methods":{{"id":"m","label":{inside}}}}}\n{{"x":{inside}}}'
    return [inside, written, lines, f'format = "levier"\nversion = 1\nx = {inside.replace(":", "=")}']
