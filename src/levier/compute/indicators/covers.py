"""What a result about a programme or a reform covers: the programmes below, and how many reforms and projects."""

from __future__ import annotations

from typing import final

from attrs import frozen

from levier.model.belonging import Subtree
from levier.model.identifiers import ProgrammeId, ProjectId, ReformId
from levier.wording.explained import Explained
from levier.wording.messages import Message, items, message
from levier.wording.said import Said
from levier.wording.values import Name

__all__ = ["Covers"]


@final
@frozen(kw_only=True)
class Covers(Explained):
    """
    What a result covers, by name: the programmes in the order of their tree, the one asked first.

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
        """The programmes, the one asked first."""
        return tuple(ProgrammeId(name.id) for name in self.programmes)

    @property
    def sub_programmes(self) -> Message | None:
        """The programmes below the one asked; `None` where there are none."""
        below = self.programmes[1:]
        return message("sub-programmes included: {names}", names=items(*below)) if below else None

    @property
    def message(self) -> Said:
        """The programmes below the one asked, and how many reforms and projects are covered."""
        return items(
            self.sub_programmes,
            message("reforms: {n}", n=len(self.reform_ids)),
            message("projects: {n}", n=len(self.project_ids)),
        )
