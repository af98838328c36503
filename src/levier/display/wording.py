"""What a report calls its parts: titles, captions, what is counted; in French and English, as data."""

from __future__ import annotations

from levier.compute.history.words import InstrumentKind
from levier.model.terms import Term

__all__ = ["BudgetPart", "Caption", "CardKind", "Count", "FactName", "FindingCount", "InstrumentKind", "Title"]


class Title(Term):
    """The titles of a report and of its sections."""

    REPORT = "report", "Situation de la transformation", "Standing of the transformation"
    OVERVIEW = "overview", "Vue d’ensemble", "Overview"
    PROGRAMMES = "programmes", "Programmes, réformes et projets", "Programmes, reforms and projects"
    LEVERS = "levers", "Leviers", "Levers"
    INDICATORS = "indicators", "Indicateurs", "Indicators"
    INSTRUMENTS = "instruments", "Instruments territoriaux", "Territorial instruments"
    BUDGET = "budget", "Budget de l’État", "State budget"
    FUNDS = "funds", "Fonds\u00a0: appels à projets et lauréats", "Fund: calls and awards"
    FINDINGS = "findings", "Constats", "Findings"
    CONFLICTS = "conflicts", "Sources en désaccord", "Sources in conflict"
    EXPLANATIONS = "explanations", "Comment chaque chiffre est obtenu", "How each number came about"
    SOURCES = "sources", "Sources", "Sources"
    CONTENTS = "contents", "Sommaire", "Contents"


class Caption(Term):
    """The captions of tables."""

    OVERVIEW = "overview", "Ce que contient le portefeuille", "What the portfolio holds"
    PROGRAMMES = "programmes", "Programmes de transformation", "Transformation programmes"
    STANDINGS = (
        "standings",
        "Programmes\u00a0: avancement, jalons, argent connu, constats",
        "Programmes: progress, milestones, known money, findings",
    )
    PLEDGES = "pledges", "Engagements publics", "Public pledges"
    REFORMS = (
        "reforms",
        "Réformes\u00a0: responsable, calendrier, avancement",
        "Reforms: lead, calendar, progress",
    )
    PHASES = "phases", "Projets par phase", "Projects by phase"
    PROJECTS = "projects", "Projets", "Projects"
    CALENDARS = "calendars", "Projets\u00a0: calendrier et écart", "Projects: calendar and slip"
    MILESTONES = "milestones", "Jalons", "Milestones"
    RISKS = "risks", "Risques ouverts, et ce qui est fait", "Open risks, and what is done about them"
    DECISIONS = "decisions", "Décisions", "Decisions"
    EVENTS = "events", "Événements datés", "Dated events"
    LEVERS = "levers", "Ce que chaque levier doit faire bouger", "What each lever should move"
    LEVER_COSTS = (
        "lever-costs",
        "Ce que coûte chaque levier, avec ceux sous lui",
        "What each lever costs, with those below it",
    )
    INDICATORS = (
        "indicators",
        "Dernière valeur, cible et résultat de chaque indicateur",
        "Latest value, target and result of each indicator",
    )
    ATTAINMENTS = "attainments", "Cibles de chaque année", "Targets of each year"
    DEFINITIONS = (
        "definitions",
        "Changements de définition\u00a0: aucune série ne les traverse",
        "Changes of definition: no series runs across them",
    )
    SURVEYS = "surveys", "Résultats d’enquête", "Survey results"
    FIGURES = "figures", "Chiffres publiés", "Published figures"
    PLAN_FIGURES = (
        "plan-figures",
        "Chiffres publiés sur les programmes, réformes et projets",
        "Published figures of programmes, reforms and projects",
    )
    BODY_FIGURES = "body-figures", "Chiffres publiés sur les organismes", "Published figures of bodies"
    TRAITS = "traits", "Ce que les sources disent des organismes", "What sources say of bodies"
    INSTRUMENTS = "instruments", "Instruments territoriaux", "Territorial instruments"
    STAGES = "stages", "{label}\u00a0: équipes et argent, étape par étape", "{label}: teams and money, stage by stage"
    BUDGET = (
        "budget",
        "Programme {id} «\u00a0{label}\u00a0»\u00a0: crédits et exécution par année",
        "Programme {id} “{label}”: appropriations and execution by year",
    )
    RATES = (
        "rates",
        "Programme {id}\u00a0: taux d’exécution, chacun avec son dénominateur",
        "Programme {id}: execution rates, each with its denominator",
    )
    OUTSTANDING = (
        "outstanding",
        "Programme {id}\u00a0: restes à payer en fin d’année",
        "Programme {id}: outstanding commitments at the end of the year",
    )
    SCHEDULE = (
        "schedule",
        "Programme {id}\u00a0: échéancier des paiements selon {source}",
        "Programme {id}: payment schedule according to {source}",
    )
    RESERVES = "reserves", "Programme {id}\u00a0: réserves sur les montants", "Programme {id}: caveats on amounts"
    CALLS = "calls", "{label}\u00a0: appels à projets", "{label}: calls for projects"
    AWARDS = "awards", "{label}\u00a0: projets lauréats", "{label}: awarded projects"
    SAVINGS = "savings", "{label}\u00a0: économies", "{label}: savings"
    FUND_FIGURES = "fund-figures", "{label}\u00a0: chiffres publiés", "{label}: published figures"
    FINDINGS = "findings", "Constats", "Findings"
    CONFLICTS = (
        "conflicts",
        "Faits sur lesquels les sources ne s’accordent pas",
        "Facts on which the sources do not agree",
    )
    PROGRESS_EXPLAINED = "progress-explained", "Avancement des indicateurs", "Progress of the indicators"
    OUTSTANDING_EXPLAINED = "outstanding-explained", "Restes à payer", "Outstanding commitments"
    SOURCES = "sources", "Sources citées", "Sources cited"


class Count(Term):
    """What is counted in the overview: the registries of a portfolio, and what was found in them."""

    PROGRAMMES = "programmes", "Programmes", "Programmes"
    REFORMS = "reforms", "Réformes", "Reforms"
    PROJECTS = "projects", "Projets", "Projects"
    OBJECTIVES = "objectives", "Objectifs", "Objectives"
    LEVERS = "levers", "Leviers", "Levers"
    METHODS = "methods", "Méthodes", "Methods"
    INDICATORS = "indicators", "Indicateurs", "Indicators"
    MEASURED = "measured", "Indicateurs mesurés à cette date", "Indicators measured by that day"
    OBSERVATIONS = "observations", "Observations", "Observations"
    SURVEYS = "surveys", "Enquêtes", "Surveys"
    INSTRUMENTS = "instruments", "Instruments territoriaux", "Territorial instruments"
    BUDGET_PROGRAMMES = "budget_programmes", "Programmes du budget de l’État", "State budget programmes"
    FUNDS = "funds", "Fonds", "Funds"
    ORGANISATIONS = "organisations", "Organismes", "Bodies"
    TERRITORIES = "territories", "Territoires", "Territories"
    SOURCES = "sources", "Sources", "Sources"
    FINDINGS = "findings", "Constats\u00a0: {severity}", "Findings: {severity}"
    MILESTONES = "milestones", "Jalons", "Milestones"
    DEFINITIONS = "definitions", "Versions de la définition", "Versions of the definition"
    UNMEASURED = "unmeasured", "Indicateurs sans aucune valeur", "Indicators without any value"
    LATEST_DAY = "latest-day", "Dernier jour connu", "Latest day known"
    CONFLICTS = "conflicts", "Faits où les sources divergent", "Facts on which sources disagree"


class BudgetPart(Term):
    """What documents state of a budget programme, by the field that holds it."""

    LINES = "lines", "crédits", "appropriations"
    EXECUTIONS = "executions", "crédits consommés", "execution"
    MOVEMENTS = "movements", "mouvement", "movement"
    OUTSTANDING = "outstanding", "restes à payer", "outstanding commitments"


class FindingCount(Term):
    """The findings of each severity, as several."""

    NOTE = "note", "à noter", "notes"
    WARNING = "warning", "à vérifier", "warnings"
    BREACH = "breach", "dépassements", "breaches"
    NOT_ASSESSABLE = "not-assessable", "non appréciables", "not assessable"


class CardKind(Term):
    """What a card shows."""

    PORTFOLIO = "portfolio", "Portefeuille", "Portfolio"
    PROJECT = "project", "Projet", "Project"
    INDICATOR = "indicator", "Indicateur", "Indicator"
    BUDGET_YEAR = "budget-year", "Année budgétaire", "Budget year"
    YEAR_OF = "year-of", "Programme {programme}, {year}", "Programme {programme}, {year}"
    RATE = "rate", "{of}, consommé / {over}", "{of}, used / {over}"


class FactName(Term):
    """The fields in which sources may disagree."""

    ALLOCATION = "allocation", "dotation", "allocation"
    CLOSED_ON = "closed_on", "date de clôture", "closing date"
    DEADLINE = "deadline", "date limite", "deadline"
    ENVELOPE = "envelope", "enveloppe", "envelope"
    GRANT = "grant", "subvention", "grant"
    LAUNCHED_ON = "launched_on", "date de lancement", "launch date"
    ON = "on", "date", "date"
    OPENED_ON = "opened_on", "date d’ouverture", "opening date"
    PERIOD = "period", "période", "period"
    POPULATION = "population", "population", "population"
