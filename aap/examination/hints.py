"""What the data of an application says by itself about the points to verify. Shown, never written as a finding."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from aap.applications.models import Application
from aap.calls.models import EligibilityRule
from aap.moments import french_moment
from aap.money import euros, percent
from aap.organisations.rules import spaced_siret, validate_siret

Automatic = EligibilityRule.Automatic


@dataclass(frozen=True)
class Hint:
    """An automatic observation: `favourable` is None when the data does not decide. `sentence` is French."""

    automatic: str
    favourable: bool | None
    sentence: str


def rate_of(application: Application) -> Decimal | None:
    """The part of the project's cost that is asked for, in percent. None when one of the two amounts is missing."""
    if application.requested_amount is None or not application.project_cost:
        return None
    return application.requested_amount * 100 / application.project_cost


def _deadline(application: Application) -> Hint:
    closing, deposit = application.call.closes_at, application.submitted_at
    if deposit is None:
        return Hint(Automatic.DEADLINE, None, "La date de dépôt n’est pas connue.")
    inside = deposit <= closing
    word = "avant" if inside else "après"
    return Hint(
        Automatic.DEADLINE, inside, f"Déposé le {french_moment(deposit)}, {word} la clôture du {french_moment(closing)}."
    )


def _documents(application: Application) -> Hint:
    """Needs the list of the call's documents and of the application's: two queries."""
    present = {document.requirement_id for document in application.documents.all() if document.removed_at is None}
    required = [each for each in application.call.document_requirements.all() if each.required]
    missing = [each.label for each in required if each.pk not in present]
    if missing:
        listed = ", ".join(f"« {label} »" for label in missing)
        return Hint(Automatic.DOCUMENTS, False, f"Il manque {listed}.")
    if not required:
        return Hint(Automatic.DOCUMENTS, True, "L’appel ne demande aucune pièce obligatoire.")
    return Hint(
        Automatic.DOCUMENTS,
        True,
        f"Les {len(required)} pièces obligatoires sont jointes." if len(required) > 1 else "La pièce obligatoire est jointe.",
    )


def _siret(application: Application) -> Hint:
    siret = application.organisation.siret
    try:
        validate_siret(siret)
    except ValidationError as error:
        return Hint(Automatic.SIRET, False, f"{siret} : {error.messages[0]}")
    return Hint(Automatic.SIRET, True, f"Le numéro SIRET {spaced_siret(siret)} est bien formé (clé de contrôle juste).")


def _amount(application: Application) -> Hint:
    amount, call = application.requested_amount, application.call
    if amount is None:
        return Hint(Automatic.AMOUNT, None, "Aucun montant demandé n’est indiqué.")
    bounds = f"minimum {euros(call.floor)}" + (
        f", maximum {euros(call.ceiling)}" if call.ceiling is not None else ", sans maximum"
    )
    inside = amount >= call.floor and (call.ceiling is None or amount <= call.ceiling)
    return Hint(Automatic.AMOUNT, inside, f"{euros(amount)} demandés ({bounds}).")


def _rate(application: Application) -> Hint:
    rate, limit = rate_of(application), application.call.max_rate
    if rate is None:
        return Hint(Automatic.RATE, None, "Le coût du projet ou le montant demandé n’est pas indiqué.")
    # The comparison is exact; two decimals are shown so that 80,01 % is not read as 80 %.
    return Hint(Automatic.RATE, rate <= limit, f"{percent(rate)} du coût du projet (maximum {percent(limit)}).")


def _commune(application: Application) -> Hint:
    if application.commune is None:
        return Hint(Automatic.COMMUNE, None, "Aucune commune de la liste de référence n’est indiquée.")
    return Hint(
        Automatic.COMMUNE,
        True,
        f"{application.commune.name} ({application.commune_id}) est dans la liste de référence du département.",
    )


OBSERVERS: dict[str, Callable[[Application], Hint]] = {
    Automatic.DEADLINE: _deadline,
    Automatic.DOCUMENTS: _documents,
    Automatic.SIRET: _siret,
    Automatic.AMOUNT: _amount,
    Automatic.RATE: _rate,
    Automatic.COMMUNE: _commune,
}


def hints(application: Application) -> dict[str, Hint]:
    """Every automatic observation, by `EligibilityRule.Automatic`."""
    return {name: observe(application) for name, observe in OBSERVERS.items()}
