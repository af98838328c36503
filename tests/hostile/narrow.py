"""Read and write everything where the process has little room: few digits or a stack that ends; in a fresh process."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from levier.errors import InvalidDocumentError, InvalidValueError, LevierError, LimitExceededError
from levier.model.levers import Method
from levier.model.portfolio import Portfolio
from levier.serialization import Limits, json, ndjson, structure, toml, unstructure, yaml

PLAN = Portfolio.of(Method(id="m", label="M: a method"), Method(id="n", label="N"))
FORMATS: Mapping[str, Any] = {"json": json, "ndjson": ndjson, "toml": toml, "yaml": yaml}
ENOUGH = 60
"""How many frames any of our functions needs at most, to be imported and used for the first time too."""
NEEDED = 14
"""How many frames Python needs to call one of our functions at all, and to turn what it raises into our error."""


def records(data: bytes, limits: Limits) -> list[Any]:
    """Return all records of a stream."""
    return list(ndjson.records(io.BytesIO(data), limits=limits))


# ---------------------------------------------------------------- digits


def of_digits(name: str, number: str) -> bytes:
    """Return a document whose version is a number as it is written."""
    match name:
        case "toml":
            return f'format = "levier"\nversion = {number}\n'.encode()
        case "yaml":
            return f"format: levier\nversion: {number}\n".encode()
        case _:
            return f'{{"format":"levier","version":{number}}}\n'.encode()


def digits() -> None:
    """Read numbers of many digits in each format, within limits of many sorts; print each error."""
    numbers = ["1" * 639, "-" + "1" * 640, "1" * 641, "1" * 4_301, "1" * 20_000, f"1.{'1' * 5_000}", f"1e{'1' * 700}"]
    for limits in (Limits(), Limits(digits=640), Limits(digits=5_000), Limits(digits=2**33), Limits(digits=2**52)):
        for name, module in FORMATS.items():
            for number in [*numbers, f"0x{'f' * 5_000}"]:
                for read in (module.loads, module.read_envelope, *([records] if name == "ndjson" else [])):
                    check_refused(partial(read, of_digits(name, number), limits=limits))
        check_refused(partial(json.loads, f'{{"id":"m","label":{numbers[-3]}}}', type=Method, limits=limits))
    check_refused(partial(structure, {"id": 10**20_000, "label": [10**20_000]}, Method))


def check_refused(read: Callable[[], object]) -> None:
    """Check that a document is refused by an error of ours, which prints."""
    with pytest.raises(LevierError) as caught:
        read()
    assert str(caught.value)
    assert repr(caught.value)


# ---------------------------------------------------------------- frames


def readers() -> Iterator[tuple[str, Callable[[], object], object]]:
    """Yield what reads: its name, itself, and what it gives where there is room."""
    for name, module in FORMATS.items():
        good = module.dumps(PLAN)
        bad = good.replace(b"N", b" ").replace(b"levier 0", b" ")
        yield f"{name}: good", partial(module.loads, good), PLAN
        yield f"{name}: stream", lambda module=module, good=good: module.load(io.BytesIO(good)), PLAN
        yield f"{name}: bad", partial(module.loads, bad), InvalidDocumentError
        yield f"{name}: envelope", partial(module.read_envelope, good), module.read_envelope(good)
    yield "records", partial(records, ndjson.dumps(PLAN), Limits()), list(PLAN)
    yield "value", partial(json.loads, b'{"id":"m","label":" "}', type=Method), InvalidDocumentError
    yield "structure", partial(structure, {"id": "m", "label": " "}, Method), InvalidDocumentError


def writers(folder: Path) -> Iterator[tuple[str, Callable[[], object], Callable[[], bool]]]:
    """Yield what writes: its name, itself, and whether the file that it writes is whole."""
    for name, module in FORMATS.items():
        path = folder / f"plan.{name}"
        module.dump(PLAN, path)
        yield f"{name}: dumps", partial(module.dumps, PLAN), lambda: True
        yield (
            f"{name}: dump",
            partial(module.dump, PLAN, path),
            lambda module=module, path=path: module.load(path) == PLAN,
        )
    yield "unstructure", partial(unstructure, PLAN), lambda: True
    error = InvalidDocumentError((json.syntax(ValueError("x")),))
    yield "an error", lambda: (str(error), repr(error)), lambda: True


def with_frames(left: int, function: Callable[[], object]) -> Any:
    """Return what a function gives, or raises, where so many frames are left."""

    def below(depth: int) -> object:
        return function() if depth <= 0 else below(depth - 1)

    frame, used = sys._getframe(), 0  # noqa: SLF001  # there is no other way to count frames
    while frame is not None:
        frame, used = frame.f_back, used + 1  # type: ignore[assignment]  # none is above the first
    try:
        return below(sys.getrecursionlimit() - used - 1 - left)
    except (LevierError, RecursionError) as error:
        return error


def is_too_deep(found: object) -> bool:
    """Say whether writing ended with the stack: in Python's words, or in ours where a value could be at fault."""
    return isinstance(found, RecursionError) or (isinstance(found, InvalidValueError) and "so deep" in str(found))


def frames(order: str) -> None:
    """Call everything at each of the last frames of the stack, from the last one up or down to it."""
    lefts = range(1, ENOUGH + 1) if order == "up" else range(ENOUGH, 0, -1)
    with tempfile.TemporaryDirectory() as folder:
        reading, writing = list(readers()), list(writers(Path(folder)))
        for left in lefts:
            for name, read, expected in reading:
                found = with_frames(left, read)
                is_right = isinstance(found, expected) if isinstance(expected, type) else found == expected
                assert is_right or is_end(found, left), (name, left, found)
                assert is_right or left < ENOUGH, (name, left, found)
            for name, write, is_whole in writing:
                found = with_frames(left, write)
                assert is_too_deep(found) or not isinstance(found, Exception), (name, left, found)
                assert left < ENOUGH or not isinstance(found, Exception), (name, left, found)
                assert is_whole(), (name, left)
        assert sorted(path.name for path in Path(folder).iterdir()) == sorted(f"plan.{name}" for name in FORMATS)


def is_end(found: object, left: int) -> bool:
    """Say whether a reader says that the stack ends: by our error but where not even that can be called."""
    if isinstance(found, LimitExceededError):
        return found.limit == "depth"
    return isinstance(found, RecursionError) and left <= NEEDED


if __name__ == "__main__":
    digits() if sys.argv[1] == "digits" else frames(sys.argv[1])
