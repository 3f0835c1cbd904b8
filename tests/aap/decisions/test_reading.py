"""What the applicant sees: nothing before the release, then a notice, then the decision."""

import re

import pytest
from django.urls import reverse

from aap.applications.states import State
from aap.decisions.models import Outcome, ReadReceipt
from aap.history.models import Event
from tests.factories.applications import make_application
from tests.factories.decisions import OUTCOMES, prepared, released
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
VIEWS = ["decisions:read", "decisions:letter"]


def member_of(application):
    return application.organisation.memberships.first().user


def reader_of(applications):
    """One person attached to the organisation of each application."""
    reader = UserFactory()
    for application in applications:
        MembershipFactory(user=reader, organisation=application.organisation)
    return reader


def decided_application(batch, outcome):
    return batch.decisions.get(outcome=outcome).application


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_before_the_release_every_application_answers_like_one_that_does_not_exist(client, sign_in, view, method):
    batch = prepared()
    undecided = make_application(state=State.ADMISSIBLE, call=batch.resolution.call)
    applications = [*(decided_application(batch, outcome) for outcome in OUTCOMES), undecided]
    sign_in(client, reader_of(applications))
    answers = set()
    for application in applications:
        for public_id in (application.public_id, "00000000-0000-4000-8000-000000000000"):
            response = getattr(client, method)(reverse(view, args=[public_id]))
            answers.add((response.status_code, TOKEN.sub("", response.content.decode())))
    assert {status for status, _ in answers} == {404}
    assert len(answers) == 1
    assert ReadReceipt.objects.count() == 0


@pytest.mark.parametrize("view", VIEWS)
def test_another_organisation_never_reads(client, sign_in, view):
    batch = released((Outcome.AWARDED,))
    application = decided_application(batch, Outcome.AWARDED)
    for person in (UserFactory(), batch.created_by):
        sign_in(client, person)
        assert client.get(reverse(view, args=[application.public_id])).status_code == 404
        assert client.post(reverse(view, args=[application.public_id])).status_code == 404
    assert ReadReceipt.objects.count() == 0


def test_visitor_is_asked_to_sign_in(client):
    batch = released((Outcome.AWARDED,))
    url = reverse("decisions:read", args=[decided_application(batch, Outcome.AWARDED).public_id])
    response = client.get(url)
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


def test_notice_comes_first_and_is_the_same_whatever_was_decided(client, sign_in):
    batch = released()
    applications = [decided_application(batch, outcome) for outcome in OUTCOMES]
    sign_in(client, reader_of(applications))
    pages = set()
    for application in applications:
        page = client.get(reverse("decisions:read", args=[application.public_id])).content.decode()
        pages.add(TOKEN.sub("", page).replace(application.number, "…").replace(str(application.public_id), "…"))
    assert len(pages) == 1
    assert "vous en accusez lecture et le délai de recours commence" in pages.pop()
    assert ReadReceipt.objects.count() == 0


def test_letter_before_the_notice_leads_to_it(client, sign_in):
    application = decided_application(released((Outcome.AWARDED,)), Outcome.AWARDED)
    sign_in(client, member_of(application))
    response = client.get(reverse("decisions:letter", args=[application.public_id]))
    assert (response.status_code, response.url) == (302, reverse("decisions:read", args=[application.public_id]))


def test_display_is_recorded_once_then_the_decision_and_its_letter_are_read(client, sign_in):
    batch = released((Outcome.AWARDED,))
    application = decided_application(batch, Outcome.AWARDED)
    reader, url = member_of(application), reverse("decisions:read", args=[application.public_id])
    sign_in(client, reader)
    assert client.post(url).url == url
    receipt = ReadReceipt.objects.get()
    client.post(url)
    assert ReadReceipt.objects.get() == receipt
    assert (receipt.user, Event.objects.filter(chain=application.chain, name="decision_read").count()) == (reader, 1)

    page = client.get(url).content.decode()
    assert "5\u202f000\u00a0€" in page
    assert "(cinq mille euros)" in page
    assert application.call.remedies_notice in page
    letter = client.get(reverse("decisions:letter", args=[application.public_id]))
    assert (letter["Content-Type"], letter["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert b"".join(letter.streaming_content)[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("outcome", "said", "unsaid"),
    [
        (Outcome.AWARDED, "Votre projet est soutenu", "pas été retenu"),
        (Outcome.RESERVE, "Votre projet est sur la liste d’attente", "pas été retenu"),
        (Outcome.REFUSED, "La note obtenue est inférieure à la note minimale.", "soutenu"),
    ],
)
def test_decision_page_says_what_was_decided(client, sign_in, outcome, said, unsaid):
    application = decided_application(released((outcome,)), outcome)
    url = reverse("decisions:read", args=[application.public_id])
    sign_in(client, member_of(application))
    client.post(url)
    page = client.get(url).content.decode()
    assert (said in page, unsaid in page) == (True, False)


def test_the_letter_stays_among_the_documents_once_read_and_not_before(client, sign_in):
    application = decided_application(released((Outcome.REFUSED,)), Outcome.REFUSED)
    sign_in(client, member_of(application))
    status, letter = (reverse(name, args=[application.public_id]) for name in ("portal:application", "decisions:letter"))
    read = reverse("decisions:read", args=[application.public_id])
    assert letter not in client.get(status).content.decode()
    assert status in client.get(read).content.decode()
    client.post(read)
    assert f'<a class="link-action" href="{letter}">Lettre de décision (PDF)</a>' in client.get(status).content.decode()
    assert f'href="{status}">Revenir au dossier</a>' in client.get(read).content.decode()
