"""
The hierarchy: projects belong to a reform, reforms to programmes, programmes to their parent programme.

Every function that walks up or down this hierarchy is here.
A reform may belong to several programmes and still counts once. Programmes may form a cycle, which is a finding of
`check` and not an error; each programme of a cycle is below all others.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Self, TypeAlias

from attrs import field, frozen

from levier.errors import InvalidValueError
from levier.errors.final import final
from levier.model._converters import TupleOf
from levier.model._fields import each, instance_of
from levier.model._things import Things
from levier.model.identifiers import ProgrammeId, ProjectId, ReformId
from levier.model.programmes import Programme, Project, Reform
from levier.model.trees import branch_of, reached

__all__ = ["Owner", "Subtree", "above", "directly_above", "owner_path"]

Owner: TypeAlias = Programme | Reform | Project
"""The classes of the hierarchy, which have milestones, levers, indicators and money."""


def owner_path(thing: Owner) -> str:
    """
    Return the path of a programme, a reform or a project in a portfolio.

    >>> owner_path(Reform(id="titles", label="Titles"))
    'reforms/titles'
    """
    return f"{type(thing).__name__.lower()}s/{thing.id}"


def directly_above(held: Things, thing: Any) -> tuple[Programme | Reform, ...]:
    """
    Return the direct parents of a thing; empty for a thing outside the hierarchy, such as an instrument.

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
    Return all ancestors of a thing, nearest first, each once.

    >>> plan = Things.of(Reform(id="r", label="R"), project := Project(id="p", label="P", reform_id="r"))
    >>> [one.id for one in above(plan, project)]
    ['r']
    """
    return tuple(reached(directly_above(held, thing), partial(directly_above, held)))


@final
@frozen(kw_only=True)
class Subtree:
    """
    A programme, a reform or a project with everything below it: the scope of a result.

    Programmes are in the order of the tree, the root first; reforms and projects are sorted by identifier.

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
        Return the subtree of a programme, a reform or a project of a portfolio, itself included.

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
        """The identifiers of the programmes, the root first."""
        return tuple(programme.id for programme in self.programmes)

    @property
    def reform_ids(self) -> tuple[ReformId, ...]:
        """The identifiers of the reforms, each once."""
        return tuple(reform.id for reform in self.reforms)

    @property
    def project_ids(self) -> tuple[ProjectId, ...]:
        """The identifiers of the projects, each once."""
        return tuple(project.id for project in self.projects)

    @property
    def things(self) -> tuple[Owner, ...]:
        """The programmes, then the reforms, then the projects."""
        return (*self.programmes, *self.reforms, *self.projects)
