"""What the jury said, received once and frozen."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict

from django.db import transaction

from aap.applications.models import Application
from aap.applications.states import State
from aap.decisions.models import Avis, Recommendation
from aap.errors import DomainError
from aap.history.services import record
from aap.people.models import User


class CriterionComments(TypedDict):
    """Comments that may be shown to the applicant, on one criterion. `weak`: those of marks under half of the scale."""

    criterion: str
    texts: list[str]
    weak: list[str]


@transaction.atomic
def record_recommendation(  # noqa: PLR0913 - one fact of the minutes each
    application: Application,
    *,
    avis: Avis | str,
    score: Decimal | None,
    exact_score: str = "",
    rank: int | None,
    tied: bool = False,
    proposed_amount: Decimal = Decimal(0),
    reservations: str = "",
    comments: Sequence[CriterionComments] = (),
    grid_version: int,
    sitting_on: date,
    minutes_sha256: str,
    by: User | None = None,
) -> Recommendation:
    """Freeze the jury's opinion on `application`. Called once, when the minutes are drawn up.

    `score` is on 100, rounded to the hundredth for readers, `exact_score` the fraction it comes from; `comments` are only
    those marked communicable, as `CriterionComments`. Raises DomainError when an opinion is
    already recorded or when the application is not before the jury.
    """
    locked = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if Recommendation.objects.filter(application=locked).exists():
        raise DomainError(f"L’avis du jury sur le dossier {locked.number} est déjà enregistré : il ne peut plus changer.")
    if locked.state != State.ADMISSIBLE:
        raise DomainError(
            f"Le dossier {locked.number or ''} est à l’état « {State(locked.state).label} » : "
            "le jury ne se prononce que sur un dossier recevable."
        )
    recommendation = Recommendation.objects.create(
        application=locked,
        avis=Avis(avis),
        score=score,
        exact_score=exact_score,
        rank=rank,
        tied=tied,
        proposed_amount=proposed_amount,
        reservations=reservations,
        comments=[dict(each) for each in comments],
        grid_version=grid_version,
        sitting_on=sitting_on,
        minutes_sha256=minutes_sha256,
    )
    record(locked.chain, "recommendation_recorded", by=by, recommendation=recommendation.pk, minutes=minutes_sha256)
    return recommendation
