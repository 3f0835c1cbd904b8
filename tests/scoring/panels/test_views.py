"""Interests before content."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aap.applications.models import Recusal
from scoring.panels.models import InterestDeclaration
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from tests.factories.scoring import admissible, make_panel

pytestmark = pytest.mark.django_db


def url(jury):
    return reverse("scoring:interests", args=[jury.panel.call.slug])


def key(application):
    return application.organisation.public_id.hex


def test_interests_show_names_siret_and_commune_alone_in_alphabetical_order(jury, as_user):
    html = as_user(jury.one.user).get(url(jury)).content.decode()
    assert re.findall(r'interest-name">([^<]+)', html) == ["Étincelle", "Zénith"]
    siret = jury.first.organisation.siret
    assert f"SIRET {siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]} · Apt" in html
    for application in (jury.first, jury.second):
        assert application.number not in html
        assert application.title not in html
        assert str(application.public_id) not in html
        assert application.public_id.hex not in html


def test_interests_page_of_the_chair_is_the_same(jury, as_user):
    html = as_user(jury.chair.user).get(url(jury)).content.decode()
    assert jury.first.number not in html
    assert jury.first.title not in html


def test_interests_are_saved_in_one_form_and_may_be_completed_later(jury, as_user):
    client = as_user(jury.one.user)
    response = client.post(
        url(jury), {f"answer_{key(jury.first)}": "interest", f"detail_{key(jury.first)}": "Membre du bureau"}
    )
    assert response.status_code == 302
    assert list(Recusal.objects.values_list("user", "application", "ground")) == [
        (jury.one.user_id, jury.first.pk, "Membre du bureau")
    ]
    html = client.get(url(jury)).content.decode()
    assert re.findall(r'interest-name">([^<]+)', html) == ["Étincelle"]
    client.post(url(jury), {f"answer_{key(jury.second)}": "none"})
    assert InterestDeclaration.objects.filter(juror=jury.one).count() == 2


def test_interest_without_its_nature_is_asked_again_and_keeps_what_was_typed(jury, as_user):
    data = {f"answer_{key(jury.first)}": "interest", f"answer_{key(jury.second)}": "none"}
    response = as_user(jury.one.user).post(url(jury), data)
    assert response.status_code == 422
    assert not InterestDeclaration.objects.exists()
    assert response.context["form"][f"answer_{key(jury.second)}"].value() == "none"


def test_one_answer_counts_for_every_application_of_an_organisation(jury, as_user):
    other = admissible(jury.panel, organisation=jury.first.organisation, title="Un autre projet")
    as_user(jury.one.user).post(url(jury), {f"answer_{key(jury.first)}": "interest", f"detail_{key(jury.first)}": "Présidente"})
    assert set(Recusal.objects.values_list("application", flat=True)) == {jury.first.pk, other.pk}


def test_forged_organisation_changes_nothing(jury, as_user):
    foreign = admissible(make_panel())
    as_user(jury.one.user).post(
        url(jury), {f"answer_{key(foreign)}": "none", f"answer_{OrganisationFactory().public_id.hex}": "none"}
    )
    assert not InterestDeclaration.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("officer", 404), ("stranger", 404), ("one", 200)])
def test_interests_are_for_members(jury, as_user, who, status):
    user = {"officer": jury.officer, "stranger": UserFactory(), "one": jury.one.user}[who]
    assert as_user(user).get(url(jury)).status_code == status


def test_interests_queries_do_not_grow(jury, as_user, django_assert_num_queries):
    client = as_user(jury.one.user)
    client.get(url(jury))
    with CaptureQueriesContext(connection) as few:
        client.get(url(jury))
    for _time in range(3):
        admissible(jury.panel)
    with django_assert_num_queries(len(few)):
        client.get(url(jury))
