"""What an officer recused from an application reads of its call: nothing by which its outcome could be told."""

from decimal import Decimal

import pytest
from django.urls import reverse

from aap import clock
from aap.applications.models import Recusal
from aap.applications.states import State
from aap.decisions.models import Decision, LetterTemplate, Outcome, Release, Resolution
from aap.decisions.progress import call_progress, calls_to_decide
from aap.decisions.services import check_release, declare_inadmissible, prepare_release, record_delegation, release
from aap.errors import DomainError
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory
from tests.factories.decisions import decided, prepared, released
from tests.factories.organisations import MembershipFactory
from tests.factories.people import OfficerFactory
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return OfficerFactory()


@pytest.fixture
def desk(client, sign_in, officer):
    return sign_in(client, officer)


def hide(application, user):
    Recusal.objects.create(application=application, user=user, ground="Adhérente", recorded_by=user)


def inadmissible(call, by):
    application = make_application(state=State.EXAMINING, call=call)
    delegation = record_delegation(call, number="DEL-12", adopted_on=clock.today(), by=by)
    declare_inadmissible(
        application, outcome=Outcome.INADMISSIBLE, reason="Sans budget.", article="article 4", delegation=delegation, by=by
    )
    return application, delegation


def texts(call, user):
    return [step.text for step in call_progress(call, user).steps]


@pytest.mark.parametrize("outcome", [Outcome.AWARDED, Outcome.RESERVE, Outcome.REFUSED])
def test_totals_are_the_same_whatever_was_decided_on_the_hidden_one(officer, outcome):
    batch = released((Outcome.AWARDED, outcome))
    call = batch.resolution.call
    hide(batch.decisions.order_by("pk").last().application, officer)
    (row,) = [row for row in calls_to_decide(officer) if row.call == call]
    assert (row.waiting, row.decided) == (0, 1)
    progress = call_progress(call, officer)
    assert progress.hidden == 1
    assert texts(call, officer) == [
        "1\u00a0dossier examiné.",
        "1\u00a0avis au procès-verbal.",
        f"N° 2025-118 du {texts(call, batch.created_by)[2].removeprefix('N° 2025-118 du ')}",
        "1\u00a0lettre produite.",
        "1\u00a0lettre publiée, 0\u00a0lue.",
    ]
    assert [[shown.letters for shown in act.batches] for act in progress.acts] == [[1]]


def test_member_of_the_candidate_organisation_reads_no_more(officer):
    batch = released((Outcome.AWARDED, Outcome.REFUSED))
    hidden = batch.decisions.get(outcome=Outcome.AWARDED).application
    MembershipFactory(organisation=hidden.organisation, user=officer)
    assert (call_progress(batch.resolution.call, officer).hidden, texts(batch.resolution.call, officer)[3]) == (
        1,
        "1\u00a0lettre produite.",
    )


def test_release_and_publication_pages_count_what_is_seen(desk, officer):
    batch = prepared()
    hide(batch.decisions.get(outcome=Outcome.AWARDED).application, officer)
    page = desk.get(reverse("decisions:release", args=[batch.public_id])).content.decode()
    assert ("attribuée" in page, "5\u202f000" in page) == (False, False)
    assert "<strong>1</strong> refusée" in page
    check_release(batch, by=batch.created_by)
    confirm = reverse("decisions:release_publish", args=[batch.public_id])
    assert desk.get(confirm).url == reverse("decisions:release", args=[batch.public_id])
    page = desk.get(reverse("decisions:release", args=[batch.public_id])).content.decode()
    assert ("Cet envoi se traite sans vous" in page, confirm in page) == (True, False)
    bar = desk.get(reverse("decisions:release_progress", args=[batch.public_id])).content.decode()
    assert ("2 sur 2" in bar, "3" in bar) == (True, False)


def test_what_stops_the_letters_is_read_by_those_who_see_them_all(desk, officer):
    resolution = decided((Outcome.AWARDED, Outcome.REFUSED))
    batch = prepare_release(resolution, by=resolution.recorded_by)
    hidden = resolution.decisions.get(outcome=Outcome.AWARDED).application
    LetterTemplate.objects.filter(outcome=Outcome.AWARDED).update(body="<p>{{ montan }}</p>")
    run_jobs()
    url = reverse("decisions:release", args=[batch.public_id])
    assert hidden.number in desk.get(url).content.decode()
    hide(hidden, officer)
    page = desk.get(url).content.decode()
    assert (hidden.number in page, "montan" in page, "La préparation s’est arrêtée" in page) == (False, False, True)


def test_amounts_already_awarded_leave_the_hidden_one_out(desk, officer):
    resolution = decided((Outcome.AWARDED, Outcome.AWARDED, Outcome.RESERVE))
    url = reverse("decisions:resolution", args=[resolution.call.slug])
    assert desk.get(url).context["already_awarded"] == Decimal(10_000)
    hide(resolution.decisions.filter(outcome=Outcome.AWARDED).first().application, officer)
    assert desk.get(url).context["already_awarded"] == Decimal(5_000)


def test_delegation_known_by_a_hidden_application_alone_does_not_exist(desk, officer):
    call, by = CallFactory(), OfficerFactory()
    prepared((Outcome.AWARDED,), call=call)
    application, delegation = inadmissible(call, by)
    batch = prepare_release(delegation, by=by)
    run_jobs()
    hide(application, officer)
    page = desk.get(reverse("decisions:call", args=[call.slug])).content.decode()
    assert ("DEL-12" in page, "Décision par délégation" in page) == (False, False)
    of_batch = [batch.public_id]
    assert desk.get(reverse("decisions:release", args=of_batch)).status_code == 404
    assert desk.get(reverse("decisions:release_progress", args=of_batch)).status_code == 404
    assert desk.get(reverse("decisions:release_publish", args=of_batch)).status_code == 404
    assert desk.post(reverse("decisions:release_check", args=of_batch)).status_code == 404
    assert desk.post(reverse("decisions:prepare", args=[delegation.public_id])).status_code == 404
    other = make_application(state=State.EXAMINING, call=call)
    form = desk.get(reverse("decisions:declare_inadmissible", args=[other.public_id])).context["form"]
    assert "delegation" not in form.fields


@pytest.mark.parametrize("hidden_state", [State.SUBMITTED, State.INADMISSIBLE, State.REFUSED, State.AWARDED])
def test_acts_are_refused_in_the_same_words_whatever_became_of_the_hidden_one(officer, hidden_state):
    """A refusal that depended on the batch would tell in which one the hidden application is."""
    batch = prepared((Outcome.REFUSED,))
    hide(make_application(state=hidden_state, call=batch.resolution.call), officer)
    for act in (lambda: prepare_release(batch.resolution, by=officer), lambda: check_release(batch, by=officer)):
        with pytest.raises(DomainError, match="déport sur un dossier de cet appel"):
            act()


def test_publishing_by_another_person_covers_the_hidden_one(officer):
    batch = prepared()
    hide(batch.decisions.get(outcome=Outcome.AWARDED).application, officer)
    check_release(batch, by=batch.created_by)
    release(batch, by=batch.created_by)
    assert (Release.objects.get().state, Decision.objects.filter(release=batch).count()) == ("released", 3)
    assert Resolution.objects.count() == 1
