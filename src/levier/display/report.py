"""The report: the status of a portfolio for a secretary-general, as plain data."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from levier.compute.checks.check import check
from levier.display.pages import Report, Section
from levier.display.sections.budget import budget_section
from levier.display.sections.conflicts import conflicts_section, disputed, sources_section
from levier.display.sections.funds import funds_section
from levier.display.sections.indicators import indicators_section, progress_explained
from levier.display.sections.instruments import instruments_section
from levier.display.sections.levers import levers_section
from levier.display.sections.outstanding import outstanding_explained
from levier.display.sections.overview import findings_section, overview_section
from levier.display.sections.programmes import programmes_section
from levier.display.view import View
from levier.model.belonging import Subtree
from levier.model.periods import DayLike, parse_day
from levier.model.portfolio import Portfolio
from levier.model.terms import LangLike
from levier.wording.messages import Message, message, plural
from levier.wording.values import Name

__all__ = ["Report", "report"]

_CONFLICT = "sources-in-conflict"  # conflicts have a section of their own, with more detail


def report(portfolio: Portfolio, *, as_of: DayLike, lang: LangLike, about: str = "") -> Report:
    """
    Return the status of a portfolio on the day *as_of*, in French or in English (`fr`, `fr-FR`).

    Later knowledge is left out; a missing number is replaced by its reason.
    The title names the main programme, or *about* where it is given.

    Raises:
        InvalidValueError: If *as_of* is not a valid date, or *lang* is not French or English.

    >>> from levier import Lever, Portfolio
    >>> standing = report(Portfolio.of(Lever(id="digital", label="Numérique")), as_of="2019-06-14", lang="fr")
    >>> [section.title for section in standing.sections][:3]
    ['Vue d’ensemble', 'Programmes, réformes et projets', 'Leviers']
    """
    day = parse_day(as_of)
    view = View.of(portfolio, as_of=day, lang=lang)
    findings = tuple(found for found in check(view.portfolio, as_of=day) if found.rule != _CONFLICT)
    conflicts = sum(1 for _ in disputed(view.portfolio))
    return Report(
        title=view.scribe.say(_title(view, about)),
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
            _explanations(view),
            sources_section(view),
        ],
    )


def _sentences(view: View) -> Iterator[str]:
    yield view.scribe.say(message("As of {day}.", day=view.as_of))
    if view.is_cut:
        cut = message("Facts known only after that date are left out; undated facts are shown.")
        yield view.scribe.say(cut)


def _title(view: View, about: str) -> Message:
    """Return the title: the programme with the most contents, and the number of others."""
    programmes = tuple(view.portfolio.programmes.values())
    roots = [programme for programme in programmes if programme.parent_id is None]
    if not roots:
        return message("{label}: status", label=about) if about else message("Status of the transformation")
    main = max(roots, key=lambda one: (len(Subtree.of(view.portfolio, one).things), len(one.events)))
    label, beside = Name.of(main), len(roots) - 1
    if not beside:
        return message("{label}: status", label=label)
    return plural(
        "{label} and {n} other programme: status",
        "{label} and {n} other programmes: status",
        n=beside,
        label=label,
    )


def _explanations(view: View) -> Section:
    """Return the explanations of progress and of outstanding commitments."""
    tables = [progress_explained(view), outstanding_explained(view)]
    return evolve(view.section("explanations", message("How each figure is computed"), tables), appendix=True)
