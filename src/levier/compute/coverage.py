"""Coverage of a result: which of the expected parts are there, and what belongs to a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from attrs import evolve, field, frozen

from levier.compute._types import by_type
from levier.errors.final import final
from levier.model.belonging import Subtree
from levier.model.identifiers import ProgrammeId, ProjectId, ReformId
from levier.model.periods import Period
from levier.wording.explained import Explained
from levier.wording.messages import Message, items, message, plural
from levier.wording.said import Said, Value
from levier.wording.values import Name

__all__ = ["Coverage", "Covers"]


@final
@frozen(kw_only=True, field_transformer=by_type)
class Coverage(Explained):
    """
    The expected parts of a result: those with a value and those without.

    *missing_names* are the names of the missing parts, in their order; where empty, their identifiers are shown.
    *carried* are parts whose value is carried forward from an earlier period, with that period.

    Attributes:
        reported: The identifiers of the parts with a value.
        missing: The identifiers of the parts without a value.

    >>> august = Period("2020-08")
    >>> Coverage(reported=("75", "91"), missing=("77",), carried=(("75", august),)).explain("en")
    '2 of 3, 1 carried from August 2020 (missing 77)'
    """

    reported: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    missing_names: tuple[Value, ...] = field(default=(), eq=False, repr=False)
    carried: tuple[tuple[str, Period], ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, known: Mapping[str, bool], names: Mapping[str, Value] | None = None) -> Coverage:
        """
        Return the coverage of *known*, in the order given; *names* are the names of the parts.

        >>> print(Coverage.of({"a": True, "b": False}, {"b": "Second project"}).explain("en"))
        1 of 2 (missing Second project)
        """
        coverage = cls(
            reported=tuple(name for name, is_known in known.items() if is_known),
            missing=tuple(name for name, is_known in known.items() if not is_known),
        )
        return coverage if names is None else coverage.named(names)

    @property
    def expected(self) -> int:
        """The number of expected parts."""
        return len(self.reported) + len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether no part is missing."""
        return not self.missing

    def named(self, names: Mapping[str, Value]) -> Coverage:
        """Return this coverage with the names of the missing parts, given by identifier."""
        return evolve(self, missing_names=tuple(names.get(missing, missing) for missing in self.missing))

    @property
    def counted(self) -> Said:
        """How many parts have a value, and how many values are carried forward, from when."""
        periods = sorted(Counter(when for _, when in self.carried).items())
        carried = (
            plural("{n} carried from {period}", "{n} carried from {period}", n=many, period=when)
            for when, many in periods
        )
        return items(message("{n} of {expected}", n=len(self.reported), expected=self.expected), *carried)

    @property
    def message(self) -> Said:
        """How many parts have a value, from when values are carried forward, and which parts are missing."""
        if not self.missing:
            return self.counted
        return plural(
            "{counted} (missing {names})",
            "{counted} (missing {names})",
            n=len(self.missing),
            counted=self.counted,
            names=items(*(self.missing_names or self.missing)),
        )

    def __str__(self) -> str:
        return f"{len(self.reported)} of {self.expected}"


@final
@frozen(kw_only=True)
class Covers(Explained):
    """
    The plans that a result covers, by name: the programmes in the order of their tree, the subject first.

    >>> from levier import Programme
    >>> both = [Programme(id=name, label=name.title(), kind="national") for name in ("plan", "axis")]
    >>> print(Covers.of(Subtree(programmes=both)))
    sub-programmes included: Axis, reforms: 0, projects: 0
    """

    programmes: tuple[Name, ...] = ()
    reform_ids: tuple[ReformId, ...] = ()
    project_ids: tuple[ProjectId, ...] = ()

    @classmethod
    def of(cls, covers: Subtree) -> Covers:
        """Return what a programme, a reform or a project covers."""
        return cls(
            programmes=tuple(map(Name.of, covers.programmes)),
            reform_ids=covers.reform_ids,
            project_ids=covers.project_ids,
        )

    @property
    def programme_ids(self) -> tuple[ProgrammeId, ...]:
        """The identifiers of the programmes, the subject first."""
        return tuple(ProgrammeId(name.id) for name in self.programmes)

    @property
    def sub_programmes(self) -> Message | None:
        """The programmes below the subject; `None` where there are none."""
        below = self.programmes[1:]
        return message("sub-programmes included: {names}", names=items(*below)) if below else None

    @property
    def message(self) -> Said:
        """The programmes below the subject, and the number of reforms and projects."""
        return items(
            self.sub_programmes,
            message("reforms: {n}", n=len(self.reform_ids)),
            message("projects: {n}", n=len(self.project_ids)),
        )
