"""The house converters and validators: what a converter normalises, its validator refuses when it did not run."""

from __future__ import annotations

import sys
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import _printing
from levier.errors import InvalidValueError
from levier.model import _fields
from levier.model._numbers import EXACT, written
from levier.model.identifiers import identifier
from levier.model.levers import Method
from levier.model.observations import Observation

GRAMMAR = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@given(st.text(GRAMMAR, min_size=1), st.text(GRAMMAR + "._-"), st.text(GRAMMAR, min_size=1))
def test_identifiers_of_the_grammar_are_taken(first: str, inside: str, last: str) -> None:
    """ASCII letters and digits, with dots, underscores and dashes inside, are an identifier of up to 100 characters."""
    name = first + inside + last
    if len(name) <= 100:
        assert Method(id=name, label="x").id == name
    else:
        with pytest.raises(InvalidValueError):
            Method(id=name, label="x")


@pytest.mark.parametrize("name", ["", ".", "a-", "_a", "a b", "a/b", "é", "a\n", "a\x00", "²", None, 3, ("a",)])
def test_other_names_are_refused(name: Any) -> None:
    """Anything else is refused, a line break at the end too."""
    with pytest.raises(InvalidValueError, match="an identifier: 1 to 100 ASCII letters"):
        Method(id=name, label="x")


CONTROLS = {chr(code) for code in (*range(32), *range(127, 160))} - {"\n", "\t"}
JOINERS = "\u00ad\u200c\u200d\u2060"
"""What may stand inside of a text without being seen: soft hyphens, what joins emoji and letters."""
FORMAT = {chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cf", "Zl", "Zp")} - {*JOINERS}
FILLERS = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u180b", "\u3164", "\uffa0", "\ufff0", "\U000e0100", "\U0001d159"}
"""Some of the letters and marks that have no glyph, which Unicode calls no format characters."""


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "Mn", "Co"]) | st.sampled_from("\n\t" + JOINERS)))
def test_texts_begin_and_end_with_what_can_be_seen(text: str) -> None:
    """A label says something and is trimmed; an optional text may also be empty."""
    bare = text.strip().strip(JOINERS + "\u2800" + "".join(map(chr, range(0xFE00, 0xFE10)))).strip()
    hidden = any(character in FORMAT | FILLERS or _printing.legible(character) != character for character in text)
    if text == bare and not hidden:
        assert Method(id="m", label="x", label_en=text).label_en == text
        if text:
            assert Method(id="m", label=text).label == text
    if text != text.strip() or hidden or (text and not bare):
        for texts in ({"label": text}, {"label": "x", "label_en": text}):
            with pytest.raises(InvalidValueError):
                Method(id="m", **texts)


@pytest.mark.parametrize("sort", [CONTROLS, FORMAT, FILLERS], ids=["control", "format", "filler"])
def test_what_hides_or_commands_is_no_text(sort: set[str]) -> None:
    """What commands a terminal, turns the direction of writing or hides itself is refused in every text."""
    for character in sorted(sort):
        for texts in ({"label": f"a{character}b"}, {"label": "x", "label_en": f"a{character}b"}):
            with pytest.raises(InvalidValueError, match="invisible or control characters"):
                Method(id="m", **texts)


@pytest.mark.parametrize("text", ["\u200b", "\u200d", "\u2060\u200d", "\ufe0f", "\u2800", "\u3164", "\u200b \u200b"])
def test_a_text_that_cannot_be_seen_is_blank(text: str) -> None:
    """Characters without a glyph say nothing, however many they are: no label, and no optional text either."""
    for texts in ({"label": text}, {"label": "x", "label_en": text}):
        with pytest.raises(InvalidValueError):
            Method(id="m", **texts)


@pytest.mark.parametrize(
    "text",
    [
        "10\u202f000\u00a0€\u00a0; «\u00a0oui\u00a0»",  # narrow and plain no-break spaces of French typography
        "co\u00adopé\u00adra\u00adtion",  # soft hyphens
        "porte\u2060-\u2060monnaie",  # a dash at which no line breaks
        "👩\u200d🚀 et 🏳\ufe0f\u200d🌈 ❤\ufe0f",  # emoji made of several, and a form chosen
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # a Persian word, spelt with a non-joiner
        "e\u0301te\u0301",  # accents that stand by themselves
        "une ligne\net une autre\tfin",
    ],
)
def test_what_people_write_is_a_text(text: str) -> None:
    """The characters without a glyph that writing needs are kept as they are."""
    assert Method(id="m", label=text, label_en=text).label == text


@given(st.text(st.characters(categories=["Cs"]), min_size=1), st.text(), st.text())
def test_half_a_character_is_no_text(half: str, before: str, after: str) -> None:
    """A lone surrogate, which no encoding can write, is refused in every text."""
    for texts in ({"label": before + half + after}, {"label": "x", "label_en": before + half + after}):
        with pytest.raises(InvalidValueError):
            Method(id="m", **texts)


def validated(value: object) -> Observation:
    """Run the validator of an observation's value as a decoder does that knows no converter."""
    row = Observation(indicator_id="i", period="2020", kind="actual", value=1)
    attribute = type(row).__attrs_attrs__.value  # type: ignore[attr-defined]  # attrs' own name for them
    attribute.validator(row, attribute, value)
    return row


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_what_the_converter_would_change_the_validator_refuses(number: Decimal) -> None:
    """A decimal passes the validator exactly when the converter leaves its very digits as they are."""
    converted = _fields.as_decimal(number)
    if number.is_finite() and abs(number.adjusted()) < 1000 and converted.as_tuple() == number.as_tuple():
        validated(number)
    else:
        with pytest.raises(InvalidValueError):
            validated(number)


@given(st.integers(-(10**12), 10**12), st.integers(0, 30), st.integers(0, 5))
def test_equal_numbers_have_one_form(digits: int, places: int, zeros: int) -> None:
    """However it is written, with zeros behind or an exponent, a number is taken in one form, with one plain text."""
    number = Decimal(digits).scaleb(-places, EXACT)
    forms = [number, Decimal(f"{number:f}" + ("" if places else ".") + "0" * zeros), Decimal(f"{number:e}")]
    taken = {_fields.as_decimal(form).as_tuple() for form in forms}
    assert len(taken) == 1
    validated(Decimal(*taken))
    text = written(Decimal(*taken))
    assert Fraction(text) == Fraction(number)
    assert set(text) <= set("-.0123456789")
    assert text in {"0", text.strip("0.") and text}
    assert _fields.as_decimal(text).as_tuple() in taken


@pytest.mark.parametrize("zero", ["-0", "-0.0", "0.00", "0E-7", "-0E+3"])
def test_zero_has_no_sign(zero: str) -> None:
    """Zero is one number, taken and written without a sign, whatever stood there."""
    taken = _fields.as_decimal(Decimal(zero))
    assert taken.as_tuple() == Decimal(0).as_tuple()
    assert not written(Decimal(zero)).startswith("-")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("Infinity", "a finite number written without exponent"),
        ("-Infinity", "a finite number written without exponent"),
        ("NaN", "a finite number written without exponent"),
        ("1E+2", "a finite number written without exponent"),
        ("1E+2000", "a finite number written without exponent"),
        ("1E-2000", "a finite number written without exponent"),
        ("1" * 1001, "a finite number written without exponent, in at most 1000 characters"),
        ("1.20", "a number in its shortest form, such as 1.2 for 1.20"),
        ("1." + "0" * 998, "a number in its shortest form"),
        ("-0", "a number in its shortest form"),
        ("0.00", "a number in its shortest form"),
        ("-12.0", "a number in its shortest form"),
    ],
)
def test_a_refused_number_is_told_what_is_wrong_with_it(number: str, expected: str) -> None:
    """What has no plain form is told apart from what only has a shorter one."""
    with pytest.raises(InvalidValueError, match=rf"^Observation '.*'\.value: expected {expected}"):
        validated(Decimal(number))
    assert validated(Decimal("1" * 1000))


@pytest.mark.parametrize("value", [1, 1.5, "1", True, (0, (1,), 0)])
def test_only_decimals_pass_the_validator(value: object) -> None:
    """Whatever is not a Decimal yet is refused where no converter ran."""
    with pytest.raises(InvalidValueError, match="an exact number"):
        validated(value)


@given(st.lists(st.integers()))
def test_any_iterable_becomes_a_tuple(items: list[int]) -> None:
    """A list, a tuple, an iterator and a generator become the same tuple."""
    forms = (items, tuple(items), iter(items), (item for item in items))
    assert {_fields.as_tuple(form) for form in forms} == {tuple(items)}


@pytest.mark.parametrize("value", ["abc", b"abc", 3, None])
def test_what_is_no_sequence_is_left_to_the_validator(value: Any) -> None:
    """A text, which is nearly always a forgotten comma, and a single thing are left alone, then refused."""
    assert _fields.as_tuple(value) is value
    with pytest.raises(InvalidValueError, match="a sequence of values, not a single one"):
        Method(id="m", label="x", source_ids=value)


@pytest.mark.parametrize("value", [-1, 1.0, True, "1", None])
def test_whole_numbers_are_whole(value: Any) -> None:
    """Too small, a float, a truth or a text is no whole number, and the refusal names the range."""
    attribute = type(Method(id="m", label="x")).__attrs_attrs__.id  # type: ignore[attr-defined]  # any will do
    with pytest.raises(InvalidValueError, match="a whole number of at least 0"):
        _fields.integer(0)(object(), attribute, value)
    with pytest.raises(InvalidValueError, match="a whole number from 0 to 5"):
        _fields.integer(0, 5)(object(), attribute, 6 if value == -1 else value)
    _fields.integer(0, 5)(object(), attribute, 5)


def test_an_owner_without_a_name_is_called_by_its_class() -> None:
    """A refusal names the class, with the identifier where there is one already."""
    with pytest.raises(InvalidValueError, match=r"^Method 'm'\.label: "):
        Method(id="m", label="")
    with pytest.raises(InvalidValueError, match=r"^Method\.id: "):
        Method(id=3, label="x")  # type: ignore[arg-type]  # refused is what is proven
    attribute = type(Method(id="m", label="x")).__attrs_attrs__.id  # type: ignore[attr-defined]  # any will do
    with pytest.raises(InvalidValueError, match=r"^object\.id: "):
        identifier(object(), attribute, "")


def test_texts_in_french_are_texts() -> None:
    """What is accepted by its characters is accepted by the slow expression too, whichever characters they are."""
    for character in filter(lambda one: _fields._FRENCH_TEXT.fullmatch(f"a{one}a"), map(chr, range(sys.maxunicode))):  # noqa: SLF001
        for text in (character, f"a{character}", f"{character}a", f"a{character}a"):
            if _fields._FRENCH_TEXT.fullmatch(text):  # noqa: SLF001
                assert _fields._WHOLE_TEXT.fullmatch(text)  # noqa: SLF001
    for text in ("Accélérer l’instruction", "80\u202f% des guichets", "« œuvre »", "entre 2018–2022"):
        assert _fields._FRENCH_TEXT.fullmatch(text)  # noqa: SLF001
