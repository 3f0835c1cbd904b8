"""What the service decides itself, under a recorded delegation: irrecevable, inéligible."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from aap import clock
from aap.applications import lifecycle
from aap.applications.models import Application
from aap.calls.models import Call
from aap.decisions.models import Decision, Outcome, Resolution
from aap.decisions.rules import require_decider, require_for_application
from aap.decisions.services.checks import reason_problems
from aap.errors import DomainError
from aap.history.services import record
from aap.people.models import User

TRANSITION_OF = {Outcome.INADMISSIBLE: "declare_inadmissible", Outcome.INELIGIBLE: "declare_ineligible"}


@dataclass(frozen=True)
class DelegationDraft:
    """A delegation as the officer describes it: the « arrêté » that lets the service decide, and who signs under it."""

    number: str
    adopted_on: date
    signatory_role: str = ""
    signatory_name: str = ""


@transaction.atomic
def record_delegation(
    call: Call,
    *,
    number: str,
    adopted_on: date,
    signatory_role: str = "",
    signatory_name: str = "",
    by: User,
) -> Resolution:
    """The delegation under which the service decides on admissibility for `call`; the same number twice is the same row."""
    require_decider(by)
    number = number.strip()
    Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    existing = Resolution.objects.filter(call=call, number=number).first()
    if existing:
        if existing.kind != Resolution.Kind.DELEGATION or existing.adopted_on != adopted_on:
            raise DomainError(
                f"Le numéro {number} est déjà enregistré pour cet appel, avec une autre date ou une autre nature."
            )
        return existing
    if adopted_on > clock.today():
        raise DomainError("La date de la délégation est dans le futur. Indiquez la date à laquelle elle a été signée.")
    resolution = Resolution(
        call=call,
        kind=Resolution.Kind.DELEGATION,
        number=number,
        adopted_on=adopted_on,
        signatory_role=signatory_role,
        signatory_name=signatory_name,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    try:
        resolution.full_clean()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    resolution.save()
    record(f"call:{call.slug}", "delegation_recorded", by=by, resolution=str(resolution.public_id))
    return resolution


@transaction.atomic
def declare_inadmissible(
    application: Application,
    *,
    outcome: Outcome | str,
    reason: str,
    article: str,
    by: User,
    delegation: Resolution | DelegationDraft | None = None,
) -> Decision:
    """Decide that `application` is irrecevable (form) or inéligible (substance). The applicant reads it at the release.

    `delegation` is a recorded one, or one to record now; without it, the call's latest is used. Raises DomainError when
    there is none, when the reason is missing, or when the state or the person does not allow it.
    """
    outcome = Outcome(outcome)
    if outcome not in TRANSITION_OF:
        raise DomainError("Choisissez « irrecevable » ou « inéligible » : les autres décisions viennent de la délibération.")
    if problems := reason_problems(reason, "Écrivez le motif : il figurera dans la lettre."):
        raise DomainError(problems[0])
    require_for_application(by, application)
    resolution = _delegation_of(application.call, delegation, by)
    lifecycle.apply(application, TRANSITION_OF[outcome], by=by, resolution=str(resolution.public_id))
    return Decision.objects.create(
        application=application,
        resolution=resolution,
        outcome=outcome,
        reason=reason.strip(),
        article=article.strip(),
        decided_at=clock.now(),
        decided_by=by,
    )


def _delegation_of(call: Call, delegation: Resolution | DelegationDraft | None, by: User) -> Resolution:
    if isinstance(delegation, DelegationDraft):
        return record_delegation(call, **asdict(delegation), by=by)
    recorded = Resolution.objects.filter(call=call, kind=Resolution.Kind.DELEGATION)
    if delegation is not None:
        recorded = recorded.filter(pk=delegation.pk)
    found = recorded.order_by("-adopted_on", "-pk").first()
    if found is None:
        raise DomainError(
            "Aucune délégation n’est enregistrée pour cet appel. Indiquez son numéro et sa date : la lettre doit les citer."
        )
    return found
