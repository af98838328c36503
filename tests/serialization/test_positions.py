"""Lines and columns: where a pointer leads in a text, in any layout, is what it names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InvalidDocumentError, Problem, ProblemCode
from levier.serialization import _positions
from levier.serialization._positions import located, placed, steps_of
from levier.serialization._problems import written

keys = st.text(alphabet='ab/~é"\\\n: ', max_size=3)
trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | keys,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
layouts = st.fixed_dictionaries(
    {
        "indent": st.sampled_from([None, 0, 2]),
        "ensure_ascii": st.booleans(),
        "separators": st.sampled_from([(",", ":"), (" , ", " : ")]),
    }
)


ways = pytest.mark.parametrize("small", [0, 4_096], ids=["in C", "in Python"])
"""Both ways of seeking: parts that are cut in C, and those that are small and gone through."""


@contextmanager
def up_to(small: int) -> Iterator[None]:
    """Let parts of up to so many bytes be gone through."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_positions, "_SMALL", small)
        yield


def parts(value: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the path of every part of some builtins, and the part."""
    yield at, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in pairs:
        yield from parts(part, (*at, str(key)))


def value_at(text: str) -> Any:
    """Return the JSON value that a text begins with."""
    return json.JSONDecoder().raw_decode(text)[0]


@ways
@given(tree=trees, layout=layouts, padding=st.text(alphabet=" \n\t", max_size=3))
def test_every_part_is_where_it_is_said_to_be(small: int, tree: Any, layout: dict[str, Any], padding: str) -> None:
    """At the offset of each part stands that part, and at that of its key, if it has one, the key."""
    raw = (padding + json.dumps(tree, **layout) + padding).encode()
    wanted = dict(parts(tree))
    with up_to(small):
        places = placed(raw, wanted)
    assert places.keys() == wanted.keys()
    for steps, value in wanted.items():
        assert value_at(raw[places[steps].value :].decode()) == value
        key = value_at(raw[places[steps].key :].decode())
        assert key == (steps[-1] if places[steps].key != places[steps].value else value)


@given(trees, layouts)
def test_lines_and_columns_count_characters_from_one(tree: Any, layout: dict[str, Any]) -> None:
    """Going to a line and a column, as an editor does, leads to the part."""
    text = json.dumps(tree, **layout)
    wanted = dict(parts(tree))
    problems = [Problem(pointer=written(steps), code=ProblemCode.INVALID_VALUE, message="odd") for steps in wanted]
    for each in located(InvalidDocumentError(tuple(problems)), text.encode()).problems:
        lines = text.split("\n")
        assert each.line is not None
        assert each.column is not None
        rest = "\n".join([lines[each.line - 1][each.column - 1 :], *lines[each.line :]])
        assert value_at(rest) == wanted[steps_of(each.pointer)]


def test_what_is_not_there_is_placed_at_what_lacks_it() -> None:
    """A missing key is at its object, a missing object at that which would hold it."""
    raw = b'{\n  "a": {"b": 1}}'
    places = {
        pointer: (each.line, each.column)
        for pointer in ("/a/c", "/a/b/c", "/x/y", "")
        for each in located(
            InvalidDocumentError((Problem(pointer=pointer, code=ProblemCode.MISSING_KEY, message="missing"),)), raw
        ).problems
    }
    assert places == {"/a/c": (2, 8), "/a/b/c": (2, 14), "/x/y": (1, 1), "": (1, 1)}


@ways
def test_of_keys_that_stand_twice_the_last_is_meant(small: int) -> None:
    """Where a key stands more than once, what is read is the last, and so is its place, whatever the others hold."""
    raw = b'{"a": {"x": [1]}, "b": 2, "a": {"y": [{"z": "]"}, 3]}, "a": {"x": [1, 4]}}'
    with up_to(small):
        places = placed(raw, [("a", "x", "1"), ("a", "y"), ("b",), ("a", "y", "0", "z")])
    assert raw[places[("a", "x", "1")].value :].startswith(b"4")
    assert raw[places[("b",)].value :].startswith(b"2")
    assert ("a", "y") not in places
    assert ("a", "y", "0", "z") not in places


@ways
@given(tree=trees, random=st.randoms(use_true_random=False))
def test_of_keys_that_stand_twice_all_that_is_read_is_found(small: int, tree: Any, random: Random) -> None:
    """Whatever stands under a key that is given once more, each part that is read is where it is said to be."""
    raw = repeating(tree, random).encode()
    read = json.loads(raw)
    with up_to(small):
        places = placed(raw, dict(parts(read)))
    for steps, value in parts(read):
        assert value_at(raw[places[steps].value :].decode()) == value


def repeating(value: Any, random: Random) -> str:
    """Return JSON in which keys may stand twice, with other things before the last one."""
    if isinstance(value, list):
        return "[" + ", ".join(repeating(part, random) for part in value) + "]"
    if not isinstance(value, dict):
        return json.dumps(value)
    pairs = [(key, repeating(part, random)) for key, part in value.items()]
    others = [
        (key, repeating(random.choice([value, *value.values()]), random)) for key in value if random.random() < 0.3
    ]
    return "{" + ", ".join(f"{json.dumps(key)}: {part}" for key, part in (*others, *pairs)) + "}"


def test_long_and_odd_keys_lead_to_their_places() -> None:
    """A key of which a pointer shows the beginning alone, or half a character, is found all the same."""
    long, half = "k" * 1_000, "\ud800"
    raw = json.dumps({long: {half: 1}, "a~/b": 2}).encode()
    for path in ((long, half), ("a~/b",)):
        wrong = Problem(pointer=written(path), code=ProblemCode.DUPLICATE_KEY, message="twice")
        (found,) = located(InvalidDocumentError((wrong,)), raw).problems
        assert len(found.pointer) < 250
        assert found.column is not None
        assert json.JSONDecoder().raw_decode(raw[found.column - 1 :].decode())[0] == path[-1]


def test_what_cannot_be_walked_has_no_places() -> None:
    """A text that is no JSON, or too deep to walk, gives the place of the whole."""
    for raw in (b'{"a": [}', b"[" * 100_000, b'{"a"', b""):
        assert placed(raw, [("a", "0"), ("0", "0")]).keys() == {()}
