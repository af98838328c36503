"""
What belongs to what: projects to their reform, reforms to their programmes, programmes to the one they are part of.

Everyone who asks what stands above or below asks here.
A reform may name several programmes and still counts once; programmes that are part of each other in a circle, which
is a finding and no error, are each below all others of it.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Self, TypeAlias, final

from attrs import field, frozen

from levier.errors import InvalidValueError
from levier.model._converters import TupleOf
from levier.model._fields import each, instance_of
from levier.model._things import Things
from levier.model.identifiers import ProgrammeId, ProjectId, ReformId
from levier.model.programmes import Programme, Project, Reform
from levier.model.trees import branch_of, reached

__all__ = ["Owner", "Subtree", "above", "directly_above", "owner_path"]

Owner: TypeAlias = Programme | Reform | Project
"""What carries milestones, levers, indicators and money."""


def owner_path(thing: Owner) -> str:
    """
    Return where a programme, a reform or a project stands in a portfolio.

    >>> owner_path(Reform(id="titles", label="Titles"))
    'reforms/titles'
    """
    return f"{type(thing).__name__.lower()}s/{thing.id}"


def directly_above(held: Things, thing: Any) -> tuple[Programme | Reform, ...]:
    """
    Return what a thing itself says it belongs to; nothing for what belongs to nothing, such as an instrument.

    >>> directly_above(Things(), Project(id="p", label="P"))
    ()
    """
    match thing:
        case Project(reform_id=str(reform)):
            return (held.reforms[reform],)
        case Reform(programme_ids=programmes):
            return tuple(held.programmes[programme] for programme in programmes)
        case Programme(parent_id=str(parent)):
            return (held.programmes[parent],)
        case _:
            return ()


def above(held: Things, thing: Any) -> tuple[Programme | Reform, ...]:
    """
    Return all that a thing belongs to, at any distance: the nearest first, each once.

    >>> plan = Things.of(Reform(id="r", label="R"), project := Project(id="p", label="P", reform_id="r"))
    >>> [one.id for one in above(plan, project)]
    ['r']
    """
    return tuple(reached(directly_above(held, thing), partial(directly_above, held)))


@final
@frozen(kw_only=True)
class Subtree:
    """
    A programme, a reform or a project with all that belongs to it, at any depth: what a result covers.

    Programmes stand in the order of their tree, the one asked first; reforms and projects by their identifiers.

    >>> axis = Programme(id="axis", label="Axe 1", kind="workstream", parent_id="plan")
    >>> plan = Programme(id="plan", label="Plan", kind="ministerial-plan")
    >>> held = Things.of(plan, axis, Reform(id="r", label="R", programme_ids=["axis", "plan"]))
    >>> found = Subtree.of(held, plan)
    >>> found.programme_ids, found.reform_ids, found.project_ids
    (('plan', 'axis'), ('r',), ())
    """

    programmes: tuple[Programme, ...] = field(
        default=(), converter=TupleOf[Programme], validator=each(instance_of(Programme))
    )
    reforms: tuple[Reform, ...] = field(default=(), converter=TupleOf[Reform], validator=each(instance_of(Reform)))
    projects: tuple[Project, ...] = field(default=(), converter=TupleOf[Project], validator=each(instance_of(Project)))

    @classmethod
    def of(cls, held: Things, thing: Owner) -> Self:
        """
        Return what belongs to a programme, a reform or a project of a portfolio, itself included.

        Raises:
            UnknownItemError: If the portfolio does not hold it.
            InvalidValueError: If it is not a programme, a reform or a project.
        """
        if not isinstance(thing, Owner):
            raise InvalidValueError("subject", thing, "a Programme, Reform or Project, such as portfolio.reforms['id']")
        programmes: tuple[Programme, ...] = ()
        if isinstance(thing, Project):
            return cls(projects=(held.projects[thing.id],))
        if isinstance(thing, Programme):
            programmes = branch_of(held.programmes, thing.id)
            named = {programme.id for programme in programmes}
            reforms = tuple(one for one in held.reforms.values() if not named.isdisjoint(one.programme_ids))
        else:
            reforms = (held.reforms[thing.id],)
        carrying = {reform.id for reform in reforms}
        projects = (project for project in held.projects.values() if project.reform_id in carrying)
        return cls(programmes=programmes, reforms=reforms, projects=projects)

    @property
    def programme_ids(self) -> tuple[ProgrammeId, ...]:
        """The programmes, the one asked first."""
        return tuple(programme.id for programme in self.programmes)

    @property
    def reform_ids(self) -> tuple[ReformId, ...]:
        """The reforms, each once."""
        return tuple(reform.id for reform in self.reforms)

    @property
    def project_ids(self) -> tuple[ProjectId, ...]:
        """The projects, each once."""
        return tuple(project.id for project in self.projects)

    @property
    def things(self) -> tuple[Owner, ...]:
        """The programmes, then the reforms, then the projects."""
        return (*self.programmes, *self.reforms, *self.projects)
