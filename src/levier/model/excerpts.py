"""Excerpts: some of the things of a portfolio."""

from __future__ import annotations

from typing import final

from attrs import frozen

from levier.model._things import Things

__all__ = ["Excerpt"]


@final
@frozen(kw_only=True, repr=False)
class Excerpt(Things):
    """
    Some of the things of a portfolio, whose references may lead out of it.

    It has the fields of a `Portfolio`, and promises less: what its things refer to need not be there.

    Attributes:
        sources: The sources.
        territories: The territories.
        organisations: The organisations.
        objectives: The objectives.
        levers: The levers.
        methods: The methods.
        indicators: The indicators.
        surveys: The surveys.
        programmes: The programmes.
        reforms: The reforms.
        projects: The projects.
        instruments: The territorial instruments.
        budget_programmes: The budget programmes.
        funds: The funds.
        observations: The observations.

    Raises:
        DuplicateItemsError: If two things of one noun share an identifier.

    >>> from levier import Project
    >>> Excerpt.of(Project(id="p", label="P", lever_ids=["digital"])).levers
    <Registry: empty>
    """
