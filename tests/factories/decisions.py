"""Opinions, resolutions and letters, by the real services."""

from datetime import date
from decimal import Decimal
from typing import Any

from aap import clock
from aap.applications.models import Application
from aap.applications.states import State
from aap.calls.models import Call
from aap.decisions.models import Avis, Outcome, Recommendation, Release, Resolution
from aap.decisions.services import (
    DecisionDraft,
    check_release,
    install_model_letters,
    prepare_release,
    record_recommendation,
    record_resolution,
    release,
)
from aap.people.models import User
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory
from tests.factories.people import OfficerFactory
from tests.worker import run_jobs


def recommend(application: Application, avis: Avis = Avis.FAVOURABLE, **fields: Any) -> Recommendation:
    """The jury's opinion on an admissible application."""
    favourable = avis in (Avis.FAVOURABLE, Avis.RESERVED)
    values: dict[str, Any] = {
        "score": Decimal("72.35"),
        "exact_score": "1447/20",
        "rank": 1,
        "tied": False,
        "proposed_amount": Decimal(5000) if favourable else Decimal(0),
        "reservations": "",
        "comments": [],
        "grid_version": 1,
        "sitting_on": date(2025, 2, 12),
        "minutes_sha256": "0" * 64,
    }
    return record_recommendation(application, avis=avis, **values | fields)


def draft_for(application: Application, outcome: Outcome, **fields: Any) -> DecisionDraft:
    """A right decision of that outcome."""
    defaults: dict[str, Any] = {
        Outcome.AWARDED: {"amount": Decimal(5000)},
        Outcome.RESERVE: {"reserve_rank": 1, "reserve_until": date(2099, 12, 31)},
        Outcome.REFUSED: {"reason": "La note obtenue est inférieure à la note minimale."},
    }[outcome]
    return DecisionDraft(application, outcome, **defaults | fields)


OUTCOMES = (Outcome.AWARDED, Outcome.RESERVE, Outcome.REFUSED)


def decided(outcomes: tuple[Outcome, ...] = OUTCOMES, *, by: User | None = None, call: Call | None = None) -> Resolution:
    """A call whose resolution gives one decision for each of `outcomes`, in that order; letters not yet prepared."""
    call = call or CallFactory()
    install_model_letters(call)
    officer = by or OfficerFactory()
    drafts, ranks = [], 0
    for rank, outcome in enumerate(outcomes, start=1):
        application = make_application(state=State.ADMISSIBLE, call=call, officer=officer)
        avis = {Outcome.AWARDED: Avis.FAVOURABLE, Outcome.RESERVE: Avis.RESERVE_LIST}.get(outcome, Avis.UNFAVOURABLE)
        recommend(application, avis, rank=rank)
        ranks += outcome == Outcome.RESERVE
        drafts.append(draft_for(application, outcome, **({"reserve_rank": ranks} if outcome == Outcome.RESERVE else {})))
    return record_resolution(call, number="2025-118", adopted_on=clock.today(), decisions=drafts, by=officer)


def prepared(outcomes: tuple[Outcome, ...] = OUTCOMES, **kwargs: Any) -> Release:
    """The same, letters made and ready."""
    resolution = decided(outcomes, **kwargs)
    batch = prepare_release(resolution, by=resolution.recorded_by)
    run_jobs()
    batch.refresh_from_db()
    return batch


def released(outcomes: tuple[Outcome, ...] = OUTCOMES, **kwargs: Any) -> Release:
    """The same, checked and released."""
    batch = prepared(outcomes, **kwargs)
    check_release(batch, by=batch.created_by)
    return release(batch, by=batch.created_by)
