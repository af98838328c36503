"""Pickles of another release: completed or refused with both releases named, and never half built."""

from __future__ import annotations

import copy
import pickle
import pickletools
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier import Euros, Indicator, Method, Observation, Period, Phase, Portfolio, Project, Registry
from levier.errors import InvalidValueError, LevierError, OtherReleaseError, pickles
from levier.testing import build
from levier.testing.strategies import of

OURS = pickles.RELEASE
OTHER = "9.9.9"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the library its own release 9.9.9."""
    monkeypatch.setattr(pickles, "RELEASE", OTHER)


def rewritten(value: Any, change: Any) -> Any:
    """Return what this release reads of a value that another one pickled, with its fields changed."""
    path, _, names, values = value.__reduce__()[1]
    held = change(dict(zip(names, values, strict=True)))
    return pickles.restored(path, OTHER, tuple(held), tuple(held.values()))


def unpickled(data: bytes) -> Any:
    """Return what a pickle of our own holds."""
    return pickle.loads(data)  # noqa: S301  # our own


@pytest.mark.usefixtures("later")
def test_pickles_name_their_release() -> None:
    """The release stands in the pickle of an entity, a scalar, a collection, a term and an error."""
    error = InvalidValueError("a", "b", "c")
    for value in (build(Project), Euros(3), Period("2024"), Registry(), Phase.FRAMING, error):
        assert OTHER in [argument for _, argument, _ in pickletools.genops(pickle.dumps(value))]


@given(of(Portfolio))
def test_what_fits_is_read_from_another_release(portfolio: Portfolio) -> None:
    """A portfolio of a release that has the same fields is read equal, each value through its constructor."""
    theirs = pickle.dumps(portfolio).replace(OURS.encode(), OTHER[: len(OURS)].encode())
    assert unpickled(theirs) == portfolio


@given(of(Project) | of(Indicator) | of(Observation), st.data())
def test_new_fields_with_defaults_are_completed(value: Any, data: st.DataObject) -> None:
    """A pickle that lacks fields with defaults is the value with these defaults."""
    optional = [each.name for each in attrs.fields(type(value)) if each.default is not attrs.NOTHING]
    gone = data.draw(st.sets(st.sampled_from(optional)))
    defaults = attrs.evolve(value)
    held = {each.name: getattr(value, each.name) for each in attrs.fields(type(value)) if each.name not in gone}
    try:
        defaults = type(value)(**held)
    except LevierError:
        with pytest.raises(OtherReleaseError):
            rewritten(value, lambda _: held)
    else:
        assert rewritten(value, lambda _: held) == defaults


@given(of(Project), st.sampled_from(["colour", "x"]))
def test_unknown_fields_are_refused(project: Project, name: str) -> None:
    """A field that this release does not have is refused, with the field and both releases."""
    with pytest.raises(OtherReleaseError) as caught:
        rewritten(project, lambda held: held | {name: 1})
    error = caught.value
    assert (error.kind, error.written_by, error.read_by) == ("Project", OTHER, OURS)
    assert name in error.reason
    assert OTHER in str(error)
    assert OURS in str(error)


@given(of(Project))
def test_missing_required_fields_are_refused(project: Project) -> None:
    """A field without default that the other release did not have is refused, and no half of a value is made."""
    with pytest.raises(OtherReleaseError, match="missing: label"):
        rewritten(project, lambda held: {name: value for name, value in held.items() if name != "label"})


def test_values_that_are_refused_today_are_refused() -> None:
    """A field that had another type or meaning is refused by the constructor, with both releases."""
    for wrong in (3, "", None):
        with pytest.raises(OtherReleaseError, match=r"Method: pickled by levier 9\.9\.9.*label"):
            rewritten(build(Method), lambda held, wrong=wrong: held | {"label": wrong})


def test_the_same_release_with_other_fields_is_another_one() -> None:
    """Two states of a release that is being made may have other fields: nothing is half built then either."""
    path, release, names, values = build(Method).__reduce__()[1]
    with pytest.raises(OtherReleaseError, match="missing: label"):
        pickles.restored(path, release, names[:1], values[:1])


@pytest.mark.parametrize("path", ["levier.model.levers:Wizard", "levier.model.wizards:Wizard"])
def test_a_class_that_is_gone_is_refused(path: str) -> None:
    """A class that this release does not have is refused by its name, with both releases."""
    with pytest.raises(OtherReleaseError, match=r"Wizard: pickled by levier 9\.9\.9.*no such class"):
        pickles.restored(path, OTHER, (), ())


def test_scalars_terms_and_errors_of_another_release() -> None:
    """A text, a term or an error that only another release understands is refused with both releases, too."""
    for kind, held in ((Period, ("2023-X1",)), (Phase, ("abandoned",)), (Registry, (3,))):
        with pytest.raises(OtherReleaseError, match=rf"{kind.__name__}: pickled by levier 9\.9\.9"):
            pickles.made(kind.__name__, OTHER, kind, held)
        with pytest.raises((LevierError, TypeError)) as caught:
            pickles.made(kind.__name__, OURS, kind, held)
        assert not isinstance(caught.value, OtherReleaseError)
    with pytest.raises(OtherReleaseError, match="Euros"):
        pickles.made("Euros", OTHER, Euros.of_cents, ("x", "y"))
    _, (name, _, rebuild, (kind, held, notes)) = InvalidValueError("a", "b", "c").__reduce__()
    with pytest.raises(OtherReleaseError, match="InvalidValueError"):
        pickles.made(name, OTHER, rebuild, (kind, (*held, "more"), notes))


@pytest.mark.parametrize("state", [{"id": "p", "label": "P"}, {}, ()])
def test_pickles_without_release_are_refused(state: Any) -> None:
    """The state that attrs writes by itself does not say its release; it is refused, whatever it holds."""
    empty: Any = object.__new__(Project)
    with pytest.raises(OtherReleaseError, match="which release"):
        empty.__setstate__(state)


@given(of(Portfolio))
def test_a_pickle_of_today_is_the_value(portfolio: Portfolio) -> None:
    """With every protocol a portfolio comes back equal, with equal parts."""
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = unpickled(pickle.dumps(portfolio, protocol))
        assert again == portfolio
        assert hash(again) == hash(portfolio)


@given(of(Project) | of(Observation))
def test_copies_are_the_value(value: Any) -> None:
    """A frozen value is its own copy, shallow or deep, as a tuple is."""
    assert copy.copy(value) is value
    assert copy.deepcopy([value])[0] is value
