"""
Dimensions: how a value is broken down other than by territory, such as by sex, age, size of firm or channel.

The words are those of SDMX, the standard of statistical offices: a dimension has codes, and a breakdown names one code
of each of its dimensions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import starmap
from typing import Any, TypeAlias

from attrs import Attribute, field, frozen

from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._converters import TupleOf, as_ids
from levier.model._facts import DistinctBy, Matching, states
from levier.model._fields import (
    all_of,
    as_tuple,
    asks_value_only,
    distinct,
    each,
    each_once,
    flag,
    hold_types,
    instance_of,
    not_blank,
    refuse,
    trimmed,
)
from levier.model.extra import NO_EXTRA, Extra, as_extra, is_extra
from levier.model.identifiers import DimensionId, SourceId, identifier, reference

__all__ = [
    "Breakdown",
    "BreakdownCode",
    "BreakdownLike",
    "Dimension",
    "DimensionCode",
    "as_breakdown",
    "is_breakdown",
    "named_part",
]

_CODE = re.compile(r"[A-Za-z0-9_@$+<>.-]{1,100}")


@states(Matching(_CODE.pattern))
@asks_value_only
def _is_code(instance: object, attribute: Attribute[Any], value: object) -> None:
    if type(value) is not str or not _CODE.fullmatch(value):
        expected = "a code such as 'F', '25-49' or '65+': 1 to 100 ASCII letters, digits, or any of _ @ $ + < > . -"
        refuse(instance, attribute, value, expected)


@final
@frozen(kw_only=True)
class DimensionCode:
    """
    One code of a dimension, such as the women in the dimension of sex.

    Attributes:
        code: The code, unique in its dimension, such as `F` or `25-49`.
        label: The French name.
        label_en: The English name; empty if there is none.

    Raises:
        InvalidValueError: If the code has a character that codes may not have, or the label is blank.

    >>> DimensionCode(code="F", label="Femmes", label_en="Women").code
    'F'
    """

    code: str = field(validator=_is_code)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)


@final
@frozen(kw_only=True)
class Dimension:
    """
    A way to break a value down other than by territory, such as by sex, age, size of firm or channel.

    *is_partition* says that each case counted has exactly one of the codes, so that the parts of a count add up to its
    total; false where no source says so, or where codes overlap, such as the channels that one person used.

    Attributes:
        id: The identifier, unique in the portfolio.
        label: The French name.
        label_en: The English name; empty if there is none.
        codes: The codes, in the order in which tables show them.
        source_ids: The documents that state it, by their identifiers.
        extra: An application's own keys, which begin with "x-"; empty by default.

    Raises:
        InvalidValueError: If two codes are the same.

    >>> sex = Dimension(
    ...     id="sex",
    ...     label="Sexe",
    ...     codes=[DimensionCode(code="F", label="Femmes"), DimensionCode(code="M", label="Hommes")],
    ...     is_partition=True,
    ... )
    >>> sex.code("F").label
    'Femmes'
    """

    id: DimensionId = field(converter=DimensionId, validator=identifier)
    label: str = field(validator=not_blank)
    label_en: str = field(default="", validator=trimmed)
    codes: tuple[DimensionCode, ...] = field(
        default=(),
        converter=TupleOf[DimensionCode],
        validator=all_of(each(instance_of(DimensionCode)), distinct(lambda one: one.code, "code")),
    )
    is_partition: bool = field(default=False, validator=flag)
    source_ids: tuple[SourceId, ...] = field(default=(), converter=as_ids, validator=each_once(reference))
    extra: Extra = field(default=NO_EXTRA, converter=as_extra, validator=is_extra, repr=False)

    def code(self, code: str) -> DimensionCode | None:
        """Return one of the codes; `None` if the dimension does not have it."""
        return next((one for one in self.codes if one.code == code), None)


@final
@frozen(order=True)
class BreakdownCode:
    """
    One code of one dimension, as a breakdown names it.

    Attributes:
        dimension_id: The dimension, by its identifier.
        code: One of its codes.

    Raises:
        InvalidValueError: If the code has a character that codes may not have.

    >>> print(BreakdownCode("sex", "F"))
    sex=F
    """

    dimension_id: DimensionId = field(converter=DimensionId, validator=reference)
    code: str = field(validator=_is_code)

    def __str__(self) -> str:
        return f"{self.dimension_id}={self.code}"


Breakdown: TypeAlias = tuple[BreakdownCode, ...]
"""A part of the whole: one code of each of its dimensions, in the order of these; empty for the whole."""


BreakdownLike: TypeAlias = Mapping[str, str] | Iterable[BreakdownCode]
"""What people write for a breakdown: codes by dimension, such as `{"sex": "F"}`."""


def as_breakdown(given: Mapping[str, str] | Iterable[BreakdownCode]) -> Breakdown:
    """
    Convert codes by dimension to a breakdown, in the order of the dimensions.

    >>> [str(code) for code in as_breakdown({"sex": "F", "age": "25-49"})]
    ['age=25-49', 'sex=F']
    """
    if type(given) is tuple and not given:
        return given
    codes = as_tuple(starmap(BreakdownCode, given.items()) if isinstance(given, Mapping) else given)
    return tuple(sorted(codes)) if type(codes) is tuple and {*map(type, codes)} == {BreakdownCode} else codes


hold_types(as_breakdown)


def named_part(given: BreakdownLike) -> Breakdown:
    """
    Return the breakdown that a question names.

    Raises:
        InvalidValueError: For anything but codes by dimension, one of each.

    >>> named_part("sex")
    Traceback (most recent call last):
        ...
    levier.errors.InvalidValueError: breakdown: expected codes by dimension, such as {'sex': 'F'}, found 'sex'
    """
    if type(given) is tuple and not given:  # the whole, as most ask
        return ()
    part = as_breakdown(given)
    is_part = type(part) is tuple and all(type(one) is BreakdownCode for one in part)
    if not is_part or len({one.dimension_id for one in part}) < len(part):
        raise InvalidValueError("breakdown", given, "codes by dimension, such as {'sex': 'F'}")
    return part


@states(DistinctBy(lambda one: one.dimension_id))
@asks_value_only
def is_breakdown(instance: object, attribute: Attribute[Any], value: object) -> None:
    """Accept a breakdown: a tuple of codes, one for each dimension, in the order of these."""
    if type(value) is tuple and not value:
        return
    if type(value) is not tuple or any(type(one) is not BreakdownCode for one in value):
        refuse(instance, attribute, value, "codes by dimension, such as {'sex': 'F'}")
    names = [one.dimension_id for one in value]
    if names != sorted(set(names)):
        refuse(instance, attribute, names, "one code for each dimension, in the order of the dimensions")
