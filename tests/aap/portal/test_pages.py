"""The applicant's pages: who reaches what, and the words they find."""

from datetime import timedelta

import pytest
from django.urls import reverse

from aap import clock
from aap.applications import services
from aap.applications.models import Application
from aap.applications.states import State
from aap.decisions.models import Outcome
from aap.organisations.models import MemberRole
from tests.factories.applications import make_application
from tests.factories.decisions import released
from tests.factories.deposits import ANSWERS, complete_draft, draft, open_call, pdf_upload
from tests.factories.organisations import MembershipFactory
from tests.factories.people import OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db

READ = ["application", "review", "application_pdf"]
WRITE_PAGES = [("section", ["projet"]), ("documents", []), ("withdraw", [])]
WRITE_POSTS = [("section", ["projet"]), ("attach", ["statuts"]), ("submit", []), ("withdraw", [])]


def url(name, application, *args):
    return reverse(f"portal:{name}", args=[application.public_id, *args])


def submit(application):
    return services.submit(application, by=application.created_by, arrived_at=clock.now())


def test_home_without_anything_leads_to_the_open_call(client, sign_in):
    open_call(title="Inclusion numérique 2026")
    page = sign_in(client, UserFactory()).get(reverse("portal:home")).content.decode()
    assert ("Vous n’avez pas encore de dossier" in page, "Inclusion numérique 2026" in page) == (True, True)


def test_home_shows_drafts_that_can_be_deposited_first(client, sign_in):
    user = UserFactory()
    late = draft(open_call(closes_at=clock.now() + timedelta(days=9)), member=user)
    soon = draft(open_call(closes_at=clock.now() + timedelta(days=2)), member=user)
    sent = make_application(state=State.ADMISSIBLE, member=user)
    rows = sign_in(client, user).get(reverse("portal:home")).context["rows"]
    assert [(row.application, row.state.label, row.action_label) for row in rows] == [
        (soon, "Brouillon", "Continuer"),
        (late, "Brouillon", "Continuer"),
        (sent, "En cours d’examen", "Suivre ce dossier"),
    ]


def test_home_leads_to_a_released_decision(client, sign_in):
    application = released((Outcome.AWARDED,)).decisions.get().application
    user = application.organisation.memberships.get().user
    row = sign_in(client, user).get(reverse("portal:home")).context["rows"][0]
    assert (row.state.label, row.action_url) == ("Décision disponible", reverse("decisions:read", args=[application.public_id]))


def test_home_says_that_a_draft_was_not_deposited_in_time(client, sign_in):
    application = draft()
    type(application.call).objects.update(opens_at=clock.now() - timedelta(days=9), closes_at=clock.now() - timedelta(days=1))
    row = sign_in(client, application.created_by).get(reverse("portal:home")).context["rows"][0]
    assert (row.state.label, row.action_label, row.urgent) == ("Non déposé", "Relire", False)


def test_home_asks_the_same_queries_at_one_and_three(client, sign_in, django_assert_num_queries):
    user = UserFactory()
    sign_in(client, user).get(reverse("portal:home"))
    for count in (1, 2):
        for _ in range(count):
            make_application(member=user)
        with django_assert_num_queries(9):
            assert len(client.get(reverse("portal:home")).context["rows"]) in {1, 3}


def test_anonymous_is_sent_to_sign_in_and_comes_back(client):
    here = reverse("portal:start", args=[open_call().slug])
    response = client.get(here)
    assert (response.status_code, response.url) == (302, f"{reverse('account_login')}?next={here}")
    assert f"{reverse('account_signup')}?next=" in client.get(response.url).content.decode()


def test_start_without_organisation_leads_to_register_it_and_back(client, sign_in):
    here = reverse("portal:start", args=[open_call().slug])
    page = sign_in(client, UserFactory()).get(here)
    assert page.context["create_url"] == f"{reverse('organisations:create')}?next={here.replace('/', '%2F')}"


def test_start_then_start_again_gives_the_same_draft(client, sign_in):
    call, membership = open_call(), MembershipFactory()
    here = reverse("portal:start", args=[call.slug])
    choice = {"organisation": str(membership.organisation.public_id)}
    sign_in(client, membership.user)
    first, second = client.post(here, choice), client.post(here, choice, follow=True)
    application = Application.objects.get()
    assert first.url == url("application", application)
    assert "avait déjà commencé un dossier" in second.content.decode()


def test_start_for_someone_elses_organisation_is_refused(client, sign_in):
    call, other = open_call(), MembershipFactory().organisation
    sign_in(client, MembershipFactory().user)
    response = client.post(reverse("portal:start", args=[call.slug]), {"organisation": str(other.public_id)})
    assert response.context["form"].errors["organisation"] == ["Choisissez une structure de la liste."]
    assert not Application.objects.exists()


@pytest.mark.parametrize(("days", "status"), [(-30, 200), (30, 200)])
def test_start_outside_the_calendar_explains(client, sign_in, days, status):
    call = open_call()
    type(call).objects.update(opens_at=call.opens_at + timedelta(days=days), closes_at=call.closes_at + timedelta(days=days))
    response = sign_in(client, MembershipFactory().user).get(reverse("portal:start", args=[call.slug]))
    assert (response.status_code, "Commencer le dossier" in response.content.decode()) == (status, False)


def test_start_of_an_unknown_call_does_not_exist(client, sign_in):
    assert sign_in(client, UserFactory()).get(reverse("portal:start", args=["inconnu"])).status_code == 404


@pytest.mark.parametrize(("name", "args"), [*((name, []) for name in READ), *WRITE_PAGES, ("receipt", []), ("receipt_pdf", [])])
@pytest.mark.parametrize("who", [UserFactory, OfficerFactory])
def test_application_of_others_does_not_exist(client, sign_in, name, args, who):
    application = complete_draft()
    submit(application)
    assert sign_in(client, who()).get(url(name, application, *args)).status_code == 404


def test_document_of_others_does_not_exist(client, sign_in):
    mine, other = complete_draft(), complete_draft()
    sign_in(client, mine.created_by)
    document = other.documents.get().public_id
    assert client.get(url("document", other, document)).status_code == 404
    # Nor through one's own application.
    assert client.get(url("document", mine, document)).status_code == 404
    assert client.post(url("remove_document", mine, document)).status_code == 404


@pytest.mark.parametrize(("name", "args"), WRITE_POSTS)
def test_reader_is_forbidden_to_write(client, sign_in, name, args):
    application = draft()
    reader = MembershipFactory(organisation=application.organisation, role=MemberRole.READER).user
    assert sign_in(client, reader).post(url(name, application, *args)).status_code == 403
    application.refresh_from_db()
    assert application.state == State.DRAFT


@pytest.mark.parametrize("name", READ)
def test_reader_reads(client, sign_in, name):
    application = complete_draft()
    reader = MembershipFactory(organisation=application.organisation, role=MemberRole.READER).user
    assert sign_in(client, reader).get(url(name, application)).status_code == 200


def test_task_list_counts_what_is_left(client, sign_in):
    application = draft()
    page = sign_in(client, application.created_by).get(url("application", application))
    assert [(task["label"], task["state_label"]) for task in page.context["tasks"]] == [
        ("Votre projet", "À commencer"),
        ("Budget", "À commencer"),
        ("Attestations", "À commencer"),
        ("Pièces à joindre", "À commencer"),
    ]
    assert page.context["remaining"] == 7


def test_task_list_of_a_complete_draft_says_that_it_is_not_deposited(client, sign_in):
    application = complete_draft()
    page = sign_in(client, application.created_by).get(url("application", application))
    assert {task["state_label"] for task in page.context["tasks"]} == {"Complet"}
    assert "Tout est prêt, mais ce dossier n’est pas encore déposé" in page.content.decode()


def test_task_list_has_one_first_action_named_after_where_it_leads(client, sign_in):
    application = draft()
    sign_in(client, application.created_by)
    seen = [client.get(url("application", application)).context["primary"]]
    services.save_section(application, "projet", ANSWERS["projet"], by=application.created_by)
    seen.append(client.get(url("application", application)).context["primary"])
    for key in ("budget", "attestations"):
        services.save_section(application, key, ANSWERS[key], by=application.created_by)
    seen.append(client.get(url("application", application)).context["primary"])
    statuts = application.call.document_requirements.get(key="statuts")
    services.attach_document(application, statuts, pdf_upload(), by=application.created_by)
    last = client.get(url("application", application))
    assert [*seen, last.context["primary"]] == [
        {"label": "Commencer\u00a0: Votre projet", "url": url("section", application, "projet")},
        {"label": "Reprendre\u00a0: Budget", "url": url("section", application, "budget")},
        {"label": "Reprendre\u00a0: Pièces à joindre", "url": url("documents", application)},
        {"label": "Vérifier et déposer", "url": url("review", application)},
    ]
    assert last.content.decode().count("btn-primary") == 1


def test_abandon_of_a_draft_asks_then_does_in_its_own_words(client, sign_in):
    application = draft()
    sign_in(client, application.created_by)
    asked = client.get(url("withdraw", application)).content.decode()
    application.refresh_from_db()
    assert (application.state, "<h1>Abandonner ce brouillon</h1>" in asked, "Retirer" in asked) == (State.DRAFT, True, False)
    page = client.post(url("withdraw", application), follow=True).content.decode()
    application.refresh_from_db()
    assert (application.state, "Votre brouillon est abandonné." in page) == (State.WITHDRAWN, True)


def test_task_list_and_section_ask_the_same_queries_whatever_the_questionnaire(client, sign_in, django_assert_num_queries):
    counts = []
    for extra in (0, 30):
        call = open_call()
        version = call.questionnaire.versions.get()
        content = {**version.content, "sections": [dict(section) for section in version.content["sections"]]}
        content["sections"][0]["questions"] = [
            *content["sections"][0]["questions"],
            *({"key": f"plus{n}", "type": "short_text", "label": f"Plus {n}", "required": False} for n in range(extra)),
        ]
        call.questionnaire.versions.create(number=2, content=content)
        application = draft(call)
        sign_in(client, application.created_by).get(reverse("portal:home"))
        counts.append(application)
    for application in counts:
        sign_in(client, application.created_by)
        with django_assert_num_queries(12):
            client.get(url("application", application))
        with django_assert_num_queries(10):
            client.get(url("section", application, "projet"))


def test_status_page_never_tells_a_decision_before_its_release(client, sign_in):
    application = make_application(state=State.INADMISSIBLE, title="Ateliers")
    page = (
        sign_in(client, application.organisation.memberships.get().user).get(url("application", application)).content.decode()
    )
    told = [word for word in ("rrecevab", "néligible", "efusé", "Lire la décision") if word in page]
    assert ("En cours d’examen" in page, told) == (True, [])


def test_receipt_page_and_pdf_are_there_before_the_worker(client, sign_in):
    application = complete_draft()
    sign_in(client, application.created_by)
    response = client.post(url("submit", application), follow=True)
    application.refresh_from_db()
    page = response.content.decode()
    assert response.redirect_chain == [(url("receipt", application), 302)]
    for mention in (
        application.number,
        "service@exemple.fr",
        "04 90 16 15 00",
        "Rue Viala",
        "Le silence gardé pendant deux mois vaut rejet.",
        "tribunal administratif de Nîmes",
        "statuts.pdf",
        "ne vaut pas attribution",
        application.receipt.version.sha256,
    ):
        assert mention in page, mention
    pdf = client.get(url("receipt_pdf", application))
    assert (pdf["Content-Type"], pdf.getvalue()[:5]) == ("application/pdf", b"%PDF-")


def test_receipt_of_a_draft_does_not_exist(client, sign_in):
    application = draft()
    assert sign_in(client, application.created_by).get(url("receipt", application)).status_code == 404


def test_withdraw_asks_then_does(client, sign_in):
    application = complete_draft()
    submit(application)
    sign_in(client, application.created_by)
    assert client.get(url("withdraw", application)).status_code == 200
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    page = client.post(url("withdraw", application), follow=True).content.decode()
    application.refresh_from_db()
    assert (application.state, "Votre dossier est retiré." in page) == (State.WITHDRAWN, True)


def test_withdrawn_while_editing_keeps_what_was_typed_on_the_page(client, sign_in):
    application = draft()
    services.withdraw(application, by=application.created_by)
    response = sign_in(client, application.created_by).post(url("section", application, "projet"), {"titre": "Titre tapé"})
    page = response.content.decode()
    assert (response.status_code, "Titre tapé" in page, "a été retiré" in page) == (409, True, True)
