"""The envelope: what a document says of itself, and what it is held to."""

from __future__ import annotations

import json as stdjson
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from levier.errors import InvalidDocumentError, InvalidValueError, LimitExceededError
from levier.model.levers import Method
from levier.model.portfolio import Portfolio
from levier.serialization import Envelope, Limits, Provenance, dumps, loads, ndjson, read_envelope, toml, yaml
from levier.serialization import json as ours
from levier.serialization._digests import RunningDigest
from levier.serialization.document import content_of
from levier.serialization.envelope import digest_of
from levier.testing import samples
from levier.testing.strategies import of

PLAN = Portfolio.of(Method(id="nudge", label="Nudge"))
TOLD = Provenance(by="DITP", derived_from="suivi.xlsx", on="2019-06-14", note="11 h : relu")


@given(of(Portfolio))
def test_provenance_and_digest_change_nothing_else(portfolio: Portfolio) -> None:
    """A portfolio is the same with and without them, and is read the fast way with them too."""
    told = dumps(portfolio, provenance=TOLD, digest=True)
    assert ours._fast(told) == portfolio  # noqa: SLF001  # which way it went is what is proven
    assert ours._explained(told) == portfolio  # noqa: SLF001  # as above
    rest = {key: value for key, value in stdjson.loads(told).items() if key not in ("provenance", "digest")}
    assert rest == stdjson.loads(dumps(portfolio))


def test_the_envelope_is_read_back() -> None:
    """What was said when it was written is known without its content being looked at."""
    envelope = read_envelope(dumps(PLAN, provenance=TOLD, digest=True))
    assert envelope == Envelope(
        version=1, generator=envelope.generator, provenance=TOLD, digest=digest_of(content_of(PLAN))
    )
    assert envelope.generator.startswith("levier ")
    assert read_envelope(dumps(PLAN).decode()) == Envelope(version=1, generator=envelope.generator)


def test_the_envelope_of_any_version_is_read() -> None:
    """A document from the future cannot be read, but what it says of itself can."""
    future = b'{"format": "levier", "version": 99, "generator": "levier 9", "wizards": [{"id": 1}]}'
    assert read_envelope(future).version == 99
    assert ndjson.read_envelope(future + b"\n{}").version == 99
    assert toml.read_envelope("format = 'levier'\nversion = 99").version == 99
    assert yaml.read_envelope("format: levier\nversion: 99").version == 99


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("[]", [("", "syntax")]),
        ("{", [("", "syntax")]),
        (b"\xff", [("", "syntax")]),
        ("\ud800", [("", "syntax")]),
        ("{}", [("/format", "missing-key"), ("/version", "missing-key")]),
        ('{"format": "other", "version": 1}', [("/format", "unsupported-format")]),
        ('{"format": "levier", "version": "1"}', [("/version", "unsupported-format")]),
        ('{"format": "levier", "version": 1, "provenance": {}}', [("/provenance/by", "missing-key")]),
    ],
)  # fmt: skip
def test_what_has_no_envelope_is_refused(data: str | bytes, expected: list[tuple[str, str]]) -> None:
    """What is no document of ours has no envelope to be read."""
    with pytest.raises(InvalidDocumentError) as caught:
        read_envelope(data)
    assert [(each.pointer, str(each.code)) for each in caught.value.problems] == expected


@pytest.mark.parametrize("scalar", ["levier", "3"])
def test_a_scalar_has_no_envelope(scalar: str) -> None:
    """YAML may be a text alone, which says nothing of itself."""
    with pytest.raises(InvalidDocumentError, match="expected an object"):
        yaml.read_envelope(scalar)


def test_an_envelope_is_read_within_limits(tmp_path: Path) -> None:
    """A file is not read beyond what is allowed because only its envelope is wanted."""
    path = tmp_path / "plan.json.gz"
    ours.dump(samples.portfolio(projects=3), path)
    with pytest.raises(LimitExceededError):
        read_envelope(path, limits=Limits(size_bytes=100))


def test_provenance_says_who() -> None:
    """Who made a document is the least that its provenance says; what is no provenance is refused."""
    with pytest.raises(InvalidValueError, match=r"Provenance\.by: expected a text that is not blank"):
        Provenance(by="")
    with pytest.raises(InvalidValueError, match=r"Provenance\.on"):
        Provenance(by="DITP", on="yesterday")
    with pytest.raises(InvalidValueError, match=r"Envelope\.provenance"):
        dumps(PLAN, provenance="DITP")  # type: ignore[arg-type]  # refused is what is proven


# ---------------------------------------------------------------- digests


def changed(document: bytes, **keys: Any) -> str:
    """Return a document with some keys changed, in another layout."""
    return stdjson.dumps(stdjson.loads(document) | keys, indent=2)


WITH_DIGEST = dumps(PLAN, digest=True)


def test_a_digest_holds_in_every_layout_and_format() -> None:
    """It is of the content: neither white space, nor the order of keys, nor what is left out, nor the format matter."""
    assert loads(WITH_DIGEST) == loads(changed(WITH_DIGEST, generator="by hand")) == PLAN
    short = {key: value for key, value in stdjson.loads(WITH_DIGEST).items() if value != []}
    assert loads(stdjson.dumps(short)) == PLAN
    digests = {module.read_envelope(module.dumps(PLAN, digest=True)).digest for module in (ours, ndjson, toml, yaml)}
    assert digests == {digest_of(content_of(PLAN))}


@pytest.mark.parametrize("spoilt", [{"methods": []}, {"digest": "sha256:00"}, {"levers": [{"id": "l", "label": "L"}]}])
def test_a_digest_that_is_another_contents_is_refused(spoilt: dict[str, Any]) -> None:
    """A document whose content was changed after it was written is refused, with both digests."""
    with pytest.raises(InvalidDocumentError) as caught:
        loads(changed(WITH_DIGEST, **spoilt))
    (found,) = caught.value.problems
    assert (found.pointer, found.code) == ("/digest", "digest-mismatch")
    assert found.expected.startswith("sha256:")
    assert (
        found.line
        == stdjson.dumps(stdjson.loads(WITH_DIGEST) | spoilt, indent=2).partition('"digest"')[0].count("\n") + 1
    )


def test_a_digest_of_what_is_written_holds_too() -> None:
    """Fields that a later release adds do not break the digests of documents that were written before."""
    written = {"methods": [{"id": "nudge", "label": "Nudge"}]}
    document = {"format": "levier", "version": 1, "digest": digest_of(written)} | written
    assert loads(stdjson.dumps(document)) == PLAN


@pytest.mark.parametrize("said", [" x ", "a\\u0000b", "\\ud800"])
@pytest.mark.parametrize("key", ["generator", "digest"])
def test_texts_of_the_envelope_are_texts(key: str, said: str) -> None:
    """White space at an end, a control character or half a character is refused, whoever reads the envelope."""
    document = f'{{"format":"levier","version":1,"{key}":"{said}"}}'
    for reader in (loads, read_envelope):
        with pytest.raises(InvalidDocumentError) as caught:
            reader(document)
        assert caught.value.problems[0].pointer in (f"/{key}", "")  # half a character may be no JSON at all


def test_a_version_beyond_all_numbers_is_refused() -> None:
    """A version that no release can have is a problem of the envelope, and nothing else escapes."""
    with pytest.raises(InvalidDocumentError, match="/version"):
        read_envelope(f'{{"format":"levier","version":{2**60}}}')


@pytest.mark.parametrize(
    ("key", "repeated"),
    [("/generator", '"generator":"a","generator":"b"'), ("/provenance/by", '"provenance":{"by":"a","by":"b"}')],
)
def test_no_reader_takes_one_of_two(key: str, repeated: str) -> None:
    """A key that stands twice is refused with its place: two readers never see two authors."""
    for reader in (loads, read_envelope):
        with pytest.raises(InvalidDocumentError) as caught:
            reader(f'{{"format":"levier","version":1,{repeated}}}')
        (found,) = caught.value.problems
        assert (found.pointer, found.code.value, found.line) == (key, "duplicate-key", 1)


def test_repeated_content_is_not_the_envelopes() -> None:
    """The envelope can be read of a document whose content is wrong."""
    document = '{"format":"levier","version":1,"generator":"x","levers":[],"levers":[]}'
    assert read_envelope(document).generator == "x"


def test_half_a_character_in_a_key_can_be_printed() -> None:
    """A problem about a key that no encoding can write is itself written."""
    with pytest.raises(InvalidDocumentError) as caught:
        loads('{"format":"levier","version":1,"\\ud800":1}')
    assert str(caught.value).encode()
    assert caught.value.problems[0].pointer == "/\\ud800"


@pytest.mark.parametrize("module", [ours, ndjson], ids=["json", "ndjson"])
def test_a_content_that_is_no_text_is_no_question_of_the_envelope(module: Any) -> None:
    """Where the content is not UTF-8, the envelope is read, and what is wrong with it has its place."""
    document = b'{"methods":["\xff"],"format":"levier","version":1,"provenance":{"by":"x"%b}}'
    assert module.read_envelope(document % b"").provenance == Provenance(by="x")
    with pytest.raises(InvalidDocumentError) as caught:
        module.read_envelope(document % b',"by":"y"')
    assert [(each.pointer, each.line, each.column) for each in caught.value.problems] == [("/provenance/by", 1, 71)]


def test_an_envelope_keeps_to_the_limits() -> None:
    """An envelope that is deeper than the limits allow is refused as its document would be."""
    with pytest.raises(LimitExceededError, match="depth"):
        read_envelope(b'{"format": "levier", "version": 1, "provenance": {"by": [[[1]]]}}', limits=Limits(depth=2))


def test_a_digest_in_parts_is_that_of_the_whole() -> None:
    """Added one by one, the items of a noun give the digest of the document."""
    running = RunningDigest()
    for identifier in ("m", "n"):
        running.add("methods", {"id": identifier})
    assert running.end() == digest_of({"methods": [{"id": "m"}, {"id": "n"}]})
