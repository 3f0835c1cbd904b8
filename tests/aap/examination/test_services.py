"""Start, check, declare, hand over: by whom, in which state, and what is written."""

from datetime import timedelta

import pytest

from aap import clock
from aap.applications.models import Application, Recusal
from aap.applications.states import State
from aap.errors import DomainError
from aap.examination.models import EligibilityCheck
from aap.examination.selectors import checklist
from aap.examination.services import assign_officer, declare_admissible, record_checks, start_examination
from aap.history.models import Event
from aap.people.models import Role
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory, EligibilityRuleFactory
from tests.factories.people import AdministratorFactory, OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db

NOT_YOURS = "Vous ne pouvez pas faire cette action sur ce dossier."
MET, NOT_MET = EligibilityCheck.Outcome.MET, EligibilityCheck.Outcome.NOT_MET


def call_with_points(*labels: str):
    call = CallFactory()
    for label in labels:
        EligibilityRuleFactory(call=call, key=label.lower(), label=label)
    return call


def events(application: Application) -> list[str]:
    return list(Event.objects.filter(chain=application.chain).values_list("name", flat=True))


def test_start_examination_gives_the_application_to_who_begins():
    officer, application = OfficerFactory(), make_application(state=State.SUBMITTED)
    start_examination(application, by=officer)
    assert (application.state, application.officer) == (State.EXAMINING, officer)
    event = Event.objects.get(chain=application.chain)
    assert (event.name, event.actor, event.data["officer"]) == ("start_examination", officer, str(officer.public_id))


def test_start_examination_leaves_the_officer_already_named():
    named, other = OfficerFactory(), OfficerFactory()
    application = make_application(state=State.SUBMITTED, officer=named)
    start_examination(application, by=other)
    assert application.officer == named


@pytest.mark.parametrize("state", [state for state in State if state not in {State.DRAFT, State.SUBMITTED}])
def test_start_examination_refuses_every_other_state(state):
    application = make_application(state=state)
    with pytest.raises(DomainError) as refusal:
        start_examination(application, by=OfficerFactory())
    assert refusal.value.message == (
        f"Action impossible : « Commencer l’instruction ». Le dossier est maintenant à l’état « {state.label} ». "
        "Rechargez la page pour voir où il en est."
    )


@pytest.mark.parametrize("role", [None, Role.JUROR, Role.CHAIR, Role.CONTRIBUTOR, Role.PUBLISHER])
@pytest.mark.parametrize("act", [start_examination, declare_admissible])
def test_acts_are_refused_to_who_does_not_examine(act, role):
    person = UserFactory(roles=[role.value] if role else [])
    application = make_application(state=State.SUBMITTED if act is start_examination else State.EXAMINING)
    before = application.state
    with pytest.raises(DomainError) as refusal:
        act(application, by=person)
    application.refresh_from_db()
    assert (refusal.value.message, application.state) == (NOT_YOURS, before)


def test_acts_are_allowed_to_an_administrator():
    application = make_application(state=State.SUBMITTED)
    administrator = AdministratorFactory()
    start_examination(application, by=administrator)
    declare_admissible(application, by=administrator)
    assert application.state == State.ADMISSIBLE


def test_acts_are_refused_to_a_recused_officer():
    officer = OfficerFactory()
    application = make_application(call=call_with_points("Statuts"), state=State.EXAMINING)
    Recusal.objects.create(application=application, user=officer, ground="lien", recorded_by=officer)
    for act in (
        lambda: record_checks(application, {"statuts": (MET, "")}, by=officer),
        lambda: declare_admissible(application, by=officer),
        lambda: assign_officer(application, OfficerFactory(), by=officer),
    ):
        with pytest.raises(DomainError) as refusal:
            act()
        assert refusal.value.message == NOT_YOURS
    assert not EligibilityCheck.objects.exists()


def test_record_checks_writes_then_updates_what_changed():
    call = call_with_points("Statuts", "Budget")
    application = make_application(call=call, state=State.EXAMINING)
    first, second = OfficerFactory(), OfficerFactory()
    record_checks(application, {"statuts": (MET, ""), "budget": (NOT_MET, " Total faux ")}, by=first)
    record_checks(application, {"statuts": (MET, ""), "budget": (MET, "Corrigé")}, by=second)
    found = list(EligibilityCheck.objects.order_by("rule__key").values_list("rule__key", "outcome", "note", "checked_by"))
    assert found == [("budget", MET, "Corrigé", second.pk), ("statuts", MET, "", first.pk)]
    recorded = list(Event.objects.filter(chain=application.chain).values_list("name", "data"))
    assert recorded == [
        ("checks_recorded", {"outcomes": {"statuts": "met", "budget": "not_met"}}),
        ("checks_recorded", {"outcomes": {"budget": "met"}}),
    ]


def test_record_checks_equal_to_what_is_known_records_nothing():
    application = make_application(call=call_with_points("Statuts"), state=State.EXAMINING)
    officer = OfficerFactory()
    record_checks(application, {"statuts": (MET, "vu")}, by=officer)
    record_checks(application, {"statuts": (MET, "vu")}, by=officer)
    assert events(application) == ["checks_recorded"]


@pytest.mark.parametrize(
    ("findings", "message"),
    [
        (
            {"inconnu": (MET, "")},
            "Un point à vérifier a changé dans l’appel. Rechargez la page : vos autres constats sont intacts.",
        ),
        ({"statuts": ("peut-être", "")}, "Choisissez « conforme » ou « non conforme » pour « Statuts »."),
    ],
)
def test_record_checks_refuses_what_it_does_not_know(findings, message):
    application = make_application(call=call_with_points("Statuts"), state=State.EXAMINING)
    with pytest.raises(DomainError) as refusal:
        record_checks(application, findings, by=OfficerFactory())
    assert (refusal.value.message, EligibilityCheck.objects.count()) == (message, 0)


@pytest.mark.parametrize("state", [state for state in State if state not in {State.DRAFT, State.EXAMINING, State.INCOMPLETE}])
def test_record_checks_refuses_outside_the_examination(state):
    application = make_application(call=call_with_points("Statuts"), state=state)
    with pytest.raises(DomainError):
        record_checks(application, {"statuts": (MET, "")}, by=OfficerFactory())
    assert not EligibilityCheck.objects.exists()


@pytest.mark.parametrize("state", [State.EXAMINING, State.INCOMPLETE])
def test_record_checks_is_open_during_the_examination(state):
    application = make_application(call=call_with_points("Statuts"), state=state)
    assert record_checks(application, {"statuts": (MET, "")}, by=OfficerFactory()).all_met is True


def test_record_checks_after_a_colleague_writes_nothing_and_says_who():
    call = call_with_points("Statuts", "Budget")
    application = make_application(call=call, state=State.EXAMINING)
    seen = checklist(application).stamp
    colleague = OfficerFactory(first_name="Karim", last_name="Benali")
    record_checks(application, {"statuts": (NOT_MET, "Non signés")}, by=colleague, seen=seen)
    with pytest.raises(DomainError) as refusal:
        record_checks(application, {"statuts": (MET, "")}, by=OfficerFactory(), seen=seen)
    assert refusal.value.message == (
        "Karim Benali a enregistré des constats sur ce dossier pendant votre saisie. Rien n’a été écrasé : comparez avec ce que "
        "vous avez saisi, puis enregistrez de nouveau."
    )
    assert list(EligibilityCheck.objects.values_list("outcome", "note")) == [(NOT_MET, "Non signés")]


def test_record_checks_with_the_stamp_of_now_is_accepted():
    application = make_application(call=call_with_points("Statuts"), state=State.EXAMINING)
    officer = OfficerFactory()
    record_checks(application, {"statuts": (NOT_MET, "Non signés")}, by=officer)
    record_checks(application, {"statuts": (MET, "")}, by=officer, seen=checklist(application).stamp)
    assert EligibilityCheck.objects.get().outcome == MET


@pytest.mark.parametrize(
    ("findings", "message"),
    [
        ({}, "Il reste 2 points à vérifier : « Statuts », « Budget »."),
        ({"statuts": (MET, "")}, "Il reste un point à vérifier : « Budget »."),
        (
            {"statuts": (NOT_MET, "")},
            "Il reste un point à vérifier : « Budget ». Un point n’est pas conforme : « Statuts ».",
        ),
        ({"statuts": (NOT_MET, ""), "budget": (NOT_MET, "")}, "2 points ne sont pas conformes : « Statuts », « Budget »."),
    ],
)
def test_declare_admissible_names_what_is_missing(findings, message):
    application = make_application(call=call_with_points("Statuts", "Budget"), state=State.EXAMINING)
    officer = OfficerFactory()
    record_checks(application, findings, by=officer)
    with pytest.raises(DomainError) as refusal:
        declare_admissible(application, by=officer)
    application.refresh_from_db()
    assert (refusal.value.message, application.state) == (message, State.EXAMINING)


def test_declare_admissible_when_every_point_is_met():
    application = make_application(call=call_with_points("Statuts"), state=State.EXAMINING)
    officer = OfficerFactory()
    record_checks(application, {"statuts": (MET, "")}, by=officer)
    declare_admissible(application, by=officer)
    assert application.state == State.ADMISSIBLE
    assert events(application) == ["checks_recorded", "declare_admissible"]


@pytest.mark.parametrize("state", [state for state in State if state not in {State.DRAFT, State.EXAMINING}])
def test_declare_admissible_refuses_every_other_state(state):
    application = make_application(state=state)
    with pytest.raises(DomainError):
        declare_admissible(application, by=OfficerFactory())
    application.refresh_from_db()
    assert application.state == state


def test_assign_officer_hands_over_and_records_once():
    officer, colleague = OfficerFactory(), OfficerFactory()
    application = make_application(state=State.EXAMINING, officer=officer)
    assign_officer(application, colleague, by=officer)
    assign_officer(application, colleague, by=officer)
    assert application.officer == colleague
    assert list(Event.objects.values_list("name", "data")) == [("officer_assigned", {"officer": str(colleague.public_id)})]
    assign_officer(application, None, by=officer)
    assert application.officer is None


def test_assign_officer_refuses_who_may_not_see_the_application():
    officer, application = OfficerFactory(), make_application(state=State.EXAMINING)
    recused = OfficerFactory(first_name="Karim", last_name="Benali")
    Recusal.objects.create(
        application=application, user=recused, ground="lien", recorded_by=officer, since=clock.now() - timedelta(1)
    )
    for person in (recused, UserFactory(first_name="Karim", last_name="Benali")):
        with pytest.raises(DomainError) as refusal:
            assign_officer(application, person, by=officer)
        assert (
            refusal.value.message
            == "Karim Benali ne peut pas suivre ce dossier. Choisissez une autre personne de l’instruction."
        )
    application.refresh_from_db()
    assert application.officer is None


def test_assign_officer_refuses_a_withdrawn_application():
    with pytest.raises(DomainError):
        assign_officer(make_application(state=State.WITHDRAWN), OfficerFactory(), by=OfficerFactory())
