"""The « délibération » recorded: from this moment, and not before, something is awarded."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from aap import clock
from aap.applications import lifecycle
from aap.applications.models import Application
from aap.applications.states import State
from aap.calls.models import Call
from aap.decisions.models import Decision, Outcome, Resolution
from aap.decisions.rules import refusal_for_call, require_for_call
from aap.decisions.selectors import jury_sat_on
from aap.decisions.services.checks import NO_MINUTES, DecisionDraft, content_problems, date_problems, envelope_problems
from aap.errors import DomainError
from aap.history.services import record
from aap.people.models import User

TRANSITION_OF = {Outcome.AWARDED: "award", Outcome.RESERVE: "place_on_reserve", Outcome.REFUSED: "refuse"}


@dataclass(eq=False)
class ResolutionRefusedError(DomainError):
    """Everything that prevents the recording, at once: `general` and, by application primary key, `by_application`."""

    general: list[str] = field(default_factory=list)
    by_application: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(" ".join([*self.general, *(each for each_list in self.by_application.values() for each in each_list)]))


@transaction.atomic
def record_resolution(
    call: Call,
    *,
    number: str,
    adopted_on: date,
    executory_on: date | None = None,
    decisions: Iterable[DecisionDraft],
    by: User,
) -> Resolution:
    """Record the committee's resolution on every admissible application of `call`, and on those of the reserve it names.

    All or nothing. Recording the same thing twice returns the first; raises ResolutionRefusedError with everything that is
    wrong: no minutes of the jury yet, a date before its sitting or in the future, an application left out, the envelope
    exceeded (to the cent), an amount above the request.
    """
    require_for_call(by, call)
    number = number.strip()
    call = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    drafts = sorted(decisions, key=lambda draft: draft.application.pk)
    existing = Resolution.objects.filter(call=call, number=number).first()
    if existing:
        return _already_recorded(existing, adopted_on, drafts)

    resolution = Resolution(
        call=call,
        kind=Resolution.Kind.COMMITTEE,
        number=number,
        adopted_on=adopted_on,
        executory_on=executory_on,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    _refuse_if_wrong(resolution, drafts)
    resolution.save()
    for draft in drafts:
        _decide(draft, resolution, by)
    record(f"call:{call.slug}", "resolution_recorded", by=by, resolution=str(resolution.public_id), decisions=len(drafts))
    return resolution


def resolution_obstacle(call: Call, *, by: User) -> str:
    """Why no resolution can be recorded now, whatever is typed; empty when one can."""
    return refusal_for_call(by, call) or ("" if jury_sat_on(call) else NO_MINUTES)


def _refuse_if_wrong(resolution: Resolution, drafts: list[DecisionDraft]) -> None:
    call = resolution.call
    refused = ResolutionRefusedError()
    try:
        resolution.full_clean()
    except ValidationError as error:
        refused.general.extend(error.messages)
    refused.general.extend(date_problems(call, resolution.adopted_on, resolution.executory_on))

    # Locked in the order of their keys, as the release does: two acts at once wait instead of blocking each other.
    open_states = [State.ADMISSIBLE, State.RESERVE]
    waiting = {
        each.pk: each
        for each in Application.objects.select_for_update(no_key=True).filter(call=call, state__in=open_states).order_by("pk")
    }
    named = [draft.application.pk for draft in drafts]
    for pk in {pk for pk in named if named.count(pk) > 1}:
        refused.by_application.setdefault(pk, []).append("Ce dossier figure deux fois.")
    missing = [each for each in waiting.values() if each.state == State.ADMISSIBLE and each.pk not in named]
    refused.general.extend(f"Le dossier {each.number} est recevable et n’a pas de décision." for each in missing)
    for draft in drafts:
        if draft.application.pk in waiting:
            problems = content_problems(draft, waiting[draft.application.pk], resolution.adopted_on)
        else:
            problems = [f"Le dossier {draft.application.number} n’attend pas de décision de la délibération."]
        if problems:
            refused.by_application.setdefault(draft.application.pk, []).extend(problems)
    refused.general.extend(envelope_problems(call, drafts))
    if refused.general or refused.by_application:
        raise ResolutionRefusedError(refused.general, refused.by_application)


def _decide(draft: DecisionDraft, resolution: Resolution, by: User) -> Decision:
    application, outcome = draft.application, Outcome(draft.outcome)
    old = Decision.objects.filter(application=application, replaced_by__isnull=True).first()
    # Kept on the reserve by a new resolution: the decision is new, the state is not.
    if not (application.state == State.RESERVE and outcome == Outcome.RESERVE):
        lifecycle.apply(application, TRANSITION_OF[outcome], by=by, resolution=str(resolution.public_id))
    # One decision in force at any instant: the new one enters as replaced, then both change places.
    new = Decision.objects.create(
        application=application,
        resolution=resolution,
        outcome=outcome,
        amount=draft.amount,
        reason=draft.reason.strip(),
        reserve_rank=draft.reserve_rank if outcome == Outcome.RESERVE else None,
        reserve_until=draft.reserve_until if outcome == Outcome.RESERVE else None,
        decided_at=clock.now(),
        decided_by=by,
        replaced_by=old,
    )
    if old:
        old.replaced_by = new
        old.save(update_fields=["replaced_by"])
        new.replaced_by = None
        new.save(update_fields=["replaced_by"])
    return new


def _already_recorded(existing: Resolution, adopted_on: date, drafts: list[DecisionDraft]) -> Resolution:
    recorded = sorted(existing.decisions.values_list("application_id", "outcome", "amount"))
    asked = sorted((draft.application.pk, str(draft.outcome), draft.amount) for draft in drafts)
    if existing.kind == Resolution.Kind.COMMITTEE and existing.adopted_on == adopted_on and recorded == asked:
        return existing
    raise ResolutionRefusedError(
        general=[f"La délibération n° {existing.number} est déjà enregistrée pour cet appel, avec un autre contenu."]
    )
