"""The report: what a secretary-general reads of a portfolio, as plain data."""

from __future__ import annotations

from collections.abc import Iterator

from levier.compute.checks.sets import check
from levier.display.pages import Report
from levier.display.phrases import Phrase
from levier.display.sections.budget import budget_section
from levier.display.sections.conflicts import conflicts_section, disputed, sources_section
from levier.display.sections.explanations import explanations_section
from levier.display.sections.findings import findings_section
from levier.display.sections.funds import funds_section
from levier.display.sections.indicators import indicators_section
from levier.display.sections.instruments import instruments_section
from levier.display.sections.levers import levers_section
from levier.display.sections.overview import overview_section
from levier.display.sections.programmes import programmes_section
from levier.display.view import View
from levier.display.wording import Title
from levier.errors import InvalidValueError
from levier.model.belonging import Subtree
from levier.model.periods import DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.terms import Lang

__all__ = ["Report", "report"]

_CONFLICT = "sources-in-conflict"  # conflicts have a section of their own, which says more


def report(portfolio: Portfolio, *, as_of: DayLike, lang: Lang, about: str = "") -> Report:
    """
    Return the standing of a portfolio on the day *as_of*, in French or in English.

    What was known only after that day is left out; a number that cannot be given has the reason in its place.
    The title names the main programme, or what the report is *about* where there is none.

    Raises:
        InvalidValueError: If *as_of* is no day, or *lang* neither `fr` nor `en`.

    >>> from levier import Lever, Portfolio
    >>> standing = report(Portfolio.of(Lever(id="digital", label="Numérique")), as_of="2019-06-14", lang="fr")
    >>> [section.title for section in standing.sections][:3]
    ['Vue d’ensemble', 'Programmes, réformes et projets', 'Leviers']
    """
    day = parse_day(as_of)
    if lang not in ("fr", "en"):
        raise InvalidValueError("report", lang, "'fr' or 'en'", "lang")
    view = View.of(portfolio, as_of=day, lang=lang)
    findings = tuple(found for found in check(view.portfolio, as_of=day) if found.rule != _CONFLICT)
    conflicts = sum(1 for _ in disputed(view.portfolio))
    return Report(
        title=_title(view, about),
        lang=lang,
        as_of=day,
        sentences=_sentences(view),
        sections=[
            overview_section(view, findings, conflicts),
            programmes_section(view, findings),
            levers_section(view),
            indicators_section(view),
            instruments_section(view),
            budget_section(view),
            funds_section(view),
            findings_section(view, findings),
            conflicts_section(view),
            explanations_section(view),
            sources_section(view),
        ],
    )


def _sentences(view: View) -> Iterator[str]:
    yield view.scribe.say(Phrase.AS_OF, day=view.scribe.day(view.as_of).text)
    if view.is_cut:
        yield view.scribe.say(Phrase.CUT)


def _title(view: View, about: str) -> str:
    """Return what the report is about: the programme that holds most, and how many stand beside it."""
    programmes = tuple(view.portfolio.programmes.values())
    roots = [programme for programme in programmes if programme.parent_id is None]
    if not roots:
        return view.scribe.say(Phrase.STANDING_OF, label=about) if about else view.scribe.say(Title.REPORT)
    main = max(roots, key=lambda one: (len(Subtree.of(view.portfolio, one).things), len(one.events)))
    label, beside = view.scribe.name(main).text, len(roots) - 1
    if beside:
        label = view.scribe.say(Phrase.AND_OTHERS if beside > 1 else Phrase.AND_ANOTHER, label=label, number=beside)
    return view.scribe.say(Phrase.STANDING_OF, label=label)
