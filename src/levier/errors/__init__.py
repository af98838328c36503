"""
Every error that levier raises on purpose.

One root, `LevierError`; whose fault decides the branch.
The caller's faults subclass the builtin a caller would expect (`ValueError`, `KeyError`, `TypeError`);
a document's faults come all at once in `InvalidDocumentError`;
the data's faults are no errors but findings (see `levier.rules.check`).
"""

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
from levier.errors.funds import (
    AboveCeilingError,
    ClosedYearError,
    InsufficientAllocationError,
    NotContractedError,
    OvercommitmentError,
    OverpaymentError,
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
    "OvercommitmentError",
    "OverpaymentError",
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
    # They are shown, imported and pickled by the name of this package; terms take no attribute in the usual way.
    type.__setattr__(_each, "__module__", __name__)
del _each
