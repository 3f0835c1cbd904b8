"""Ranking, sitting and minutes as each person may see them: what one is recused from is nowhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aap import clock
from aap.applications.states import State
from scoring.deliberations import services
from scoring.deliberations.models import Minutes, Opinion
from scoring.panels import services as panels
from tests.factories.applications import make_application
from tests.factories.organisations import MembershipFactory
from tests.factories.people import OfficerFactory, UserFactory
from tests.factories.scoring import INTEREST, NONE, admissible, entrust, make_juror, reviewed
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored(jury):
    reviewed(jury.one, jury.first, 4)
    reviewed(jury.one, jury.second, 3)
    return jury


@pytest.fixture
def sitting(scored):
    found = services.plan_sitting(scored.panel, by=scored.officer, starts_at=clock.now() + timedelta(hours=-1), place="Avignon")
    return services.record_attendance(found, by=scored.officer, present=[scored.chair, scored.one])


def url(jury, name):
    return reverse(f"scoring:{name}", args=[jury.panel.call.slug])


def declare_all(jury, juror):
    for application in (jury.first, jury.second):
        panels.declare(juror, application, by=juror.user, answer=NONE)


def row(application, avis="favourable", amount="5000", **more):
    prefix = application.public_id.hex
    return {f"{prefix}-{name}": value for name, value in {"avis": avis, "amount": amount, **more}.items()}


PAGES = ("ranking", "sitting", "assignments", "secretariat_call", "members", "grid", "close")


def test_recused_officer_finds_no_trace_in_any_page(scored, sitting, as_user):
    officer = OfficerFactory()
    panels.recuse(scored.first, officer, by=officer, ground="Bénévole de l’association")
    client, witness = as_user(officer), as_user(scored.officer)
    for name in PAGES:
        html = client.get(url(scored, name)).content.decode()
        for trace in ("Zénith", "Projet-secret-un", scored.first.number, scored.first.public_id.hex):
            assert trace not in html, name
    assert "Zénith" in witness.get(url(scored, "ranking")).content.decode()
    assert client.get(url(scored, "secretariat_call")).context["progress"].applications == 1
    assert client.get(reverse("scoring:document", args=["00000000-0000-4000-8000-000000000000"])).status_code == 404


def test_recused_chair_sees_partial_ranks_and_an_unnamed_absence(scored, sitting, as_user):
    panels.declare(scored.chair, scored.first, by=scored.chair.user, answer=INTEREST, detail="Vice-présidente")
    panels.declare(scored.chair, scored.second, by=scored.chair.user, answer=NONE)
    client = as_user(scored.chair.user)
    for name in ("ranking", "sitting", "close"):
        html = client.get(url(scored, name)).content.decode()
        assert "Un dossier de cet appel ne vous est pas montré." in html
        for trace in ("Zénith", "Projet-secret-un", scored.first.number, scored.first.public_id.hex):
            assert trace not in html, name
    assert [each.rank for each in client.get(url(scored, "ranking")).context["ranking"].rows] == [1]


@pytest.mark.parametrize("state", [State.ADMISSIBLE, State.INELIGIBLE, State.WITHDRAWN])
def test_the_absence_is_said_whatever_became_of_the_application(scored, sitting, as_user, state):
    application = make_application(call=scored.panel.call, state=state)
    MembershipFactory(organisation=application.organisation, user=scored.chair.user)
    for each in (scored.first, scored.second):
        panels.declare(scored.chair, each, by=scored.chair.user, answer=NONE)
    html = as_user(scored.chair.user).get(url(scored, "ranking")).content.decode()
    assert "Un dossier de cet appel ne vous est pas montré." in html


def test_recused_chair_cannot_forge_an_opinion(scored, sitting, as_user):
    panels.declare(scored.chair, scored.first, by=scored.chair.user, answer=INTEREST, detail="Vice-présidente")
    panels.declare(scored.chair, scored.second, by=scored.chair.user, answer=NONE)
    as_user(scored.chair.user).post(url(scored, "sitting"), row(scored.first))
    assert not Opinion.objects.exists()


def test_ranking_opens_to_a_scoring_chair_after_their_own_notes(scored, as_user):
    client = as_user(scored.chair.user)
    assert client.get(url(scored, "ranking")).status_code == 403
    declare_all(scored, scored.chair)
    assignment = entrust(scored.chair, scored.first)
    closed = client.get(url(scored, "ranking"))
    assert closed.status_code == 403
    assert "80" not in closed.content.decode().split("<main", 1)[1]
    from scoring.reviews.services import submit
    from tests.factories.scoring import fill

    fill(assignment, [4] * 6)
    submit(assignment, by=scored.chair.user)
    assert client.get(url(scored, "ranking")).status_code == 200


def test_officer_who_scores_sees_neither_ranking_nor_progress_before_their_own_notes(scored, as_user):
    officer = OfficerFactory()
    seat = make_juror(scored.panel, user=officer)
    assignment = entrust(seat, scored.first)
    client = as_user(officer)
    assert client.get(url(scored, "ranking")).status_code == 403
    assert client.get(url(scored, "sitting")).status_code == 403
    assert client.get(url(scored, "secretariat_call")).context["progress"] is None
    assert "Remise" not in client.get(url(scored, "assignments")).content.decode()
    from scoring.reviews.services import submit
    from tests.factories.scoring import fill

    fill(assignment, [4] * 6)
    submit(assignment, by=officer)
    assert client.get(url(scored, "ranking")).status_code == 200


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (
            "officer",
            {
                "ranking": 200,
                "sitting": 200,
                "close": 200,
                "secretariat_call": 200,
                "members": 200,
                "grid": 200,
                "assignments": 200,
            },
        ),
        (
            "chair",
            {
                "ranking": 200,
                "sitting": 200,
                "close": 200,
                "secretariat_call": 403,
                "members": 403,
                "grid": 403,
                "assignments": 403,
            },
        ),
        (
            "one",
            {
                "ranking": 403,
                "sitting": 403,
                "close": 403,
                "secretariat_call": 403,
                "members": 403,
                "grid": 403,
                "assignments": 403,
            },
        ),
        (
            "stranger",
            {
                "ranking": 404,
                "sitting": 404,
                "close": 404,
                "secretariat_call": 403,
                "members": 403,
                "grid": 403,
                "assignments": 403,
            },
        ),
    ],
)
def test_pages_by_role(scored, sitting, as_user, who, expected):
    declare_all(scored, scored.chair)
    user = {"officer": scored.officer, "chair": scored.chair.user, "one": scored.one.user, "stranger": UserFactory()}[who]
    client = as_user(user)
    assert {name: client.get(url(scored, name)).status_code for name in expected} == expected


def test_sitting_saves_together_and_keeps_a_wrong_row(scored, sitting, as_user):
    data = row(scored.first) | row(scored.second, avis="reserved", amount="4000")
    response = as_user(scored.officer).post(url(scored, "sitting"), data)
    assert response.status_code == 422
    assert list(Opinion.objects.values_list("application", "proposed_amount")) == [(scored.first.pk, 5000)]
    assert [form.application for form in response.context["board"].invalid] == [scored.second]
    assert 'value="4000"' in response.content.decode()


def test_sitting_saves_one_row_alone(scored, sitting, as_user):
    data = row(scored.first) | row(scored.second) | {"only": scored.second.public_id.hex}
    as_user(scored.officer).post(url(scored, "sitting"), data)
    assert list(Opinion.objects.values_list("application", flat=True)) == [scored.second.pk]


def test_sitting_in_two_tabs_redisplays_what_was_typed(scored, sitting, as_user):
    client = as_user(scored.officer)
    client.post(url(scored, "sitting"), row(scored.first, amount="5000") | row(scored.second, avis="", amount=""))
    response = client.post(url(scored, "sitting"), row(scored.first, amount="4000") | row(scored.second, avis="", amount=""))
    assert response.status_code == 422
    assert "quelqu’un d’autre" in response.content.decode()
    assert 'value="4000"' in response.content.decode()
    assert Opinion.objects.get().proposed_amount == 5000


def test_closing_leads_to_the_minutes_and_their_pdf(scored, sitting, as_user):
    client = as_user(scored.officer)
    client.post(url(scored, "sitting"), row(scored.first) | row(scored.second, avis="reserve_list", amount=""))
    response = client.post(url(scored, "close"))
    minutes = Minutes.objects.get()
    assert response.url == reverse("scoring:minutes", args=[minutes.public_id])
    assert "en préparation" in client.get(response.url).content.decode()
    run_jobs()
    pdf = client.get(reverse("scoring:minutes_pdf", args=[minutes.public_id]))
    assert pdf["Content-Type"] == "application/pdf"
    assert b"".join(pdf.streaming_content)[:5] == b"%PDF-"


def test_minutes_by_reader_and_the_copy_of_a_recused_member(scored, sitting, as_user):
    import pypdfium2

    late = scored.two
    panels.declare(late, scored.first, by=late.user, answer=INTEREST, detail="Conjoint salarié")
    services.record_attendance(sitting, by=scored.officer, present=[scored.one, late])
    services.record_opinion(sitting, scored.first, by=scored.officer, avis="unfavourable")
    services.record_opinion(sitting, scored.second, by=scored.officer, avis="unfavourable")
    minutes = services.close_sitting(sitting, by=scored.officer)
    page = reverse("scoring:minutes", args=[minutes.public_id])
    absent = make_absent(scored)
    for user, status in [
        (scored.officer, 200),
        (scored.chair.user, 200),
        (scored.one.user, 200),
        (absent, 403),
        (UserFactory(), 404),
    ]:
        assert as_user(user).get(page).status_code == status
    client = as_user(late.user)
    html = client.get(page).content.decode()
    document = pypdfium2.PdfDocument(client.get(reverse("scoring:minutes_pdf", args=[minutes.public_id])).content)
    text = "".join(document[index].get_textpage().get_text_range() for index in range(len(document)))
    document.close()
    assert "Étincelle" in html
    assert "Étincelle" in text
    for trace in ("Zénith", "Projet-secret-un", scored.first.number, "Conjoint salarié"):
        assert trace not in html
        assert trace not in text


def make_absent(jury):
    """A member who was not there, seated without the services: the panel is closed."""
    from scoring.panels.models import Juror

    return Juror.objects.create(panel=jury.panel, user=UserFactory()).user


@pytest.mark.parametrize("name", ["ranking", "sitting", "secretariat_call", "close"])
def test_queries_do_not_grow(scored, sitting, as_user, name):
    client = as_user(scored.officer)
    client.get(url(scored, name))
    with CaptureQueriesContext(connection) as few:
        client.get(url(scored, name))
    for _time in range(3):
        reviewed(scored.one, admissible(scored.panel), 3)
    with CaptureQueriesContext(connection) as many:
        client.get(url(scored, name))
    assert len(many) == len(few)


def test_partial_save_counts_what_is_recorded_and_links_to_each_row_in_error(scored, sitting, as_user):
    client = as_user(scored.officer)
    wrong = row(scored.second, amount="0")
    response = client.post(url(scored, "sitting"), row(scored.first) | wrong)
    html = response.content.decode()
    assert response.status_code == 422
    assert "1 avis enregistré sur 2." in html
    assert "1 avis enregistré, 1 à corriger" in html
    assert f'href="#dossier-{scored.second.public_id.hex}"' in html
    assert f'href="#dossier-{scored.first.public_id.hex}"' not in html
    assert f'id="dossier-{scored.second.public_id.hex}"' in html
    # The row that was saved carries its new stamp: correcting it from the same page is no conflict.
    seen = Opinion.objects.get(application=scored.first).recorded_at.isoformat()
    assert f'name="{scored.first.public_id.hex}-seen" value="{seen}"' in html
    again = row(scored.first, amount="4000", seen=seen) | row(scored.second, amount="3000")
    assert client.post(url(scored, "sitting"), again).status_code == 302
    assert Opinion.objects.get(application=scored.first).proposed_amount == 4000


def test_nothing_saved_is_said_as_such(scored, sitting, as_user):
    response = as_user(scored.officer).post(url(scored, "sitting"), row(scored.first, amount="0"))
    assert "Aucun avis enregistré, 1 à corriger" in response.content.decode()
    assert "0 avis enregistré sur 2." in response.content.decode()
