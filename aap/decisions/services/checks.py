"""What a resolution must satisfy before it is recorded. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from aap import clock
from aap.applications.models import Application
from aap.calls.models import Call
from aap.decisions.models import Outcome
from aap.decisions.selectors import awarded_in_force, jury_sat_on
from aap.decisions.wording import long_date
from aap.examination.rules import REASON_LENGTH
from aap.moments import validate_plausible_date
from aap.money import euros

CENT = Decimal("0.01")
LAST_RANK = 999
NO_MINUTES = (
    "Le jury n’a pas encore rendu ses avis : la délibération vient après eux. Tenez la séance du jury et établissez son "
    "procès-verbal, puis revenez ici."
)


@dataclass(frozen=True)
class DecisionDraft:
    """What the resolution says of one application. `amount` is 0 unless awarded."""

    application: Application
    outcome: Outcome | str
    amount: Decimal = Decimal(0)
    reason: str = ""
    reserve_rank: int | None = None
    reserve_until: date | None = None


def content_problems(draft: DecisionDraft, application: Application, adopted_on: date) -> list[str]:
    """What is wrong in the decision on one application."""
    match draft.outcome:
        case Outcome.AWARDED:
            return _amount_problems(draft.amount, application.requested_amount)
        case Outcome.RESERVE:
            problems = _reserve_problems(draft, adopted_on)
        case Outcome.REFUSED:
            problems = reason_problems(draft.reason, "Écrivez le motif du refus : il figurera dans la lettre.")
        case _:
            return ["Choisissez une décision : attribuée, liste d’attente ou refusée."]
    if draft.amount:
        problems.append("Seule une subvention attribuée a un montant : laissez-le vide.")
    return problems


def reason_problems(reason: str, missing: str) -> list[str]:
    """A reason left out (`missing` says so), or too long for a letter of one page."""
    if not reason.strip():
        return [missing]
    if len(reason.strip()) > REASON_LENGTH:
        return [
            f"Le motif compte {len(reason.strip())} caractères. Gardez-en {REASON_LENGTH} au plus : la lettre tient en une page."
        ]
    return []


def _amount_problems(amount: Decimal, requested: Decimal | None) -> list[str]:
    if amount <= 0:
        return ["Le montant attribué doit être supérieur à zéro."]
    if amount != amount.quantize(CENT):
        return ["Le montant s’écrit en euros et centimes, sans autre décimale."]
    if requested is not None and amount > requested:
        return [f"Le montant attribué ({euros(amount)}) dépasse le montant demandé ({euros(requested)})."]
    return []


def _reserve_problems(draft: DecisionDraft, adopted_on: date) -> list[str]:
    problems = []
    if not draft.reserve_rank or not 1 <= draft.reserve_rank <= LAST_RANK:
        problems.append(f"Indiquez le rang sur la liste d’attente, de 1 à {LAST_RANK}.")
    if draft.reserve_until is None:
        problems.append("Indiquez jusqu’à quand la liste d’attente est valable.")
    elif draft.reserve_until < adopted_on:
        problems.append("La liste d’attente ne peut pas finir avant la date de la délibération.")
    else:
        problems.extend(day_problems(draft.reserve_until))
    return problems


def date_problems(call: Call, adopted_on: date, executory_on: date | None) -> list[str]:
    """A resolution before the jury's minutes or its sitting, or not adopted yet."""
    sat_on = jury_sat_on(call)
    if sat_on is None:
        return [NO_MINUTES]
    problems = []
    for day, what in ((adopted_on, "de la délibération"), (executory_on, "exécutoire")):
        if day and day > clock.today():
            problems.append(f"La date {what} est dans le futur : enregistrez la délibération une fois adoptée.")
    if adopted_on < sat_on:
        problems.append(
            f"La délibération ne peut pas précéder la séance du jury, tenue le {long_date(sat_on)} : corrigez sa date."
        )
    return problems


def day_problems(day: date) -> list[str]:
    """A year that is a slip of the keyboard."""
    try:
        validate_plausible_date(day)
    except ValidationError as error:
        return list(error.messages)
    return []


def envelope_problems(call: Call, drafts: Sequence[DecisionDraft]) -> list[str]:
    """Envelope exceeded, or two applications at the same rank of the reserve."""
    problems = []
    total = awarded_in_force(Application.objects.filter(call=call), [draft.application for draft in drafts]) + sum(
        (draft.amount for draft in drafts if draft.outcome == Outcome.AWARDED), Decimal(0)
    )
    if total > call.envelope:
        excess = euros(total - call.envelope)
        problems.append(
            f"Le total attribué ({euros(total)}) dépasse l’enveloppe ({euros(call.envelope)}) de {excess}. "
            "Réduisez des montants ou inscrivez des dossiers sur la liste d’attente."
        )
    ranks = [draft.reserve_rank for draft in drafts if draft.outcome == Outcome.RESERVE and draft.reserve_rank]
    doubled = sorted({rank for rank in ranks if ranks.count(rank) > 1})
    problems.extend(f"Deux dossiers ont le rang {rank} sur la liste d’attente." for rank in doubled)
    return problems
