"""Errors: one root, the builtin a caller would expect, named fields, and a text that shows the way out."""

from __future__ import annotations

import copy
import pickle
from contextlib import contextmanager
from inspect import isclass
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from levier import errors
from levier.cli.problems import BadInputError
from levier.errors import (
    AboveCeilingError,
    ClosedYearError,
    ContradictoryFlowsError,
    DanglingReference,
    DanglingReferenceError,
    DuplicateItemsError,
    EnvelopeExceededError,
    FinalClassError,
    ForbiddenTransitionError,
    InexactQuantityError,
    InsufficientAllocationError,
    InvalidDocumentError,
    InvalidValueError,
    LevierError,
    LimitExceededError,
    MisappliedDifferenceError,
    MissingExtraError,
    MissingSampleSizeError,
    MixedUnitsError,
    NotContractedError,
    OtherReleaseError,
    OvercommitmentError,
    OverpaymentError,
    OverrecoveryError,
    Problem,
    ProblemCode,
    RepeatedMonthError,
    ScopeChangedError,
    TargetBeforeBaselineError,
    UnknownAggregationError,
    UnknownItemError,
    UnlikeSharesError,
    WrongLevelError,
    WrongUnitError,
)
from levier.model.money import Euros
from levier.serialization._problems import UnknownKindError, WrongTypeError

if TYPE_CHECKING:
    from collections.abc import Iterator

NOWHERE = DanglingReference("projects['p'].owner_id", "dinum", "organisations")
BLANK = Problem(pointer="/projects/0/label", code=ProblemCode.INVALID_VALUE, message="expected a text, found ''")

# Each error, the builtin that a caller would catch, and its whole text.
TABLE: list[tuple[LevierError, type[Exception], str]] = [
    (InvalidValueError("Euros", 0.1, "exact euros"), ValueError, "Euros: expected exact euros, found 0.1"),
    (
        InvalidValueError("Project 'p'", "", "a text", "label"),
        ValueError,
        "Project 'p'.label: expected a text, found ''",
    ),
    (
        MixedUnitsError("add", "1 %", "1 share"),
        TypeError,
        "cannot add 1 % and 1 share: bring both to the same kind first",
    ),
    (
        FinalClassError("Project", "OurProject"),
        TypeError,
        (
            "Project is final, so OurProject cannot derive from it: make an attrs class of your own with a field of "
            "Project (composition), or keep keys of your own in its `extra`, under names that begin with 'x-', "
            "where it has one"
        ),
    ),
    (
        OtherReleaseError("Project", "0.2.0", "0.1.0", "unknown: colour"),
        ValueError,
        (
            "Project: pickled by levier 0.2.0, which levier 0.1.0 cannot read (unknown: colour); "
            "to exchange values between releases, write documents (levier.dumps)"
        ),
    ),
    (
        InexactQuantityError("about 40 count", "multiply"),
        ValueError,
        "cannot multiply 'about 40 count': it is inexact as published; use its bounds",
    ),
    (
        ForbiddenTransitionError("p", "framing", "completed", ("experimentation", "stopped")),
        ValueError,
        "project 'p' cannot go from 'framing' to 'completed': allowed next phases are experimentation, stopped",
    ),
    (
        ForbiddenTransitionError("p", "completed", "framing", ()),
        ValueError,
        "project 'p' cannot go from 'completed' to 'framing': allowed next phases are none (final)",
    ),
    (
        DanglingReferenceError((NOWHERE,)),
        ValueError,
        (
            "1 dangling reference(s); add what they name or remove them:\n"
            "  projects['p'].owner_id names 'dinum', which is not in organisations"
        ),
    ),
    (
        DuplicateItemsError("the registry of Lever", ("a", "b")),
        ValueError,
        "the registry of Lever: given more than once: a, b; keep one of each",
    ),
    (
        UnknownItemError("the registry of Lever", "digitl", ("digital", "digits")),
        KeyError,
        "'digitl' is not in the registry of Lever; did you mean 'digital', 'digits'?",
    ),
    (UnknownItemError("the registry of Lever", "x", ()), KeyError, "'x' is not in the registry of Lever"),
    (
        NotContractedError("a", "2018-01-01", "2018-09-01"),
        ValueError,
        "award 'a': nothing may be committed or paid on 2018-01-01: its contract is dated 2018-09-01",
    ),
    (
        NotContractedError("a", "2018-01-01", ""),
        ValueError,
        "award 'a': nothing may be committed or paid on 2018-01-01: it has no contract",
    ),
    (
        AboveCeilingError("a", "c", Euros(2), Euros(1)),
        ValueError,
        "award 'a': asked to grant 2.00 EUR, the ceiling of call 'c' is 1.00 EUR",
    ),
    (
        InsufficientAllocationError("f", Euros(2), Euros(1)),
        ValueError,
        "fund 'f': asked for 2.00 EUR of what is not committed, available 1.00 EUR",
    ),
    (
        ClosedYearError("f", "2018-01-01", "2018-12-31"),
        ValueError,
        "fund 'f': nothing may be recorded on 2018-01-01: closed until 2018-12-31",
    ),
    (
        EnvelopeExceededError("plan 'p'", Euros(3), Euros(1)),
        ValueError,
        "plan 'p': the plan asks for 3.00 EUR, the envelope is 1.00 EUR: 2.00 EUR too much",
    ),
    (
        OvercommitmentError("a", Euros(2), Euros(1), of_fund=True),
        ValueError,
        "award 'a': asked to commit 2.00 EUR, available 1.00 EUR in the allocation of the fund",
    ),
    (
        OvercommitmentError("a", Euros(2), Euros(1)),
        ValueError,
        "award 'a': asked to commit 2.00 EUR, available 1.00 EUR",
    ),
    (
        OverpaymentError("a", Euros(2), Euros(1)),
        ValueError,
        "award 'a': asked to pay or release 2.00 EUR, committed and not yet paid 1.00 EUR",
    ),
    (
        OverrecoveryError("a", Euros(2), Euros(1)),
        ValueError,
        "award 'a': asked to recover 2.00 EUR, paid and not yet recovered 1.00 EUR",
    ),
    (
        ContradictoryFlowsError("outstanding commitments", Euros(12), Euros(13)),
        ValueError,
        (
            "outstanding commitments: 13.00 EUR paid or released, but only 12.00 EUR committed: "
            "one of the figures is wrong or missing"
        ),
    ),
    (
        ScopeChangedError("349", (2021, 2022), ("2022: other actions join",)),
        ValueError,
        (
            "budget programme '349': 2021, 2022 do not cover the same things (2022: other actions join); "
            "pass across_scope_change=True to compare them all the same"
        ),
    ),
    (
        RepeatedMonthError("time", "46", "2020-01", "target", ("pap", "rap")),
        ValueError,
        (
            "indicator 'time', territory '46', 2020-01: more than one value of kind 'target' (pap, rap); "
            "one value a month: date their recording, or keep one"
        ),
    ),
    (
        TargetBeforeBaselineError("time", "46", "2020-01", "2019-01"),
        ValueError,
        (
            "indicator 'time', territory '46': the target of 2019-01 is dated before the baseline of 2020-01; "
            "a target comes after its baseline"
        ),
    ),
    (
        UnknownAggregationError("time", "46", "product", ("sum", "mean")),
        ValueError,
        "indicator 'time', territory '46': unknown aggregation 'product'; give one of sum, mean",
    ),
    (
        UnknownAggregationError("time", "46", "", ("sum", "mean")),
        ValueError,
        "indicator 'time', territory '46': it has no aggregation; give one of sum, mean",
    ),
    (
        WrongLevelError("time", "46", "department", "a region"),
        ValueError,
        "indicator 'time', territory '46': expected a region, found a territory of level department",
    ),
    (
        WrongLevelError("time", "46", "department", "a region", "2020-01"),
        ValueError,
        "indicator 'time', territory '46', 2020-01: expected a region, found a territory of level department",
    ),
    (
        WrongUnitError("time", "46", "2020-01", "3 %", "days"),
        TypeError,
        "indicator 'time', territory '46', 2020-01: expected a value in 'days', found 3 %; convert it first",
    ),
    (
        MissingSampleSizeError("survey 'firms'"),
        ValueError,
        "survey 'firms': no interval without the number of answers behind it; give the sample size",
    ),
    (
        UnlikeSharesError((("mode", "online", "telephone"), ("base", "all", "firms"))),
        ValueError,
        "not like with like: mode: 'online' and 'telephone'; base: 'all' and 'firms'",
    ),
    (
        ContradictoryFlowsError("programme 349, 2020", Euros(1), Euros(2)),
        ValueError,
        (
            "programme 349, 2020: 2.00 EUR paid or released, but only 1.00 EUR committed: "
            "one of the figures is wrong or missing"
        ),
    ),
    (
        ScopeChangedError("349", (2021, 2022), ("other actions join",)),
        ValueError,
        (
            "budget programme '349': 2021, 2022 do not cover the same things (other actions join); "
            "pass across_scope_change=True to compare them all the same"
        ),
    ),
    (
        MisappliedDifferenceError((("projects/p", "is missing"), ("levers/l", "is another"))),
        ValueError,
        (
            "2 thing(s) do not stand as the difference found them; apply it to the portfolio that it starts from, "
            "or take the difference anew:\n  projects/p is missing\n  levers/l is another"
        ),
    ),
    (
        LimitExceededError("depth", 64, 65),
        ValueError,
        ("the document exceeds a limit: depth 65, allowed 64; to read it all the same, pass limits=Limits(depth=…)"),
    ),
    (
        MissingExtraError("levier report", "report"),
        ImportError,
        'levier report needs an optional dependency: pip install "levier[report]"',
    ),
    (
        InvalidDocumentError((BLANK,)),
        ValueError,
        "1 problem(s) in the document:\n  /projects/0/label: expected a text, found '' [invalid-value]",
    ),
]

every_error = pytest.mark.parametrize(
    ("error", "builtin", "text"), TABLE, ids=[f"{type(row[0]).__name__}-{place}" for place, row in enumerate(TABLE)]
)


def test_the_table_lists_every_error() -> None:
    """Every error of the module, but the root, stands in the table, once or more."""
    named = {getattr(errors, name) for name in errors.__all__}
    leaves = {cls for cls in named if isclass(cls) and issubclass(cls, BaseException)} - {LevierError}
    assert sorted({type(error).__name__ for error, _, _ in TABLE}) == sorted(cls.__name__ for cls in leaves)


@every_error
def test_caught_as_ours_and_as_the_builtin(error: LevierError, builtin: type[Exception], text: str) -> None:
    """An error is caught by our root and by the builtin a caller would expect, and says what to do."""
    for expected in (LevierError, builtin):
        with pytest.raises(expected) as caught:
            raise error
        assert str(caught.value) == text


@every_error
def test_survives_a_pickle_and_a_copy(error: LevierError, builtin: type[Exception], text: str) -> None:
    """An error that comes back from another process has its class, its fields and its text."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own pickle
    for other in (again, copy.copy(error), copy.deepcopy(error)):
        assert type(other) is type(error)
        assert isinstance(other, builtin)
        assert str(other) == text
        assert attrs.asdict(other, recurse=False) == attrs.asdict(error, recurse=False)  # type: ignore[arg-type]


@every_error
def test_fields_are_named_and_frozen(error: Any, builtin: type[Exception], text: str) -> None:
    """Fields cannot be assigned, and repr shows them by name."""
    assert isinstance(error, builtin)
    for field in attrs.fields(type(error)):
        assert f"{field.name}={getattr(error, field.name)!r}" in repr(error)
        with pytest.raises(AttributeError):
            setattr(error, field.name, None)
        with pytest.raises(AttributeError):
            delattr(error, field.name)
    with pytest.raises(AttributeError, match="make another"):
        error.__init__(*(getattr(error, field.name) for field in attrs.fields(type(error))))
    assert str(error) == text


@pytest.mark.parametrize(
    "error",
    [
        *(row[0] for row in TABLE),
        WrongTypeError(3, "text"),
        UnknownKindError(3, ("campus",)),
        BadInputError(("one", "two")),
        LevierError("no shell is running"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_framework_may_note_on_it(error: Any) -> None:
    """Whatever a program sets on an error stays there in its copies, and can be taken away again."""
    error.http_status = 422
    for other in (copy.copy(error), copy.deepcopy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301  # our own
        assert (other.http_status, str(other), type(other)) == (422, str(error), type(error))
    del error.http_status
    assert not hasattr(error, "http_status")


def test_every_class_of_errors_is_tried() -> None:
    """No error of ours stands outside of the table and the three above."""

    def below(cls: type[LevierError]) -> Iterator[type[LevierError]]:
        for each in cls.__subclasses__():
            yield each
            yield from below(each)

    ours = {cls for cls in below(LevierError) if cls.__module__.startswith("levier.")}
    assert ours == {type(row[0]) for row in TABLE} | {WrongTypeError, UnknownKindError, BadInputError}


@every_error
def test_python_may_still_annotate_it(error: LevierError, builtin: type[Exception], text: str) -> None:
    """A note, a cause, a traceback and the way through a context manager leave the error as it is."""

    @contextmanager
    def passing() -> Iterator[None]:
        yield

    def raised() -> None:
        with passing():
            raise error.with_traceback(None) from cause

    cause = RuntimeError("before")
    error.add_note("seen")
    with pytest.raises(builtin) as caught:
        raised()
    assert caught.value is error
    assert error.__cause__ is cause
    assert error.__notes__ == ["seen"]
    assert str(error) == text


def test_problems_and_references_read_as_a_line() -> None:
    """A problem shows its place, its sentence and its code; the whole document is shown as a slash."""
    assert str(BLANK) == "/projects/0/label: expected a text, found '' [invalid-value]"
    whole = Problem(pointer="", code=ProblemCode.SYNTAX, message="not JSON")
    assert str(whole) == "the whole document: not JSON [syntax]"
    assert str(attrs.evolve(whole, line=3)) == "the whole document: not JSON [syntax] at line 3"
    assert str(attrs.evolve(whole, line=3, column=12)) == "the whole document: not JSON [syntax] at line 3, column 12"
    assert str(NOWHERE) == "projects['p'].owner_id names 'dinum', which is not in organisations"
    assert hash(BLANK) == hash(copy.copy(BLANK))
