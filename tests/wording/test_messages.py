"""Messages, and what stands in them, in the two languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from levier import Day, Euros, Lever, Period, Phase, Quantity, Source
from levier.errors import InvalidValueError
from levier.model.quantities import DAYS, PERCENT, Unit
from levier.model.terms import language
from levier.wording.catalogue import translated, translated_plural
from levier.wording.explained import Explained
from levier.wording.messages import Listing, about, clauses, items, message, message_in, plural, plural_in
from levier.wording.reasons import MissingReason
from levier.wording.said import Said, said
from levier.wording.units import unit_name
from levier.wording.values import Name, Number

LANGS = ("fr", "en")
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [
        ("tel quel", "tel quel", "tel quel"),
        (1234, "1\u202f234", "1,234"),
        (Decimal("-0.555"), "−0,56", "−0.56"),
        (True, "oui", "yes"),
        (False, "non", "no"),
        (Euros(-3), f"−3{NBSP}€", "−€3"),
        (Day(2019, 6, 1), "1er juin 2019", "1 June 2019"),
        (Period("2019-06/.."), "depuis juin 2019", "since June 2019"),
        (Quantity.at_least(350, "count"), "au moins 350", "at least 350"),
        (Phase.STOPPED, "Arrêté", "Stopped"),
        (MissingReason.NOT_DUE, "échéance à venir", "not due yet"),
        (Name("digital", "Numérique", "Digital"), "Numérique", "Digital"),
        (Name("digital", "Numérique"), "Numérique", "Numérique"),
        (Name("digital"), "digital", "digital"),
        (Number(3, DAYS), f"3{NBSP}jours", "3 days"),
        (Number(Decimal("86.25"), PERCENT, 1), f"86,3{NBSP}%", "86.3%"),
        (Number(Decimal("50.004"), PERCENT, 1, against=Decimal(50)), f"plus de 50,0{NBSP}%", "more than 50.0%"),
        (Number(Decimal("49.996"), PERCENT, 1, against=Decimal(50)), f"moins de 50,0{NBSP}%", "less than 50.0%"),
        (Number(Decimal(51), PERCENT, 1, against=Decimal(50)), f"51,0{NBSP}%", "51.0%"),
        (Number(Decimal(50), PERCENT, 1, against=Decimal(50)), f"50,0{NBSP}%", "50.0%"),
        (Number.trimmed(Decimal("64.00"), PERCENT, 1), f"64{NBSP}%", "64%"),
        (Number.trimmed(Decimal("28.10"), PERCENT, 2), f"28,1{NBSP}%", "28.1%"),
        (Number.trimmed(Decimal("79.999"), PERCENT, 1, Decimal(80)), f"moins de 80{NBSP}%", "less than 80%"),
        (message("on time"), "à la date prévue", "on time"),
        (items("a", None, "", clauses(), "b"), "a, b", "a, b"),
        (clauses(message("on time"), items("a", "b")), f"à la date prévue{NBSP}; a, b", "on time; a, b"),
        (about(message("on time")), "à la date prévue", "on time"),
        (about(message("on time"), "P"), f"P{NBSP}: à la date prévue", "P: on time"),
        (
            about(message("on time"), "P", "", "Lot", as_of=Day(2019, 6, 14)),
            f"P, Lot, au 14 juin 2019{NBSP}: à la date prévue",
            "P, Lot, as of 14 June 2019: on time",
        ),
        (
            about(message("on time"), as_of=Day(2019, 6, 14)),
            f"au 14 juin 2019{NBSP}: à la date prévue",
            "as of 14 June 2019: on time",
        ),
        (unit_name(Unit("count")), "nombre", "number"),
        (unit_name(Unit("%")), "%", "%"),
    ],
)
def test_each_value_has_its_form(value: Any, fr: str, en: str) -> None:
    """What stands in a place, or is said by itself, is said in the language asked."""
    assert (said(value, "fr"), said(value, "en")) == (fr, en)
    if isinstance(value, Said):
        assert (value.say("fr"), str(value)) == (fr, en)


def test_a_thing_stands_in_no_sentence() -> None:
    """A thing is refused, not printed as its class writes it: its name is what a sentence takes."""
    with pytest.raises(TypeError, match="a Lever stands in no sentence"):
        said(Lever(id="digital", label="Numérique"), "fr")  # type: ignore[arg-type]


def test_names_are_taken_from_things() -> None:
    """A thing is called by its label, a source by its title."""
    assert Name.of(Lever(id="digital", label="Numérique", label_en="Digital")).say("en") == "Digital"
    assert Name.of(Source(id="note", title="Note au comité")) == Name("note", "Note au comité")


@pytest.mark.parametrize(
    ("n", "fr", "en"),
    [
        (0, "0 reportée (2020)", "0 carried from 2020"),
        (1, "1 reportée (2020)", "1 carried from 2020"),
        (2, "2 reportées (2020)", "2 carried from 2020"),
        (Decimal("1.9"), "1,9 reportée (2020)", "1.9 carried from 2020"),
        (Number(Decimal("1.996"), "", 2), "2,00 reportées (2020)", "2.00 carried from 2020"),
    ],
)
def test_words_agree_with_the_number_as_shown(n: Any, fr: str, en: str) -> None:
    """In French the plural begins at two, on the number that is printed."""
    found = plural("{n} carried from {period}", "{n} carried from {period}", n=n, period=Period("2020"))
    assert (found.say("fr"), found.say("en")) == (fr, en)


@pytest.mark.parametrize(("shown", "word"), [(0, "b"), (1, "a"), (-1, "a"), (2, "b"), (Decimal("1.0"), "b")])
def test_english_agrees_without_a_catalogue(shown: Any, word: str) -> None:
    """One alone is singular in English, and 1.0 is not; so is what a catalogue does not hold yet."""
    assert translated_plural("a", "b", shown, "en") == word
    assert translated_plural("a", "b", shown, "fr") == word


def test_what_is_not_translated_is_said_in_english() -> None:
    """A text that a catalogue lacks stands as the code has it; so does one in a context that it lacks."""
    assert translated("no such text", "fr") == "no such text"
    assert message_in("no such context", "on time").say("fr") == "on time"
    assert plural_in("no such context", "{n} day", "{n} days", n=2).say("fr") == "2 days"


@pytest.mark.parametrize("values", [{}, {"other": 1}, {"day": 1, "other": 2}])
def test_places_and_values_are_the_same(values: dict[str, Any]) -> None:
    """A message whose places are not those of its values is refused where it is made, not where it is said."""
    with pytest.raises(InvalidValueError, match="a value for each place"):
        message("since {day}", **values)
    with pytest.raises(InvalidValueError):
        plural("since {day}", "since {day}", n=1, **values)


def test_the_number_of_a_plural_may_go_unsaid() -> None:
    """Words may agree with a number that is not printed."""
    assert str(plural("one project", "{n} projects", n=1)) == "one project"


texts = st.text(max_size=20)


@given(texts, st.lists(texts, max_size=4), st.sampled_from(LANGS))
def test_values_are_not_read_as_messages(text: str, parts: list[str], lang: str) -> None:
    """Braces, percent signs and quotes of a value stand as they are."""
    assert message("{subject}: {content}", subject=text, content="x").say(lang).startswith(text)
    listing = items(*parts)
    assert isinstance(listing, Listing)
    assert listing.say(lang) == ", ".join(filter(None, parts))


def test_messages_are_values() -> None:
    """Two messages of one text and one set of values are equal, and may be keys."""
    first, second = (message("since {day}", day=Day(2019, 6, 14)) for _ in range(2))
    assert len({first, second, message("since {day}", day=Day(2019, 6, 15))}) == 2
    assert eval(repr(plural("a", "b", n=2)), {"Message": type(first)}) == plural("a", "b", n=2)  # noqa: S307


@frozen
class Late(Explained):
    """A result of a test."""

    days: int

    @property
    def message(self) -> Said:
        """Both in one."""
        return clauses(self.headline, message("done on {day}", day=Day(2019, 6, 14)))

    @property
    def headline(self) -> Said:
        """How late."""
        return message("{days} late", days=Number(self.days, DAYS))


def test_a_result_speaks_by_its_messages() -> None:
    """A result explains itself in full and in short, in a language with or without a region; printed, in English."""
    found = Late(2)
    assert found.explain("fr-FR") == f"2{NBSP}jours de retard{NBSP}; fait le 14 juin 2019"
    assert found.sentence("en_GB") == "2 days late"
    assert str(found) == found.explain("en") == "2 days late; done on 14 June 2019"


@pytest.mark.parametrize("tag", ["fr", "fr-FR", "fr_FR", "FR", "fr-Latn-CA"])
def test_a_language_may_have_a_region(tag: str) -> None:
    """The region is taken, and changes nothing."""
    assert language(tag) == "fr"


@pytest.mark.parametrize("tag", ["", "de", "fra", "fr-", "fr-FR ", "french", "f", None, 3, ["fr"], "fr.UTF-8"])
def test_an_unknown_language_is_refused(tag: Any) -> None:
    """What is no language that levier speaks is refused in one way, whatever is asked for."""
    for ask in (language, Phase.STOPPED.label, message("on time").say, Late(2).explain, Name("a").say):
        with pytest.raises(InvalidValueError, match="with or without a region"):
            ask(tag)
