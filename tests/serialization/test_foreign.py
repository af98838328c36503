"""Problems survive in other people's errors: each keeps its path, with the application's own fields in front."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import attrs
import pytest
from cattrs import Converter
from hypothesis import given
from hypothesis import strategies as st

from levier import Euros, InvalidDocumentError, Method, Period, Phase, Project
from levier.errors import InvalidValueError, Problem, ProblemCode
from levier.model.periods import Day
from levier.serialization import loads, ndjson, problems_of, register_hooks, structure
from levier.serialization._problems import written


@attrs.frozen
class Page:
    """What an application holds, in lists, dictionaries and classes of its own."""

    visits: int
    main: Project
    others: list[Project] = attrs.field(factory=list)
    by_name: dict[str, Method] = attrs.field(factory=dict)
    below: list[Page] = attrs.field(factory=list)
    budget: Euros | None = None
    phase: Phase | None = None


GOOD: dict[str, Any] = {"visits": 1, "main": {"id": "p", "label": "P"}}


def refused(found: Any, kind: Any = Page, **settings: Any) -> tuple[Problem, ...]:
    """Return the problems that an application's converter finds."""
    with pytest.raises(Exception) as raised:  # noqa: PT011  # cattrs raises a group, or what we raised
        register_hooks(Converter(**settings)).structure(found, kind)
    return problems_of(raised.value)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({**GOOD, "main": {"id": "p", "label": ""}}, [(("main", "label"), "invalid-value")]),
        ({**GOOD, "main": 3}, [(("main",), "wrong-type")]),
        ({**GOOD, "main": {"id": "p"}}, [(("main", "label"), "missing-key")]),
        ({"visits": 1}, [(("main",), "missing-key")]),
        ({**GOOD, "visits": "many"}, [(("visits",), "invalid-value")]),
        ({**GOOD, "budget": "x", "phase": "nowhere"}, [(("budget",), "invalid-value"), (("phase",), "invalid-value")]),
        (
            {**GOOD, "others": [{"id": "a", "label": "A"}, {"id": "b", "label": "B", "x": 1, "y": 2}]},
            [(("others", 1, "x"), "unknown-key"), (("others", 1, "y"), "unknown-key")],
        ),
        ({**GOOD, "by_name": {"0": {"id": "m", "label": 3}}}, [(("by_name", "0", "label"), "wrong-type")]),
        (
            {**GOOD, "below": [GOOD, {**GOOD, "below": [{**GOOD, "main": {"id": "", "label": "P"}}]}]},
            [(("below", 1, "below", 0, "main", "id"), "invalid-value")],
        ),
    ],
)
def test_problems_are_read_out_of_a_group(found: Any, told: list[Any]) -> None:
    """All problems of our values and of the application's own fields come out, at any depth, with pointer and path."""
    problems = refused(found)
    assert [(each.path, each.code) for each in problems] == told
    assert [each.pointer for each in problems] == [written(path) for path, _ in told]


def test_extra_keys_of_the_application_are_problems() -> None:
    """Where the converter forbids extra keys, each is a problem at its place."""
    problems = refused({**GOOD, "below": [{**GOOD, "b": 1, "a": 2}]}, forbid_extra_keys=True)
    assert [(each.path, each.code) for each in problems] == [
        (("below", 0, "a"), "unknown-key"),
        (("below", 0, "b"), "unknown-key"),
    ]


def test_without_detail_the_first_error_is_ours() -> None:
    """A converter without detailed validation raises our error as it is, which has no path of the application."""
    (problem,) = refused({**GOOD, "main": {"id": "p", "label": ""}}, detailed_validation=False)
    assert problem.path == ("label",)


@pytest.mark.parametrize(("kind", "wrong"), [(Euros, "many"), (Period, "2019-13"), (Day, "20190614"), (Phase, "x")])
@pytest.mark.parametrize("is_text", [True, False])
def test_scalars_raise_problems_too(kind: Any, wrong: str, is_text: bool) -> None:
    """Whatever class of ours is structured, what is raised is an error of the document."""
    with pytest.raises(InvalidDocumentError) as raised:
        register_hooks(Converter()).structure(wrong if is_text else 3, kind)
    assert [each.path for each in raised.value.problems] == [()]


def test_errors_of_other_kinds() -> None:
    """A refusal of a constructor names its field; a group of anyone keeps no path; any other error is one problem."""
    (problem,) = problems_of(InvalidValueError("Page", 3, "a text", "title"))
    assert (problem.path, problem.code, problem.found) == (("title",), ProblemCode.INVALID_VALUE, "the number 3")
    group = ExceptionGroup("two", [ValueError("a"), KeyError("b")])
    assert [(each.path, each.message) for each in problems_of(group)] == [
        ((), "ValueError: a"),
        ((), "KeyError: 'b'"),
    ]


def test_other_notes_are_no_places() -> None:
    """A note that an application leaves on an error is no part of the path."""

    def read(found: Any, _: Any) -> Page:
        error = ValueError(f"{found} is odd")
        error.add_note("ask the author")
        raise error

    converter = register_hooks(Converter())
    converter.register_structure_hook(Page, read)
    with pytest.raises(ExceptionGroup) as raised:
        converter.structure([3], list[Page])
    (problem,) = problems_of(raised.value)
    assert (problem.path, problem.message) == ((0,), "ValueError: 3 is odd")


def test_keys_that_are_no_texts_are_written() -> None:
    """The key of a dictionary of the application is a text in the path; an index is a whole number."""
    problems = refused({2019: {"id": "m"}}, dict[int, Method])
    assert [each.path for each in problems] in ([(2019, "label")], [("2019", "label")])
    problems = refused({2.5: {"id": "m"}}, dict[float, Method])
    assert [each.path for each in problems] == [("2.5", "label")]


def test_of_a_pointer_alone() -> None:
    """A problem made with a pointer has the path that the pointer says."""
    found = Problem(pointer="/a~1b/0/c~0", code=ProblemCode.SYNTAX, message="odd")
    assert found.path == ("a/b", 0, "c~")
    assert Problem(pointer="", code=ProblemCode.SYNTAX, message="odd").path == ()
    for again in (copy.deepcopy(found), pickle.loads(pickle.dumps(found))):  # noqa: S301  # our own bytes
        assert again.path == found.path


def test_paths_of_documents() -> None:
    """In JSON and NDJSON, the path says the same as the pointer, with whole numbers for indexes."""
    text = '{"format": "levier", "version": 1, "methods": [{"id": "m", "label": 3}]}'
    lines = '{"format": "levier", "version": 1}\n{"methods": {"id": "m", "label": 3}}'
    for read, data, path in ((loads, text, ("methods", 0, "label")), (ndjson.loads, lines, ("methods", "label"))):
        with pytest.raises(InvalidDocumentError) as raised:
            read(data)
        (problem,) = raised.value.problems
        assert problem.path == path
        assert problem.pointer == written(path)


@given(st.lists(st.text(max_size=5) | st.integers(0, 99), max_size=4))
def test_pointer_and_path_agree(steps: list[str | int]) -> None:
    """At whatever place of the application a value of ours stands, pointer and path lead there."""
    kind: Any = Method
    found: Any = {"id": "m"}
    for step in reversed(steps):
        kind = dict[str, kind] if isinstance(step, str) else list[kind]  # type: ignore[valid-type]  # made at run time
        found = {step: found} if isinstance(step, str) else [{"id": "m", "label": "M"}] * 0 + [found]
    (problem,) = refused(found, kind)
    place = tuple(step if isinstance(step, str) else 0 for step in steps)
    assert problem.pointer == written((*place, "label"))
    with pytest.raises(InvalidDocumentError) as raised:
        structure({"id": "m"}, Method)
    assert problem.path[len(place) :] == raised.value.problems[0].path
