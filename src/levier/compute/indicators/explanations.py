"""How numbers came about, in one sentence: the values, their dates, their sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from levier.compute._wording import beside, colon, day, percent, period
from levier.compute.indicators.aggregation import Aggregate
from levier.compute.indicators.choices import Exclusion, LeftOut
from levier.compute.indicators.readings import Difference, Reading
from levier.model.observations import Observation
from levier.model.periods import Day
from levier.model.quantities import Unit
from levier.model.registry import Registry
from levier.model.sources import Source
from levier.model.terms import Lang

__all__ = ["joined", "left_out_said", "other_reading_said", "point_said", "subject_said"]


def joined(parts: Iterable[str], lang: Lang) -> str:
    """
    Write clauses as one sentence.

    >>> joined(["3 days", "", "unsourced"], "en")
    '3 days; unsourced'
    """
    return ("\u00a0; " if lang == "fr" else "; ").join(part for part in parts if part)


def subject_said(label: str, place: str, as_of: Day | None, lang: Lang) -> str:
    """
    Write what a number is about, ready for the number.

    >>> subject_said("Waiting time", "Lot", Day(2019, 6, 14), "en")
    'Waiting time, Lot, as of 14 June 2019: '
    """
    when = "" if as_of is None else f"{'au' if lang == 'fr' else 'as of'} {day(as_of, lang)}"
    named = ", ".join(part for part in (label, place, when) if part)
    return f"{named}{colon(lang)}" if named else ""


def point_said(  # noqa: PLR0913, PLR0917  # what, how it is written, and where it comes from
    point: Any,
    unit: Unit | str,
    lang: Lang,
    sources: Registry[Source] | None = None,
    decimals: int | None = None,
    limit: Decimal | None = None,
) -> str:
    """
    Write a value with its date and its source, or with what it was made of; *limit* is what it was held against.

    Of an observation without a value, its state stands in its place.

    >>> row = Observation(indicator_id="a", period="2019-05", kind="actual", value=25)
    >>> print(point_said(row, "", "en"))
    25 (May 2019, unsourced)
    """
    if point.value is None:
        return f"{point.state.label(lang)}{_origin(point, lang, sources)}"
    said = beside(point.value, point.value if limit is None else limit, unit, lang, decimals)
    return f"{said}{_origin(point, lang, sources)}"


def _origin(point: Any, lang: Lang, sources: Registry[Source] | None) -> str:
    if isinstance(point, Observation):
        return f" ({period(point.period, lang)}, {_source(point, lang, sources)})"
    made = point.explain(lang) if hasattr(point, "explain") else ""
    if isinstance(point, Aggregate) and point.period is not None:
        made = f"{period(point.period, lang)}, {made}"
    return f" ({made})" if made else ""


def _source(row: Observation, lang: Lang, sources: Registry[Source] | None) -> str:
    if row.source_id is None:
        return "sans source" if lang == "fr" else "unsourced"
    source = None if sources is None else sources.get(row.source_id)
    return row.source_id if source is None else source.title


def left_out_said(left_out: tuple[LeftOut, ...], lang: Lang, write: Callable[[Observation], str] | None = None) -> str:
    """
    Write what took no part, and why.

    >>> left_out_said((), "en")
    ''
    """
    if not left_out:
        return ""
    each = (_left_out(one, write, lang) for one in left_out)
    return f"{'écartées' if lang == 'fr' else 'left out'}{colon(lang)}{', '.join(each)}"


def _left_out(one: LeftOut, write: Callable[[Observation], str] | None, lang: Lang) -> str:
    """Write what took no part; of what is disputed, the value too, with its date and its document."""
    row = one.observation
    if one.because is Exclusion.DISPUTED and write is not None:
        return f"{row.kind.label(lang)} {write(row)}{colon(lang)}{one.because.label(lang)}"
    return f"{row.kind.label(lang)} {period(row.period, lang)} ({one.because.label(lang)})"


def other_reading_said(reading: Reading, other: Any, differences: tuple[Difference, ...], lang: Lang) -> str:
    """
    Write what the other reading gives, and by which rule.

    >>> other_reading_said(Reading.STRICT, None, (), "en")
    ''
    """
    if not differences:
        return ""
    name = (Reading.PILOTE if reading is Reading.STRICT else Reading.STRICT).label(lang)
    nothing = "aucune valeur" if lang == "fr" else "no value"
    given = nothing if other is None else percent(other, lang, 2)
    because = ", ".join(difference.label(lang) for difference in differences)
    return f"{name}{colon(lang)}{given} ({because})"
