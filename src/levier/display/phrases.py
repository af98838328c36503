"""What a report says in cells and between tables, in French and English, as data."""

from __future__ import annotations

from levier.model.terms import Term

__all__ = ["Phrase"]


class Phrase(Term):
    """What stands in cells and between tables."""

    DASH = "dash", "–", "–"
    NONE = "none", "aucun", "none"
    NONE_F = "none-f", "aucune", "none"
    UNKNOWN = "unknown", "non renseigné", "not given"
    UNDATED = "undated", "date inconnue", "date unknown"
    NOT_PUBLISHED = "not-published", "non publié", "not published"
    UNDER_WAY = "under-way", "année en cours", "year under way"
    NO_SIZE = "no-size", "ampleur non précisée", "size not stated"
    NO_DIRECTION = "no-direction", "sens non précisé", "direction not stated"
    NO_EFFECT = (
        "no-effect",
        "aucune source ne dit quel indicateur",
        "no source says which indicator",
    )
    NO_LEAD = "no-lead", "sans responsable", "no lead"
    NO_CALENDAR = "no-calendar", "sans calendrier", "no calendar"
    NO_STEP = "no-step", "{phase} (aucune étape datée)", "{phase} (no dated step)"
    NO_RATING = "no-rating", "non renseignée", "not given"
    NO_MILESTONE = "no-milestone", "aucun jalon", "no milestone"
    NO_NEXT = "no-next", "aucun jalon à venir", "no milestone to come"
    NO_BASELINE = "no-baseline", "aucune", "none"
    IN_YEAR = "in-year", "{said} ({year})", "{said} ({year})"
    NO_VALUE = "no-value", "aucune valeur", "no value"
    NO_INDICATOR = "no-indicator", "aucun indicateur", "no indicator"
    NO_REFORM = "no-reform", "aucune réforme", "no reform"
    NO_TARGET = "no-target", "aucune cible", "no target"
    TARGET_LATER = "target-later", "échéance {year}", "due {year}"
    CAPPED = "capped", "{value} (plafonné, {unbounded})", "{value} (capped, {unbounded})"
    FLOORED = "floored", "{value} (recul, {unbounded})", "{value} (moving away, {unbounded})"
    MORE_THAN = "more-than", "plus de {value}", "more than {value}"
    LESS_THAN = "less-than", "moins de {value}", "less than {value}"
    SAMPLE_UNKNOWN = "sample-unknown", "n inconnu", "n unknown"
    YES_UNTIL = "yes-until", "oui, {period}", "yes, {period}"
    YES_BELOW = "yes-below", "oui, par un levier sous lui", "yes, by a lever below it"
    NOT_MEASURED = "not-measured", "non\u00a0: aucune valeur observée", "no: no value observed"
    NOT_MEASURED_BECAUSE = "not-measured-because", "non\u00a0: {because}", "no: {because}"
    BY_ROLE = "by-role", "{role}, {body}", "{role}, {body}"
    BY_PERSON = "by-person", "{person}, {role}, {body}", "{person}, {role}, {body}"
    RATED = "rated", "{level}, le {day}", "{level}, on {day}"
    RATED_BECAUSE = "rated-because", "{rated} ({because})", "{rated} ({because})"
    OWNED_BY_REFORM = "owned-by-reform", "{body} (par sa réforme)", "{body} (by its reform)"
    OWNED_BY_PROGRAMME = "owned-by-programme", "{body} (par son programme)", "{body} (by its programme)"
    NO_RESPONSE = "no-response", "aucune réponse dite", "no response stated"
    NO_COST = "no-cost", "inconnu", "unknown"
    KNOWN_COST = "known-cost", "{amount} ({known})", "{amount} ({known})"
    DUE = "due", "{label} ({period})", "{label} ({period})"
    STATED_IN = "stated-in", "énoncé\u00a0: {period}", "stated: {period}"
    IN_WORDS = "in-words", "la source dit «\u00a0{words}\u00a0»", "in the words of the source, “{words}”"
    DISPUTED = "disputed", "les sources divergent", "sources disagree"
    RESERVED = "reserved", "{said}, réserve\u00a0: {caveat}", "{said}, caveat: {caveat}"
    STATED_BY = "stated-by", "{value} ({source})", "{value} ({source})"
    SCOPED = "scoped", "{value}, {scope} ({source})", "{value}, {scope} ({source})"
    STANDING_OF = "standing-of", "{label}\u00a0: situation", "{label}: standing"
    AS_OF = "as-of", "Situation au {day}.", "As of {day}."
    LATEST_DAY = (
        "latest-day",
        "Situation au {day}, dernier jour que connaît le portefeuille\u00a0: {fact}.",
        "As of {day}, the latest day that the portfolio knows: {fact}.",
    )
    CUT = (
        "cut",
        "Ce qui n’a été connu qu’après ce jour est laissé de côté\u00a0; ce que rien ne date est montré.",
        "What was known only after that day is left out; what nothing dates is shown.",
    )
    AND_ANOTHER = "and-another", "{label} et {number} autre programme", "{label} and {number} other programme"
    AND_OTHERS = "and-others", "{label} et {number} autres programmes", "{label} and {number} other programmes"
    APPENDIX = (
        "appendix",
        "En annexe des rapports écrits dans un fichier (--output)\u00a0: {titles}.",
        "In the appendix of reports written to a file (--output): {titles}.",
    )
    WRITTEN_BY = "written-by", "Écrit par", "Written by"
    EMPTY = "empty", "Le portefeuille n’en contient pas.", "The portfolio holds none."
    NOTHING_KNOWN = "nothing-known", "Rien n’en était connu ce jour-là.", "Nothing of it was known on that day."
    NO_FINDING = "no-finding", "Rien à signaler.", "Nothing found."
    NO_CONFLICT = (
        "no-conflict",
        "Aucun désaccord entre sources n’est connu.",
        "No conflict between sources is known.",
    )
    NO_TOTAL = (
        "no-total",
        "{year}\u00a0: aucun total du programme sur une année entière n’est connu.",
        "{year}: no total of the programme over a whole year is known.",
    )
    INFERRED = (
        "inferred",
        "* déduit\u00a0: repose sur un montant qu’aucun document n’écrit.",
        "* inferred: rests on an amount that no document states.",
    )
    UNTIL = "until", "{what} (au {day})", "{what} (by {day})"
    ALSO_STATED = (
        "also-stated",
        "{what}\u00a0: d’autres documents donnent {others}.",
        "{what}: other documents give {others}.",
    )
    OTHER_SCHEDULE = (
        "other-schedule",
        "Autre échéancier du même stock\u00a0: {amount} ({source}).",
        "Another schedule of the same stock: {amount} ({source}).",
    )
    SCOPE_CHANGE = (
        "scope-change",
        "Périmètre modifié en {year}\u00a0: {label}. Les totaux ne se comparent pas de part et d’autre.",
        "Scope changed in {year}: {label}. Totals are not compared across it.",
    )
    NOT_ROLLED = (
        "not-rolled",
        "Fin {year}\u00a0: non calculé, le périmètre du programme a changé.",
        "End of {year}: not computed, the scope of the programme changed.",
    )
    BY_THE_BILL = "by-the-bill", "projet de loi de finances", "budget bill"
    BY_METHOD = "by-method", "calculé selon la méthode des PLF", "computed by the bills' method"
    METHOD = (
        "method",
        "méthode des PLF (tout l’ouvert engagé, tout le voté payé)\u00a0: {forecast} = {previous} + {opened} − {voted}",
        "the bills' method (all open is committed, all voted is paid): {forecast} = {previous} + {opened} − {voted}",
    )
    REMAINDER = "remainder", "au-delà, non réparti", "beyond, not broken down"
    ALLOCATION = (
        "allocation",
        "{label}\u00a0: dotation de {amount} ({source}).",
        "{label}: allocation of {amount} ({source}).",
    )
    NO_ENTRY = "no-entry", "aucune écriture", "no entry"
    WHOLE_FUND = "whole-fund", "ensemble du fonds", "the whole fund"
    SAVING_REPLACES = (
        "saving-replaces",
        "{what}\u00a0: {stated} remplace {others}.",
        "{what}: {stated} takes the place of {others}.",
    )
    SAVING_DISPUTED = (
        "saving-disputed",
        "{what}\u00a0: {stated} et {others} se contredisent, et rien ne dit lequel vaut.",
        "{what}: {stated} and {others} contradict each other, and nothing says which holds.",
    )
    SELF_SELECTED = (
        "self-selected",
        "échantillon de volontaires\u00a0: aucune marge d’erreur n’en répond",
        "self-selected sample: no margin of error covers it",
    )
    PULLED_BY = (
        "pulled-by",
        "programmes\u00a0: {programmes}, réformes\u00a0: {reforms}, projets\u00a0: {projects}",
        "programmes: {programmes}, reforms: {reforms}, projects: {projects}",
    )
    LEVERS_COVERED = (
        "levers-covered",
        "Leviers actionnés\u00a0: {pulled}\u00a0; mesurés\u00a0: {measured}\u00a0; réformes à levier\u00a0: {reforms}.",
        "Levers pulled: {pulled}; measured: {measured}; reforms with a lever: {reforms}.",
    )
    PROGRAMMES_COUNT = (
        "programmes-count",
        "Un programme compte avec ceux sous lui\u00a0: chaque réforme et chaque projet une fois.",
        "A programme counts with those below it: each reform and each project once.",
    )
    LEVERS_COUNT = (
        "levers-count",
        "Un levier compte avec ceux sous lui, ici comme dans la colonne «\u00a0Actionné par\u00a0».",
        "A lever counts with those below it, here as in the column “Pulled by”.",
    )
    LEVERS_COST = (
        "levers-cost",
        "Coût connu ({known})\u00a0: {once}, chaque porteur compté une fois\u00a0; {over} en sommant les leviers.",
        "Known cost ({known}): {once}, each owner counted once; {over} summed over levers.",
    )
    LEVERS_OVERLAP = (
        "levers-overlap",
        "Peut être compris dans l’argent d’une réforme ou d’un programme compté aussi\u00a0: celui de {owners}.",
        "May be a part of the money of a reform or a programme counted too: that of {owners}.",
    )
    LEFT_OF = "left-of", "{left} (sur {before})", "{left} (of {before})"
    OF = "of", "{some} sur {all}", "{some} of {all}"
    ENVELOPE = (
        "envelope",
        "Enveloppe\u00a0: {amount}\u00a0; en tout\u00a0: {cost}.",
        "Envelope: {amount}; in all: {cost}.",
    )
    EDITIONS = (
        "editions",
        "Éditions connues de la Semaine de l’innovation publique\u00a0: {known}, de la première à la dernière connue.",
        "Known editions of the innovation week: {known}, from the first known to the last.",
    )
