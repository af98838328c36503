"""What is kept in PostgreSQL: every version of each plan, ideas of projects, and tasks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKeyConstraint, Identity, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

from levier import Portfolio, Project
from levier.serialization import FORMAT_VERSION, structure, unstructure

__all__ = ["Base", "Idea", "Levier", "PlanVersion", "Task", "latest"]


class Levier(TypeDecorator[Any]):
    """A value of a class of levier in a column of JSON, with the version in which it was written."""

    impl = JSONB
    cache_ok = True

    def __init__(self, kind: type[Any]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, _: Dialect) -> Any:
        """Return what is stored."""
        return None if value is None else {"version": FORMAT_VERSION, "value": unstructure(value)}

    def process_result_value(self, value: Any, _: Dialect) -> Any:
        """Return the value that was stored."""
        return None if value is None else structure(value["value"], self.kind, version=value["version"])


class Base(DeclarativeBase):
    """The tables of the service."""


class PlanVersion(Base):
    """One version of a plan; versions of a plan are numbered from 1 and never change."""

    __tablename__ = "plan_versions"

    name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    plan: Mapped[Portfolio] = mapped_column(Levier(Portfolio))


class Idea(Base):
    """A project that was proposed and is in no plan yet."""

    __tablename__ = "ideas"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    project: Mapped[Project] = mapped_column(Levier(Project))


class Task(Base):
    """Work to be done later on one version of a plan; *result* is `None` until it is done."""

    __tablename__ = "tasks"
    __table_args__ = (ForeignKeyConstraint(["name", "number"], [PlanVersion.name, PlanVersion.number]),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    number: Mapped[int]
    arguments: Mapped[dict[str, Any]] = mapped_column(JSONB)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


def latest(session: Session, name: str) -> PlanVersion | None:
    """Return the last version of a plan, or `None` if there is none."""
    versions = select(PlanVersion).where(PlanVersion.name == name).order_by(PlanVersion.number.desc())
    return session.scalars(versions.limit(1)).first()
