"""Public bodies: registration numbers against python-stdnum, and the names they bore."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import siren, siret

from levier import Portfolio, Registry
from levier.errors import InvalidValueError
from levier.model.dating import known_since
from levier.model.organisations import DatedName, Organisation, is_siren, is_siret, name_on
from levier.testing.scalars import siren_numbers, siret_numbers

LA_POSTE = "356000000"


def digits(count: int) -> st.SearchStrategy[str]:
    """Texts of so many digits."""
    return st.text("0123456789", min_size=count, max_size=count)


@given(digits(9) | siren_numbers() | st.text("0123456789", max_size=16))
def test_siren_agrees_with_stdnum(number: str) -> None:
    """A text of digits is a SIREN when python-stdnum, written by others, says that it is."""
    assert is_siren(number) is siren.is_valid(number)


@given(
    digits(14)
    | siren_numbers().flatmap(siret_numbers)
    | siren_numbers().flatmap(lambda number: digits(5).map(number.__add__))
    | st.text("0123456789", max_size=16)
)
def test_siret_agrees_with_stdnum(number: str) -> None:
    """A text of digits is a SIRET when python-stdnum, written by others, says that it is."""
    assert is_siret(number) is siret.is_valid(number)


@given(digits(5))
def test_la_poste_counts_its_own_way(office: str) -> None:
    """An office of La Poste is checked by the sum of its digits, its head office alone by the Luhn sum."""
    number = LA_POSTE + office
    assert is_siret(number) is siret.is_valid(number)
    assert is_siret(LA_POSTE + "00048")


@pytest.mark.parametrize(
    "number",
    [
        "",
        "130 005 481",
        "\uff11\uff13\uff10\uff10\uff10\uff15\uff14\uff18\uff11",
        "13000548A",
        "130005481\n",
        "²²²²²²²²²",
    ],
)
def test_only_plain_digits_are_a_number(number: str) -> None:
    """Spaces, letters and digits of other scripts are refused, with a SIREN in front as well."""
    assert not is_siren(number)
    assert not is_siret(number)
    assert not is_siret("130005481" + number[:5])


def body(**written: object) -> Organisation:
    """Return France Travail, with what the test says of it."""
    return Organisation(**{"id": "france-travail", "label": "France Travail", "kind": "operator", **written})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({"siren": 130005481}, "siren"),
        ({"siren": "130005482"}, "siren"),
        ({"siret": None}, "siret"),
        ({"siret": "13000548100011"}, "siret"),
        ({"siren": "356000000", "siret": "13000548100010"}, "siret"),
    ],
)
def test_wrong_numbers_are_refused(written: dict[str, object], field: str) -> None:
    """A number that is no text, fails its check digit, or is of another body, is refused in its field's name."""
    with pytest.raises(InvalidValueError) as caught:
        body(**written)
    assert caught.value.field == field


def test_a_siret_stands_without_its_siren() -> None:
    """A body may be known by its establishment alone."""
    assert body(siret="13000548100010").siren == ""


def test_the_order_of_names_never_decides() -> None:
    """Where two names cover a day, as in the year of a change, the earlier one holds, in whatever order they stand."""
    names = [DatedName(name="Pôle emploi", period="2008-12-19/2023-12-31"), DatedName(name="ANPE", period="1967/2008")]
    assert {body(names=listed).name_on("2008-12-20") for listed in (names, names[::-1])} == {"ANPE"}


def test_a_name_without_a_known_start_is_the_earliest() -> None:
    """A name borne until some year was borne before it too, and precedes the one that overlaps its last year."""
    names = [DatedName(name="ANPE", period="../2008"), DatedName(name="Pôle emploi", period="2008/2023")]
    assert [name_on(names, day, otherwise="?") for day in ("1990-01-01", "2008-06-01", "2010-01-01", "2024-01-01")] == [
        "ANPE", "ANPE", "Pôle emploi", "?",
    ]  # fmt: skip
    body = Organisation(id="ft", label="France Travail", kind="other", names=names)
    assert known_since(body, Registry()) is None
    assert Portfolio.of(body).as_of("1990-01-01").organisations["ft"].label == "ANPE"


def test_names_are_those_of_the_day() -> None:
    """A body bears the earliest dated name that covers the day, and its label where none does."""
    travail = body(
        names=[
            DatedName(name="Undated"),
            DatedName(name="ANPE", period="1967/2008"),
            DatedName(name="Pôle emploi", period="2008-12-19/2023-12-31"),
        ]
    )
    assert travail.name_on("2008-12-19") == "ANPE"  # the year 2008 covers it too
    assert travail.name_on("2019-06-14") == "Pôle emploi"
    assert travail.name_on("2024-01-01") == "France Travail"
    with pytest.raises(InvalidValueError):
        travail.name_on("now")
