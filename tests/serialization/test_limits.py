"""Limits: what is too large, too deep or too long is refused by name, before it costs memory."""

from __future__ import annotations

import gzip
import json as stdjson
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InvalidDocumentError, InvalidValueError, LevierError, LimitExceededError
from levier.model.levers import Method
from levier.model.portfolio import Portfolio
from levier.serialization import Limits, dumps, limits, load, loads, ndjson, toml, yaml
from levier.serialization.limits import LIMITS, check_json, check_size
from levier.testing.strategies import of

MIB = 2**20


def limit_of(data: str | bytes, **limits: int) -> str:
    """Return the limit that a document exceeds."""
    with pytest.raises(LimitExceededError) as caught:
        loads(data, limits=Limits(**limits))
    assert caught.value.found > caught.value.allowed
    return caught.value.limit


def document(inside: str) -> str:
    """Return a document with some JSON text put in."""
    return '{"format": "levier", "version": 1, ' + inside + "}"


@pytest.mark.parametrize("name", ["size_bytes", "depth", "items", "digits"])
@pytest.mark.parametrize("odd", [0, -1, 1.5, "1", True, None])
def test_a_limit_is_a_count(name: str, odd: Any) -> None:
    """Nothing but a whole number of at least one is a limit."""
    with pytest.raises(InvalidValueError, match=rf"Limits\.{name}"):
        Limits(**{name: odd})


def test_a_document_at_its_limits_is_read() -> None:
    """Each limit may be reached, and not passed."""
    data = dumps(Portfolio.of(Method(id="m", label="[[[{{{,,,111111")))
    size, depth = len(data), 4
    items = 3 + 16 + 1 + 4  # the envelope, the nouns, the method and its fields
    assert loads(data, limits=Limits(size_bytes=size, depth=depth, items=items, digits=1))
    assert limit_of(data, size_bytes=size - 1) == "size_bytes"
    assert limit_of(data, depth=depth - 1) == "depth"
    assert limit_of(data, items=items - 1) == "items"
    assert limit_of(stdjson.dumps(stdjson.loads(data), indent=1), items=items - 1) == "items"
    assert limit_of(document('"methods": [12]'), digits=1) == "digits"
    assert limit_of(document('"methods": [12]').encode(), digits=1) == "digits"


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_decompression_stops_at_the_limit(tmp_path: Path, suffix: str) -> None:
    """A gigabyte of zeros in a few kilobytes is refused once the limit is reached; no more than that is in memory."""
    path = tmp_path / f"bomb.json{suffix}"
    zeros = b"\0" * MIB
    path.write_bytes(1024 * (gzip.compress(zeros) if suffix == ".gz" else zstandard.compress(zeros)))
    tracemalloc.start()
    with pytest.raises(LimitExceededError) as caught:
        load(path, limits=Limits(size_bytes=10 * MIB))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.limit == "size_bytes"
    assert peak < 40 * MIB


def test_one_frame_of_zeros_is_decompressed_in_steps(tmp_path: Path) -> None:
    """A bomb in one frame, which a decoder would open at once, is opened a little at a time."""
    path = tmp_path / "bomb.json.zst"
    path.write_bytes(zstandard.compress(b"\0" * (256 * MIB)))
    tracemalloc.start()
    with pytest.raises(LimitExceededError):
        load(path, limits=Limits(size_bytes=MIB))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 80 * MIB


DEEP = "[" * 100_000
NESTED = "[" * 500 + "]" * 500
HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "arrays without end": (DEEP, "depth"),
    "arrays that end": (DEEP + DEEP.replace("[", "]"), "depth"),
    "objects without end": ('{"a":' * 100_000, "depth"),
    "arrays in a noun": (document('"methods": [' + DEEP), "depth"),
    "arrays in an item": (document(f'"methods": [{{"id": "m", "x": {NESTED}}}]'), "depth"),
    "arrays in an instrument": (document(f'"instruments": [{{"kind": {NESTED}}}]'), "depth"),
    "arrays in an unknown noun": (document(f'"wizards": {NESTED}'), "depth"),
    "arrays behind a text": ('["]", ' * 1000, "depth"),
    "a number": (document('"version": ' + "1" * 5_000), "digits"),
    "a number of a million digits": ("1" * 1_000_000, "digits"),
    "a fraction": (document('"methods": [{"id": 0.' + "1" * 5_000 + "}]"), "digits"),
    "an exponent": ("1e" + "1" * 5_000, "digits"),
}


@pytest.mark.parametrize(("data", "limit"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_documents_are_refused_by_their_limit(data: str | bytes, limit: str) -> None:
    """Nesting and numbers without end are refused by name, whatever the parsers would make of them."""
    assert limit_of(data) == limit


@pytest.mark.parametrize("part", [",", "[],", '"",', "{},"])
def test_many_items_are_refused_before_they_are_built(part: str) -> None:
    """Ten thousand items of two bytes cost no more memory than their text."""
    data = (document('"instruments": [' + part * 10_000 + "1]")).encode()
    tracemalloc.start()
    assert limit_of(data, items=1_000) == "items"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * len(data) + 20_000


def test_commas_in_texts_are_no_items() -> None:
    """Only what separates counts: a long text is one item."""
    plan = Portfolio.of(Method(id="m", label=f"a{',' * 1000}b"))
    assert loads(dumps(plan), limits=Limits(items=50)) == plan
    with pytest.raises(LimitExceededError):
        toml.loads(toml.dumps(plan), limits=Limits(items=50))  # which is counted without a look at its texts


@pytest.mark.parametrize(
    ("data", "limits", "limit"),
    [
        ("x = " + "[" * 70 + "]" * 70, {}, "depth"),
        ("a." * 100 + "b = 1", {}, "depth"),
        ("a = " + "1" * 1001, {}, "digits"),
        ("a = [1, 2, 3]", {"items": 3}, "items"),
        (b"a = 1\nb = 2\n", {"items": 1}, "items"),
        ("a = 1", {"size_bytes": 3}, "size_bytes"),
    ],
)  # fmt: skip
def test_toml_has_the_same_limits(data: str | bytes, limits: dict[str, int], limit: str) -> None:
    """A document written by hand is held to the same limits."""
    with pytest.raises(LimitExceededError) as caught:
        toml.loads(data, limits=Limits(**limits))
    assert caught.value.limit == limit


def test_a_single_value_has_limits_too() -> None:
    """What is read by itself is held to the limits like a document."""
    for data, kind in ((DEEP, Method), (f'{{"id": "m", "x": {NESTED}}}', Method), ("1" * 2000, int)):
        with pytest.raises(LimitExceededError):
            loads(data, type=kind)
    with pytest.raises(LimitExceededError):
        loads('{"id": "m", "label": "M"}', type=Method, limits=Limits(size_bytes=5))


trees = st.recursive(
    st.none() | st.integers() | st.text(alphabet='[]{}",\\1a'),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet='[]{}"\\', max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)


def depth_of(value: Any) -> int:
    """Return how many arrays and objects stand within each other."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if parts is None else 1 + max(map(depth_of, parts), default=0)


@given(trees)
def test_depth_is_that_of_the_builtins(tree: Any) -> None:
    """What the scan of a text finds is what there is, brackets in texts or not."""
    data = stdjson.dumps(tree).encode()
    depth = depth_of(tree)
    check_json(data, Limits(depth=max(depth, 1)))
    if depth > 1:
        with pytest.raises(LimitExceededError):
            check_json(data, Limits(depth=depth - 1))


@given(of(Portfolio))
def test_our_own_documents_need_no_scan(portfolio: Portfolio) -> None:
    """No document of ours is as deep, nor its numbers as long, as what the fast way may take unseen."""
    data = dumps(portfolio)
    check_json(data, Limits(depth=limits._OUR_DEPTH, digits=limits._OUR_DIGITS))  # noqa: SLF001  # what is taken for granted
    check_size(data, LIMITS)


# ---------------------------------------------------------------- what JSON parsers disagree on


REFUSED: dict[str, bytes] = {
    "nothing": b"",
    "white space": b" \n",
    "a lone bracket": b"[",
    "an unclosed text": b'["x',
    "a comma too many": b"[1,]",
    "a comma before": b"[,1]",
    "two commas": b"[1,,2]",
    "no comma": b"[1 2]",
    "a colon in an array": b'["a": 1]',
    "no colon": b'{"a" 1}',
    "a key without quotation marks": b"{a: 1}",
    "single quotation marks": b"{'a': 1}",
    "a number for a key": b"{1: 1}",
    "a comment": b"[1] // x",
    "a second value": b"[] []",
    "NaN": b"[NaN]",
    "Infinity": b"[Infinity]",
    "minus Infinity": b"[-Infinity]",
    "a leading plus": b"[+1]",
    "a leading zero": b"[012]",
    "a minus alone": b"[-]",
    "a point alone": b"[1.]",
    "a point first": b"[.5]",
    "an exponent alone": b"[1e]",
    "hexadecimal": b"[0x1]",
    "digits of another script": "[\uff11]".encode(),
    "capitals": b"[TRUE]",
    "half a word": b"[tru]",
    "a control character": b'["\x01"]',
    "a line break in a text": b'["\n"]',
    "an unknown escape": b'["\\x"]',
    "half an escape": b'["\\u12"]',
    "a byte order mark within": b"[\xef\xbb\xbf]",
    "UTF-16": "[]".encode("utf-16"),
    "UTF-32": "[]".encode("utf-32"),
    "overlong UTF-8": b'["\xc0\xaf"]',
    "cut UTF-8": b'["\xe2\x82"]',
    "a surrogate in UTF-8": b'["\xed\xa0\x80"]',
    "no-break space": "[\u00a0]".encode(),
    "a form feed": b"[\x0c]",
    "a null byte": b"[]\x00",
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("kind", [Portfolio, Method, tuple[int, ...]], ids=["portfolio", "method", "tuple"])
def test_what_is_no_json_is_refused_as_such(data: bytes, kind: Any) -> None:
    """What the standard does not allow is a syntax error, as the whole or within a document."""
    for each in (
        data,
        document(f'"methods": [{{"id": "m", "x": {data.decode(errors="surrogateescape")}}}]').encode(
            errors="surrogateescape"
        ),
    ):
        with pytest.raises(InvalidDocumentError) as caught:
            loads(each, type=kind)
        assert [str(problem.code) for problem in caught.value.problems] == ["syntax"]


@pytest.mark.parametrize("written", ['"\\ud800"', '"\\udc00\\ud800"', '"\\ud800x"', '"\\u0000"'])
def test_characters_that_are_none_are_no_texts(written: str) -> None:
    """Half a surrogate pair, or a control character, in disguise is JSON, and still no text of ours."""
    with pytest.raises(InvalidDocumentError, match=r"/methods/0/label: .*\[invalid-value\]"):
        loads(document(f'"methods": [{{"id": "m", "label": {written}}}]'))


@given(of(Portfolio), st.data())
def test_a_document_cut_anywhere_is_refused(portfolio: Portfolio, data: st.DataObject) -> None:
    """A document of which the end is missing is never taken for a shorter one."""
    written = dumps(portfolio)
    with pytest.raises(LevierError):
        loads(written[: data.draw(st.integers(0, len(written) - 1))])


@pytest.mark.parametrize(
    "bomb",
    [
        ".".join(["a"] * 10_000) + "=1",
        "[" + ".".join(["a"] * 3_000) + "]\nx=1",
        "x = {" + " . ".join(["a"] * 3_000) + " = 1}",
        "x=" + "[" * 100_000,
    ],
    ids=["dotted key", "header", "inline table", "brackets"],
)
def test_toml_that_is_too_deep_is_refused_before_it_is_opened(bomb: str) -> None:
    """Dotted keys take time by the square of their depth, and brackets a stack: each is refused as too deep."""
    with pytest.raises(LimitExceededError) as caught:
        toml.loads(bomb)
    assert caught.value.limit == "depth"


def test_dots_in_texts_are_no_depth() -> None:
    """A text or a comment of many dots is no dotted key."""
    held = toml.loads(
        f'format = "levier"\nversion = 1 # {"a." * 100}\n[[methods]]\nid = "m"\nlabel = "{"a.b" * 100}"\n'
    )
    assert held.methods["m"].label.count(".") == 100


def test_an_alias_of_a_long_text_weighs_what_it_says() -> None:
    """A thousand aliases of a long text are a hundred megabytes: they are refused as too many items."""
    text = "format: levier\nversion: 1\nmethods:\n- {id: m, label: &a " + "x" * 100_000 + ", source_ids: ["
    with pytest.raises(LimitExceededError) as caught:
        yaml.loads(text + "*a," * 1_000 + "]}\n")
    assert caught.value.limit == "items"


def test_a_line_of_ndjson_keeps_to_narrow_limits() -> None:
    """What is built in bulk is asked for its depth where less is allowed than it could have."""
    text = '{"format":"levier","version":1}\n{"methods":{"id":"m","label":"M","source_ids":[]}}'
    assert len(ndjson.loads(text, limits=Limits(depth=3)).methods) == 1
    with pytest.raises(LimitExceededError):
        ndjson.loads(text, limits=Limits(depth=2))


def test_a_long_target_is_shown_cut_short() -> None:
    """A reference of a hundred thousand characters that leads nowhere is told in a line."""
    text = '{"format":"levier","version":1,"methods":[{"id":"m","label":"M","source_ids":["' + "x" * 100_000 + '"]}]}'
    with pytest.raises(InvalidDocumentError) as caught:
        loads(text)
    assert len(str(caught.value)) < 500
    assert len(caught.value.problems[0].found) <= 80
