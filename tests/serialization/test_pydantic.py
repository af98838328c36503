"""Values of ours in models of pydantic: read, refused, written and described as levier does."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError

from levier import Euros, InvalidDocumentError, Method, Period, Phase, Portfolio, Project, Reform
from levier.errors import InvalidValueError
from levier.indicators import Progress, progress
from levier.instruments import Instrument
from levier.model.identifiers import LeverId
from levier.model.instruments import AnyInstrument
from levier.serialization import problems_of, structure, to_builtins, unstructure
from levier.serialization.pydantic import Adapter, IgnoringAdapter
from levier.testing import build
from levier.testing.strategies import of


class Page(BaseModel):
    """A model of an application, with fields of ours."""

    title: str
    project: Annotated[Project, Adapter]
    either: Annotated[Project | Reform, Adapter] | None = None
    methods: list[Annotated[Method, Adapter]] = []
    amount: Annotated[Euros, Adapter] | None = None
    period: Annotated[Period | None, Adapter] = None
    phase: Annotated[Phase, Adapter] = Phase.FRAMING
    told: Annotated[AnyInstrument | None, Adapter] = None
    progress: Annotated[Progress, Adapter] | None = None
    below: list[Page] = []


FOUND: dict[str, Any] = {"title": "Plan", "project": {"id": "p", "label": "P"}}


def page(**more: Any) -> Page:
    """Return a page with something of everything."""
    return Page(
        title="Plan",
        project=Project(id="p", label="P", calendar="2019"),
        either=Reform(id="r", label="R"),
        methods=[Method(id="m", label="M")],
        amount=Euros("12.50"),
        period=Period("2019"),
        told=build(Instrument),
        **more,
    )


def test_a_model_survives_json() -> None:
    """What a model holds is written and read back, and stays as it is in Python."""
    made = page()
    assert Page.model_validate_json(made.model_dump_json()) == made
    assert Page.model_validate(json.loads(made.model_dump_json())) == made
    assert made.model_dump()["project"] is made.project
    assert made.model_dump(mode="json")["project"] == unstructure(made.project)
    assert made.model_dump(mode="json")["either"]["_type"] == "Reform"


def test_results_are_written() -> None:
    """A result is written in its form, and taken as it is; builtins of one are not read."""
    found = progress(baseline=1, actual=2, target=4, direction="increase")
    assert page(progress=found).model_dump(mode="json")["progress"] == to_builtins(found)
    with pytest.raises(ValidationError):
        TypeAdapter(Annotated[Progress, Adapter]).validate_python(to_builtins(found))


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_schema_is_ours(mode: Any) -> None:
    """The schema of a model refers to our definitions, named apart from the application's, and holds."""
    schema = Page.model_json_schema(mode=mode, ref_template="#/$defs/{model}")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    found = progress(baseline=1, actual=2, target=4, direction="increase")
    assert validator.is_valid(page(progress=found).model_dump(mode="json"))
    assert not validator.is_valid({**FOUND, "project": {"id": "p", "label": "P", "colour": "red"}})
    assert not validator.is_valid({**FOUND, "amount": 3})
    shown = schema["$defs"]["Page"]["properties"]["project"]
    assert shown == {"$ref": "#/$defs/LevierProject"}


def test_every_problem_is_told_at_its_place() -> None:
    """Pydantic tells all problems, of ours and of the application, with the application's fields in front."""
    found = {
        "title": 3,
        "project": {"id": "", "label": "P", "colour": {"a": 1}},
        "methods": [{"id": "m", "label": "M"}, {"id": "n"}],
        "amount": "many",
        "below": [{**FOUND, "project": 3}],
        "either": {"id": "x", "label": "X"},
    }
    with pytest.raises(ValidationError) as raised:
        Page.model_validate(found)
    told = {
        ("title",): "wrong-type",
        ("project", "id"): "invalid-value",
        ("project", "colour"): "unknown-key",
        ("methods", 1, "label"): "missing-key",
        ("amount",): "invalid-value",
        ("below", 0, "project"): "wrong-type",
        ("either", "_type"): "missing-key",
    }
    assert {each.path: each.code for each in problems_of(raised.value)} == told
    inputs = {each["loc"]: each["input"] for each in raised.value.errors()}
    assert inputs["project", "colour"] == {"a": 1}
    assert inputs["methods", 1, "label"] == {"id": "n"}


def test_problems_of_pydantic_alone() -> None:
    """What is missing or forbidden in a model of an application has the code that it has in a document."""

    class Strict(BaseModel, extra="forbid"):
        number: int

    with pytest.raises(ValidationError) as raised:
        Strict.model_validate({"other": 1})
    assert {each.path: each.code for each in problems_of(raised.value)} == {
        ("number",): "missing-key",
        ("other",): "unknown-key",
    }
    with pytest.raises(ValidationError) as raised:
        Strict.model_validate({"number": "x"})
    assert [each.code for each in problems_of(raised.value)] == ["invalid-value"]


@given(of(Portfolio))
def test_whole_portfolios_pass(plan: Portfolio) -> None:
    """A portfolio is written and read as `unstructure` and `structure` do, and is valid by the schema."""
    adapter: TypeAdapter[Portfolio] = TypeAdapter(Annotated[Portfolio, Adapter])
    written = adapter.dump_python(plan, mode="json")
    assert written == unstructure(plan)
    assert adapter.validate_python(written) == plan


@pytest.mark.parametrize("found", [{"id": "p"}, 3, None, {"id": "p", "label": "P", "steps": [{"phase": "x"}]}])
def test_the_same_problems_as_structure(found: Any) -> None:
    """What `structure` tells of some builtins, pydantic tells."""
    with pytest.raises(InvalidDocumentError) as ours:
        structure(found, Project)
    with pytest.raises(ValidationError) as theirs:
        TypeAdapter(Annotated[Project, Adapter]).validate_python(found)
    assert [(each.path, each.code, each.found, each.expected) for each in problems_of(theirs.value)] == [
        (each.path, each.code, each.found, each.expected) for each in ours.value.problems
    ]


def test_without_pydantic() -> None:
    """Where pydantic is not installed, the extra is named."""
    program = """
import sys
sys.modules["pydantic_core"] = None
try:
    import levier.serialization.pydantic
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert 'pip install "levier[pydantic]"' in done.stdout


def test_an_application_may_ignore_keys_of_later_releases() -> None:
    """One adapter refuses what it does not know, the other leaves it out; everything else they do alike."""
    later = {
        "id": "p",
        "label": "P",
        "mood": "good",
        "milestones": [{"id": "m", "label": "M", "planned": "2020", "x": 1}],
    }
    strict, lenient = TypeAdapter(Annotated[Project, Adapter]), TypeAdapter(Annotated[Project, IgnoringAdapter])
    read = lenient.validate_python(later)
    assert read == structure(later, Project, unknown="ignore")
    with pytest.raises(ValidationError, match="mood"):
        strict.validate_python(later)
    with pytest.raises(ValidationError, match="label"):
        lenient.validate_python({"id": "p", "label": ""})
    assert lenient.dump_json(read) == strict.dump_json(read)
    assert lenient.json_schema() == strict.json_schema()


@pytest.mark.parametrize("kind", [list[Project], dict[str, Euros], tuple[Project, ...], list, float, Project | float])
def test_what_is_none_of_ours_is_no_type_of_the_adapter(kind: Any) -> None:
    """A list would be taken as it is, whatever it holds; so the adapter stands at the items, and says so."""
    with pytest.raises(InvalidValueError, match="Annotated"):
        TypeAdapter(Annotated[kind, Adapter])


def test_identifiers_and_amounts_are_types_too() -> None:
    """An identifier is a text, which is always checked; a day and a decimal are read as in documents."""
    identifier = TypeAdapter(Annotated[LeverId | None, Adapter])
    assert identifier.validate_python("digital") == "digital"
    assert identifier.validate_python(None) is None
    with pytest.raises(ValidationError, match="identifier"):
        identifier.validate_python("two words")
    assert TypeAdapter(Annotated[Decimal, Adapter]).validate_python("1.5") == Decimal("1.5")
