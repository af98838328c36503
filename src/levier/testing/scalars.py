"""Strategies for scalars: identifiers, texts, days, periods, amounts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from string import ascii_letters, digits
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from levier.model._numbers import EXACT
from levier.model.identifiers import TerritoryId
from levier.model.insee import ARRONDISSEMENTS, COLLECTIVITIES, DEPARTMENTS, REGIONS
from levier.model.money import Euros
from levier.model.organisations import is_siren, is_siret
from levier.model.periods import Day, Period
from levier.model.quantities import COUNT, DAYS, EUROS, MARK_OUT_OF_10, MONTHS, PERCENT, POINTS, RATIO, SHARE, Unit

__all__ = [
    "amounts",
    "days",
    "decimals",
    "euros",
    "identifiers",
    "labels",
    "period_texts",
    "periods",
    "siren_numbers",
    "siret_numbers",
    "territory_codes",
    "texts",
    "together",
    "units",
]

_ENDS = digits + ascii_letters
_INSIDE = _ENDS + "-_."
_CHARACTERS = (
    "aeinrstlo AEZ019"
    ".,;:!?'\"\\/|<>&#%*_`~^$@=+-()[]{}"
    "éèêçàœÉßİıſﬁΩжא中한ا€’«»–…№−²½"
    "\u0301\u00ad\u200d\u2060\ufe0f\u00a0\u202f\ue000\ufffd\uffff"
    "\n\t"
    "😀\U0001d538\U0010ffff"
)
"""
The characters of drawn texts: several scripts, the syntax characters of every format, joiners, and rare ones.

All of Unicode would be slow: Hypothesis has to sort it first, which takes a second in a fresh checkout.
"""
_NOT_AT_ENDS = " \n\t\u00a0\u202f\u00ad\u200d\u2060\ufe0f"
_LONGEST_IDENTIFIER = 8
_MUNICIPALITY = 5
"""The number of characters in the code of a municipality."""
_LONGEST_TEXT = 10
_LARGEST = 10**13
"""In cents: small enough for a sum of a hundred amounts to stay within the range of `Euros`."""


def together(*parts: SearchStrategy[Any]) -> SearchStrategy[tuple[Any, ...]]:
    """Tuples of one value of each part; `st.tuples` would have each part explained when a test fails, which is slow."""

    @st.composite
    def made(draw: st.DrawFn) -> tuple[Any, ...]:
        return tuple(draw(part) for part in parts)

    return made()


def identifiers() -> SearchStrategy[str]:
    """Identifiers: letters and digits, with `.`, `_` and `-` inside."""
    return st.integers(0, len(_ENDS) * len(_INSIDE) ** (_LONGEST_IDENTIFIER - 1)).map(_identifier)


def _identifier(number: int) -> str:
    rest, last = divmod(number, len(_ENDS))
    inside = _word(rest, _INSIDE)
    return (inside if inside[:1] not in ("-", "_", ".") else f"0{inside}") + _ENDS[last]


def texts() -> SearchStrategy[str]:
    """Texts, including empty ones, that begin and end with a visible character."""
    return st.integers(0, len(_CHARACTERS) ** _LONGEST_TEXT).map(_text)


def _text(number: int) -> str:
    return _word(number, _CHARACTERS).strip(_NOT_AT_ENDS)


def labels() -> SearchStrategy[str]:
    """Texts with at least one visible character."""
    return texts().map(lambda text: text or "x")


def _word(number: int, characters: str) -> str:
    """Return the word with this number: every word of *characters* has one, and shorter words have smaller ones."""
    word = ""
    while number:
        number, place = divmod(number - 1, len(characters))
        word += characters[place]
    return word


def units() -> SearchStrategy[Unit]:
    """The units that formulas use, and others."""
    known = [COUNT, DAYS, EUROS, MARK_OUT_OF_10, MONTHS, PERCENT, POINTS, RATIO, SHARE]
    return st.sampled_from(known) | labels().map(Unit)


def days(first: date = date.min, last: date = date.max) -> SearchStrategy[Day]:
    """Days from *first* to *last*."""
    return st.dates(first, last).map(lambda day: Day(day.year, day.month, day.day))


def periods(first: date = date.min, last: date = date.max) -> SearchStrategy[Period]:
    """Days, months, years and intervals, with or without an end, that start between *first* and *last*."""
    return period_texts(first, last).map(Period)


def period_texts(first: date = date.min, last: date = date.max) -> SearchStrategy[str]:
    """
    Texts of such periods, many in a longer form than `Period.text`: `2020-01/2020-12`, `2020-01-01/..`.

    A month or year that contains *first* or *last* may extend beyond them.
    """
    days, lengths = st.dates(first, last), st.sampled_from([4, 7, 10])
    shapes = st.sampled_from(["at", "between", "since"])

    @st.composite
    def made(draw: st.DrawFn) -> str:
        bounds, forms = sorted((draw(days), draw(days))), sorted((draw(lengths), draw(lengths)))
        return _period_text(bounds, forms, draw(shapes))

    return made()


def _period_text(bounds: list[date], forms: list[int], shape: str) -> str:
    """Return the text of the period of *bounds*, in a form as long as the longer of the two *forms* permits."""
    precision, form = forms
    if shape == "at" and precision == form:
        return bounds[0].isoformat()[:form]
    start, end = (day.isoformat()[:precision] for day in (bounds[0], bounds[0] if shape == "at" else bounds[1]))
    begin, stop = Period(start).first_day.isoformat()[:form], Period(end).known_by.isoformat()[:form]
    return f"{begin}/.." if shape == "since" else f"{begin}/{stop}"


@st.composite
def decimals(draw: st.DrawFn, least: int = -(10**9), most: int = 10**9) -> Decimal:
    """Exact numbers from *least* to *most*, with at most nine decimals."""
    places = draw(st.sampled_from([0, 1, 2, 6, 9]))
    return EXACT.scaleb(Decimal(draw(st.integers(least * 10**places, most * 10**places))), -places)


def euros() -> SearchStrategy[Euros]:
    """Amounts of either sign, to the cent."""
    return st.integers(-_LARGEST, _LARGEST).map(Euros.of_cents)


def amounts() -> SearchStrategy[Euros]:
    """Amounts of at least zero, to the cent."""
    return st.integers(0, _LARGEST).map(Euros.of_cents)


def siren_numbers() -> SearchStrategy[str]:
    """SIRENs, with their check digit."""
    return st.integers(0, 10**8 - 1).map(lambda number: _checked(f"{number:08d}", is_siren))


def siret_numbers(siren: str) -> SearchStrategy[str]:
    """SIRETs of one SIREN, with their check digit."""
    return st.integers(0, 9999).map(lambda number: _checked(f"{siren}{number:04d}", is_siret))


def _checked(start: str, is_valid: Any) -> str:
    return next(start + digit for digit in digits if is_valid(start + digit))


@st.composite
def territory_codes(draw: st.DrawFn) -> TerritoryId:
    """Codes of all levels: those of INSEE's list, and of municipalities, most of which do not exist."""
    departments = (*DEPARTMENTS, *COLLECTIVITIES)
    codes = st.one_of(
        st.just("FR"),
        st.sampled_from(REGIONS),
        st.sampled_from(departments),
        st.sampled_from((*ARRONDISSEMENTS, *dict.fromkeys(ARRONDISSEMENTS.values()))),
        together(st.sampled_from(departments), st.integers(1, 999)).map(lambda both: _municipality(*both)),
    )
    return TerritoryId(draw(codes))


def _municipality(department: str, number: int) -> str:
    length = _MUNICIPALITY - len(department)
    return f"{department}{(number - 1) % (10**length - 1) + 1:0{length}d}"
