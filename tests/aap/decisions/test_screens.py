"""The officers' screens: from the resolution to the letters, and who may open them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from aap import clock
from aap.applications.models import Recusal
from aap.applications.states import State
from aap.decisions.models import Avis, Decision, DecisionLetter, LetterTemplate, Outcome, Release, Resolution
from aap.decisions.services import check_release, install_model_letters
from aap.decisions.services.checks import NO_MINUTES
from aap.examination.models import EligibilityCheck
from aap.people.models import Role
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory, DocumentRequirementFactory, EligibilityRuleFactory
from tests.factories.decisions import decided, prepared, recommend, released
from tests.factories.people import OfficerFactory, UserFactory
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return OfficerFactory()


@pytest.fixture
def desk(client, sign_in, officer):
    return sign_in(client, officer)


def typed(application, **fields):
    return {f"dossier-{application.public_id}-{name}": value for name, value in fields.items()}


def test_resolution_page_is_prefilled_and_recorded(desk):
    call = CallFactory()
    first, second = (make_application(state=State.ADMISSIBLE, call=call) for _ in range(2))
    recommend(first, proposed_amount=Decimal("4500.50"))
    recommend(second, Avis.UNFAVOURABLE, rank=2, score=Decimal(30))
    url = reverse("decisions:resolution", args=[call.slug])
    page = desk.get(url).content.decode()
    assert 'value="4500,50"' in page
    assert "La note obtenue (30 sur 100) est inférieure à la note minimale de 50 sur 100." in page
    data = {
        "number": "2025-118",
        "adopted_on": clock.today().isoformat(),
        **typed(first, outcome="awarded", amount="4 000,25 €"),
        **typed(second, outcome="refused", reason="Note trop basse.", amount="12"),
    }
    response = desk.post(url, data)
    assert (response.status_code, response.url) == (302, reverse("decisions:call", args=[call.slug]))
    found = Decision.objects.order_by("application_id").values_list("outcome", "amount", "reason")
    assert list(found) == [("awarded", Decimal("4000.25"), ""), ("refused", Decimal("0.00"), "Note trop basse.")]


def test_resolution_page_says_what_is_wrong_where_it_is_and_keeps_the_typing(desk):
    call = CallFactory(envelope=Decimal(1000))
    application = make_application(state=State.ADMISSIBLE, call=call)
    recommend(application)
    data = {"number": "X-1", "adopted_on": clock.today().isoformat(), **typed(application, outcome="awarded", amount="7000")}
    response = desk.post(reverse("decisions:resolution", args=[call.slug]), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Le total attribué (7\u202f000\u00a0€) dépasse l’enveloppe (1\u202f000\u00a0€) de 6\u202f000\u00a0€." in page
    assert ('value="7000"' in page, 'value="X-1"' in page, Resolution.objects.count()) == (True, True, 0)


def test_resolution_page_before_the_minutes_says_what_to_do_and_has_no_form(desk):
    call = CallFactory()
    application = make_application(state=State.ADMISSIBLE, call=call)
    url = reverse("decisions:resolution", args=[call.slug])
    page = desk.get(url).content.decode()
    assert (NO_MINUTES in page, application.number in page) == (True, False)
    data = {"number": "1", "adopted_on": clock.today().isoformat(), **typed(application, outcome="awarded", amount="1")}
    response = desk.post(url, data)
    assert (response.status_code, NO_MINUTES in response.content.decode(), Resolution.objects.count()) == (422, True, 0)


def test_resolution_page_follows_the_ranking_and_one_notation(desk):
    call = CallFactory()
    late, second, first = (make_application(state=State.ADMISSIBLE, call=call, number=f"N-{n}") for n in (1, 2, 3))
    recommend(second, rank=2, score=Decimal("91.67"))
    recommend(first, rank=1, score=Decimal("95.50"))
    response = desk.get(reverse("decisions:resolution", args=[call.slug]))
    assert [ruling.application for ruling in response.context["forms"].rulings] == [first, second, late]
    page = response.content.decode()
    assert ('<span class="cell-sub">91,67 sur 100</span>' in page, "95,5 sur 100" in page) == (True, True)


def test_recused_officer_does_not_see_the_application_and_cannot_record(desk, officer):
    call = CallFactory()
    application = make_application(state=State.ADMISSIBLE, call=call)
    Recusal.objects.create(application=application, user=officer, ground="Adhérente", recorded_by=officer)
    url = reverse("decisions:resolution", args=[call.slug])
    assert application.number not in desk.get(url).content.decode()
    recommend(application)
    page = desk.get(url).content.decode()
    assert ("Vous êtes en déport sur un dossier de cet appel" in page, "data-resolution" in page) == (True, False)
    response = desk.post(url, {"number": "1", "adopted_on": clock.today().isoformat()})
    assert (response.status_code, Resolution.objects.count()) == (422, 0)


def test_overview_gives_one_next_action_at_each_step(desk):
    call = CallFactory()
    url = reverse("decisions:call", args=[call.slug])
    application = make_application(state=State.ADMISSIBLE, call=call)
    progress = desk.get(url).context["progress"]
    assert (progress.action.label, progress.resolution_url) == ("Voir où en est le jury", "")
    recommend(application)
    assert desk.get(url).context["progress"].action.label == "Enregistrer la délibération"
    resolution = decided((Outcome.AWARDED,))
    url = reverse("decisions:call", args=[resolution.call.slug])
    action = desk.get(url).context["progress"].action
    assert (action.label, action.method) == ("Préparer 1\u00a0lettre – n° 2025-118", "post")
    desk.post(action.url)
    run_jobs()
    assert desk.get(url).context["progress"].action.label == "Continuer l’envoi – n° 2025-118"
    check_release((batch := Release.objects.get()), by=batch.created_by)
    desk.post(reverse("decisions:release_publish", args=[batch.public_id]))
    assert desk.get(url).context["progress"].action is None


def test_missing_fields_are_listed_on_the_page(desk):
    resolution = decided((Outcome.AWARDED,))
    LetterTemplate.objects.filter(outcome=Outcome.AWARDED).update(body="<p>{{ montan }}</p>")
    response = desk.post(reverse("decisions:prepare", args=[resolution.public_id]))
    page = response.content.decode()
    assert (response.status_code, Release.objects.count()) == (422, 0)
    assert resolution.decisions.get().application.number in page
    assert "Vouliez-vous dire {{ montant }} ?" in page


def test_letters_are_checked_then_published_from_the_pages(desk):
    batch = prepared()
    url = reverse("decisions:release", args=[batch.public_id])
    confirm = reverse("decisions:release_publish", args=[batch.public_id])
    assert desk.get(confirm).url == url
    assert "Tout est vérifié" in desk.get(url).content.decode()
    desk.post(reverse("decisions:release_check", args=[batch.public_id]))
    assert "Publier les 3 lettres maintenant" in desk.get(url).content.decode()
    page = desk.get(confirm).content.decode()
    assert "Ce geste ne peut pas être annulé." in page
    assert [f"<strong>1</strong> {word}" in page for word in ("attribuée", "sur la liste d’attente", "refusée")] == [True] * 3
    desk.post(confirm)
    batch.refresh_from_db()
    assert batch.state == Release.State.RELEASED
    assert desk.get(url).content.decode().count("Publiée, non lue") == 3


def test_progress_bar_is_read_again_until_the_letters_are_ready(desk):
    resolution = decided((Outcome.AWARDED,))
    desk.post(reverse("decisions:prepare", args=[resolution.public_id]))
    batch = Release.objects.get()
    url = reverse("decisions:release_progress", args=[batch.public_id])
    response = desk.get(url)
    assert (f'hx-get="{url}"' in response.content.decode(), "HX-Refresh" in response) == (True, False)
    run_jobs()
    response = desk.get(url)
    assert (f'hx-get="{url}"' in response.content.decode(), response["HX-Refresh"]) == (False, "true")


def test_officer_looks_at_a_letter_before_its_release(desk, officer):
    batch = prepared((Outcome.AWARDED,))
    letter = DecisionLetter.objects.get()
    url = reverse("decisions:officer_letter", args=[letter.public_id])
    response = desk.get(url)
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content)[:5] == b"%PDF-"
    Recusal.objects.create(application=batch.decisions.get().application, user=officer, ground="Adhérente", recorded_by=officer)
    assert desk.get(url).status_code == 404
    page = desk.get(reverse("decisions:release", args=[batch.public_id])).content.decode()
    assert (letter.reference in page, letter.sha256[:12] in page) == (False, False)


def test_one_letter_is_made_again_from_the_page(desk):
    batch = prepared()
    decision = batch.decisions.get(outcome=Outcome.REFUSED)
    before = set(DecisionLetter.objects.values_list("pk", flat=True))
    desk.post(reverse("decisions:release_regenerate", args=[batch.public_id]), {"decision": str(decision.public_id)})
    run_jobs()
    after = set(DecisionLetter.objects.values_list("pk", flat=True))
    assert (len(before & after), len(after)) == (2, 3)


def test_declare_page_is_prefilled_from_unmet_points_and_records_the_delegation(desk, officer):
    call = CallFactory()
    application = make_application(state=State.EXAMINING, call=call)
    rule = EligibilityRuleFactory(call=call, label="Budget joint", article="article 4")
    EligibilityCheck.objects.create(application=application, rule=rule, outcome="not_met", note="Absent.", checked_by=officer)
    url = reverse("decisions:declare_inadmissible", args=[application.public_id])
    form = desk.get(url).context["form"]
    assert (form["outcome"].value(), form["article"].value(), form["reason"].value()) == (
        "inadmissible",
        "article 4",
        "« Budget joint » : cette condition n’est pas remplie. Absent.",
    )
    data = {"outcome": "inadmissible", "article": "article 4", "reason": "Le budget manque."}
    assert desk.post(url, data).status_code == 422
    response = desk.post(url, data | {"number": "DEL-1", "adopted_on": clock.today().isoformat()})
    application.refresh_from_db()
    assert (response.status_code, application.state, Decision.objects.get().resolution.number) == (302, "inadmissible", "DEL-1")


@pytest.mark.parametrize(
    ("kind", "automatic", "outcome", "reason"),
    [
        ("formal", "documents", "inadmissible", "« Point » : cette condition n’est pas remplie. Il manque « Budget »."),
        (
            "substantive",
            "amount",
            "ineligible",
            "« Point » : cette condition n’est pas remplie. 8\u202f000\u00a0€ demandés (minimum 9\u202f000\u00a0€, sans maximum).",
        ),
    ],
)
def test_declare_page_says_what_the_data_says_before_any_finding(desk, kind, automatic, outcome, reason):
    call = CallFactory(floor=Decimal(9000), ceiling=None)
    DocumentRequirementFactory(call=call, label="Budget", required=True)
    EligibilityRuleFactory(call=call, label="Point", article="article 5", kind=kind, automatic=automatic)
    application = make_application(state=State.EXAMINING, call=call)
    response = desk.get(reverse("decisions:declare_inadmissible", args=[application.public_id]))
    form = response.context["form"]
    assert (form["outcome"].value(), form["article"].value(), form["reason"].value()) == (outcome, "article 5", reason)
    back = reverse("desk:application", args=[application.public_id])
    assert f'href="{back}">Revenir au dossier</a>' in response.content.decode()


def test_declare_page_of_a_recusal_does_not_exist(desk, officer):
    application = make_application(state=State.EXAMINING)
    Recusal.objects.create(application=application, user=officer, ground="Adhérente", recorded_by=officer)
    assert desk.get(reverse("decisions:declare_inadmissible", args=[application.public_id])).status_code == 404


@pytest.mark.parametrize("roles", [(), (Role.JUROR,), (Role.CHAIR,), (Role.CONTRIBUTOR,), (Role.PUBLISHER,)])
def test_screens_are_the_services_only(client, sign_in, roles):
    batch = prepared((Outcome.AWARDED,))
    application, letter = batch.decisions.get().application, DecisionLetter.objects.get()
    sign_in(client, UserFactory(roles=[role.value for role in roles]))
    slug, of_batch = batch.resolution.call.slug, [batch.public_id]
    gets = [
        reverse("decisions:index"),
        reverse("decisions:call", args=[slug]),
        reverse("decisions:resolution", args=[slug]),
        reverse("decisions:declare_inadmissible", args=[application.public_id]),
        reverse("decisions:release", args=of_batch),
        reverse("decisions:release_progress", args=of_batch),
        reverse("decisions:release_publish", args=of_batch),
        reverse("decisions:officer_letter", args=[letter.public_id]),
    ]
    posts = [
        reverse("decisions:prepare", args=[batch.resolution.public_id]),
        reverse("decisions:release_check", args=of_batch),
        reverse("decisions:release_regenerate", args=of_batch),
        reverse("decisions:release_publish", args=of_batch),
    ]
    assert [client.get(url).status_code for url in gets] == [403] * len(gets)
    assert [client.post(url).status_code for url in posts] == [403] * len(posts)


def queries_of(client, django_assert_max_num_queries, url):
    with django_assert_max_num_queries(100) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_release_page_costs_the_same_for_one_and_three_letters(desk, django_assert_max_num_queries):
    one = reverse("decisions:release", args=[released((Outcome.AWARDED,)).public_id])
    three = reverse("decisions:release", args=[released().public_id])
    desk.get(one)
    counts = {queries_of(desk, django_assert_max_num_queries, url) for url in (one, three)}
    assert len(counts) == 1


def test_resolution_page_costs_the_same_for_one_and_three_applications(desk, django_assert_max_num_queries):
    urls = []
    for size in (1, 3):
        call = CallFactory()
        install_model_letters(call)
        for rank in range(size):
            recommend(make_application(state=State.ADMISSIBLE, call=call), rank=rank + 1)
        urls.append(reverse("decisions:resolution", args=[call.slug]))
    desk.get(urls[0])
    assert len({queries_of(desk, django_assert_max_num_queries, url) for url in urls}) == 1


def test_lists_cost_the_same_for_one_and_three_calls(desk, django_assert_max_num_queries):
    decided((Outcome.AWARDED,))
    url = reverse("decisions:index")
    desk.get(url)
    first = queries_of(desk, django_assert_max_num_queries, url)
    decided()
    CallFactory()
    assert queries_of(desk, django_assert_max_num_queries, url) == first


def test_the_step_of_the_resolution_waits_for_the_jury(desk):
    call = CallFactory()
    application = make_application(state=State.ADMISSIBLE, call=call)
    url = reverse("decisions:call", args=[call.slug])

    def step():
        found = desk.get(url).context["progress"].steps[2]
        return found.text, found.state_label

    assert step() == ("Elle vient après les avis du jury.", "À venir")
    recommend(application)
    assert step() == (
        "1\u00a0dossier attend la décision. Enveloppe : 100\u202f000\u00a0€.",
        "À enregistrer",
    )
