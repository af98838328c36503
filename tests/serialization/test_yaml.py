"""YAML: text until our classes say otherwise, and no surprise of the language let in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from levier.errors import InvalidDocumentError, LimitExceededError
from levier.model.instruments import Campus, Instrument
from levier.model.journal import Journal
from levier.model.levers import Method
from levier.model.money import Euros
from levier.model.observations import Observations
from levier.model.periods import Period
from levier.model.portfolio import Portfolio
from levier.model.registry import Registry
from levier.model.sources import Sourced
from levier.model.surveys import Survey
from levier.serialization import Limits, migrations, yaml
from levier.serialization.envelope import digest_of
from levier.testing import samples

HEAD = "format: levier\nversion: 1\n"

PLAIN = """
sources:
  - id: no
    title: 1.20
    publisher: null and void
    published_on: 2019-06-14
territories:
  - id: 01
    label: yes
    population: {value: 3, source_id: no, on: 2020}
indicators:
- {id: i, label: on, unit: 0x10, decimals: 1, lag_months: }
observations:
- indicator_id: i
  territory_id: 01
  period: 2020
  kind: actual
  value: 1.20
"""


def problems(data: str | bytes, **given: Any) -> list[tuple[str, str, int | None, int | None]]:
    """Return the problems for which a document is refused, with their places."""
    with pytest.raises(InvalidDocumentError) as caught:
        yaml.loads(data, **given)
    return [(each.pointer, str(each.code), each.line, each.column) for each in caught.value.problems]


def test_plain_scalars_are_what_they_look_like() -> None:
    """Codes, words and decimals stay text; whole numbers are such where a field has them; nothing is null."""
    plan = yaml.loads(HEAD + PLAIN)
    assert plan.sources["no"].title == "1.20"
    assert plan.sources["no"].publisher == "null and void"
    assert plan.sources["no"].published_on == Period("2019-06-14")
    assert plan.territories["01"].label == "yes"
    assert plan.territories["01"].population == Sourced(value=3, source_id="no", on="2020")
    assert (plan.indicators["i"].label, plan.indicators["i"].decimals, plan.indicators["i"].lag_months) == (
        "on",
        1,
        None,
    )
    assert plan.observations[0].value == Decimal("1.2")
    assert plan.observations[0].territory_id == "01"


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("{kind: campus, id: 46, label: C}", Instrument, Campus(id="46", label="C")),
        ("[{id: 1, label: M}]", Registry[Method], Registry([Method(id="1", label="M")])),
        ("- {id: 1, label: M}", tuple[Method, ...], (Method(id="1", label="M"),)),
        ("{value: 3, source_id: 3}", Sourced[int], Sourced(value=3, source_id="3")),
        ("{value: 3, source_id: 3}", Sourced[Euros], Sourced(value=Euros(3), source_id="3")),
        ("3", Euros, Euros(3)),
        ("3", int, 3),
        ("true", bool, True),
        ("03", str, "03"),
        ("[]", Observations, Observations()),
        ("[]", Journal, Journal()),
    ],
)
def test_single_values_are_read_as_their_class(written: str, kind: Any, value: Any) -> None:
    """Any value is read by itself, and what a plain scalar is, its class says."""
    read = yaml.loads(written, type=kind)
    assert read == value
    assert type(read) is type(value)


def test_truths_are_plain() -> None:
    """A truth is `true` or `false` without quotation marks, and nothing else."""
    survey = "{id: s, label: S, population: all, self_selected: %s}"
    assert yaml.loads(survey % "true", type=Survey).self_selected is True
    assert yaml.loads(survey % "false", type=Survey).self_selected is False
    for odd in ("yes", "True", "'true'", "1"):
        assert problems(survey % odd, type=Survey) == [("/self_selected", "wrong-type", 1, 51)]


@pytest.mark.parametrize("odd", ["'3'", "0o7", "03", "+3", "3.0", "1e3", "1_000", "0x10"])
def test_whole_numbers_are_plain(odd: str) -> None:
    """A whole number is written in digits, without quotation marks; any other notation is text, hence refused."""
    assert problems(odd, type=int) == [("", "wrong-type", 1, 1)]


@pytest.mark.parametrize("null", ["", "~", "null"])
def test_nulls_are_plain(null: str) -> None:
    """Nothing, `~` and `null` are null without quotation marks, and refused where a text is due; in them, text."""
    assert problems(f"id: m\nlabel: {null}", type=Method)[0][:2] == ("/label", "wrong-type")
    assert yaml.loads(f"id: m\nlabel: M\nlabel_en: '{null}'", type=Method).label_en == null


TABLE: dict[str, tuple[str | bytes, list[tuple[str, str, int | None, int | None]]]] = {
    "nothing": ("", [("", "wrong-type", 1, 1)]),
    "a scalar": ("levier", [("", "wrong-type", 1, 1)]),
    "an array": ("- 1", [("", "wrong-type", 1, 1)]),
    "no YAML": ("a: ]", [("", "syntax", 1, 4)]),
    "a tab": ("a:\n\t- b", [("", "syntax", 2, 1)]),
    "no UTF-8": (b"\xff", [("", "syntax", None, None)]),
    "a lone surrogate": ("a: \ud800", [("", "syntax", None, None)]),
    "a control character": ("a: \x00", [("", "syntax", None, None)]),
    "two documents": (HEAD + "---\n" + HEAD, [("", "syntax", 3, 1)]),
    "a tag": (HEAD + "methods: !!python/object:os.system []", [("", "syntax", 3, 10)]),
    "a tag on a text": (HEAD + "generator: !!str 3", [("", "syntax", 3, 12)]),
    "a key that is an array": (HEAD + "[a]: 1", [("", "syntax", 3, 1)]),
    "a key that is an alias of an array": ("a: &a [1]\n*a : 1", [("", "syntax", 2, 1)]),
    "an alias of nothing": ("a: *b", [("", "syntax", 1, 4)]),
    "an alias of what it stands in": ("a: &a [*a]", [("", "syntax", 1, 8)]),
    "a key twice": (HEAD + "version: 1", [("/version", "duplicate-key", 3, 1)]),
    "a merge key": (HEAD + "methods:\n- <<: {id: m}\n  id: m\n  label: M", [("/methods/0/<<", "unknown-key", 4, 3)]),
    "a missing version": ("format: levier", [("/version", "missing-key", 1, 1)]),
    "a newer version": ("format: levier\nversion: 2", [("/version", "unsupported-format", 2, 10)]),
    "several problems": (
        HEAD + "methods:\n  - id: m\n    label: ''\n    colour: red\n  - {id: m}",
        [
            ("/methods/0/label", "invalid-value", 5, 12),
            ("/methods/0/colour", "unknown-key", 6, 5),
            ("/methods/1/label", "missing-key", 7, 5),
            ("/methods/1", "duplicate-item", 7, 5),
        ],
    ),
    "an instrument of no kind": (HEAD + "instruments: [{id: x}]", [("/instruments/0/kind", "unknown-kind", 3, 15)]),
}


@pytest.mark.parametrize(("data", "expected"), TABLE.values(), ids=TABLE)
def test_every_problem_has_its_line_and_column(
    data: str | bytes, expected: list[tuple[str, str, int | None, int | None]]
) -> None:
    """A bad document is refused with all its problems, each with its pointer, code, line and column."""
    assert sorted(problems(data), key=str) == sorted(expected, key=str)


def test_anchors_are_read() -> None:
    """What people repeat by alias is read as if it were written there."""
    document = HEAD + "sources: [{id: &s law, title: T}]\nmethods: [{id: m, label: &l M, source_ids: &ids [*s]},\n"
    plan = yaml.loads(document + "{id: n, label: *l, source_ids: *ids}]")
    assert plan.methods["n"].source_ids == ("law",)
    assert plan.methods["n"].label == "M"


def test_a_byte_order_mark_is_skipped() -> None:
    """Editors that put a mark before UTF-8 do no harm."""
    assert yaml.loads(b"\xef\xbb\xbf" + HEAD.encode()) == Portfolio()


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{step}: &a{step} [{', '.join([f'*a{step - 1}'] * 9)}]\n" for step in range(1, 12)
)
CHAIN = "a0: &a0 [x]\n" + "".join(f"a{step}: &a{step} [*a{step - 1}]\n" for step in range(1, 100))


@pytest.mark.parametrize(
    ("data", "limits", "limit"),
    [
        (LAUGHS, Limits(), "items"),
        (CHAIN, Limits(), "depth"),
        ("[" * 65 + "]" * 65, Limits(), "depth"),
        ("[" * 100_000, Limits(), "depth"),
        ("- " * 100_000 + "x", Limits(), "depth"),
        ("a: [1, 2, 3]", Limits(items=3), "items"),
        ("- a\n- b\n- c", Limits(items=2), "items"),
        ("a: " + "1" * 1001, Limits(), "digits"),
        ("a: b", Limits(size_bytes=3), "size_bytes"),
    ],
    ids=["a billion laughs", "a chain", "brackets", "open brackets", "dashes", "items", "lines", "digits", "size"],
)  # fmt: skip
def test_bombs_are_refused(data: str, limits: Limits, limit: str) -> None:
    """What would cost memory or time is refused by the limit that it exceeds, before it costs them."""
    with pytest.raises(LimitExceededError) as caught:
        yaml.loads(data, limits=limits)
    assert caught.value.limit == limit


def test_what_is_written_is_for_reading() -> None:
    """The envelope comes first, everything stands in blocks, and words that YAML would take for others are quoted."""
    lines = yaml.dumps(samples.portfolio(projects=1)).decode().splitlines()
    assert [line.partition(":")[0] for line in lines[:3]] == ["format", "version", "generator"]
    assert not any("{" in line for line in lines)
    assert yaml.dumps(Method(id="no", label="é: 46")).decode().splitlines()[:2] == ["id: 'no'", "label: 'é: 46'"]


def test_a_value_of_a_generic_class_is_read_as_its_parameter_says() -> None:
    """Without quotation marks, 3 is a whole number where a whole number is asked for, and a text where a text is."""
    written = "value: 3\nsource_id: s\n"
    assert yaml.loads(written, type=Sourced[int]) == Sourced(value=3, source_id="s")
    assert yaml.loads(written, type=Sourced[Euros]) == Sourced(value=Euros(3), source_id="s")


def test_a_digest_covers_what_an_older_version_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that is migrated has the digest of what was written, and a wrong one is refused all the same."""
    monkeypatch.setattr(migrations, "STEPS", {0: {"Method": lambda old: {"id": old["id"], "label": old["name"]}}})
    digest = digest_of({"methods": [{"id": "m", "name": "M"}]})
    old = f"format: levier\nversion: 0\ndigest: {digest}\nmethods: [{{id: m, name: M}}]\n"
    assert yaml.loads(old) == Portfolio.of(Method(id="m", label="M"))
    assert problems(old.replace("name: M", "name: N")) == [("/digest", "digest-mismatch", None, None)]
