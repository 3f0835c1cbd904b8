"""The states of an application and the one table of what may follow what (product: « the life of an application »)."""

from dataclasses import dataclass

from django.db import models


class State(models.TextChoices):
    """Internal state. What the applicant reads is `public_state` (aap.applications.selectors)."""

    DRAFT = "draft", "Brouillon"
    SUBMITTED = "submitted", "Déposée"
    EXAMINING = "examining", "En instruction"
    INCOMPLETE = "incomplete", "À compléter"
    ADMISSIBLE = "admissible", "Recevable"
    INADMISSIBLE = "inadmissible", "Irrecevable"
    INELIGIBLE = "ineligible", "Inéligible"
    AWARDED = "awarded", "Attribuée"
    RESERVE = "reserve", "Liste d’attente"
    REFUSED = "refused", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"


class Actor(models.TextChoices):
    """Who may cause a transition; `rules.may_apply` says whether a person is one on this application."""

    APPLICANT = "applicant", "Structure candidate"
    OFFICER = "officer", "Instruction"


@dataclass(frozen=True)
class Transition:
    name: str
    label: str
    sources: frozenset[State]
    target: State
    actor: Actor


def _transition(name: str, label: str, sources: set[State], target: State, actor: Actor) -> Transition:
    return Transition(name, label, frozenset(sources), target, actor)


S = State
TRANSITIONS: dict[str, Transition] = {
    transition.name: transition
    for transition in (
        _transition("submit", "Déposer le dossier", {S.DRAFT}, S.SUBMITTED, Actor.APPLICANT),
        _transition("start_examination", "Commencer l’instruction", {S.SUBMITTED}, S.EXAMINING, Actor.OFFICER),
        _transition("request_changes", "Demander des compléments", {S.EXAMINING}, S.INCOMPLETE, Actor.OFFICER),
        _transition("return_changes", "Transmettre les compléments", {S.INCOMPLETE}, S.EXAMINING, Actor.APPLICANT),
        _transition("declare_admissible", "Déclarer recevable", {S.EXAMINING}, S.ADMISSIBLE, Actor.OFFICER),
        _transition("declare_inadmissible", "Déclarer irrecevable", {S.EXAMINING, S.INCOMPLETE}, S.INADMISSIBLE, Actor.OFFICER),
        _transition("declare_ineligible", "Déclarer inéligible", {S.EXAMINING, S.INCOMPLETE}, S.INELIGIBLE, Actor.OFFICER),
        _transition("award", "Attribuer", {S.ADMISSIBLE, S.RESERVE}, S.AWARDED, Actor.OFFICER),
        _transition("place_on_reserve", "Inscrire sur la liste d’attente", {S.ADMISSIBLE}, S.RESERVE, Actor.OFFICER),
        _transition("refuse", "Refuser", {S.ADMISSIBLE, S.RESERVE}, S.REFUSED, Actor.OFFICER),
        _transition(
            "withdraw",
            "Retirer le dossier",
            {
                S.DRAFT,
                S.SUBMITTED,
                S.EXAMINING,
                S.INCOMPLETE,
                S.ADMISSIBLE,
                S.INADMISSIBLE,
                S.INELIGIBLE,
                S.AWARDED,
                S.RESERVE,
                S.REFUSED,
            },
            S.WITHDRAWN,
            Actor.APPLICANT,
        ),
    )
}

DEPOSITED = frozenset(State) - {S.DRAFT}
DECIDED = frozenset({S.AWARDED, S.RESERVE, S.REFUSED, S.INADMISSIBLE, S.INELIGIBLE})
EXAMINATION = frozenset({S.SUBMITTED, S.EXAMINING, S.INCOMPLETE})


def pairs() -> list[tuple[str, str]]:
    """Every allowed (source, target), for the database's own guard."""
    return sorted({(source.value, each.target.value) for each in TRANSITIONS.values() for source in each.sources})
