"""Errors of identifiers, references, phases and differences."""

from __future__ import annotations

from attrs import frozen

from levier._printing import printable
from levier.errors.final import final
from levier.errors.root import LevierError

__all__ = [
    "DanglingReference",
    "DanglingReferenceError",
    "DuplicateItemsError",
    "ForbiddenTransitionError",
    "MisappliedDifferenceError",
    "UnknownItemError",
]


@final
@frozen
class ForbiddenTransitionError(LevierError, ValueError):
    """The table of transitions does not allow a project to move to a phase."""

    project_id: str
    current: str
    requested: str
    allowed: tuple[str, ...]

    def __str__(self) -> str:
        ways = ", ".join(self.allowed) or "none (final)"
        return (
            f"project {self.project_id!r} cannot go from {self.current!r} "
            f"to {self.requested!r}: allowed next phases are {ways}"
        )


@final
@frozen
class DanglingReference:
    """
    A reference to a thing that does not exist.

    Attributes:
        path: The path of the field that holds the reference.
        target: The identifier that it names.
        registry: The registry that does not hold it, such as "levers".
    """

    path: str
    target: str
    registry: str

    def __str__(self) -> str:
        return printable(f"{self.path} names {self.target!r}, which is not in {self.registry}", lines=False)


@final
@frozen
class DanglingReferenceError(LevierError, ValueError):
    """A portfolio refers to things that it does not hold; lists all these references."""

    references: tuple[DanglingReference, ...]

    def __str__(self) -> str:
        listed = "\n".join(f"  {reference}" for reference in self.references)
        return f"{len(self.references)} dangling reference(s); add what they name or remove them:\n{listed}"


@final
@frozen
class DuplicateItemsError(LevierError, ValueError):
    """The same identifier or key was given twice."""

    registry: str
    keys: tuple[str, ...]
    way_out: str = "keep one of each"

    def __str__(self) -> str:
        return f"{self.registry}: given more than once: {', '.join(self.keys)}; {self.way_out}"


@final
@frozen
class UnknownItemError(LevierError, KeyError):
    """An unknown identifier was looked up; the message suggests the nearest known ones."""

    registry: str
    key: object
    nearest: tuple[str, ...]

    def __str__(self) -> str:
        hint = f"; did you mean {', '.join(map(repr, self.nearest))}?" if self.nearest else ""
        return f"{self.key!r} is not in {self.registry}{hint}"


@final
@frozen
class MisappliedDifferenceError(LevierError, ValueError):
    """A difference was applied to a portfolio that it does not start from; lists each mismatch with its reason."""

    misfits: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        listed = "\n".join(f"  {subject} {why}" for subject, why in self.misfits)
        return (
            f"{len(self.misfits)} thing(s) do not stand as the difference found them; apply it to the portfolio that "
            f"it starts from, or take the difference anew:\n{listed}"
        )
