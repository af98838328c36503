"""Public bodies: registration numbers against python-stdnum, and the names they bore."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import siren, siret

from levier import Day, Period, Portfolio, Registry
from levier.errors import InvalidValueError
from levier.model.dating import known_since
from levier.model.establishments import Establishment
from levier.model.names import DatedName, name_on
from levier.model.organisations import Organisation
from levier.model.sirene import is_siren, is_siret
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


def test_the_offices_of_la_poste_add_up_to_a_multiple_of_five() -> None:
    """Two published offices of La Poste, and the same with another last digit."""
    assert [is_siret(number) for number in ("35600000049837", "35600000049838", "35600000000048")] == [
        True,
        False,
        True,
    ]


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
        ({"establishments": [Establishment(siret="13000548100010")]}, "establishments"),  # of no SIREN
        ({"siren": "356000000", "establishments": [Establishment(siret="13000548100010")]}, "establishments"),
    ],
)
def test_wrong_numbers_are_refused(written: dict[str, object], field: str) -> None:
    """A number that is no text, fails its check digit, or is of another body, is refused in its field's name."""
    with pytest.raises(InvalidValueError) as caught:
        body(**written)
    assert caught.value.field == field


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


def moved(*establishments: Establishment) -> Organisation:
    """Return France Travail with these establishments."""
    return body(siren="130005481", establishments=establishments)


OLD, NEW = "13000548100010", "13000548100028"


def test_the_siret_of_a_day_is_that_of_its_head_office() -> None:
    """A body that moved has one SIRET before and another since; in the year of the move, the earlier one."""
    held = moved(
        Establishment(siret=NEW, period="2019-07/..", head_office="2020/.."),
        Establishment(siret=OLD, period="2008-12-19/2023-12-31", head_office="2008/2020"),
    )
    days = ("2008-12-18", "2008-12-19", "2020-06-14", "2021-01-01", "2024-01-01")
    assert [held.siret_on(day) for day in days] == ["", OLD, OLD, NEW, NEW]
    assert [one.siret for one in held.establishments_on("2021-06-14")] == [NEW, OLD]
    assert [one.siret for one in held.establishments_on("2024-06-14")] == [NEW]
    assert held.head_office_on("2000-01-01") is None


def test_the_only_open_establishment_stands_for_a_head_office() -> None:
    """Where nothing says which one is the head office, the only one open has the SIRET; one of several has not."""
    closed, undated = Establishment(siret=OLD, period="2008-12-19/2019-12-31"), Establishment(siret=NEW)
    assert moved(undated).siret_on("2019-06-14") == NEW
    assert moved(closed, undated).siret_on("2020-01-01") == NEW
    assert moved(closed, undated).siret_on("2019-06-14") == ""
    assert moved(closed).siret_on("2020-01-01") == ""
    assert body().siret_on("2020-01-01") == ""
    assert (closed.is_open_on("2020-01-01"), undated.is_open_on("2020-01-01")) == (False, None)
    with pytest.raises(InvalidValueError):
        moved(closed).siret_on("now")


@given(st.from_type(Organisation), st.from_type(Day))
def test_the_siret_of_a_day_is_one_of_its_own(held: Organisation, day: Day) -> None:
    """The SIRET of any day is empty, or begins with the SIREN and is of an establishment that was not closed."""
    siret = held.siret_on(day)
    assert siret.startswith(held.siren) or not siret
    assert siret in {"", *(one.siret for one in held.establishments_on(day))}
    assert all(one.siren == held.siren for one in held.establishments)


def test_a_head_office_of_a_later_day_is_not_known_yet() -> None:
    """As of a day, an establishment that opened later is not there, and a later head office is not one yet."""
    plan = Portfolio.of(
        moved(
            Establishment(siret=OLD, period="2008/..", head_office="2008/2020"),
            Establishment(siret=NEW, period="2015/..", head_office="2021/.."),
        )
    )
    early, late = (plan.as_of(day).organisations["france-travail"] for day in ("2012-06-14", "2019-06-14"))
    assert [one.siret for one in early.establishments] == [OLD]
    assert [one.head_office for one in late.establishments] == [Period("2008/2020"), None]
