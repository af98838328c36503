"""What equals its default is not written, in any format; what is written all the same is read to the same value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from random import Random
from typing import Any, Literal

import pytest
from attrs import NOTHING, Factory, field, fields, frozen, has
from hypothesis import given
from hypothesis import strategies as st

from levier import Euros, Indicator, Method, Observation, Portfolio, Project, Territory, catalogue, dumps, loads
from levier.errors import InvalidDocumentError, InvalidValueError
from levier.instruments import CommunityHub
from levier.model._shapes import class_of, hints_of
from levier.serialization import json as ours
from levier.serialization import ndjson, structure, toml, unstructure, yaml
from levier.serialization.envelope import digest_of
from levier.serialization.schema import _public_classes
from levier.testing import samples
from levier.testing.strategies import of
from whole import whole, whole_document

in_bulk = ours._fast  # noqa: SLF001  # it returns `None` for a document that is read item by item
CLASSES = [kind for kind in _public_classes() if isinstance(kind, type) and has(kind)]


def without_defaults(value: Any) -> Any:
    """Return the builtins of a value without what equals its default, by another computation than the writer's."""
    if has(type(value)):
        hints = hints_of(type(value))
        held = {each.name: (getattr(value, each.name), each.default) for each in fields(type(value))}
        return {
            name: without_defaults(part)
            for name, (part, default) in held.items()
            if default is NOTHING or class_of(hints[name]) is Literal or part != _made(default)
        }
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [without_defaults(part) for part in value]
    return [without_defaults(part) for part in value.values()] if isinstance(value, Mapping) else unstructure(value)


def _made(default: Any) -> Any:
    return default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_what_equals_its_default_is_left_out(kind: Any, data: st.DataObject) -> None:
    """Nothing but what differs from its default is written; the whole form and the short one read to one value."""
    hint = kind[Euros] if getattr(kind, "__parameters__", ()) else kind
    value = data.draw(of(hint))
    written = unstructure(value)
    assert written == without_defaults(value)
    for form in (written, whole(value)):
        assert structure(form, hint) == value
        assert kind is Portfolio or loads(json.dumps(form), type=hint) == value


def some_written(found: Any, everything: Any, draws: Random) -> Any:
    """Return a document between the short form and the whole one: some defaults are written, others are not."""
    if isinstance(everything, dict):
        return {
            key: some_written(found.get(key, part), part, draws) if key in found else part
            for key, part in everything.items()
            if key in found or draws.random() < 0.5
        }
    if isinstance(everything, list) and len(found) == len(everything):
        return [some_written(short, long, draws) for short, long in zip(found, everything, strict=True)]
    return everything


@given(of(Portfolio), st.randoms(use_true_random=False))
def test_defaults_may_be_written(portfolio: Portfolio, draws: Random) -> None:
    """A document that writes all defaults, or some, is read in bulk, to the same value and the same bytes."""
    short, everything = json.loads(dumps(portfolio)), whole_document(portfolio)
    for document in (short, everything, some_written(short, everything, draws)):
        read = in_bulk(json.dumps(document).encode())
        assert read == portfolio
        assert dumps(read) == dumps(portfolio)
        assert toml.loads(toml.dumps(portfolio)) == yaml.loads(yaml.dumps(portfolio)) == portfolio


def objects_in(found: Any) -> list[dict[str, Any]]:
    """Return the objects in builtins whose keys are fields: own keys are no fields."""
    if isinstance(found, dict):
        return [found, *(each for key, part in found.items() if key != "extra" for each in objects_in(part))]
    return [each for part in found for each in objects_in(part)] if isinstance(found, list) else []


@given(of(Portfolio), st.randoms(use_true_random=False))
def test_no_default_hides_an_unknown_key(portfolio: Portfolio, draws: Random) -> None:
    """However many defaults are written or left out, one unknown key and one repeated key are each refused."""
    short, everything = json.loads(dumps(portfolio)), whole_document(portfolio)
    document = some_written(short, everything, draws)
    changed = deepcopy(document)
    draws.choice(objects_in(changed))["wizard"] = None
    with pytest.raises(InvalidDocumentError, match="unknown key 'wizard'"):
        loads(json.dumps(changed))
    text = json.dumps(document, separators=(",", ":"))
    pairs = [place for place in range(len(text)) if text.startswith('"label":"', place)]
    if pairs:
        place = draws.choice(pairs)
        with pytest.raises(InvalidDocumentError, match="label"):
            loads(f'{text[:place]}"label":"x",{text[place:]}')


def test_equal_values_have_equal_bytes_however_they_were_made() -> None:
    """A default that another object is, equal to ours, is left out as ours is."""
    usual = {"indicator_id": "i", "period": "2020", "kind": "actual", "value": 1}
    nation, first = bytes([70, 82]).decode(), int("1000") - 999
    for row in (Observation(**usual), Observation(**usual, territory_id=nation, definition=first, state="measured")):  # type: ignore[arg-type]
        assert dumps(row) == b'{"indicator_id":"i","kind":"actual","period":"2020","value":"1"}'
    assert dumps(Observation(**usual, definition=2))[:16] == b'{"definition":2,'  # type: ignore[arg-type]


def test_some_keys_are_always_written() -> None:
    """What tells the class of an object, what has no default, and the envelope stand in every document."""
    assert unstructure(CommunityHub(id="h", label="H")) == {"id": "h", "kind": "community-hub", "label": "H"}
    assert json.loads(dumps(Portfolio())).keys() == {"format", "version", "generator"}
    assert loads(dumps(Portfolio())) == Portfolio()
    assert unstructure(Project(id="p", label="P")) == {"id": "p", "label": "P"}


def test_every_format_leaves_them_out() -> None:
    """The text of a method is its identifier and its label in every format."""
    plan = Portfolio.of(Method(id="m", label="M"))
    assert ndjson.dumps(plan).splitlines()[1] == b'{"methods":{"id":"m","label":"M"}}'
    assert toml.loads(toml.dumps(plan)) == yaml.loads(yaml.dumps(plan)) == plan
    for written in (toml.dumps(plan), yaml.dumps(plan)):
        assert b"label_en" not in written
        assert b"projects" not in written


def test_a_digest_holds_with_and_without_defaults() -> None:
    """The digest is that of the value; that of what is written, defaults and all, is accepted too."""
    plan = Portfolio.of(Territory(id="FR", label="France"), Indicator(id="i", label="I", unit="days"))
    everything = whole_document(plan)
    short = json.loads(dumps(plan, digest=True))["digest"]
    assert short == digest_of({"indicators": plan.indicators, "territories": plan.territories})
    assert short != digest_of(everything)
    for digest in (short, digest_of(everything)):
        assert loads(json.dumps(everything | {"digest": digest})) == plan
    with pytest.raises(InvalidDocumentError, match="digest"):
        loads(json.dumps(everything | {"digest": "sha256:00"}))


def test_the_catalogue_is_a_fifth_smaller() -> None:
    """What was shipped as 157 kB of JSON is written in 130 at most."""
    plan = catalogue.action_publique_2022()
    assert len(json.dumps(whole_document(plan), ensure_ascii=False, separators=(",", ":")).encode()) > 150_000
    assert len(dumps(plan)) < 130_000


def test_a_sample_is_read_in_bulk_either_way() -> None:
    """A document that is written whole is not read item by item."""
    plan = samples.portfolio(projects=20)
    for data in (dumps(plan), json.dumps(whole_document(plan)).encode()):
        assert in_bulk(data) == plan


@frozen
class _OfAnApplication:
    """A class of an application that holds values of ours."""

    method: Method
    amounts: tuple[Euros, ...] = ()
    rate: Decimal = Decimal("1.50")
    label: str = field(default=Factory(lambda self: self.method.label, takes_self=True))


def test_classes_of_an_application_are_written_alike() -> None:
    """What holds our values is written as ours are; a default that depends on the object is always written."""
    method = Method(id="m", label="M")
    assert unstructure(_OfAnApplication(method)) == {"label": "M", "method": {"id": "m", "label": "M"}}
    held = _OfAnApplication(method, (Euros(1),), Decimal("1.20"))
    assert unstructure(held)["amounts"] == ["1.00"]
    assert unstructure(held)["rate"] == "1.20"
    assert unstructure({"b": [method, None], "a": (Euros(2), "x")}) == {
        "a": ["2.00", "x"],
        "b": [{"id": "m", "label": "M"}, None],
    }
    with pytest.raises(InvalidValueError, match="unstructure"):
        unstructure(object())


def test_an_object_without_fields_is_an_empty_object() -> None:
    """A class of an application that has no fields is written as an object without keys."""

    @frozen
    class Nothing:
        pass

    assert unstructure({"held": [Nothing(), Nothing()]}) == {"held": [{}, {}]}


@given(st.lists(of(Observation), min_size=1, max_size=4), st.integers(510, 1030))
def test_many_are_written_as_each_is(few: list[Observation], count: int) -> None:
    """However many objects are written at once, each is written as it is alone."""
    many = [few[place % len(few)] for place in range(count)]
    assert unstructure(tuple(many)) == [unstructure(few[place % len(few)]) for place in range(count)]


def test_runs_of_objects_and_defaults_only() -> None:
    """More objects than are read at once, those of one run with all defaults and those of the next without."""
    bare = Observation(indicator_id="a", period="2020", kind="actual", value=1)
    full = Observation(indicator_id="a", period="2020", kind="actual", value="2.50", source_id="s", sample_size=3)
    numbers = [Observation(indicator_id="a", period="2020", kind="actual", value=number) for number in range(70_000)]
    assert (
        dumps((*[bare] * 600, *[full] * 600))
        == dumps((bare,))[:-1] + b"," + b",".join([dumps(bare)] * 599 + [dumps(full)] * 600) + b"]"
    )
    assert [row["value"] for row in unstructure(tuple(numbers))] == [str(number) for number in range(70_000)]
