"""The two readings of the Government's formulas, where they differ, and why a number may be missing."""

from __future__ import annotations

from levier.model.terms import Term

__all__ = ["Difference", "Reading", "Reason"]


class Reading(Term):
    """
    Which rules a computation follows.

    `STRICT` drops nothing in silence; `PILOTE` reproduces what DITP's tool computes, its anomalies included.
    """

    STRICT = "strict", "lecture stricte", "strict reading"
    PILOTE = "pilote", "lecture de PILOTE", "PILOTE's reading"


class Difference(Term):
    """One rule by which the two readings differ, as PILOTE applies it."""

    ZERO_MEDIAN = (
        "zero-median",
        "PILOTE ne donne pas d’écart quand la médiane est nulle",
        "PILOTE gives no gap where the median is zero",
    )
    ZERO_DROPPED = (
        "zero-dropped",
        "PILOTE écarte les taux nuls du minimum et de la médiane",
        "PILOTE drops a progress of zero from the minimum and the median",
    )
    NO_PREVIOUS = (
        "no-previous",
        "PILOTE dit « stagnation » sans valeur précédente",
        "PILOTE says 'level' where there is no previous value",
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
        "in PILOTE the sum, even partial, replaces the target typed at that level for its month",
    )
    TYPED_BASELINE = (
        "typed-baseline",
        "chez PILOTE une valeur initiale saisie vaut pour les mois sans somme",
        "in PILOTE a baseline typed at that level holds for the months without a sum",
    )
    UNEVEN_PLACES = (
        "uneven-places",
        "PILOTE compare des totaux de territoires différents",
        "PILOTE compares totals of different territories",
    )
    CUTOFFS = (
        "cutoffs",
        "PILOTE retient les valeurs initiales depuis janvier 2018 et les cibles jusqu’en janvier 2028",
        "PILOTE admits baselines since January 2018 and targets until January 2028",
    )
    DEFINITION_BREAK = (
        "definition-break",
        "PILOTE ne connaît pas les changements de définition",
        "PILOTE knows no change of definition",
    )


class Reason(Term):
    """Why there is no number."""

    NO_BASELINE = "no-baseline", "pas de valeur initiale", "no baseline"
    NO_ACTUAL = "no-actual", "pas de réalisation", "no actual value"
    NO_TARGET = "no-target", "pas de cible", "no target"
    NO_DIRECTION = "no-direction", "sens d’amélioration inconnu", "no direction"
    DISPUTED = "disputed", "valeurs contradictoires", "conflicting values"
    TARGET_BEFORE_BASELINE = (
        "target-before-baseline",
        "cible antérieure à la valeur initiale",
        "the target is dated before the baseline",
    )
    DEFINITION_CHANGED = "definition-changed", "la définition a changé", "the definition changed"
    UNEVEN_PLACES = "uneven-places", "territoires différents d’une valeur à l’autre", "values of different territories"
    UNSUPPORTED_WINDOW = "unsupported-window", "fenêtre non prise en charge", "a window that the rule does not know"
    OVERLAPPING_PERIODS = "overlapping-periods", "périodes qui se chevauchent", "periods that overlap"
    NO_REPORT = "no-report", "aucun territoire n’a de valeur", "no territory reports"
    NO_WEIGHT = "no-weight", "aucun poids", "no weight"
    NO_DENOMINATOR = "no-denominator", "dénominateur nul", "a denominator of zero"
    UNKNOWN_DENOMINATOR = "unknown-denominator", "dénominateur inconnu", "unknown denominator"
    NO_NUMERATOR = (
        "no-numerator",
        "numérateur inconnu, des taux ne s’additionnent pas",
        "no numerator: rates do not add up",
    )
    INCOMPLETE = "incomplete", "un élément pondéré n’a pas de taux", "one weighted part has no progress"
    NO_PROGRESS = "no-progress", "pas de taux d’avancement", "no progress"
    NO_PREVIOUS = "no-previous", "pas de valeur précédente", "no previous value"
    NO_PEERS = "no-peers", "pas d’autre territoire de ce niveau", "no other territory of this level"
    ZERO_MEDIAN = "zero-median", "médiane nulle", "a median of zero"
    NO_FREQUENCY = "no-frequency", "périodicité inconnue", "unknown frequency"
    NO_DELAY = "no-delay", "délai de disponibilité inconnu", "unknown availability delay"
    NO_PATH = "no-path", "pas de trajectoire à cette date", "no path on that date"
    DATE_PASSED = "date-passed", "échéance passée", "the date has passed"
    NOT_MEASURED = "not-measured", "non mesuré", "not measured"
    ONLY_BEFORE = "only-before", "mesuré seulement avant", "measured only before"
    ONLY_AFTER = "only-after", "mesuré seulement après", "measured only since"
    NO_START = "no-start", "date de départ inconnue", "unknown start"
    TOO_FEW = "too-few", "trop peu de réponses", "too few answers"
