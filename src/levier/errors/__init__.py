"""
All errors that levier raises on purpose.

`LevierError` is the root of all of them.
Invalid arguments raise subclasses of the builtin that a caller would expect (`ValueError`, `KeyError`, `TypeError`).
An invalid document raises one `InvalidDocumentError` with all its problems.
Suspicious data raise no error: they are findings of `levier.rules.check`.
"""

# Each room that is loaded first imports this package whole. Otherwise one thread could hold a module of it and wait for
# the package, while another one imports the package and waits for that module.

from __future__ import annotations

from levier.errors.budget import (
    ContradictoryFlowsError,
    EnvelopeExceededError,
    ScopeChangedError,
)
from levier.errors.documents import (
    InvalidDocumentError,
    LimitExceededError,
    MissingExtraError,
    Problem,
    ProblemCode,
)
from levier.errors.final import FinalClassError
from levier.errors.funds import (
    AboveCeilingError,
    ClosedYearError,
    InsufficientAllocationError,
    NotContractedError,
    OvercommitmentError,
    OverpaymentError,
    OverrecoveryError,
)
from levier.errors.holders import (
    DanglingReference,
    DanglingReferenceError,
    DuplicateItemsError,
    ForbiddenTransitionError,
    MisappliedDifferenceError,
    UnknownItemError,
)
from levier.errors.indicators import (
    RepeatedMonthError,
    TargetBeforeBaselineError,
    UnknownAggregationError,
    WrongLevelError,
    WrongUnitError,
)
from levier.errors.pickles import OtherReleaseError
from levier.errors.root import LevierError
from levier.errors.values import (
    InexactQuantityError,
    InvalidValueError,
    MissingSampleSizeError,
    MixedUnitsError,
    UnlikeSharesError,
)

__all__ = [
    "AboveCeilingError",
    "ClosedYearError",
    "ContradictoryFlowsError",
    "DanglingReference",
    "DanglingReferenceError",
    "DuplicateItemsError",
    "EnvelopeExceededError",
    "FinalClassError",
    "ForbiddenTransitionError",
    "InexactQuantityError",
    "InsufficientAllocationError",
    "InvalidDocumentError",
    "InvalidValueError",
    "LevierError",
    "LimitExceededError",
    "MisappliedDifferenceError",
    "MissingExtraError",
    "MissingSampleSizeError",
    "MixedUnitsError",
    "NotContractedError",
    "OtherReleaseError",
    "OvercommitmentError",
    "OverpaymentError",
    "OverrecoveryError",
    "Problem",
    "ProblemCode",
    "RepeatedMonthError",
    "ScopeChangedError",
    "TargetBeforeBaselineError",
    "UnknownAggregationError",
    "UnknownItemError",
    "UnlikeSharesError",
    "WrongLevelError",
    "WrongUnitError",
]

for _each in map(globals().__getitem__, __all__):
    # They are printed, imported and pickled under the name of this package. The usual assignment fails for terms.
    type.__setattr__(_each, "__module__", __name__)
del _each
