"""What validators and classes say beforehand: never more than they ask."""

from __future__ import annotations

import gc
import re
from decimal import Decimal
from typing import Any

import pytest
from attrs import Attribute, field, fields, frozen
from hypothesis import given
from hypothesis import strategies as st

from levier._printing import legible
from levier.errors import InvalidValueError
from levier.model import _facts, _fields
from levier.model._facts import Between, Each, Matching, NoneTwice, Shared, Stating, facts_of
from levier.model.identifiers import reference
from levier.model.money import Euros, is_amount
from levier.model.periods import Period
from levier.model.quantities import PERCENT, SHARE, Quantity
from levier.model.sources import Source, sourced
from levier.model.surveys import SurveyResult

EVERYWHERE = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x10000), 0x10000, 0x10FFFF)))

REFERENCE = Matching("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")


@frozen
class Fields:
    """One field for each way to say what is asked."""

    nothing: Any = None
    one: Any = field(default=None, validator=_fields.integer(0, 6))
    maybe: Any = field(default=None, validator=_fields.optional(_fields.integer(0, 6)))
    several: Any = field(default=None, validator=[is_amount, lambda *_: None, reference])


def attribute_of(name: str) -> Attribute[Any]:
    """Return a field of the class above."""
    return next(attribute for attribute in fields(Fields) if attribute.name == name)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("nothing", ()),
        ("one", (Between(0, 6),)),
        ("maybe", (Between(0, 6),)),
        ("several", (Between(0), REFERENCE)),
    ],
)
def test_facts_of_a_field(name: str, facts: tuple[_facts.Fact, ...]) -> None:
    """A field without validators states nothing, one with several what all of them state."""
    assert facts_of(attribute_of(name).validator) == facts


def test_facts_of_what_is_made_of_others() -> None:
    """Validators of sequences and of sourced values say what they ask of what is inside."""
    assert facts_of(_fields.each(reference)) == (Each((REFERENCE,)),)
    assert facts_of(_fields.each_once(reference)) == (Each((REFERENCE,)), NoneTwice())
    assert facts_of(sourced(Euros, is_amount)) == (Stating((Between(0),)),)
    assert facts_of(sourced(Period)) == (Stating(()),)


def test_validators_made_at_run_time_are_forgotten() -> None:
    """The facts of a validator go when it goes."""
    gc.collect()
    before = len(_facts._FACTS)  # noqa: SLF001  # its size is what is proven
    for _ in range(100):
        sourced(Period)
    gc.collect()
    assert len(_facts._FACTS) == before  # noqa: SLF001  # as above


def grammar(check: Any) -> re.Pattern[str]:
    """Return the expression that a validator states, shared or its own."""
    (fact, *_) = facts_of(check)
    (matching, *_) = fact.facts if isinstance(fact, Shared) else (fact,)
    assert isinstance(matching, Matching)
    return re.compile(matching.pattern)


def accepts(check: Any, value: object) -> bool:
    """Say whether a validator accepts a value."""
    try:
        check(object(), attribute_of("one"), value)
    except InvalidValueError:
        return False
    return True


@pytest.mark.parametrize("check", [_fields.trimmed, _fields.not_blank], ids=["trimmed", "not blank"])
def test_every_character_of_a_text(check: Any) -> None:
    """Alone, at an end or inside, a character is refused by the grammar exactly where the validator refuses it."""
    stated = grammar(check)
    for character in EVERYWHERE:
        for text in (character, f"{character}a", f"a{character}", f"a{character}a"):
            assert bool(stated.fullmatch(text)) is accepts(check, text), ascii(text)


@pytest.mark.parametrize("check", [_fields.trimmed, _fields.not_blank], ids=["trimmed", "not blank"])
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_texts_match_what_their_validator_states(check: Any, text: str) -> None:
    """The grammar of texts accepts what the validator accepts; beyond U+FFFF it knows nothing of what is hidden."""
    matched = bool(grammar(check).fullmatch(text))
    assert matched or not accepts(check, text)
    assert accepts(check, text) is (matched and legible(text) == text)


def read(kind: Any, text: str) -> bool:
    """Say whether a class takes a text."""
    if kind is Decimal:
        return type(_fields.as_decimal(text)) is Decimal
    try:
        kind(text)
    except InvalidValueError:
        return False
    return True


@pytest.mark.parametrize("kind", [Decimal, Euros, Period])
@given(text=st.text("0129-./", max_size=12) | st.text(max_size=3))
def test_scalars_are_written_as_their_class_states(kind: Any, text: str) -> None:
    """No class takes a text that does not match what the class states."""
    if not grammar(kind).fullmatch(text):
        assert not read(kind, text)


@pytest.mark.parametrize("share", [Quantity.at_most(-1, PERCENT), Quantity.at_least(101, PERCENT)])
def test_a_share_with_one_bound_is_a_share(share: Quantity) -> None:
    """The range that is stated of a share holds for whichever bound it has."""
    with pytest.raises(InvalidValueError, match="a share from 0 to 100"):
        SurveyResult(id="r", question="?", share=share, source_id="s")
    within = Quantity.at_least("0.5", SHARE)
    assert SurveyResult(id="r", question="?", share=within, source_id="s").share == within


@pytest.mark.parametrize("character", ["\x00", "\x1f", "\x7f", "\x85", "\u2028", " ", "<", '"'])
def test_an_address_has_neither_white_space_nor_commands(character: str) -> None:
    """What ends an address, or commands a terminal, stands in none."""
    with pytest.raises(InvalidValueError, match="an address that begins with"):
        Source(id="s", title="S", url=f"https://example.org/{character}x")
