"""Strategies for scalars: identifiers, texts, days, periods, amounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from string import ascii_letters, digits
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from levier.model._numbers import EXACT
from levier.model.extra import LARGEST, NO_EXTRA, Extra
from levier.model.identifiers import TerritoryId
from levier.model.insee import ARRONDISSEMENTS, AUTHORITIES, COLLECTIVITIES, DEPARTMENTS, HEXAGON, REGIONS
from levier.model.money import Euros
from levier.model.periods import Day, Period
from levier.model.quantities import COUNT, DAYS, EUROS, MARK_OUT_OF_10, MONTHS, PERCENT, POINTS, RATIO, SHARE, Unit
from levier.model.sirene import is_siren, is_siret

__all__ = [
    "amounts",
    "days",
    "decimals",
    "euros",
    "extras",
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
    "with_check_digit",
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
_SEPTEMBER, _WEEK = 9, 7
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


def extras() -> SearchStrategy[Extra]:
    """An application's own keys: mostly none. Null is left out, because TOML has none."""
    numbers = st.integers(-LARGEST, LARGEST) | st.floats(allow_nan=False, allow_infinity=False)
    plain = st.booleans() | numbers | texts()
    values = st.recursive(plain, lambda part: st.lists(part, max_size=2) | st.dictionaries(texts(), part, max_size=2))
    some = st.dictionaries(st.sampled_from(["x-jira", "x-team.size", "x-1"]), values, min_size=1, max_size=2)
    return st.sampled_from([False] * 7 + [True]).flatmap(lambda given: some.map(Extra) if given else st.just(NO_EXTRA))


def units() -> SearchStrategy[Unit]:
    """The units that formulas use, and others."""
    known = [COUNT, DAYS, EUROS, MARK_OUT_OF_10, MONTHS, PERCENT, POINTS, RATIO, SHARE]
    return st.sampled_from(known) | labels().map(Unit)


def days(first: date = date.min, last: date = date.max) -> SearchStrategy[Day]:
    """Days from *first* to *last*."""
    return st.dates(first, last).map(lambda day: Day(day.year, day.month, day.day))


def periods(first: date = date.min, last: date = date.max) -> SearchStrategy[Period]:
    """Periods of every precision, and intervals, some of them open, that start between *first* and *last*."""
    return period_texts(first, last).map(Period)


def period_texts(first: date = date.min, last: date = date.max) -> SearchStrategy[str]:
    """
    Texts of such periods, many in a longer form than `Period.text`: `2020-01/2020-12`, `2020-01-01/..`.

    A period that contains *first* or *last* may extend beyond them; an interval without a start ends between them.
    """
    days, lengths = st.dates(first, last), st.sampled_from([4, 7, 10])
    shapes = st.sampled_from(["at", "between", "since", "until"])

    @st.composite
    def written(draw: st.DrawFn) -> str:
        bounds, forms = sorted((draw(days), draw(days))), sorted((draw(lengths), draw(lengths)))
        return _period_text(bounds, forms, draw(shapes))

    return written() | together(days, st.sampled_from(["S", "Q", "W", "SY"])).map(lambda both: _named_text(*both))


def _named_text(day: date, kind: str) -> str:
    """Return the text of the half-year, quarter, week or school year of a day; of its year where the calendar ends."""
    year, week, weekday = day.isocalendar()
    if kind == "W" and date.max.toordinal() - day.toordinal() >= _WEEK - weekday:
        return f"{year:04}-W{week:02}"
    begun = day.year if day.month >= _SEPTEMBER else day.year - 1
    if kind == "SY" and 1 <= begun < date.max.year:
        return f"{begun:04}-{begun + 1:04}-SY"
    length = {"S": 6, "Q": 3}.get(kind)
    return f"{day.year:04}" if length is None else f"{day.year:04}-{kind}{(day.month - 1) // length + 1}"


def _period_text(bounds: list[date], forms: list[int], shape: str) -> str:
    """Return the text of the period of *bounds*, in a form as long as the longer of the two *forms* permits."""
    precision, form = forms
    if shape == "at" and precision == form:
        return bounds[0].isoformat()[:form]
    start, end = (day.isoformat()[:precision] for day in (bounds[0], bounds[0] if shape == "at" else bounds[1]))
    begin, stop = str(Period(start).first_day)[:form], str(Period(end).last_day)[:form]
    return {"since": f"{begin}/..", "until": f"../{stop}"}.get(shape, f"{begin}/{stop}")


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
    return st.integers(0, 10**8 - 1).map(lambda number: with_check_digit(f"{number:08d}", is_siren))


def siret_numbers(siren: str) -> SearchStrategy[str]:
    """SIRETs of one SIREN, with their check digit."""
    return st.integers(0, 9999).map(lambda number: with_check_digit(f"{siren}{number:04d}", is_siret))


def with_check_digit(start: str, is_valid: Callable[[str], bool]) -> str:
    """Return digits with the last one that makes them a valid number."""
    return next(start + digit for digit in digits if is_valid(start + digit))


@st.composite
def territory_codes(draw: st.DrawFn) -> TerritoryId:
    """Codes of all levels: those of INSEE's lists, and of smaller territories, most of which do not exist."""
    departments = (*DEPARTMENTS, *COLLECTIVITIES)
    codes = st.one_of(
        st.sampled_from(("FR", HEXAGON, *AUTHORITIES)),
        st.sampled_from(REGIONS),
        st.sampled_from(departments),
        st.sampled_from((*ARRONDISSEMENTS, *dict.fromkeys(ARRONDISSEMENTS.values()))),
        together(st.sampled_from(departments), st.integers(1, 999)).map(lambda both: _municipality(*both)),
        together(st.sampled_from(tuple(DEPARTMENTS)), st.integers(1, 9)).map(lambda both: f"{both[0]}{both[1]}"),
        siren_numbers(),
    )
    return TerritoryId(draw(codes))


def _municipality(department: str, number: int) -> str:
    length = _MUNICIPALITY - len(department)
    return f"{department}{(number - 1) % (10**length - 1) + 1:0{length}d}"
