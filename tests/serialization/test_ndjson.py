"""NDJSON: one record a line, read and written one at a time, and every line that is wrong named by its number."""

from __future__ import annotations

import io
import json as stdjson
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import InvalidDocumentError, LimitExceededError, Problem
from levier.model.levers import Lever, Method
from levier.model.observations import Observation
from levier.model.portfolio import Portfolio
from levier.serialization import Limits, Provenance, json, ndjson
from levier.serialization.envelope import ENVELOPE, digest_of
from levier.testing import samples
from levier.testing.strategies import of

HEAD = '{"format": "levier", "version": 1}\n'
PLAN = samples.portfolio(projects=3)


def problems(data: str | bytes) -> list[Problem]:
    """Return the problems for which a document is refused."""
    with pytest.raises(InvalidDocumentError) as caught:
        ndjson.loads(data)
    return list(caught.value.problems)


def streamed(data: str | bytes) -> Iterator[Any]:
    """Return the records of a document in memory."""
    return ndjson.records(io.BytesIO(data.encode() if isinstance(data, str) else data))


def json_content(portfolio: Portfolio) -> dict[str, Any]:
    """Return what the JSON document of a portfolio holds, without its envelope."""
    found: dict[str, Any] = stdjson.loads(json.dumps(portfolio))
    return {key: value for key, value in found.items() if key not in ENVELOPE}


def held(portfolio: Portfolio, noun: str) -> list[Any]:
    """Return what a portfolio holds of a noun, in order."""
    registry = getattr(portfolio, noun)
    return list(registry.values() if hasattr(registry, "values") else registry)


@given(of(Portfolio))
def test_records_are_the_things_of_the_portfolio(portfolio: Portfolio) -> None:
    """Streamed, a document gives the things it was written from, in the order of JSON's keys; so it is written."""
    written = ndjson.dumps(portfolio)
    things = list(streamed(written))
    assert things == [thing for noun in sorted(json_content(portfolio)) for thing in held(portfolio, noun)]
    assert Portfolio.of(*things) == portfolio
    target = io.BytesIO()
    ndjson.write(iter(things), target)
    assert target.getvalue() == written


@given(of(Portfolio))
def test_a_line_is_canonical_json(portfolio: Portfolio) -> None:
    """The first line is the envelope, each other one a noun with the thing as JSON writes it."""
    first, *lines = ndjson.dumps(portfolio).splitlines()
    assert first.decode() == f'{{"format":"levier","generator":"{ndjson.GENERATOR}","version":1}}'
    for line, thing in zip(lines, streamed(ndjson.dumps(portfolio)), strict=True):
        assert line.endswith(b":" + json.dumps(thing) + b"}")


@given(portfolio=of(Portfolio), seed=st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(portfolio: Portfolio, seed: Any) -> None:
    """Whatever the order of the records, and with white space and empty lines, it is the same portfolio."""
    first, *lines = ndjson.dumps(portfolio).decode().removesuffix("\n").split("\n")
    seed.shuffle(lines)
    assert ndjson.loads("\n".join([first, "", *(line.replace(":", " : ", 1) for line in lines), " "])) == portfolio
    assert Portfolio.of(*streamed("\n".join([first, *lines]))) == portfolio


def test_reading_and_writing_are_lazy(tmp_path: Path) -> None:
    """A record is given before the next line is read, and written before the next thing is asked for."""
    first, second = Method(id="a", label="A"), Method(id="b", label="B")
    reader = streamed(ndjson.dumps(Portfolio.of(first)) + b"no json")
    assert next(reader) == first
    with pytest.raises(InvalidDocumentError, match="at line 3"):
        next(reader)
    target = io.BytesIO()

    def things() -> Iterator[Method]:
        yield first
        assert b'"id":"a"' in target.getvalue()
        yield second

    ndjson.write(things(), target, provenance=Provenance(by="DITP"))
    assert ndjson.read_envelope(target.getvalue()).provenance == Provenance(by="DITP")
    ndjson.write([first], tmp_path / "plan.ndjson.zst")
    assert list(ndjson.records(tmp_path / "plan.ndjson.zst")) == [first]


@pytest.mark.untraced
def test_a_long_document_is_read_in_little_memory(tmp_path: Path) -> None:
    """Sixteen thousand records more cost no memory: nothing of what was given is held, in reading or in writing."""

    def peak(records: int) -> int:
        tracemalloc.start()
        rows = (Observation(indicator_id="i", period="2020", kind="actual", value=1) for _ in range(records))
        ndjson.write(rows, tmp_path / "rows.ndjson")
        for _ in ndjson.records(tmp_path / "rows.ndjson"):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    # Python keeps up to two thousand tuples that it will use again.
    few, many = peak(4_000), peak(20_000)
    assert many < 1.2 * few


ROW = '{"observations": {"indicator_id": "i", "period": "2020", "kind": "actual", "value": "1"}}\n'

TABLE: dict[str, tuple[str | bytes, list[tuple[int | None, str, str]]]] = {
    "nothing": ("", [(1, "/format", "missing-key"), (1, "/version", "missing-key")]),
    "no envelope": (
        '{"methods": {"id": "m", "label": "M"}}',
        [(1, "/methods", "unknown-key"), (1, "/format", "missing-key"), (1, "/version", "missing-key")],
    ),
    "an envelope that is no object": ("[]", [(1, "", "wrong-type")]),
    "an envelope that is no JSON": ("{", [(1, "", "syntax")]),
    "a newer version": ('{"format": "levier", "version": 2}', [(1, "/version", "unsupported-format")]),
    "a key of the envelope twice": (HEAD.replace("}", ', "version": 1}'), [(1, "/version", "duplicate-key")]),
    "a digest that is another's": (HEAD.replace("}", ', "digest": "x"}'), [(1, "/digest", "digest-mismatch")]),
    "no JSON": (HEAD + "\n{", [(3, "", "syntax")]),
    "bytes that are no text": (HEAD.encode() + b'{"methods": {"id": "m", "label": "\xff"}}', [(2, "", "syntax")]),
    "bytes that are no text in our layout": (
        b'{"format":"levier","version":1}\n{"methods":{"id":"m","label":"\xff"}}\n{"x":1}',
        [(2, "/methods", "syntax"), (3, "/x", "unknown-key")],
    ),
    "several lines of bytes that are no text in our layout": (
        b'{"format":"levier","version":1}\n' + b'{"methods":{"id":"m","label":"\xff"}}\n' * 2,
        [(2, "/methods", "syntax"), (3, "/methods", "syntax")],
    ),
    "no text": (HEAD + '{"methods": {"id": "m", "label": "\ud800"}}', [(2, "", "syntax")]),
    "an array": (HEAD + "[1]", [(2, "", "wrong-type")]),
    "an empty object": (HEAD + "{}", [(2, "", "wrong-type")]),
    "two nouns": (HEAD + '{"methods": {}, "levers": {}}', [(2, "", "wrong-type")]),
    "a noun twice": (HEAD + '{"methods": {}, "methods": {}}', [(2, "/methods", "duplicate-key")]),
    "an unknown noun": (HEAD + '{"wizards": {}}', [(2, "/wizards", "unknown-key")]),
    "a record that is none": (HEAD + '{"methods": [3]}', [(2, "/methods", "wrong-type")]),
    "a key of a record twice": (
        HEAD + '{"methods": {"id": "m", "id": "m", "label": "M"}}',
        [(2, "/methods/id", "duplicate-key")],
    ),
    "an instrument of no kind": (HEAD + '{"instruments": {"id": "m"}}', [(2, "/instruments/kind", "unknown-kind")]),
    "several lines": (
        HEAD + '{"methods": {"id": "m", "label": ""}}\n{"methods": 3}\n\n{"x": 1}\n{"levers": {"id": "l"}}',
        [
            (2, "/methods/label", "invalid-value"),
            (3, "/methods", "wrong-type"),
            (5, "/x", "unknown-key"),
            (6, "/levers/label", "missing-key"),
        ],
    ),
}  # fmt: skip

RELATIONS: dict[str, tuple[str, list[tuple[int | None, str, str]]]] = {
    "an identifier twice": (
        HEAD + '{"methods": {"id": "m", "label": "M"}}\n{"methods": {"id": "m", "label": "M"}}',
        [(3, "/methods", "duplicate-item")],
    ),
    "references that dangle": (
        HEAD + ROW,
        [(2, f"/observations/{field}_id", "dangling-reference") for field in ("indicator", "territory")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), [*TABLE.values(), *RELATIONS.values()], ids=[*TABLE, *RELATIONS])
def test_every_problem_has_its_line(data: str | bytes, expected: list[tuple[int | None, str, str]]) -> None:
    """A document is refused with all problems of all its lines, each with its line and a pointer into its record."""
    assert [(each.line, each.pointer, str(each.code)) for each in problems(data)] == expected
    assert all(each.column for each in problems(data) if each.code != "syntax")


@pytest.mark.parametrize(("data", "expected"), [pair for name, pair in TABLE.items() if "digest" not in name])
def test_streaming_stops_at_the_first_line_that_is_wrong(data: Any, expected: list[tuple[int, str, str]]) -> None:
    """Streamed, the problems are those of that line; what lies between things is not looked at."""
    raw = data if isinstance(data, bytes) else data.encode(errors="surrogatepass")
    with pytest.raises(InvalidDocumentError) as caught:
        list(streamed(raw))
    found = [(each.line, each.pointer, str(each.code)) for each in caught.value.problems]
    wanted = [("" if each[2] == "syntax" else each[1], *each[2:]) for each in expected if each[0] == expected[0][0]]
    assert {each[0] for each in found} == {expected[0][0]}
    assert sorted(("" if each[2] == "syntax" else each[1], *each[2:]) for each in found) == sorted(wanted)


def test_columns_and_messages_speak_of_lines() -> None:
    """A column is that in the line, and what stands already is named by its line."""
    (found,) = problems(HEAD + '{"methods": {"id": "m", "label": "É"}}\n  {"methods": {"id": "é", "label": ""}}')[1:]
    assert (found.line, found.column) == (3, 36)
    (twice,) = problems(RELATIONS["an identifier twice"][0])
    assert twice.message == "'m' stands already at line 2; keep one of each"


def test_relations_are_not_looked_at_in_a_stream() -> None:
    """What holds between things is seen to where they become a portfolio."""
    assert [row.indicator_id for row in streamed(HEAD + ROW + ROW)] == ["i", "i"]


@pytest.mark.parametrize(
    ("limits", "limit"),
    [
        (Limits(size_bytes=60), "size_bytes"),
        (Limits(depth=2), "depth"),
        (Limits(digits=3), "digits"),
        (Limits(items=4), "items"),
    ],
)
def test_limits_are_of_a_line(limits: Limits, limit: str) -> None:
    """A line beyond a limit is refused while it is read; shorter ones before it are given."""
    line = '{"territories": {"id": "46", "label": "Lot", "population": {"value": 1000, "source_id": "s"}}}'
    reader = ndjson.records(io.BytesIO(f'{HEAD}{{"methods":{{"id":"m","label":"M"}}}}\n{line}'.encode()), limits=limits)
    assert next(reader).id == "m"
    with pytest.raises(LimitExceededError) as caught:
        next(reader)
    assert caught.value.limit == limit
    assert ndjson.loads(ndjson.dumps(PLAN)) == PLAN


def test_limits_hold_for_what_is_odd_too() -> None:
    """A line that cannot be read in bulk is refused by its depth, not by what the depth does to a parser."""
    odd = HEAD + '{"methods": {"id": "m", "deep": %s}}' % ("[" * 100 + "]" * 100)
    with pytest.raises(LimitExceededError, match="depth"):
        ndjson.loads(odd)
    with pytest.raises(LimitExceededError, match="depth"):
        ndjson.loads(odd.replace('": ', '":').replace(", ", ","))
    with pytest.raises(LimitExceededError, match="depth"):
        ndjson.loads("[" * 100_000)
    with pytest.raises(LimitExceededError, match="size_bytes"):
        ndjson.loads(HEAD, limits=Limits(size_bytes=10))


@pytest.mark.parametrize("line", [r'{"methods": {"id": "m", "label": "\ud800"}}', r'{ "methods" : {"id": "\udc00"} }'])
def test_half_a_surrogate_pair_is_a_problem_of_its_line(line: str) -> None:
    """What one of two parsers lets pass and the other does not is refused as a problem, in either way of reading."""
    document = f'{{"format": "levier", "version": 1}}\n{line}\n'.encode()
    with pytest.raises(InvalidDocumentError) as whole:
        ndjson.loads(document)
    with pytest.raises(InvalidDocumentError) as streamed:
        list(ndjson.records(io.BytesIO(document)))
    assert {each.line for error in (whole, streamed) for each in error.value.problems} == {2}


@given(portfolio=of(Portfolio), data=st.data())
def test_a_stream_verifies_its_digest(portfolio: Portfolio, data: st.DataObject) -> None:
    """A document that states its digest is read to the end; with a record lost, doubled or changed it is refused."""
    written = ndjson.dumps(portfolio, digest=True)
    things = list(streamed(written))
    assert Portfolio.of(*things) == portfolio
    if not things:
        return
    lines = written.splitlines(keepends=True)
    at = data.draw(st.integers(1, len(lines) - 1))
    for changed in ([], [lines[at], lines[at]]):
        other = lines[:at] + changed + lines[at + 1 :]
        with pytest.raises(InvalidDocumentError, match=r"digest-mismatch\] at line 1"):
            list(streamed(b"".join(other)))


def test_a_stream_takes_a_digest_of_what_is_written() -> None:
    """Fields left out: the digest may be that of the records as they stand, as in a whole document."""
    record = {"id": "m", "label": "M"}
    stated = digest_of({"methods": [record]})
    head = stdjson.dumps({"format": "levier", "version": 1, "digest": stated})
    document = head + "\n" + stdjson.dumps({"methods": record})
    assert [thing.id for thing in streamed(document)] == ["m"]
    assert list(ndjson.loads(document).methods) == ["m"]


def test_a_digest_cannot_be_verified_in_another_order() -> None:
    """Records in another order load whole; streamed, they are refused at the end, with the way out."""
    plan = Portfolio.of(Method(id="m", label="M"), Lever(id="l", label="L"))
    head, *lines = ndjson.dumps(plan, digest=True).splitlines(keepends=True)
    turned = b"".join([head, *reversed(lines)])
    assert ndjson.loads(turned) == plan
    reading, found = streamed(turned), list[object]()
    with pytest.raises(InvalidDocumentError, match="use load"):
        found.extend(reading)
    assert len(found) == len(lines)


@pytest.mark.parametrize("head", [HEAD, HEAD.replace("}", ', "digest": "sha256:00"}')], ids=["plain", "with a digest"])
@pytest.mark.parametrize("text", [b"\xff", b"\xed\xa0\x80", rb"\ud800", rb"\u0000"], ids=repr)
def test_a_record_that_is_no_text_is_a_problem_of_its_line(head: str, text: bytes) -> None:
    """Bytes that are no text are refused as such, streamed too, also where a digest is to be verified."""
    line = b'{"methods":{"id":"m","label":"%b"}}' % text
    with pytest.raises(InvalidDocumentError) as caught:
        list(ndjson.records(io.BytesIO(head.encode() + line)))
    assert {each.line for each in caught.value.problems} == {2}
    sound = b'{"methods":{"id":"n","label":"N"}}\n'
    with pytest.raises(InvalidDocumentError) as caught:
        ndjson.loads(head.encode() + sound + line)
    assert 3 in {each.line for each in caught.value.problems}


@pytest.mark.parametrize("blank", ["", "\n", " \r\n\t\n", "\x0b\n\x0c\n\n"])
def test_the_envelope_is_the_first_line_that_is_not_empty(blank: str) -> None:
    """Whoever asks for the envelope alone passes empty lines over as whoever reads the document does."""
    document = blank + HEAD
    assert ndjson.loads(document) == Portfolio()
    assert ndjson.read_envelope(document).version == ndjson.read_envelope(document.removesuffix("\n")).version == 1
    twice = blank + HEAD.replace("}", ', "version": 1}')
    with pytest.raises(InvalidDocumentError) as caught:
        ndjson.read_envelope(twice)
    assert [each.line for each in caught.value.problems] == [1 + blank.count("\n")]


@pytest.mark.parametrize("label", ["M", "\\u003a"])
def test_a_line_is_as_deep_whichever_way_it_is_read(label: str) -> None:
    """A record that has to be read with care is no deeper than one built in bulk."""
    document = f'{HEAD}{{"methods":{{"id":"m","label":"{label}","source_ids":[]}}}}'
    assert list(ndjson.loads(document, limits=Limits(depth=3)).methods) == ["m"]
    with pytest.raises(LimitExceededError):
        ndjson.loads(document, limits=Limits(depth=2))


@pytest.mark.parametrize("most", [1, 2, 3])
def test_lines_are_counted_once_no_more_are_described(most: int) -> None:
    """Beyond the number of problems that are described, bad lines and records are counted all the same."""
    lines = [
        "1",
        "{",
        "[]",
        "{}",
        '{"x":1}',
        '{"methods":{}}',
        '{"methods":{"zz":1}}',
        '{"methods":{"id":"m","label":1}}',
    ]
    document = HEAD + "\n".join(lines)
    with pytest.raises(InvalidDocumentError) as caught:
        ndjson.loads(document, limits=Limits(problems=most))
    assert (len(caught.value.problems), caught.value.count) == (most, 5 + 2 + 3 + 1)
