"""
The rules of the organic law on finance acts (LOLF) as data: article, words, share, dates of validity.

Articles 7, 8 and 12 to 14 were read in the version in force since 1 January 2005, article 15 in that version and in
part in the one of 26 September 2022 (loi organique n° 2021-1836 du 28 décembre 2021), from what documents quote of it:
II, 2° from amendment II-1722 of the Senate's finance committee to the budget bill for 2025, title 2 from that
committee's report n° 144 (2024-2025) on the same bill, the ceiling of 5 % from the Government's answer in the National
Assembly in 2022. Only article 15, II, 2° lets a finance act raise its ceiling.

What comes from assigned contributions and from assigned revenue (article 17, II and III, read in the version in force
since 1 January 2005) is carried over by article 15, III, in full: the ceilings of article 15, II, do not count it. A
re-establishment of credits (article 17, IV) opens nothing, and a year-end finance act is a law: no ceiling on decrees
counts either.

Source: loi organique n° 2001-692 du 1er août 2001 relative aux lois de finances (LOLF), articles 7, 8, 12 to 15 and
17.
"""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve

from levier.compute.budget.verdicts import LegalRule
from levier.model.periods import Period
from levier.wording.messages import message

__all__ = [
    "ADVANCES",
    "CANCELLATIONS",
    "COMMITMENT_CARRY_OVER",
    "COMMITMENT_CARRY_OVER_SINCE_2022",
    "FUNGIBILITY_INTO_STAFF",
    "LEGAL_RULES",
    "OVERALL_CARRY_OVER",
    "PAYMENT_CARRY_OVER",
    "PAYMENT_CARRY_OVER_SINCE_2022",
    "STAFF_CARRY_OVER",
    "STAFF_CARRY_OVER_SINCE_2022",
    "STAFF_EQUALITY",
    "VIREMENTS",
    "VIREMENTS_INTO_STAFF",
]

_UNTIL_2022 = Period("2005-01-01/2022-09-25")
_SINCE_2022 = Period("2022-09-26/..")
_MEND = message("Check the amount: the article does not let this ceiling be raised.")

# ---------------------------------------------------------------- title 2, virements, decrees

STAFF_EQUALITY = LegalRule(
    id="staff-commitments-equal-payments",
    article="8",
    text=message("for staff spending, the commitment appropriations opened equal the payment appropriations opened."),
    share=Decimal(1),
    exact=True,
    mend=message("Check both amounts of title 2."),
)
FUNGIBILITY_INTO_STAFF = LegalRule(
    id="no-fungibility-into-staff",
    article="7, II",
    text=message(
        "the appropriations of title 2 are a ceiling: fungibility may reduce them for other titles, never increase "
        "them."
    ),
    share=Decimal(0),
    mend=message("Check the title and the sign of the movement."),
)
VIREMENTS_INTO_STAFF = LegalRule(
    id="no-virement-into-staff",
    article="12, IV",
    text=message("no virement or transfer may go into title 2 from another title."),
    share=Decimal(0),
    mend=message("Check the title that the movement comes from."),
)
VIREMENTS = LegalRule(
    id="virements-within-2-percent",
    article="12, I",
    text=message(
        "the year's virements together may not exceed 2% of what the initial budget act opened, for each programme "
        "concerned and for its title 2."
    ),
    share=Decimal("0.02"),
    mend=_MEND,
)
ADVANCES = LegalRule(
    id="advances-within-1-percent",
    article="13",
    text=message(
        "the year's advance decrees together may not open more than 1% of what the year's finance act opened; "
        "those of imperative national interest (last paragraph) do not count."
    ),
    share=Decimal("0.01"),
    mend=message("Check the amount, and whether one of the decrees falls under the last paragraph of the article."),
)
CANCELLATIONS = LegalRule(
    id="cancellations-within-1.5-percent",
    article="14",
    text=message(
        "the year's decrees together may not cancel more than 1.5% of what its finance acts opened, including what "
        "pays for advances; an advance whose counterpart is unknown counts for its amount."
    ),
    share=Decimal("0.015"),
    mend=_MEND,
)

# ---------------------------------------------------------------- carry-over, in two versions

COMMITMENT_CARRY_OVER = LegalRule(
    id="no-commitment-carry-over-into-staff",
    article="15, II",
    text=message("commitment appropriations carry over freely, but never into title 2."),
    share=Decimal(0),
    valid=_UNTIL_2022,
    mend=message("Check the title of the carry-over."),
)
COMMITMENT_CARRY_OVER_SINCE_2022 = evolve(COMMITMENT_CARRY_OVER, valid=_SINCE_2022, is_read_in_full=False)
STAFF_CARRY_OVER = LegalRule(
    id="payment-carry-over-within-3-percent",
    article="15, II, 1°",
    text=message(
        "the payment appropriations of title 2 carry over within 3% of that title's initial appropriations in the "
        "programme they come from; assigned contributions do not count."
    ),
    share=Decimal("0.03"),
    valid=_UNTIL_2022,
    mend=_MEND,
)
STAFF_CARRY_OVER_SINCE_2022 = LegalRule(
    id="no-payment-carry-over-of-staff",
    article="15, II, 1°",
    text=message("the payment appropriations of title 2 no longer carry over, assigned contributions excepted."),
    share=Decimal(0),
    valid=_SINCE_2022,
    is_read_in_full=False,
    mend=message("Check the title of the carry-over, and what comes from assigned contributions."),
)
PAYMENT_CARRY_OVER = LegalRule(
    id="payment-carry-over-within-3-percent",
    article="15, II, 2°",
    text=message(
        "the payment appropriations of the titles other than title 2 carry over within 3% of their initial "
        "appropriations in the programme they come from; assigned contributions do not count; a finance act may "
        "raise this ceiling."
    ),
    share=Decimal("0.03"),
    valid=_UNTIL_2022,
    can_be_lifted=True,
    mend=message("Check the amount, or cite the provision of a finance act that raises the ceiling."),
)
PAYMENT_CARRY_OVER_SINCE_2022 = evolve(
    PAYMENT_CARRY_OVER,
    text=message(
        "the payment appropriations of the titles other than title 2 carry over within 3% of their initial "
        "appropriations in the programme they come from; assigned contributions do not count; a finance act may "
        "raise this ceiling by a provision that gives its reasons."
    ),
    valid=_SINCE_2022,
    is_read_in_full=False,
    mend=message("Check the amount, or cite the provision of a finance act that raises the ceiling, and its reasons."),
)
OVERALL_CARRY_OVER = LegalRule(
    id="overall-carry-over-within-5-percent",
    article="15, II",
    text=message(
        "the payment appropriations carried over, all programmes together, may not exceed 5% of what the year's "
        "finance act opened, except for an imperative national interest."
    ),
    share=Decimal("0.05"),
    valid=_SINCE_2022,
    is_read_in_full=False,
    mend=message("Check the amount, or cite the imperative national interest."),
)
LEGAL_RULES = (
    STAFF_EQUALITY,
    FUNGIBILITY_INTO_STAFF,
    VIREMENTS_INTO_STAFF,
    VIREMENTS,
    ADVANCES,
    CANCELLATIONS,
    COMMITMENT_CARRY_OVER,
    COMMITMENT_CARRY_OVER_SINCE_2022,
    STAFF_CARRY_OVER,
    STAFF_CARRY_OVER_SINCE_2022,
    PAYMENT_CARRY_OVER,
    PAYMENT_CARRY_OVER_SINCE_2022,
    OVERALL_CARRY_OVER,
)
"""The rules, each with its article and the dates it is valid from and to."""
