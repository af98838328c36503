"""The pages of the service."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from levier import (
    Day,
    InvalidDocumentError,
    LevierError,
    Portfolio,
    Project,
    budget,
    dumps,
    history,
    indicators,
    loads,
)
from levier.display.html import to_html
from levier.display.report import report
from levier.errors import Problem, UnknownItemError
from levier.serialization import to_builtins
from levier.serialization.pydantic import Adapter
from suivi.storage import Idea, PlanVersion, Task, latest
from suivi.tasks import KINDS

__all__ = ["service"]


def session(request: Request) -> Iterator[Session]:
    """Open a session for one request."""
    with Session(request.app.state.engine) as opened:
        yield opened


async def document(request: Request) -> bytes:
    """Return the body of a request as it is: levier reads it, so that problems have a line and a column."""
    return await request.body()


Opened = Annotated[Session, Depends(session)]
Document = Annotated[bytes, Depends(document)]
ProjectBody = Annotated[Project, Adapter, Body()]
AsOf = Annotated[Day, Adapter, Query()]
pages = APIRouter()


def service(engine: Engine) -> FastAPI:
    """Return the service, which keeps everything in one database."""
    app = FastAPI(title="Suivi des plans")
    app.state.engine = engine
    app.include_router(pages)
    app.exception_handler(InvalidDocumentError)(refuse_document)
    app.exception_handler(UnknownItemError)(miss)
    app.exception_handler(LevierError)(refuse)
    return app


def refuse_document(_: Request, error: InvalidDocumentError) -> JSONResponse:
    """Answer with all problems of a document, each with its place."""
    return JSONResponse({"detail": [_told(problem) for problem in error.problems]}, status_code=422)


def miss(_: Request, error: UnknownItemError) -> JSONResponse:
    """Answer that something is not there, and what comes near."""
    return JSONResponse({"detail": str(error)}, status_code=404)


def refuse(_: Request, error: LevierError) -> JSONResponse:
    """Answer with the sentence of a refusal."""
    return JSONResponse({"detail": str(error)}, status_code=422)


# ---------------------------------------------------------------- plans


@pages.put("/plans/{name}", status_code=201)
def store(name: str, document: Document, opened: Opened) -> dict[str, Any]:
    """Store a version of a plan."""
    return _stored(opened, name, loads(document))


@pages.get("/plans/{name}")
def show(name: str, request: Request, opened: Opened, number: int | None = None) -> Response:
    """Return the document of a plan, unless the client has it already."""
    document = dumps(_plan(opened, name, number))
    tag = f'"{sha256(document).hexdigest()}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    return Response(document, media_type="application/json", headers={"etag": tag})


@pages.put("/plans/{name}/projects/{project_id}", status_code=201)
def change_project(name: str, project_id: str, project: ProjectBody, opened: Opened) -> dict[str, Any]:
    """Store a version of a plan with one project changed."""
    if project.id != project_id:
        raise HTTPException(422, f"the address says {project_id!r}, the project {project.id!r}")
    return _stored(opened, name, _plan(opened, name).with_(project))


# ---------------------------------------------------------------- questions


@pages.get("/plans/{name}/progress")
def progress(name: str, as_of: AsOf, opened: Opened) -> list[Annotated[indicators.Progress, Adapter]]:
    """Return the progress of every series."""
    return list(indicators.progress_table(_plan(opened, name), as_of=as_of))


@pages.get("/plans/{name}/budget/{programme}/{year}")
def budget_year(name: str, programme: str, year: int, opened: Opened) -> Annotated[budget.BudgetYear, Adapter]:
    """Return one year of a budget programme."""
    return budget.year(_plan(opened, name), programme, year=year)


@pages.get("/plans/{name}/differences")
def differences(name: str, since: int, opened: Opened) -> Any:
    """Return what changed since a version."""
    return to_builtins(history.difference(_plan(opened, name, since), _plan(opened, name)))


@pages.get("/plans/{name}/report")
def show_report(name: str, as_of: AsOf, opened: Opened, lang: str = "fr") -> HTMLResponse:
    """Return the report as a page."""
    return HTMLResponse(to_html(report(_plan(opened, name), as_of=as_of, lang=lang)))


# ---------------------------------------------------------------- ideas


@pages.post("/ideas", status_code=201)
def propose(project: ProjectBody, opened: Opened) -> dict[str, int]:
    """Store an idea."""
    idea = Idea(project=project)
    opened.add(idea)
    opened.commit()
    return {"id": idea.id}


@pages.get("/ideas")
def ideas(label: str, opened: Opened) -> list[Annotated[Project, Adapter]]:
    """Return the ideas with a label."""
    found = select(Idea).where(Idea.project["value"]["label"].as_string() == label).order_by(Idea.id)
    return [idea.project for idea in opened.scalars(found)]


# ---------------------------------------------------------------- tasks


@pages.post("/plans/{name}/tasks", status_code=202)
def ask(name: str, kind: str, opened: Opened, arguments: Annotated[dict[str, str], Body()]) -> dict[str, int]:
    """Let a worker do something with the last version of a plan."""
    if kind not in KINDS:
        raise HTTPException(422, f"unknown task {kind!r}; known are {', '.join(KINDS)}")
    version = _version(opened, name)
    task = Task(kind=kind, name=name, number=version.number, arguments=arguments, result=None)
    opened.add(task)
    opened.commit()
    return {"id": task.id}


@pages.get("/tasks/{task_id}")
def show_task(task_id: int, opened: Opened) -> dict[str, Any]:
    """Return what came of a task."""
    task = opened.get(Task, task_id)
    if task is None:
        raise HTTPException(404, f"there is no task {task_id}")
    return {"done": task.result is not None, "result": task.result}


def _told(problem: Problem) -> dict[str, Any]:
    return {
        "path": list(problem.path),
        "code": problem.code.value,
        "message": problem.message,
        "line": problem.line,
        "column": problem.column,
    }


def _version(session: Session, name: str, number: int | None = None) -> PlanVersion:
    found = latest(session, name) if number is None else session.get(PlanVersion, (name, number))
    if found is None:
        raise HTTPException(404, f"there is no plan {name!r}" + ("" if number is None else f" of version {number}"))
    return found


def _plan(session: Session, name: str, number: int | None = None) -> Portfolio:
    return _version(session, name, number).plan


def _stored(session: Session, name: str, plan: Portfolio) -> dict[str, Any]:
    last = latest(session, name)
    version = PlanVersion(name=name, number=1 if last is None else last.number + 1, plan=plan)
    session.add(version)
    try:
        session.commit()
    except IntegrityError:
        raise HTTPException(409, f"somebody else stored version {version.number} at the same time") from None
    return {"name": name, "number": version.number}
