"""Any layout is read the fast way; unknown and repeated keys are found in each; what is odd is explained alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from random import Random
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from levier.errors import InvalidDocumentError, Problem
from levier.model.levers import Method
from levier.model.portfolio import Portfolio
from levier.serialization import document as reading
from levier.serialization import dumps, loads, ndjson, toml, yaml
from levier.serialization import json as ours
from levier.serialization._counting import colons_in, keys_in
from levier.serialization.document import content_of
from levier.serialization.envelope import ENVELOPE, digest_of
from levier.serialization.limits import encoded
from levier.testing import samples
from levier.testing.strategies import of

portfolios = of(Portfolio)
randoms = st.integers(0, 2**32).map(Random)
SAMPLE = json.loads(dumps(samples.portfolio(projects=3)))
MAY_BE_LEFT_OUT: tuple[Any, ...] = (None, [], "")
"""What an empty field is written as; every field that may be empty has a default, but for these."""
NEEDED = ("payments",)


@frozen
class Layout:
    """A way of writing JSON: order of keys, white space and escapes at random, what is left out, and one pair more."""

    random: Random
    escaped: str = ""
    left_out: tuple[Any, ...] = ()
    holder: object = None
    pair: tuple[str, Any] = ("", None)

    def write(self, value: Any) -> str:
        """Return *value* in this layout."""
        if isinstance(value, dict):
            pairs = [pair for pair in value.items() if self.keeps(*pair)]
            pairs += [self.pair] if value is self.holder else []
            self.random.shuffle(pairs)
            parts = [f"{self.text(key)}{self.gap()}:{self.gap()}{self.below(key).write(part)}" for key, part in pairs]
            return "{" + self.joined(parts) + "}"
        if isinstance(value, list):
            return "[" + self.joined(map(self.write, value)) + "]"
        return self.text(value) if isinstance(value, str) else json.dumps(value)

    def below(self, key: str) -> Layout:
        """Return the layout of what a key holds: of an application's own, nothing is left out."""
        return evolve(self, left_out=()) if key == "extra" else self

    def keeps(self, key: str, value: Any) -> bool:
        """Say whether a pair is written."""
        return value not in self.left_out or key in NEEDED or self.random.random() < 0.5

    def joined(self, parts: Any) -> str:
        """Return parts with commas and white space between them."""
        return ",".join(f"{self.gap()}{part}{self.gap()}" for part in parts) or self.gap()

    def gap(self) -> str:
        """Return some white space, often none."""
        return "".join(self.random.choices(" \t\r\n", k=self.random.choice([0, 0, 0, 1, 3])))

    def text(self, written: str) -> str:
        """Return a text of JSON, its characters escaped or not."""
        return '"' + "".join(map(self.character, written)) + '"'

    def character(self, each: str) -> str:
        """Return one character of a text, escaped in one way or another."""
        if each in self.escaped and self.random.random() < 0.5:
            return self.random.choice([f"\\u{ord(each):04x}", f"\\u{ord(each):04X}"])
        return json.dumps(each, ensure_ascii=self.random.random() < 0.5)[1:-1]


@given(portfolios, randoms)
def test_any_layout_takes_the_fast_way(portfolio: Portfolio, random: Random) -> None:
    """White space anywhere, keys in any order, escapes, defaults left out: it is decoded straight into the classes."""
    written = Layout(random, "aeio-0129é ", MAY_BE_LEFT_OUT).write(json.loads(dumps(portfolio)))
    assert ours._fast(encoded("loads", written)) == portfolio  # noqa: SLF001  # which way it went is what is proven
    assert dumps(loads(written)) == dumps(portfolio)


@given(portfolios, randoms)
def test_colons_in_disguise_are_read_all_the_same(portfolio: Portfolio, random: Random) -> None:
    """A colon that is written as an escape cannot be counted: the document is read the other way, and is equal."""
    portfolio = portfolio.with_(Method(id="colon", label="a:b: c"))
    written = Layout(random, ":", MAY_BE_LEFT_OUT).write(json.loads(dumps(portfolio)))
    fast = ours._fast(encoded("loads", written))  # noqa: SLF001  # as above
    assert fast is None if "\\u003" in written else fast == portfolio
    assert loads(written) == portfolio


def with_periods(value: Any, random: Random) -> Any:
    """Return a document in which each period that can be is written in a longer way."""
    if isinstance(value, dict):
        return {key: with_periods(part, random) for key, part in value.items()}
    if isinstance(value, list):
        return [with_periods(part, random) for part in value]
    return random.choice(LONGER.get(value, (value,))) if isinstance(value, str) else value


LONGER = {
    "2020": ("2020", "2020/2020", "2020-01/2020-12", "2020-01-01/2020-12-31"),
    "2022": ("2022", "2022-01/2022-12"),
    "2018/2022": ("2018-01/2022-12", "2018-01-01/2022-12-31"),
    **{f"2021-{month:02d}": (f"2021-{month:02d}/2021-{month:02d}",) for month in range(1, 11)},
}


@pytest.mark.parametrize("module", [ours, ndjson, toml, yaml], ids=lambda module: module.__name__.rpartition(".")[2])
@settings(max_examples=10)
@given(random=randoms)
def test_a_document_is_the_same_however_its_periods_are_written(module: Any, random: Random) -> None:
    """Longer texts of the same periods make the same portfolio, in every format, with a digest of either content."""
    plan = loads(json.dumps(SAMPLE))
    other = without_gaps(with_periods(SAMPLE, random))
    told = other | {"digest": random.choice(["", digest_of(content_of(plan)), digest_of(other)])}
    read = module.loads(WRITERS[module](told))
    assert read == plan
    assert module.dumps(read) == module.dumps(plan)


def as_lines(document: dict[str, Any]) -> str:
    """Return a document as NDJSON."""
    head = {key: value for key, value in document.items() if key in ENVELOPE}
    items = ({noun: item} for noun, held in document.items() if noun not in ENVELOPE for item in held)
    return "\n".join(map(json.dumps, (head, *items)))


def without_gaps(value: Any) -> Any:
    """Return builtins without null, which TOML does not have, and without empty arrays, which NDJSON does not."""
    if isinstance(value, dict):
        return {key: without_gaps(part) for key, part in value.items() if part not in (None, []) or key in NEEDED}
    return [without_gaps(part) for part in value] if isinstance(value, list) else value


WRITERS: dict[Any, Callable[[dict[str, Any]], str]] = {
    ours: json.dumps,
    ndjson: as_lines,
    toml: import_module("tomli_w").dumps,
    yaml: json.dumps,  # which is YAML, but for what no sample has
}


@given(randoms)
def test_both_ways_read_a_longer_period_alike(random: Random) -> None:
    """The fast way and the explaining way take the same texts, and give the same portfolio."""
    written = Layout(random, "", MAY_BE_LEFT_OUT).write(with_periods(SAMPLE, random))
    read = encoded("loads", written)
    assert ours._fast(read) == ours._explained(read) == loads(json.dumps(SAMPLE))  # noqa: SLF001  # as above


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a document."""
    if isinstance(value, dict):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from objects(part)


holders = st.integers(0, len(list(objects(SAMPLE))) - 1).map(lambda place: list(objects(SAMPLE))[place])
left_out = st.sampled_from([(), MAY_BE_LEFT_OUT])
anything = st.sampled_from([None, "", "x", ":", 0, {}, {"id": "x", "label": "y:z"}, [{"a": 1}], "report-01"])


@given(holders, st.sampled_from(["colour", "a:b", "id ", "Id", "kind"]), anything, left_out, randoms)
def test_one_unknown_key_is_seen_wherever_it_stands(
    holder: dict[str, Any], key: str, value: Any, unwritten: Any, random: Random
) -> None:
    """An unknown key in any object is refused, whatever it holds, also where others are left out."""
    if key in holder:
        return
    written = Layout(random, "", unwritten, holder, (key, value)).write(SAMPLE)
    assert ours._fast(encoded("loads", written)) is None  # noqa: SLF001  # as above
    with pytest.raises(InvalidDocumentError, match=r"\[unknown-key\]"):
        loads(written)


@given(holders, st.integers(0, 30), st.none() | anything, left_out, randoms)
def test_one_repeated_key_is_seen_wherever_it_stands(
    holder: dict[str, Any], place: int, value: Any, unwritten: Any, random: Random
) -> None:
    """A key that stands twice in any object is refused, whatever its values, also where others are left out."""
    key = list(holder)[place % len(holder)]
    kept = tuple(held for held in unwritten if held != holder[key])
    written = Layout(random, "", kept, holder, (key, random.choice([value, holder[key]]))).write(SAMPLE)
    assert ours._fast(encoded("loads", written)) is None  # noqa: SLF001  # as above
    with pytest.raises(InvalidDocumentError, match=r"\[duplicate-key\]"):
        loads(written)


@given(portfolios)
def test_keys_and_colons_are_counted(portfolio: Portfolio) -> None:
    """The keys of a document's builtins are the colons of its JSON, less those of its texts."""
    written = dumps(portfolio)
    found = json.loads(written)
    texts = "".join(part for part in leaves(found) if isinstance(part, str))
    assert keys_in(found) + texts.count(":") == colons_in(written)


def leaves(value: Any) -> Iterator[Any]:
    """Yield what a document holds that holds nothing."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if parts is None:
        yield value
    for part in parts or ():
        yield from leaves(part)


# ---------------------------------------------------------------- what is odd


def one_by_one(_: Any, found: Sequence[Any], __: str) -> Iterator[tuple[int, int, None]]:
    """Build nothing in bulk, so that each item is explained by itself."""
    yield from ((place, 1, None) for place in range(len(found)))


def outcome(data: str) -> Portfolio | tuple[Problem, ...]:
    """Return what the explaining way makes of a document: its portfolio, or its problems."""
    try:
        return ours._explained(encoded("loads", data))  # noqa: SLF001  # the two forms of the explaining way are what is compared
    except InvalidDocumentError as error:
        return error.problems


ODD = st.sampled_from([None, True, 0, -1, 1.5, "", " x", "x", "FR", "2019-13", "1.50", [], {}, [None], {"id": []}])


def spoil(random: Random, value: Any, odd: Any) -> Any:
    """Return *value* with one part of it replaced."""
    if not isinstance(value, dict | list) or not value or random.random() < 0.1:
        return odd
    if isinstance(value, list):
        place = random.choice([random.randrange(len(value)), len(value) - 1])
        return [*value[:place], spoil(random, value[place], odd), *value[place + 1 :]]
    key = random.choice([random.choice(list(value)), "colour" if random.random() < 0.1 else list(value)[-1]])
    return {**value, key: spoil(random, value.get(key), odd)}


@given(st.lists(ODD, min_size=1, max_size=4), randoms, left_out)
def test_what_is_odd_is_explained_as_if_nothing_were_built_in_bulk(
    odd: list[Any], random: Random, unwritten: Any
) -> None:
    """A document with some odd parts has the same problems, in the same order, when each item is explained alone."""
    found = SAMPLE
    for each in odd:
        noun = random.choice([noun for noun, held in found.items() if isinstance(held, list) and held] or ["methods"])
        found = {**found, noun: spoil(random, found.get(noun), each)}
    written = Layout(random, ":" if random.random() < 0.1 else "", unwritten).write(found)
    in_bulk = outcome(written)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "pieces", one_by_one)
        assert in_bulk == outcome(written)


@given(st.lists(ODD, min_size=1, max_size=4), randoms)
def test_builtins_are_explained_as_their_json_is(odd: list[Any], random: Random) -> None:
    """Given as builtins, as TOML gives them, a document has the same problems as its JSON."""
    found = SAMPLE
    for each in odd:
        noun = random.choice([noun for noun, held in found.items() if isinstance(held, list) and held] or ["methods"])
        found = {**found, noun: spoil(random, found.get(noun), each)}
    try:
        read: Any = reading.portfolio_from(found)
    except InvalidDocumentError as error:
        read = error.problems
    of_text = outcome(json.dumps(found))
    if isinstance(of_text, tuple):  # builtins have no lines
        of_text = tuple(evolve(problem, line=None, column=None) for problem in of_text)
    assert read == of_text


def row(**written: Any) -> dict[str, Any]:
    """Return an observation as it is written, with what the test says of it."""
    return {"indicator_id": "i", "period": "2020", "kind": "actual", "value": "1", **written}


def test_a_source_left_out_and_none_are_the_same_key() -> None:
    """Two observations that differ by how they say that they have no source are one too many."""
    found = {"format": "levier", "version": 1, "observations": [row(), row(source_id=None)]}
    with pytest.raises(InvalidDocumentError, match=r"/observations/1: 'i FR 2020 actual' stands already"):
        loads(json.dumps(found))


@pytest.mark.parametrize("odd", [{}, {"colour": "red"}], ids=["sound", "broken"])
def test_one_period_written_in_two_ways_is_the_same_key(odd: dict[str, str]) -> None:
    """Two observations of one period are one too many, however it is written, whether they can be built or not."""
    found = {"format": "levier", "version": 1, "observations": [row(**odd), row(period="2020-01/2020-12", **odd)]}
    with pytest.raises(InvalidDocumentError, match=r"/observations/1: 'i FR 2020 actual' stands already"):
        loads(json.dumps(found))


def test_an_identifier_that_is_no_text_is_no_identifier() -> None:
    """Arrays and objects in the place of identifiers are refused as any other value that is no text."""
    found = {"format": "levier", "version": 1, "methods": [{"id": [], "label": "M"}, {"id": {}, "label": "M"}]}
    with pytest.raises(InvalidDocumentError) as caught:
        loads(json.dumps(found))
    assert [problem.pointer for problem in caught.value.problems] == ["/methods/0/id", "/methods/1/id"]
