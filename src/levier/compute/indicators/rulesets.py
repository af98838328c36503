"""The two rulesets of the Government's formulas, where they differ, and why a number may be missing."""

from __future__ import annotations

from levier.model.terms import Term

__all__ = ["Ruleset", "RulesetDifference"]


class Ruleset(Term):
    """
    Which rules a computation follows.

    `STRICT` drops nothing in silence; `PILOTE` reproduces what DITP's tool computes, its anomalies included.
    """

    STRICT = "strict", "règles strictes", "strict rules"
    PILOTE = "pilote", "règles de PILOTE", "PILOTE's rules"


class RulesetDifference(Term):
    """One rule by which the two rulesets differ, as PILOTE applies it."""

    ZERO_MEDIAN = (
        "zero-median",
        "PILOTE ne donne pas d’écart quand la médiane est nulle",
        "PILOTE gives no gap when the median is zero",
    )
    ZERO_DROPPED = (
        "zero-dropped",
        "PILOTE écarte les taux nuls du minimum et de la médiane",
        "PILOTE drops a progress of zero from the minimum and the median",
    )
    NO_PREVIOUS = (
        "no-previous",
        "PILOTE dit « stagnation » sans valeur précédente",
        "PILOTE says 'level' when there is no previous value",
    )
    OTHER_MONTH = (
        "other-month",
        "PILOTE n’additionne que les territoires du même mois",
        "PILOTE adds up only the territories that report in the same month",
    )
    TARGET_ROW = (
        "target-row",
        "une cible entre deux valeurs rompt le décumul de PILOTE",
        "a target between two values breaks PILOTE's decumulation",
    )
    WINDOW_START = (
        "window-start",
        "la date choisie ne borne pas la fenêtre de PILOTE",
        "the chosen date does not bound PILOTE's window",
    )
    DATED_ANNUAL = (
        "dated-annual",
        "PILOTE applique la formule à la hausse au taux annuel daté d’un indicateur à la baisse",
        "PILOTE applies the upward formula to the dated annual progress of a downward indicator",
    )
    UNWEIGHTED_DATE = (
        "unweighted-date",
        "PILOTE compte les dates des indicateurs de poids nul",
        "PILOTE counts the dates of indicators without weight",
    )
    TYPED_TARGET = (
        "typed-target",
        "chez PILOTE la somme, même partielle, remplace la cible saisie du même mois",
        "in PILOTE the sum, even partial, replaces the target entered at that level for its month",
    )
    TYPED_BASELINE = (
        "typed-baseline",
        "chez PILOTE une valeur initiale saisie vaut pour les mois sans somme",
        "in PILOTE a baseline entered at that level holds for the months without a sum",
    )
    UNEVEN_PLACES = (
        "uneven-places",
        "PILOTE compare des totaux de territoires différents",
        "PILOTE compares totals of different territories",
    )
    CUTOFFS = (
        "cutoffs",
        "PILOTE retient les valeurs initiales depuis janvier 2018 et les cibles jusqu’en janvier 2028",
        "PILOTE takes baselines since January 2018 and targets until January 2028",
    )
    DEFINITION_BREAK = (
        "definition-break",
        "PILOTE ne connaît pas les changements de définition",
        "PILOTE knows no change of definition",
    )
