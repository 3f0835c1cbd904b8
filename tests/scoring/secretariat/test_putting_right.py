"""Give a review back, lift a recusal: with a reason, kept and sent, and a link to get there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aap.applications.models import Recusal
from aap.errors import DomainError
from aap.history.models import Event
from aap.mail.models import OutboxMessage
from scoring.panels.models import LiftedRecusal
from scoring.panels.services import lift_recusal, recuse
from scoring.reviews.models import Reopening, Review
from scoring.reviews.services import reopen
from tests.factories.organisations import MembershipFactory
from tests.factories.people import OfficerFactory
from tests.factories.scoring import admissible, entrust, make_juror, reviewed

pytestmark = pytest.mark.django_db


def at(jury, name, *args):
    return reverse(f"scoring:{name}", args=[jury.panel.call.slug, *args])


def test_review_is_given_back_with_a_reason_that_is_kept_and_sent(jury, as_user):
    review, client = reviewed(jury.one, jury.first, 4), as_user(jury.officer)
    page = at(jury, "reopen", review.public_id)
    assert page in client.get(at(jury, "reviews")).content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": " "}).context["form"].errors == {
        "reason": ["Écrivez le motif : l’historique le garde."]
    }
    assert client.post(page, {"reason": "Deux dossiers intervertis"}).url == at(jury, "reviews")
    review.refresh_from_db()
    assert (review.state, review.submitted_at) == (Review.State.DRAFT, None)
    reopening = Reopening.objects.get()
    assert (reopening.review, reopening.reason, reopening.reopened_by) == (review, "Deux dossiers intervertis", jury.officer)
    event = Event.objects.get(name="review_reopened")
    assert event.data == {"review": str(review.public_id), "reopening": reopening.pk}
    message = OutboxMessage.objects.get(to=jury.one.user.email, subject__startswith="Une évaluation vous est rendue")
    assert "Motif\u00a0: Deux dossiers intervertis" in message.body
    assert f"/jury/dossiers/{review.assignment.public_id}/" in message.body
    html = client.get(at(jury, "reviews")).content.decode()
    assert "Motif\u00a0: Deux dossiers intervertis" in html
    assert "Aucune évaluation remise" in html


def test_page_of_reviews_shows_no_mark(jury, as_user):
    reviewed(jury.one, jury.first, 4, comment="Une réserve sur le budget")
    html = as_user(jury.officer).get(at(jury, "reviews")).content.decode()
    assert "Zénith" in html
    assert "réserve sur le budget" not in html


def test_review_of_an_application_closed_to_the_officer_is_absent(jury, as_user):
    review = reviewed(jury.one, jury.first, 4)
    MembershipFactory(user=jury.officer, organisation=jury.first.organisation)
    client = as_user(jury.officer)
    assert "Zénith" not in client.get(at(jury, "reviews")).content.decode()
    for answer in (client.get, client.post):
        assert answer(at(jury, "reopen", review.public_id)).status_code == 404


def test_nobody_gives_back_a_review_of_their_own(jury, as_user):
    officer = OfficerFactory()
    own = reviewed(make_juror(jury.panel, user=officer), jury.first, 4)
    with pytest.raises(DomainError) as error:
        reopen(own, by=officer, reason="Je change d’avis")
    assert error.value.message == "Une autre personne du secrétariat doit rouvrir votre évaluation."
    assert as_user(officer).get(at(jury, "reopen", own.public_id)).status_code == 404


def test_officer_who_still_scores_sees_no_review_of_others(jury, as_user):
    officer = OfficerFactory()
    review = reviewed(jury.one, jury.first, 4)
    entrust(make_juror(jury.panel, user=officer), jury.second)
    client = as_user(officer)
    assert "Vous êtes aussi membre de ce jury" in client.get(at(jury, "reviews")).content.decode()
    assert client.get(at(jury, "reopen", review.public_id)).status_code == 404


def test_recusal_is_lifted_with_a_reason_that_is_kept_and_sent(jury, as_user):
    recuse(jury.first, jury.one.user, by=jury.officer, ground="Trésorier")
    client = as_user(jury.officer)
    page = at(jury, "lift", jury.first.public_id, jury.one.user.public_id)
    assert page in client.get(at(jury, "recusals")).content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "Homonyme"}).url == at(jury, "recusals")
    assert not Recusal.objects.exists()
    lifted = LiftedRecusal.objects.get()
    assert (lifted.user, lifted.ground, lifted.reason, lifted.lifted_by) == (
        jury.one.user, "Trésorier", "Homonyme", jury.officer,
    )  # fmt: skip
    assert Event.objects.get(name="recusal_lifted").data == {"user": str(jury.one.user.public_id), "lifted": lifted.pk}
    message = OutboxMessage.objects.get(to=jury.one.user.email, subject__startswith="Votre déport est levé")
    assert "Motif\u00a0: Homonyme" in message.body
    assert at(jury, "interests") in message.body
    assert "Motif\u00a0: Homonyme" in client.get(at(jury, "recusals")).content.decode()
    assert client.get(page).status_code == 404


def test_recusals_on_an_application_closed_to_the_officer_are_absent(jury, as_user):
    recuse(jury.first, jury.one.user, by=jury.officer, ground="Trésorier")
    other = OfficerFactory()
    recuse(jury.first, other, by=jury.officer, ground="Bénévole")
    client, page = as_user(other), at(jury, "lift", jury.first.public_id, jury.one.user.public_id)
    html = client.get(at(jury, "recusals")).content.decode()
    assert "Zénith" not in html
    assert "Aucun déport" in html
    assert client.post(page, {"reason": "Erreur"}).status_code == 404
    with pytest.raises(DomainError) as error:
        lift_recusal(jury.first, jury.one.user, by=other, reason="Erreur")
    assert error.value.message == "Vous ne pouvez pas agir sur ce dossier."


def test_members_of_candidates_are_listed_and_have_nothing_to_lift(jury, as_user):
    MembershipFactory(user=jury.one.user, organisation=jury.first.organisation)
    html = as_user(jury.officer).get(at(jury, "recusals")).content.decode()
    assert "Membres d’une structure candidate" in html
    assert "Lever" not in html


def test_once_the_minutes_are_drawn_up_nothing_is_put_right(jury, as_user):
    review = reviewed(jury.one, jury.first, 4)
    recuse(jury.second, jury.two.user, by=jury.officer, ground="Trésorier")
    type(jury.panel).objects.filter(pk=jury.panel.pk).update(closed_at=review.submitted_at)
    client = as_user(jury.officer)
    assert "Rouvrir" not in client.get(at(jury, "reviews")).content.decode()
    assert "Lever" not in client.get(at(jury, "recusals")).content.decode()
    for page in (at(jury, "reopen", review.public_id), at(jury, "lift", jury.second.public_id, jury.two.user.public_id)):
        response = client.post(page, {"reason": "Erreur"})
        assert response.context["form"].non_field_errors() == ["Le procès-verbal de ce jury est établi : plus rien n’y change."]


@pytest.mark.parametrize("name", ["reviews", "recusals"])
def test_lists_cost_the_same_for_one_and_three(jury, as_user, name):
    client, counts = as_user(jury.officer), []
    for times in (1, 2):
        for _each in range(times):
            application = admissible(jury.panel)
            reviewed(jury.one, application, 3)
            recuse(application, jury.two.user, by=jury.officer, ground="Bénévole")
            MembershipFactory(user=jury.chair.user, organisation=application.organisation)
        client.get(at(jury, name))
        with CaptureQueriesContext(connection) as queries:
            client.get(at(jury, name))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_home_of_the_secretariat_counts_only_what_the_officer_may_see(jury, as_user):
    other = OfficerFactory()
    recuse(jury.first, other, by=jury.officer, ground="Bénévole")
    for officer, words in (
        (jury.officer, "3 membres · 2 dossiers devant le jury"),
        (other, "3 membres · 1 dossier devant le jury"),
    ):
        (item,) = as_user(officer).get(reverse("scoring:secretariat")).context["items"]
        assert item["text"] == words
    MembershipFactory(user=other, organisation=jury.second.organisation)
    (item,) = as_user(other).get(reverse("scoring:secretariat")).context["items"]
    assert item["text"] == "3 membres · 0 dossier devant le jury"
