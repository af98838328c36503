"""
The rules of the organic law on finance acts (LOLF) as data: article, words, share, dates of validity.

Each was read in the version in force since 1 January 2005; article 15 has a later version, of 26 September 2022, which
was not read: what it may add is not checked here.

Source: loi organique n° 2001-692 du 1er août 2001 relative aux lois de finances (LOLF), articles 8 and 12 to 15.
"""

from __future__ import annotations

from decimal import Decimal

from levier.compute.budget.verdicts import LegalRule

__all__ = [
    "ADVANCES",
    "CANCELLATIONS",
    "COMMITMENT_CARRY_OVER",
    "LEGAL_RULES",
    "PAYMENT_CARRY_OVER",
    "STAFF_EQUALITY",
    "VIREMENTS",
]

_MEND_FR = "Vérifier le montant, ou citer la disposition de loi de finances qui lève le plafond."
_MEND_EN = "Check the amount, or cite the provision of a finance act that lifts the ceiling."
STAFF_EQUALITY = LegalRule(
    id="staff-commitments-equal-payments",
    article="8",
    fr="en dépenses de personnel, autorisations d’engagement et crédits de paiement ouverts sont égaux.",
    en="for staff spending, the commitment and payment appropriations opened are equal.",
    share=Decimal(1),
    exact=True,
    mend_fr="Vérifier les deux montants du titre 2.",
    mend_en="Check both amounts of title 2.",
)
VIREMENTS = LegalRule(
    id="virements-within-2-percent",
    article="12",
    fr="les virements de l’année, cumulés, restent dans 2 % des crédits ouverts par la loi de finances initiale, pour "
    "chaque programme concerné et pour son titre 2.",
    en="the year's virements, cumulated, stay within 2% of what the initial budget act opened, for each programme "
    "concerned and for its title 2.",
    share=Decimal("0.02"),
    mend_fr=_MEND_FR,
    mend_en=_MEND_EN,
)
ADVANCES = LegalRule(
    id="advances-within-1-percent",
    article="13",
    fr="les crédits ouverts par décrets d’avance, cumulés, restent dans 1 % des crédits ouverts par la loi de finances "
    "de l’année.",
    en="what advance decrees open, cumulated, stays within 1% of what the year's finance act opened.",
    share=Decimal("0.01"),
    mend_fr=_MEND_FR,
    mend_en=_MEND_EN,
)
CANCELLATIONS = LegalRule(
    id="cancellations-within-1.5-percent",
    article="14",
    fr="les crédits annulés par décret, y compris pour gager les décrets d’avance, restent dans 1,5 % des crédits "
    "ouverts par les lois de finances de l’année ; une avance dont le gage n’est pas connu compte pour son montant.",
    en="what decrees cancel, to pay for advances included, stays within 1.5% of what the year's finance acts opened; "
    "an advance whose counterpart is not known counts for its amount.",
    share=Decimal("0.015"),
    mend_fr=_MEND_FR,
    mend_en=_MEND_EN,
)
COMMITMENT_CARRY_OVER = LegalRule(
    id="no-commitment-carry-over-into-staff",
    article="15, II",
    fr="les autorisations d’engagement se reportent librement, jamais au profit du titre 2.",
    en="commitment appropriations carry over freely, never into title 2.",
    share=Decimal(0),
    mend_fr="Vérifier le titre du report.",
    mend_en="Check the title of the carry-over.",
)
PAYMENT_CARRY_OVER = LegalRule(
    id="payment-carry-over-within-3-percent",
    article="15, II",
    fr="les crédits de paiement se reportent dans la limite de 3 % des crédits initiaux du programme d’origine, le "
    "titre 2 d’un côté, les autres titres de l’autre ; les fonds de concours n’y comptent pas.",
    en="payment appropriations carry over within 3% of the initial appropriations of the programme they come from, "
    "title 2 on one side, the other titles on the other; assigned contributions do not count.",
    share=Decimal("0.03"),
    mend_fr=_MEND_FR,
    mend_en=_MEND_EN,
)
LEGAL_RULES = (STAFF_EQUALITY, VIREMENTS, ADVANCES, CANCELLATIONS, COMMITMENT_CARRY_OVER, PAYMENT_CARRY_OVER)
"""The rules, each with its article and the dates it is valid from and to."""
