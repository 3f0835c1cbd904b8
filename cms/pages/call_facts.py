"""What the page of a call says of the call itself, before, during and after the deposits, without anyone's hand."""

from datetime import date, datetime
from typing import Any

from aap import clock
from aap.calls.models import Call, CallPhase
from aap.moments import french_day, french_moment
from aap.money import euros, percent

# How one deposits here: the same for every call, since it describes this site.
STEPS = (
    {"title": "Créez votre compte", "text": "Une adresse électronique suffit. Un code vous est envoyé pour la vérifier."},
    {"title": "Présentez votre structure", "text": "Une seule fois\u00a0: elle servira pour tous vos dossiers."},
    {"title": "Remplissez à votre rythme", "text": "Vos réponses sont conservées. Vous pouvez vous arrêter et reprendre."},
    {"title": "Déposez avant la clôture", "text": "Vous recevez aussitôt un récépissé, avec le numéro de votre dossier."},
)


def key_dates(call: Call) -> list[dict[str, Any]]:
    """The calendar, each date past or to come; the next one is marked."""
    moments: list[tuple[str, date | datetime]] = [
        ("Ouverture de l’appel", call.opens_at),
        ("Clôture des dépôts", call.closes_at),
    ]
    if call.committee_on:
        moments.append(("Commission permanente, date prévue", call.committee_on))
    dates: list[dict[str, Any]] = []
    next_found = False
    for label, at in moments:
        state = "past" if _is_past(at) else "" if next_found else "next"
        next_found = next_found or state == "next"
        dates.append({"label": label, "date": at, "state": state})
    return dates


def _is_past(at: date | datetime) -> bool:
    return at < clock.now() if isinstance(at, datetime) else at < clock.today()


def amounts(call: Call) -> list[dict[str, str]]:
    """How much, in the words of the call."""
    facts = [{"label": "Enveloppe de l’appel", "value": euros(call.envelope)}]
    if call.ceiling and call.floor:
        facts.append({"label": "Montant demandé", "value": f"de {euros(call.floor)} à {euros(call.ceiling)}"})
    elif call.ceiling:
        facts.append({"label": "Montant demandé", "value": f"jusqu’à {euros(call.ceiling)}"})
    elif call.floor:
        facts.append({"label": "Montant demandé", "value": f"à partir de {euros(call.floor)}"})
    facts.append({"label": "Part prise en charge", "value": f"jusqu’à {percent(call.max_rate)} du coût du projet"})
    return facts


def notice(call: Call) -> dict[str, str] | None:
    """What a visitor must know at once outside the time of deposits; None while the call is open."""
    if call.phase == CallPhase.OPEN:
        return None
    if call.phase == CallPhase.UPCOMING:
        return {
            "title": "Les dépôts ne sont pas encore ouverts.",
            "text": f"Vous pourrez déposer un dossier à partir du {french_moment(call.opens_at)}. "
            "Vous pouvez déjà réunir les pièces demandées.",
        }
    text = "Vous avez déposé un dossier\u00a0? Suivez-le dans votre espace, à la rubrique «\u00a0Mes dossiers\u00a0»."
    if call.committee_on and not _is_past(call.committee_on):
        text += f" La Commission permanente doit se prononcer le {french_day(call.committee_on)}."
    return {"title": f"Les dépôts sont clos depuis le {french_moment(call.closes_at)}.", "text": text}
