"""
No document costs more than fifty times what a good one of its size does, in time or in memory.

The fifty are for documents of ten kilobytes and more: below, what the first thousand problems take to describe (20 ms,
1 MB) is more than that.
"""

from __future__ import annotations

import gzip
import importlib.util
import io
import time
import tracemalloc
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
import zstandard

from levier.errors import InvalidDocumentError, LevierError
from levier.serialization import Limits, json, load, loads, ndjson, read_envelope, toml, yaml
from levier.testing import samples

pytestmark = pytest.mark.untraced

SIZE = 100_000
MOST = 50
"""How many times as much as a good document a bad one may cost."""
MOST_GROWTH = 5
"""How many times longer a byte may take in a document eight times as large; the square of the size would give eight."""
TRIES = 4
"""How many shapes of a family are tried at the usual effort."""
SLACK = 1.5
"""How much longer a bad document may seem to take while the machine is busy with something else."""


def _shapes() -> Any:
    """Return the module of shapes, which stands beside and is no part of a package."""
    spec = importlib.util.spec_from_file_location("hostile_shapes", Path(__file__).with_name("shapes.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SHAPES = _shapes()


class Cost(NamedTuple):
    """What reading took for each byte: seconds of the processor, and bytes of memory at the peak."""

    seconds: float
    memory: float


def records(data: bytes) -> None:
    """Read all records of a stream."""
    for _ in ndjson.records(io.BytesIO(data)):
        pass


READERS: Mapping[str, Callable[[bytes], object]] = {
    "json": loads,
    "ndjson": ndjson.loads,
    "records": records,
    "toml": toml.loads,
    "yaml": yaml.loads,
}
ENVELOPES: Mapping[str, Callable[[bytes], object]] = {
    "json": json.read_envelope,
    "ndjson": ndjson.read_envelope,
    "toml": toml.read_envelope,
    "yaml": yaml.read_envelope,
}
FORMATS: Mapping[str, Any] = {"json": json, "ndjson": ndjson, "records": ndjson, "toml": toml, "yaml": yaml}


def tried(read: Callable[[bytes], object], data: bytes) -> float:
    """Return the processor time of reading, whatever comes of it, if it is one of our errors."""
    started = time.process_time()
    with suppress(LevierError):
        read(data)
    return time.process_time() - started


def cost(read: Callable[[bytes], object], data: bytes, times: int = 1) -> Cost:
    """Return what it costs to read a document, for each of its bytes."""
    seconds = min(tried(read, data) for _ in range(times))
    tracemalloc.start()
    tried(read, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Cost(seconds / len(data), peak / len(data))


@cache
def good_document(name: str, size: int) -> bytes:
    """Return a good document of some size in a format."""
    data: bytes = FORMATS[name].dumps(samples.portfolio(projects=max(1, size // 7_900)))
    return data


@cache
def good(name: str, size: int) -> Cost:
    """Return what a good document of some size costs in a format."""
    return cost(FORMATS[name].loads, good_document(name, size), times=5)


def exceeded(read: Callable[[bytes], object], name: str, data: bytes) -> str:
    """Return what of a document costs too much, if anything; measured again, beside a good one, where it seems so."""
    usual, found = good(name, SIZE), cost(read, data)
    for _ in range(8):
        times, memory = found.seconds / usual.seconds, found.memory / usual.memory
        if times <= MOST * SLACK and memory <= MOST:
            return ""
        # A busy neighbour takes the cache from both: a good document is measured in the same moment.
        usual = cost(FORMATS[name].loads, good_document(name, SIZE), times=3)
        found = cost(read, data, times=2)
    return f"{times:.0f} times the time, {memory:.0f} times the memory"


CASES = [(name, family) for name, families in SHAPES.FAMILIES.items() for family in families]


@pytest.mark.parametrize(("name", "family"), CASES, ids=[f"{name}-{family.__name__}" for name, family in CASES])
def test_no_shape_costs_more_than_its_size(name: str, family: Callable[[], Any], effort: int) -> None:
    """Whatever a document is full of, it costs at most fifty times what a good one does."""
    shapes = list(family())
    chosen = Random(7).sample(shapes, min(len(shapes), TRIES * effort))
    wrong = {what: said for what, shape in chosen if (said := exceeded(READERS[name], name, shape(SIZE)))}
    assert not wrong


@pytest.mark.parametrize("name", ENVELOPES)
def test_no_envelope_costs_more_than_its_document(name: str, effort: int) -> None:
    """Asking for the envelope alone costs no more either."""
    shapes = [shape for family in SHAPES.FAMILIES[name] for shape in family()]
    chosen = Random(8).sample(shapes, min(len(shapes), TRIES * effort))
    wrong = {what: said for what, shape in chosen if (said := exceeded(ENVELOPES[name], name, shape(SIZE)))}
    assert not wrong


@pytest.mark.parametrize("name", READERS)
def test_eight_times_the_size_costs_eight_times_as_much(name: str, effort: int) -> None:
    """Nothing grows by the square: a larger document of the same shape costs no more for each byte."""
    families = SHAPES.FAMILIES[name]
    per_family = max(1, TRIES * effort // (2 * len(families)))
    chosen = [shape for family in families for shape in Random(9).sample(list(family()), per_family)]
    if name == "json":
        chosen += SHAPES.pairs()
    assert not {what: grown for what, shape in chosen if (grown := growth(READERS[name], shape))}


def growth(read: Callable[[bytes], object], shape: Callable[[int], bytes]) -> float:
    """
    Return how many times longer a byte takes in a document eight times as large; measured again where it seems so.

    The least of all tries counts: other programs make a try longer, and never shorter.
    """
    small, large = shape(SIZE // 2), shape(SIZE * 4)
    before, after = tried(read, small), tried(read, large)
    for _ in range(12):
        if after < 2e-2 or after / len(large) <= MOST_GROWTH * before / len(small):  # too short to be measured, or good
            return 0.0
        before, after = (
            min([least, *(tried(read, data) for _ in range(2))]) for least, data in ((before, small), (after, large))
        )
    return (after / len(large)) / (before / len(small))


# ---------------------------------------------------------------- what was found


def document(inside: str) -> bytes:
    """Return a document with some JSON put in."""
    return f'{{"format":"levier","version":1,{inside}}}'.encode()


FOUND: Mapping[str, tuple[str, bytes]] = {
    "64 dots and letters": ("toml", b".".join([b"a"] * 64) + b"a" * 100_000),
    "escaped quotes": ("toml", b'a = "' + rb"\"" * 25_000 + b'"'),
    "escaped quotes after many dots": ("toml", b"a" + b"." * 64 + rb"\"" * 25_000),
    "dots behind a text of several lines": (
        "toml",
        b'x = [{a = """\n don\'t """ , ' + b".".join([b"b"] * 100_000) + b" = 1}] # '",
    ),
    "repeated keys": ("json", document(",".join(f'"a":[{number}]' for number in range(60_000)))),
    "empty projects": ("json", document(f'"projects":[{",".join(["{}"] * 20_000)}]')),
    "ones": ("json", document(f'"projects":[{",".join("1" * 250_000)}]')),
    "backslashes": ("json", document(f'"generator":"{2_000_000 * chr(92)}"')),
    "a long key": ("json", document(f'"{"k" * 1_000_000}":1')),
    "a long text": ("json", document(f'"generator":" {"k" * 1_000_000}"')),
    "deep pairs twice": ("json", document('"a":[' + ",".join(['{"a":' * 50 + '{"a":1,"a":1}' + "}" * 50] * 300) + "]")),
    "many milestones, the last one twice": (
        "json",
        document(
            '"projects":[{"id":"p","label":"P","milestones":['
            + ",".join(f'{{"id":"m{min(number, 29_998)}","label":"M","planned":"2020"}}' for number in range(30_000))
            + "]}]"
        ),
    ),
    "empty funds": ("json", document(f'"funds":[{",".join(["{}"] * 20_000)}]')),
    "lines of ones": ("ndjson", b'{"format":"levier","version":1}\n' + b"1\n" * 100_000),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data"), FOUND.values(), ids=FOUND)
def test_what_was_found_costs_little(name: str, data: bytes) -> None:
    """Each document that cost seconds, or a gigabyte, is read within the bound, and so is its envelope."""
    assert not exceeded(READERS[name], name, data)
    assert not exceeded(ENVELOPES[name], name, data)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("part", [b"\0", b"1,", b"[", b"{}\n", b'"'], ids=repr)
def test_compressed_documents_cost_what_they_hold(tmp_path: Path, suffix: str, part: bytes) -> None:
    """What is compressed a thousandfold costs at most fifty times a good document of what it holds."""
    data = b'{"format":"levier","version":1,"projects":[' + part * (250_000 // len(part))
    for name in ("json", "ndjson"):
        path = tmp_path / f"bomb.{name}{suffix}"
        path.write_bytes(gzip.compress(data) if suffix == ".gz" else zstandard.compress(data))

        def read(_: bytes, path: Path = path) -> object:
            return load(path)

        assert not exceeded(read, name, data)


# ---------------------------------------------------------------- counted, and not described


def refusal(read: Callable[..., object], data: bytes, **limits: int) -> InvalidDocumentError:
    """Return the refusal of a document."""
    with pytest.raises(InvalidDocumentError) as caught:
        read(data, limits=Limits(**limits))
    return caught.value


COUNTED: Mapping[str, tuple[str, bytes, int]] = {
    "ones": ("json", document(f'"projects":[{",".join("1" * 5_000)}]'), 5_000),
    "empty objects": ("json", document(f'"methods":[{",".join(["{}"] * 2_000)}]'), 4_000),
    "unknown keys": ("json", document(",".join(f'"a{number}":1' for number in range(3_000))), 3_000),
    "repeated keys": ("json", document(",".join(f'"a{each % 1500}":1' for each in range(3_000))), 3_000),
    "observations of nothing": ("json", document(f'"observations":[{",".join(["{}"] * 2_000)}]'), 8_000),
    "twice the same": (
        "json",
        document(f'"methods":[{",".join(["""{"id":"m","label":"M"}"""] * 2_001)}]'),
        2_000,
    ),
    "dangling references": (
        "json",
        document(
            '"methods":[{"id":"m","label":"M","source_ids":['
            + ",".join(f'"s{number}"' for number in range(3_000))
            + "]}]"
        ),
        3_000,
    ),
    "lines": ("ndjson", b'{"format":"levier","version":1}\n' + b"1\n{\n{}\n" * 1_000, 3_000),
    "lines of records": ("ndjson", b'{"format":"levier","version":1}\n' + b'{"methods":{}}\n' * 2_000, 4_000),
    "arrays of TOML": ("toml", b'format = "levier"\nversion = 1\nmethods = [' + b"1," * 3_000 + b"]", 3_000),
    "keys of YAML": ("yaml", b"format: levier\nversion: 1\n" + b"a: 1\n" * 3_000, 3_000),
}


@pytest.mark.parametrize(("name", "data", "count"), COUNTED.values(), ids=COUNTED)
def test_problems_are_counted_exactly_and_described_up_to_a_number(name: str, data: bytes, count: int) -> None:
    """However many are described, all are counted, and those that are described are the same."""
    read: Any = FORMATS[name].loads
    whole = refusal(read, data, problems=10**6)
    assert (len(whole.problems), whole.more, whole.count) == (count, 0, count)
    for most in (1, 7, 1_000):
        few = refusal(read, data, problems=most)
        assert (len(few.problems), few.count) == (min(most, count), count)
        assert str(few).endswith(f"and {count - most} more")
        assert str(few).startswith(f"{count} problem(s)")


def test_an_envelope_is_read_beside_many_problems() -> None:
    """Repeated keys of the content are no question of the envelope's, however many; those of the envelope are."""
    many = ",".join(f'"a{number}":1,"a{number}":2' for number in range(3_000))
    assert read_envelope(document(many)).version == 1
    twice = refusal(read_envelope, document(f'{many},"generator":"x","generator":"y"'))
    assert [each.pointer for each in twice.problems] == ["/generator"]
