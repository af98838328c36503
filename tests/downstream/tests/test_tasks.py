"""The queue of tasks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from suivi.tasks import work

import levier
from levier import Portfolio, rules
from levier.serialization import to_builtins

PAGE = "/plans/ministry"
AS_OF = "2022-06-30"
ARGUMENTS = {"as_of": AS_OF}


@pytest.fixture(autouse=True)
def plan(client: TestClient, levier_portfolio: Portfolio) -> Portfolio:
    """The plan of the fixture, stored."""
    client.put(PAGE, content=levier.dumps(levier_portfolio))
    return levier_portfolio


def asked(client: TestClient, kind: str, arguments: dict[str, str]) -> int:
    """Ask for a task and return its number."""
    answer = client.post(f"{PAGE}/tasks", params={"kind": kind}, json=arguments)
    assert answer.status_code == 202, answer.text
    number: int = answer.json()["id"]
    return number


def worked(database: Engine) -> int:
    """Do all tasks that wait, and return how many there were."""
    done = 0
    with Session(database) as session:
        while work(session):
            done += 1
    return done


def test_a_check_is_done_later(client: TestClient, database: Engine, plan: Portfolio) -> None:
    """A task waits until a worker does it; its answer is that of the library."""
    number = asked(client, "check", ARGUMENTS)
    assert client.get(f"/tasks/{number}").json() == {"done": False, "result": None}
    assert worked(database) == 1
    assert client.get(f"/tasks/{number}").json() == {
        "done": True,
        "result": {"answer": to_builtins(rules.check(plan, as_of=AS_OF))},
    }


def test_a_task_is_about_the_version_that_was_asked_of(client: TestClient, database: Engine, plan: Portfolio) -> None:
    """A version stored after the question does not change the answer."""
    number = asked(client, "check", ARGUMENTS)
    client.put(PAGE, content=levier.dumps(Portfolio()))
    worked(database)
    found = client.get(f"/tasks/{number}").json()["result"]["answer"]
    assert found == to_builtins(rules.check(plan, as_of=AS_OF))


def test_a_report_is_written_later(client: TestClient, database: Engine) -> None:
    """The report comes in the language that was asked for."""
    numbers = [asked(client, "report", {**ARGUMENTS, "lang": lang}) for lang in ("fr", "en")]
    worked(database)
    french, english = (client.get(f"/tasks/{number}").json()["result"]["answer"] for number in numbers)
    assert french.startswith("# ")
    assert english.startswith("# ")
    assert french != english


def test_a_task_that_is_refused_says_why(client: TestClient, database: Engine) -> None:
    """A worker goes on after a task that cannot be done, and the task has the sentence of the refusal."""
    number = asked(client, "check", {"as_of": "2023-06-31"})
    other = asked(client, "check", ARGUMENTS)
    assert worked(database) == 2
    assert "2023-06-31" in client.get(f"/tasks/{number}").json()["result"]["refused"]
    assert "answer" in client.get(f"/tasks/{other}").json()["result"]


def test_workers_share_the_work(client: TestClient, database: Engine) -> None:
    """Four workers at once do each of twelve tasks once, in threads that share the library."""
    numbers = [asked(client, "report", ARGUMENTS) for _ in range(12)]
    with ThreadPoolExecutor(4) as workers:
        done = sum(workers.map(lambda _: worked(database), range(4)))
    assert done == 12
    answers = {client.get(f"/tasks/{number}").json()["result"]["answer"] for number in numbers}
    assert len(answers) == 1


def test_an_unknown_task_is_refused(client: TestClient) -> None:
    """The queue takes only what a worker can do."""
    assert client.post(f"{PAGE}/tasks", params={"kind": "dance"}, json=ARGUMENTS).status_code == 422
