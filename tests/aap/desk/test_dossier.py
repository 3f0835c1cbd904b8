"""The page of one application, and the acts on it."""

import html
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from aap import clock
from aap.applications.models import Answer, Application, Recusal, SupportingDocument
from aap.applications.states import TRANSITIONS, State
from aap.desk.selectors.timeline import LABELS, timeline
from aap.examination.models import EligibilityCheck
from aap.examination.services import assign_officer, declare_admissible, record_checks, start_examination
from aap.files.storage import private_storage
from aap.history.services import record
from tests.factories.applications import make_application
from tests.factories.calls import DocumentRequirementFactory, EligibilityRuleFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.people import OfficerFactory

DOSSIER_QUERIES = 20


@pytest.fixture
def points(call):
    """Two points to verify."""
    EligibilityRuleFactory(call=call, key="statuts", label="Statuts signés", article="article 3")
    EligibilityRuleFactory(call=call, key="budget", label="Budget équilibré", article="")


def address(application: Application, act: str = "") -> str:
    return f"/instruction/dossier/{application.public_id}/{act}"


def read(response) -> str:
    return html.unescape(response.content.decode())


def primary(response) -> list[str]:
    """The labels of the main actions."""
    return [
        re.sub(r"\s+", " ", label).strip()
        for label in re.findall(r'class="btn btn-primary"[^>]*>(.*?)</', response.content.decode(), re.S)
    ]


def shown_messages(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def typed(application: Application, client, **values: str) -> dict[str, str]:
    """The form as the page gives it, with `values` typed in."""
    stamp = client.get(address(application)).context["form"]["stamp"].value()
    return {"stamp": stamp, **{name.replace("_", "-", 1): value for name, value in values.items()}}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.SUBMITTED, ["Commencer l’instruction"]),
        (State.EXAMINING, ["Enregistrer les constats"]),
        (State.INCOMPLETE, ["Enregistrer les constats"]),
        (State.ADMISSIBLE, []),
        (State.INADMISSIBLE, []),
        (State.AWARDED, []),
        (State.WITHDRAWN, []),
    ],
)
def test_dossier_has_one_main_action_by_state(desk, call, points, state, expected):
    assert primary(desk.get(address(make_application(call=call, state=state)))) == expected


def test_dossier_offers_to_declare_when_every_point_is_met(desk, call, points, officer):
    application = make_application(call=call, state=State.EXAMINING)
    record_checks(application, {"statuts": ("met", ""), "budget": ("met", "")}, by=officer)
    assert primary(desk.get(address(application))) == ["Déclarer recevable"]


def test_dossier_says_which_points_miss(desk, call, points, officer):
    application = make_application(call=call, state=State.EXAMINING)
    assert "Aucun des 2 points n’est encore vérifié." in read(desk.get(address(application)))
    record_checks(application, {"statuts": ("not_met", "Non signés")}, by=officer)
    expected = "Il reste un point à vérifier : « Budget équilibré ». Un point n’est pas conforme : « Statuts signés »."
    assert expected in read(desk.get(address(application)))


@pytest.mark.parametrize(
    ("state", "offered"), [(state, state in {State.EXAMINING, State.INCOMPLETE}) for state in State if state != State.DRAFT]
)
def test_dossier_links_to_the_decision_screen_during_the_examination_only(desk, call, state, offered):
    application = make_application(call=call, state=state)
    link = f'href="/decisions/dossier/{application.public_id}/irrecevabilite/"'
    assert (link in desk.get(address(application)).content.decode()) is offered


def test_dossier_shows_answers_budget_and_documents(desk, call):
    statutes = DocumentRequirementFactory(call=call, label="Statuts")
    DocumentRequirementFactory(call=call, label="Comptes")
    application = make_application(call=call, state=State.SUBMITTED, title="Un bus connecté")
    for key, value in (
        ("titre", "Un bus connecté"),
        ("description", "Six <b>villages</b>"),
        ("budget", {"achats": 12000, "departement": 8000, "communes": 4000}),
    ):
        Answer.objects.create(application=application, question_key=key, value=value, updated_by=application.created_by)
    for removed in (None, clock.now()):
        SupportingDocument.objects.create(
            application=application,
            requirement=statutes,
            file=ContentFile(b"%PDF-1.4", name="s.pdf"),
            original_name="ancien.pdf" if removed else "statuts.pdf",
            content_type="application/pdf",
            size=8,
            sha256="0" * 64,
            uploaded_by=application.created_by,
            removed_at=removed,
        )
    response = desk.get(address(application))
    raw, content = response.content.decode(), read(response)
    assert "Six &lt;b&gt;villages&lt;/b&gt;" in raw
    assert "Total des charges" in content
    assert re.findall(r'<p class="file-name">(?:<a [^>]*>)?([^<]+)', raw) == ["Statuts", "Comptes"]
    assert ("statuts.pdf" in raw, "ancien.pdf" in raw, "Manquante" in raw) == (True, False, True)


def test_dossier_shows_the_other_applications_of_the_organisation(desk, officer, call):
    organisation = OrganisationFactory(name="Clics")
    application = make_application(call=call, state=State.SUBMITTED, organisation=organisation)
    make_application(call=call, state=State.REFUSED, organisation=organisation, title="Projet d’hier")
    hidden = make_application(call=call, state=State.REFUSED, organisation=organisation, title="Projet du cousin")
    Recusal.objects.create(application=hidden, user=officer, ground="lien", recorded_by=officer)
    make_application(call=call, organisation=organisation, title="Brouillon secret")
    make_application(call=call, state=State.SUBMITTED, title="Projet des voisins")
    others = [row["application"].title for row in desk.get(address(application)).context["others"]]
    assert others == ["Projet d’hier"]


@pytest.mark.parametrize("count", [1, 3])
def test_dossier_costs_the_same_whatever_it_holds(desk, call, officer, django_assert_num_queries, count):
    application = make_application(call=call, state=State.SUBMITTED)
    start_examination(application, by=officer)
    for n in range(count):
        EligibilityRuleFactory(call=call, key=f"p{n}")
        requirement = DocumentRequirementFactory(call=call)
        SupportingDocument.objects.create(
            application=application,
            requirement=requirement,
            file="x.pdf",
            original_name="x.pdf",
            content_type="application/pdf",
            size=8,
            sha256="0" * 64,
            uploaded_by=application.created_by,
        )
        make_application(call=call, state=State.SUBMITTED, organisation=application.organisation)
        record_checks(application, {f"p{n}": ("met", "")}, by=OfficerFactory())
    desk.get(address(application))
    with django_assert_num_queries(DOSSIER_QUERIES):
        desk.get(address(application))


# From one application to the next ------------------------------------------------------------------


def make_list(call, *states: State) -> list[Application]:
    return [
        make_application(
            call=call,
            state=state,
            title=f"Projet {n}",
            submitted_at=datetime(2025, 3, n, 12, tzinfo=UTC),
            requested_amount=Decimal(1000 * n),
        )
        for n, state in enumerate(states, start=1)
    ]


def walk(response) -> tuple[str, list[tuple[str, str]]]:
    nav = re.search(r'<nav class="dossier-walk".*?</nav>', response.content.decode(), re.S).group()
    return re.search(r"<p>(.*?)</p>", nav).group(1), re.findall(r'<a rel="(\w+)" href="([^"]+)"', nav)


def test_dossier_walks_through_the_list_it_was_opened_from(desk, call):
    first, second, third = make_list(call, State.SUBMITTED, State.SUBMITTED, State.SUBMITTED)
    assert walk(desk.get(address(second))) == ("Dossier 2 sur 3", [("prev", address(first)), ("next", address(third))])
    suffix = "?tri=-montant"
    assert walk(desk.get(address(second) + suffix)) == (
        "Dossier 2 sur 3",
        [("prev", address(third) + suffix), ("next", address(first) + suffix)],
    )
    assert walk(desk.get(address(first))) == ("Dossier 1 sur 3", [("next", address(second))])


def test_dossier_that_left_the_filter_keeps_its_place(desk, call):
    first, second, third, other = make_list(call, State.SUBMITTED, State.EXAMINING, State.SUBMITTED, State.ADMISSIBLE)
    suffix = "?etat=submitted"
    assert walk(desk.get(address(second) + suffix)) == (
        "Dossier 2 sur 3",
        [("prev", address(first) + suffix), ("next", address(third) + suffix)],
    )
    assert other.public_id.hex not in desk.get(address(second) + suffix).content.decode().replace("-", "")


def test_dossier_that_is_done_leads_to_the_next(desk, call):
    make_list(call, State.ADMISSIBLE, State.SUBMITTED)
    first = Application.objects.get(title="Projet 1")
    assert primary(desk.get(address(first))) == ["Dossier suivant"]


def test_walk_is_without_what_one_is_recused_from(desk, call, officer):
    first, second, third = make_list(call, State.SUBMITTED, State.SUBMITTED, State.SUBMITTED)
    Recusal.objects.create(application=second, user=officer, ground="lien", recorded_by=officer)
    assert walk(desk.get(address(first))) == ("Dossier 1 sur 2", [("next", address(third))])


# Acts ----------------------------------------------------------------------------------------------


def test_start_keeps_the_list(desk, call, officer):
    application = make_application(call=call, state=State.SUBMITTED, number="FNE25-0001")
    response = desk.post(address(application, "commencer/") + "?etat=submitted&x=%22", follow=True)
    application.refresh_from_db()
    assert (application.state, application.officer) == (State.EXAMINING, officer)
    assert response.redirect_chain == [(address(application) + "?etat=submitted", 302)]
    assert shown_messages(response) == ["L’instruction du dossier FNE25-0001 est commencée."]


def test_start_after_a_colleague_says_where_it_is(desk, call):
    application = make_application(call=call, state=State.SUBMITTED)
    start_examination(application, by=OfficerFactory())
    response = desk.post(address(application, "commencer/"), follow=True)
    (message,) = shown_messages(response)
    assert message == (
        "Action impossible : « Commencer l’instruction ». Le dossier est maintenant à l’état « En instruction ». "
        "Rechargez la page pour voir où il en est."
    )


def test_check_saves_together_and_says_what_is_left(desk, call, points, officer):
    application = make_application(call=call, state=State.EXAMINING)
    data = typed(application, desk, outcome_statuts="not_met", note_statuts="Il manque la page 2")
    response = desk.post(address(application, "constats/"), data, follow=True)
    assert list(EligibilityCheck.objects.values_list("rule__key", "outcome", "note", "checked_by")) == [
        ("statuts", "not_met", "Il manque la page 2", officer.pk)
    ]
    assert shown_messages(response) == ["Constats enregistrés."]
    left = "Il reste un point à vérifier : « Budget équilibré ». Un point n’est pas conforme : « Statuts signés »."
    assert left in read(response)
    data = typed(application, desk, outcome_statuts="met", note_statuts="Reçue", outcome_budget="met")
    response = desk.post(address(application, "constats/"), data, follow=True)
    assert shown_messages(response) == [
        "Constats enregistrés. Tous les points sont conformes : vous pouvez déclarer le dossier recevable."
    ]
    assert primary(response) == ["Déclarer recevable"]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"outcome_statuts": "not_met"}, "Dites en une phrase ce qui n’est pas conforme : la structure devra le comprendre."),
        ({"note_statuts": "Page 2 ?"}, "Choisissez un constat pour que votre précision soit enregistrée."),
    ],
)
def test_check_refused_keeps_what_was_typed(desk, call, points, values, error):
    application = make_application(call=call, state=State.EXAMINING)
    data = typed(application, desk, outcome_budget="not_met", note_budget="Écart de 12 €", **values)
    response = desk.post(address(application, "constats/"), data)
    assert (response.status_code, EligibilityCheck.objects.count()) == (422, 0)
    assert error in read(response)
    assert (response.context["form"]["note-budget"].value(), response.context["form"]["outcome-budget"].value()) == (
        "Écart de 12 €",
        "not_met",
    )
    assert "Écart de 12 €</textarea>" in read(response)


def test_check_after_a_colleague_loses_nothing_and_may_be_saved_again(desk, call, points):
    application = make_application(call=call, state=State.EXAMINING)
    data = typed(application, desk, outcome_statuts="met", note_statuts="Vus à l’accueil")
    record_checks(
        application, {"statuts": ("not_met", "Non signés")}, by=OfficerFactory(first_name="Karim", last_name="Benali")
    )
    response = desk.post(address(application, "constats/"), data)
    content = read(response)
    assert response.status_code == 409
    assert "Karim Benali a enregistré des constats sur ce dossier pendant votre saisie." in content
    assert "Vus à l’accueil</textarea>" in content
    assert "Non conforme : constat de Karim Benali" in content
    assert EligibilityCheck.objects.get().note == "Non signés"
    again = {**data, "stamp": response.context["form"]["stamp"].value()}
    assert desk.post(address(application, "constats/"), again).status_code == 302
    assert EligibilityCheck.objects.get().note == "Vus à l’accueil"


def test_check_after_the_decision_loses_nothing(desk, call, points, officer):
    application = make_application(call=call, state=State.EXAMINING)
    data = typed(application, desk, outcome_statuts="not_met", note_statuts="Une longue précision")
    record_checks(application, {"statuts": ("met", ""), "budget": ("met", "")}, by=officer)
    declare_admissible(application, by=OfficerFactory())
    response = desk.post(address(application, "constats/"), data)
    content = read(response)
    assert response.status_code == 409
    assert "Le dossier est maintenant à l’état « Recevable » : les constats ne changent plus." in content
    assert "Une longue précision</textarea>" in content
    assert "Enregistrer les constats" not in content


def test_check_refuses_a_note_it_cannot_keep(desk, call, points):
    application = make_application(call=call, state=State.EXAMINING)
    response = desk.post(
        address(application, "constats/"), typed(application, desk, outcome_statuts="met", note_statuts="a" * 2001)
    )
    assert (response.status_code, EligibilityCheck.objects.count()) == (422, 0)


def test_declare_admissible_is_confirmed_first(desk, call, points, officer):
    application = make_application(call=call, state=State.EXAMINING, number="FNE25-0001")
    record_checks(application, {"statuts": ("met", ""), "budget": ("met", "")}, by=officer)
    page = desk.get(address(application, "recevable/") + "?etat=examining")
    application.refresh_from_db()
    assert (application.state, primary(page)) == (State.EXAMINING, ["Déclarer recevable"])
    response = desk.post(address(application, "recevable/") + "?etat=examining", follow=True)
    application.refresh_from_db()
    assert application.state == State.ADMISSIBLE
    assert response.redirect_chain == [(address(application) + "?etat=examining", 302)]
    assert shown_messages(response) == ["Le dossier FNE25-0001 est recevable."]


@pytest.mark.parametrize("method", ["get", "post"])
def test_declare_admissible_with_points_missing_goes_back(desk, call, points, officer, method):
    application = make_application(call=call, state=State.EXAMINING)
    record_checks(application, {"statuts": ("met", "")}, by=officer)
    response = getattr(desk, method)(address(application, "recevable/"), follow=True)
    application.refresh_from_db()
    assert application.state == State.EXAMINING
    assert shown_messages(response) == ["Il reste un point à vérifier : « Budget équilibré »."]


@pytest.mark.parametrize(
    ("value", "message"),
    [("", "Plus personne ne suit ce dossier."), ("pas-un-identifiant", "Choisissez une personne de la liste.")],
)
def test_assign_says_what_happened(desk, call, officer, value, message):
    application = make_application(call=call, state=State.EXAMINING, officer=officer)
    assert shown_messages(desk.post(address(application, "suivi/"), {"officer": value}, follow=True)) == [message]


def test_assign_offers_officers_who_may_see_it(desk, call, officer):
    application = make_application(call=call, state=State.EXAMINING)
    colleague, recused = OfficerFactory(first_name="Karim", last_name="Benali"), OfficerFactory()
    Recusal.objects.create(application=application, user=recused, ground="lien", recorded_by=officer)
    MembershipFactory(organisation=application.organisation, user=OfficerFactory())
    offered = list(desk.get(address(application)).context["officer_form"].fields["officer"].queryset)
    assert offered == [colleague, officer]
    response = desk.post(address(application, "suivi/"), {"officer": str(colleague.public_id)}, follow=True)
    application.refresh_from_db()
    assert (application.officer, shown_messages(response)) == (colleague, ["Le dossier est suivi par Karim Benali."])


# Documents, history --------------------------------------------------------------------------------


def attach(application: Application, **fields) -> SupportingDocument:
    requirement = DocumentRequirementFactory(call=application.call)
    return SupportingDocument.objects.create(
        application=application,
        requirement=requirement,
        file=ContentFile(b"%PDF-1.4 contenu", name="s.pdf"),
        original_name="Statuts signés.pdf",
        content_type="application/pdf",
        size=16,
        sha256="0" * 64,
        uploaded_by=application.created_by,
        **fields,
    )


def test_document_is_handed_over_as_a_file(desk, call):
    application = make_application(call=call, state=State.SUBMITTED)
    response = desk.get(address(application, f"pieces/{attach(application).public_id}/"))
    assert b"".join(response.streaming_content) == b"%PDF-1.4 contenu"
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''Statuts%20sign%C3%A9s.pdf"
    assert response.headers["Cache-Control"] == "private, no-store"


def test_document_removed_lost_or_of_another_application_is_absent(desk, call):
    application, other = make_application(call=call, state=State.SUBMITTED), make_application(call=call, state=State.SUBMITTED)
    removed, foreign, lost = attach(application, removed_at=clock.now()), attach(other), attach(application)
    private_storage().delete(lost.file.name)
    assert [
        desk.get(address(application, f"pieces/{document.public_id}/")).status_code for document in (removed, foreign, lost)
    ] == [404, 404, 404]


def test_timeline_tells_each_act_in_french(call):
    officer, colleague = (
        OfficerFactory(first_name="Camille", last_name="Durand"),
        OfficerFactory(first_name="Karim", last_name="Benali"),
    )
    EligibilityRuleFactory(call=call, key="statuts")
    EligibilityRuleFactory(call=call, key="budget")
    application = make_application(call=call, state=State.SUBMITTED)
    start_examination(application, by=officer)
    record_checks(application, {"statuts": ("met", ""), "budget": ("not_met", "")}, by=officer)
    assign_officer(application, colleague, by=officer)
    record(application.chain, "something_new")
    assert [(event["label"], event["detail"]) for event in timeline(application)] == [
        ("Instruction commencée", "par Camille Durand"),
        ("Constats enregistrés", "par Camille Durand, 1 conforme et 1 non conforme"),
        ("Suivi du dossier", "par Camille Durand, confié à Karim Benali"),
        ("Acte enregistré", "par la plateforme"),
    ]


def test_timeline_has_a_label_for_every_transition():
    assert set(TRANSITIONS) - set(LABELS) == set()


def test_timeline_is_dated(desk, call, officer):
    application = make_application(call=call, state=State.SUBMITTED, submitted_at=clock.now() - timedelta(days=2))
    start_examination(application, by=officer)
    assert [event["at"].date() for event in desk.get(address(application)).context["events"]] == [clock.now().date()]
