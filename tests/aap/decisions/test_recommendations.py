"""The jury's opinion is received once, for an admissible application, and frozen."""

from decimal import Decimal

import pytest
from django.db import Error, transaction

from aap.applications.states import State
from aap.decisions.models import Avis, Recommendation
from aap.errors import DomainError
from aap.history.models import Event
from tests.factories.applications import make_application
from tests.factories.decisions import recommend

pytestmark = pytest.mark.django_db


def test_recommendation_keeps_what_the_minutes_say():
    application = make_application(state=State.ADMISSIBLE)
    comments = [{"criterion": "Qualité du projet", "texts": ["Calendrier précis."]}]
    recommend(application, Avis.RESERVED, comments=comments, reservations="Préciser le lieu.", rank=3, tied=True)
    found = Recommendation.objects.get(application=application)
    assert (found.avis, found.score, found.exact_score, found.rank, found.tied) == (
        "reserved",
        Decimal("72.35"),
        "1447/20",
        3,
        True,
    )
    assert (found.reservations, found.comments, found.proposed_amount) == ("Préciser le lieu.", comments, Decimal(5000))
    assert Event.objects.filter(chain=application.chain).values_list("name", flat=True).get() == "recommendation_recorded"


def test_recommendation_is_recorded_once():
    application = make_application(state=State.ADMISSIBLE)
    recommend(application)
    with pytest.raises(DomainError, match="déjà enregistré"):
        recommend(application, Avis.UNFAVOURABLE)
    assert Recommendation.objects.get(application=application).avis == Avis.FAVOURABLE


@pytest.mark.parametrize("state", [state for state in State if state not in (State.ADMISSIBLE, State.DRAFT)])
def test_recommendation_wants_an_admissible_application(state):
    with pytest.raises(DomainError, match="recevable"):
        recommend(make_application(state=state))


def test_recommendation_cannot_change_even_in_the_database():
    recommendation = recommend(make_application(state=State.ADMISSIBLE))
    with pytest.raises(Error), transaction.atomic():
        Recommendation.objects.filter(pk=recommendation.pk).update(rank=9)
    with pytest.raises(Error), transaction.atomic():
        Recommendation.objects.filter(pk=recommendation.pk).delete()
