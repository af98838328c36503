"""Registries keep the laws of mappings, in the order of their identifiers, and change only into others."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.errors import DuplicateItemsError, InvalidValueError, UnknownItemError
from levier.model.levers import Lever, Method
from levier.model.registry import Registry, unknown_item
from levier.testing.scalars import identifiers

levers = st.builds(Lever, id=identifiers(), label=st.sampled_from(["One", "Other"]))
several = st.lists(levers, max_size=8, unique_by=lambda lever: lever.id)


@given(several, st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(items: list[Lever], random: Any) -> None:
    """Shuffled items make an equal registry, with the same hash, in the same order: that of their identifiers."""
    shuffled = list(items)
    random.shuffle(shuffled)
    assert Registry(shuffled) == Registry(items)
    assert hash(Registry(shuffled)) == hash(Registry(items)) == hash(Registry(items))
    assert list(Registry(shuffled)) == sorted(item.id for item in items)


@given(several)
def test_a_registry_is_a_mapping(items: list[Lever]) -> None:
    """Keys, values, items, length, membership and lookup agree with the dictionary of the same things."""
    registry, plain = Registry(items), {item.id: item for item in items}
    assert isinstance(registry, Mapping)
    assert dict(registry) == plain
    assert dict(registry.items()) == plain
    assert set(registry.keys()) == set(plain)
    assert list(registry.values()) == [plain[key] for key in sorted(plain)]
    assert len(registry) == len(plain)
    for key in [*plain, "\x00nowhere"]:
        assert (key in registry) is (key in plain)
        assert registry.get(key) == plain.get(key)
        assert registry.get(key, "none") == plain.get(key, "none")
    assert all(registry[key] == item for key, item in plain.items())


@given(several, several)
def test_with_replaces_and_adds(items: list[Lever], new: list[Lever]) -> None:
    """Adding is the union of dictionaries: what is new wins, and the registry it came from is as before."""
    registry = Registry(items)
    merged = {item.id: item for item in (*items, *new)}
    assert dict(registry.with_(*new)) == merged
    assert registry == Registry(items)
    assert registry.with_() == registry
    assert registry.with_(*new).with_(*new) == registry.with_(*new)


@given(several)
def test_without_takes_away(items: list[Lever]) -> None:
    """Taking away is the difference of dictionaries, and takes away only what is there."""
    registry = Registry(items)
    for gone in items:
        assert dict(registry.without(gone.id)) == {item.id: item for item in items if item is not gone}
        with pytest.raises(UnknownItemError):
            registry.without(gone.id).without(gone.id)
    assert registry.without(*registry) == Registry()


def test_all_duplicates_are_named() -> None:
    """Every identifier that is given twice is named, once, and every other is not."""
    given_twice = [Lever(id=key, label="x") for key in ("b", "a", "b", "c", "a", "a")]
    with pytest.raises(DuplicateItemsError) as caught:
        Registry(given_twice)
    assert caught.value.keys == ("a", "b")
    assert str(caught.value) == "the registry of Lever: given more than once: a, b; keep one of each"


def test_lookup_names_the_nearest() -> None:
    """An identifier that is not there is refused with those that look like it, as an error and as a KeyError."""
    registry = Registry([Lever(id=key, label="x") for key in ("digital", "consult", "deconcentrate")])
    with pytest.raises(KeyError) as caught:
        registry["digitel"]
    assert isinstance(caught.value, UnknownItemError)
    assert caught.value.nearest == ("digital",)
    with pytest.raises(UnknownItemError, match=r"^'zzz' is not in .* Lever, only 'consult', 'd.*', 'digital'$"):
        registry["zzz"]
    larger = registry.with_(Lever(id="invest", label="x"))
    with pytest.raises(UnknownItemError, match=r"^'zzz' is not in the registry of Lever$"):
        larger["zzz"]
    assert str(unknown_item("the levers", "digitel", ["digital"] * 3000)) == "'digitel' is not in the levers"
    with pytest.raises(UnknownItemError, match=r"^'zzz' is not in the registry, which is empty$"):
        Registry()["zzz"]


@pytest.mark.parametrize("items", [3, None, "ab", [3], [Lever(id="a", label="x"), "a"], [object()]], ids=repr)
def test_only_things_with_an_identifier_are_held(items: Any) -> None:
    """What is no sequence, or holds something without an identifier, is refused."""
    with pytest.raises(InvalidValueError, match=r"^Registry: expected things that have an id"):
        Registry(items)


def test_a_registry_equals_registries_only() -> None:
    """A dictionary of the same things, which can change, is not equal to a registry; nor is it hashed like one."""
    lever = Lever(id="digital", label="Digital")
    assert Registry([lever]) != {"digital": lever}
    assert Registry() != {}
    assert Registry() != Registry([lever])
    assert not hasattr(Registry([lever]), "__dict__")


many = st.integers(0, 1200).map(lambda count: [Lever(id=f"{number:04d}", label="One") for number in range(count)])


@given(many, st.lists(st.integers(0, 1300), max_size=20), st.lists(st.integers(0, 1199), max_size=20))
def test_pages_are_nobody_s_business(items: list[Lever], new: list[int], gone: list[int]) -> None:
    """A registry of many pages, changed in many places, is equal to one made afresh of the same things."""
    plain = {item.id: item for item in items}
    added = {f"{number:04d}": Lever(id=f"{number:04d}", label="Other") for number in new}
    registry = Registry(items).with_(*added.values())
    plain |= added
    left_out = {f"{number:04d}" for number in gone} & plain.keys()
    registry = registry.without(*left_out)
    for identifier in left_out:
        del plain[identifier]
    fresh = Registry(plain.values())
    assert registry == fresh
    assert registry.get(3, "none") == "none"  # type: ignore[call-overload]  # no text, no identifier
    assert hash(registry) == hash(fresh)
    assert list(registry.items()) == sorted(plain.items())
    assert len(registry) == len(plain)
    assert all(registry[identifier] is item for identifier, item in plain.items())
    assert not any(identifier in registry or registry.get(identifier) for identifier in left_out)


@given(many, st.lists(st.integers(0, 1300), max_size=20))
def test_changes_are_what_differs(items: list[Lever], new: list[int]) -> None:
    """Shared or not, two registries differ in what one would find by comparing every thing of both."""
    old = Registry(items)
    added = [Lever(id=f"{number:04d}", label="Other") for number in set(new)]
    later = old.with_(*added).without(*list(old)[:1])
    expected = {
        identifier: (old.get(identifier), later.get(identifier))
        for identifier in {*old, *later}
        if old.get(identifier) != later.get(identifier)
    }
    for other in (later, Registry(later.values())):
        assert {(before or after).id: (before, after) for before, after in old.changes(other)} == expected
    assert list(old.changes(Registry(items))) == []


def test_a_change_shares_the_rest() -> None:
    """One thing changed among ten thousand: the pages of the others are the very same objects."""
    old = Registry([Lever(id=f"{number:05d}", label="One") for number in range(10_000)])
    new = old.with_(Lever(id="05000", label="Other"))
    theirs, ours = set(map(id, new._pages)), set(map(id, old._pages))  # noqa: SLF001  # what a user cannot see
    assert len(theirs - ours) == 1


def test_only_what_names_a_parent_has_a_tree() -> None:
    """Methods stand below nothing: a tree of them is refused."""
    with pytest.raises(InvalidValueError, match="a parent_id, such as levers"):
        Registry([Method(id="nudge", label="Nudge")]).tree()


def test_a_large_registry_still_names_the_nearest() -> None:
    """Of ten thousand identifiers those around the place are compared, which finds a slip at the end of one."""
    large = Registry([Lever(id=f"{number:05d}", label="One") for number in range(10_000)])
    with pytest.raises(UnknownItemError) as caught:
        large["05000x"]
    assert "05000" in caught.value.nearest


def test_a_registry_cannot_be_filled_again() -> None:
    """To initialise a registry once more changes nothing of it; an identifier that is no text is refused."""
    held = Registry([Method(id="nudge", label="Nudge")])
    held.__init__([])  # type: ignore[misc]  # what nobody should write
    assert list(held) == ["nudge"]
    with pytest.raises(InvalidValueError, match="whose id is a text"):
        Registry([SimpleNamespace(id=1)])


def test_what_is_no_text_is_no_identifier() -> None:
    """A registry has nothing under a number or a list, and gives the default."""
    registry = Registry([Lever(id="digital", label="x")])
    odd: Any
    for odd in (3, []):
        assert registry.get(odd) is None
        assert registry.get(odd, "none") == "none"
    assert registry.get("digital") == registry["digital"]
