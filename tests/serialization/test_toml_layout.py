"""The layout of TOML and YAML for people: the order of the classes, no defaults, what is small on one line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from attrs import NOTHING, fields
from hypothesis import given
from hypothesis import strategies as st

from levier import Indicator, Lever, Method, Milestone, Observation, Portfolio, Project, Reform, Source, Territory
from levier.errors import InvalidValueError
from levier.instruments import InnovationLab, Instrument
from levier.model.levers import IntendedEffect
from levier.serialization import dump, load, toml, unstructure, yaml
from levier.serialization._declared import declared
from levier.serialization._toml_layout import Layout
from levier.testing.strategies import of

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "plan-ministere.toml"
INDICATOR = Indicator(id="i", label="I", unit="days")
FRANCE = Territory(id="FR", label="France")


def said(text: str) -> list[str]:
    """Return the lines of a TOML document that say something, in alphabetical order; not who wrote it."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return sorted(line for line in lines if not line.startswith("generator = "))


def test_a_plan_written_by_hand_is_written_so_again(tmp_path: Path) -> None:
    """The example, read and written, has the lines that people wrote, but for comments, blank lines and order."""
    plan = load(EXAMPLE)
    dump(plan, tmp_path / "plan.toml")
    written = (tmp_path / "plan.toml").read_text(encoding="utf-8")
    assert said(written) == said(EXAMPLE.read_text(encoding="utf-8"))
    assert load(tmp_path / "plan.toml") == plan


def test_fields_stand_in_the_order_of_their_class() -> None:
    """In each table, and in each object on a line, keys come in the order in which the class declares the fields."""
    document = tomllib.loads(toml.dumps(load(EXAMPLE)).decode())
    for noun, cls in (("levers", Lever), ("indicators", Indicator), ("observations", Observation)):
        declared_order = [each.name for each in fields(cls)]
        for item in document[noun]:
            simple = [key for key, value in item.items() if not isinstance(value, list)]
            assert simple == [name for name in declared_order if name in simple]


def test_one_observation_is_one_line() -> None:
    """Observations are inline tables, one a line, however long their texts are."""
    source = Source(id="s" * 100, title="S")
    long = Observation(indicator_id="i", period="2024", kind="actual", value="1", source_id=source.id)
    short = Observation(indicator_id="i", period="2023", kind="actual", value="1")
    lines = toml.dumps(Portfolio.of(INDICATOR, FRANCE, source, long, short)).decode().splitlines()
    start = lines.index("observations = [")
    assert lines[start + 1] == '  { indicator_id = "i", period = "2023", kind = "actual", value = "1" },'
    assert lines[start + 2].startswith('  { indicator_id = "i", period = "2024",')
    assert lines[start + 3] == "]"


def test_small_values_are_inline_and_others_are_tables() -> None:
    """An object without identifier that fits on a line is inline; one with an identifier, or too long, is a table."""
    effect = IntendedEffect(indicator_id="i", direction="increase")
    lever = Lever(id="a", label="A", effects=[effect])
    assert 'effects = [{ indicator_id = "i", direction = "increase" }]' in toml.dumps(lever).decode()
    wordy = IntendedEffect(indicator_id="j", source_id="s" * 100, direction="decrease")
    assert toml.dumps(lever.with_effects(wordy)).decode().count("\n[[effects]]\n") == 2
    project = Project(id="p", label="P", milestones=[Milestone(id="m", label="M", planned="2024")])
    milestone = ["", "[[milestones]]", 'id = "m"', 'label = "M"', 'planned = "2024"']
    assert toml.dumps(project).decode().splitlines() == ['id = "p"', 'label = "P"', *milestone]


def test_long_arrays_are_broken() -> None:
    """An array that does not fit on a line has one item a line."""
    sources = [f"a-source-with-a-long-name-{number}" for number in range(8)]
    lines = toml.dumps(Method(id="m", label="M", source_ids=sources)).decode().splitlines()
    assert lines[2:] == ["source_ids = [", *(f'  "{name}",' for name in sources), "]"]


def test_an_instrument_says_its_kind() -> None:
    """The key that tells the members of a union apart is written, although each class has one value of it only."""
    lab = InnovationLab(id="lab", label="Lab")
    for module in (toml, yaml):
        assert module.loads(module.dumps(lab), type=Instrument) == lab
        assert module.loads(module.dumps(Portfolio.of(lab))) == Portfolio.of(lab)


def test_null_is_refused() -> None:
    """TOML has no null; what holds one and is no field of ours cannot be written, rather than change in silence."""
    with pytest.raises(InvalidValueError, match="null"):
        list(Layout(str).lines({"x": {"y": None}}))


def test_what_has_no_class_stays_as_it_is() -> None:
    """Builtins that no class of ours describes keep their order."""
    assert declared(object(), {"b": 1, "a": []}) == {"b": 1, "a": []}


KEYS = st.text(st.characters(codec="utf-8"), max_size=4)
SCALARS = st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.text(st.characters(codec="utf-8"), max_size=60)
OBJECTS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    KEYS | st.sampled_from(["id", "entries", "observations"]),
    st.recursive(SCALARS, lambda of_them: st.lists(of_them, max_size=4) | st.dictionaries(KEYS, of_them, max_size=4)),
    max_size=5,
)


@given(OBJECTS)
def test_any_builtins_are_laid_out_without_loss(found: dict[str, Any]) -> None:
    """Whatever an object holds without null, its layout is TOML that says the same."""
    import tomli_w

    text = "".join(f"{line}\n" for line in Layout(tomli_w.dumps).lines(found))
    assert tomllib.loads(text) == found


@given(of(Portfolio))
def test_nothing_but_defaults_is_left_out(portfolio: Portfolio) -> None:
    """What is left out of a thing does not make another one: its constructor puts it back."""
    for noun in ("reforms", "projects", "funds"):
        for item in getattr(portfolio, noun).values():
            kept = {name: getattr(item, name) for name in declared(item, unstructure(item))}
            assert type(item)(**kept) == item
            assert {each.name for each in fields(type(item)) if each.default is NOTHING} <= kept.keys()


@given(of(Reform))
def test_a_value_by_itself_reads_back(reform: Reform) -> None:
    """A value without envelope is read back equal from TOML and YAML, and written with the same text again."""
    for module in (toml, yaml):
        written = module.dumps(reform)
        assert module.loads(written, type=Reform) == reform
        assert module.dumps(module.loads(written, type=Reform)) == written
