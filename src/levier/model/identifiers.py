"""
Identifiers: one type for each kind of thing, and one grammar for all.

The identifier of an object is checked against the grammar on construction (`identifier`).
A reference to it has to match the same grammar (`reference`); the portfolio then checks that the object exists.
"""

from __future__ import annotations

import re
from typing import Any, NewType

from attrs import Attribute

from levier.model._facts import Matching, Shared, states
from levier.model._fields import asks_facts_only, asks_value_only, refuse

__all__ = [
    "AwardId",
    "BudgetProgrammeId",
    "CallId",
    "DimensionId",
    "FundId",
    "IndicatorId",
    "InstrumentId",
    "LeverId",
    "MethodId",
    "ObjectiveId",
    "OrganisationId",
    "ProgrammeId",
    "ProjectId",
    "ReformId",
    "SourceId",
    "SurveyId",
    "TerritoryId",
    "identifier",
    "is_identifier",
    "reference",
]

AwardId = NewType("AwardId", str)
BudgetProgrammeId = NewType("BudgetProgrammeId", str)
CallId = NewType("CallId", str)
DimensionId = NewType("DimensionId", str)
FundId = NewType("FundId", str)
IndicatorId = NewType("IndicatorId", str)
InstrumentId = NewType("InstrumentId", str)
LeverId = NewType("LeverId", str)
MethodId = NewType("MethodId", str)
ObjectiveId = NewType("ObjectiveId", str)
OrganisationId = NewType("OrganisationId", str)
ProgrammeId = NewType("ProgrammeId", str)
ProjectId = NewType("ProjectId", str)
ReformId = NewType("ReformId", str)
SourceId = NewType("SourceId", str)
SurveyId = NewType("SurveyId", str)
TerritoryId = NewType("TerritoryId", str)

_GRAMMAR = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")
_EXPECTED = "1 to 100 ASCII letters, digits, '.', '_' or '-', a letter or digit at both ends"


@states(Shared("Identifier", f"an identifier: {_EXPECTED}", (Matching(_GRAMMAR.pattern),)))
@asks_value_only
def identifier(instance: object, attribute: Attribute[Any], value: object) -> None:
    """
    Accept an identifier: 1 to 100 ASCII letters, digits, `.`, `_` or `-`, with a letter or digit at both ends.

    Raises:
        InvalidValueError: For anything else.
    """
    if type(value) is not str or not _GRAMMAR.fullmatch(value):
        refuse(instance, attribute, value, f"an identifier: {_EXPECTED}")


def is_identifier(text: str) -> bool:
    """
    Return whether a text is a valid identifier.

    >>> is_identifier("digital"), is_identifier("two words")
    (True, False)
    """
    return _GRAMMAR.fullmatch(text) is not None


@states(Matching(_GRAMMAR.pattern))
@asks_facts_only
def reference(instance: object, attribute: Attribute[Any], value: object) -> None:
    """
    Accept a valid identifier of another object; the portfolio checks that the object exists.

    Raises:
        InvalidValueError: If it is not a valid identifier.
    """
    if type(value) is not str or not _GRAMMAR.fullmatch(value):
        refuse(instance, attribute, value, "the identifier of another thing")
