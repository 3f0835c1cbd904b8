"""The history of one application, in words."""

from typing import Any

from aap.applications.models import Application
from aap.examination.models import EligibilityCheck
from aap.history.models import Event
from aap.people.models import User

# Every act that the rooms record on an application. An act without a label here is shown as « Acte enregistré ».
LABELS = {
    "start": "Dossier commencé",
    "document_attached": "Pièce jointe",
    "document_removed": "Pièce retirée",
    "submit": "Dossier déposé",
    "start_examination": "Instruction commencée",
    "request_changes": "Compléments demandés",
    "return_changes": "Compléments transmis",
    "declare_admissible": "Déclaré recevable",
    "declare_inadmissible": "Déclaré irrecevable",
    "declare_ineligible": "Déclaré inéligible",
    "award": "Subvention attribuée",
    "place_on_reserve": "Inscrit sur la liste d’attente",
    "refuse": "Demande refusée",
    "withdraw": "Dossier retiré par la structure",
    "checks_recorded": "Constats enregistrés",
    "officer_assigned": "Suivi du dossier",
    "recusal_recorded": "Déport enregistré",
    "recusal_lifted": "Déport levé",
    "recommendation_recorded": "Avis du jury enregistré",
    "decision_released": "Décision notifiée",
    "decision_read": "Décision lue par la structure",
}
NAMING = {"start_examination": "officer", "officer_assigned": "officer", "recusal_recorded": "user", "recusal_lifted": "user"}


def timeline(application: Application) -> list[dict[str, Any]]:
    """What happened, oldest first, in the shape of the component `timeline`. Two queries."""
    events = list(Event.objects.filter(chain=application.chain).select_related("actor").order_by("sequence"))
    named = {identifier for event in events if (identifier := event.data.get(NAMING.get(event.name, "")))}
    people = {str(user.public_id): str(user) for user in User.objects.filter(public_id__in=named)} if named else {}
    return [
        {"label": LABELS.get(event.name, "Acte enregistré"), "at": event.at, "detail": _detail(event, people)}
        for event in events
    ]


def _detail(event: Event, people: dict[str, str]) -> str:
    author = f"par {event.actor}" if event.actor else "par la plateforme"
    return ", ".join(part for part in (author, _precision(event, people)) if part)


def _precision(event: Event, people: dict[str, str]) -> str:
    if event.name == "checks_recorded":
        return _findings(event.data.get("outcomes", {}))
    if event.name == "officer_assigned":
        return (
            f"confié à {people.get(event.data['officer'], 'une autre personne')}"
            if event.data.get("officer")
            else "plus personne"
        )
    if event.name in {"recusal_recorded", "recusal_lifted"}:
        return f"pour {people.get(event.data.get('user', ''), 'une personne')}"
    return ""


def _findings(outcomes: dict[str, str]) -> str:
    met = sum(outcome == EligibilityCheck.Outcome.MET for outcome in outcomes.values())
    parts = []
    if met:
        parts.append(f"{met} conforme{'s' if met > 1 else ''}")
    if unmet := len(outcomes) - met:
        parts.append(f"{unmet} non conforme{'s' if unmet > 1 else ''}")
    return " et ".join(parts)
