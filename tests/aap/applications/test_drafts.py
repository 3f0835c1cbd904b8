"""Starting an application and keeping what is typed in it."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from aap.applications import services
from aap.applications.models import Answer, Application
from aap.applications.states import State
from aap.errors import DomainError
from aap.history.models import Event
from aap.organisations.models import MemberRole
from tests.factories.calls import CallFactory
from tests.factories.deposits import ANSWERS, BUDGET, complete_draft, draft, open_call
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_start_gives_a_draft_pinned_to_the_published_questionnaire():
    application = draft()
    assert (application.state, application.number, application.submitted_at) == (State.DRAFT, None, None)
    assert application.questionnaire_version.number == 1
    assert list(Event.objects.filter(chain=application.chain).values_list("name", flat=True)) == ["start"]


def test_start_again_gives_the_same_draft():
    first = draft()
    second = services.start(first.call, first.organisation, by=first.created_by)
    assert (second, Application.objects.count()) == (first, 1)


def test_start_after_a_deposit_gives_a_second_application():
    first = complete_draft()
    services.submit(first, by=first.created_by, arrived_at=first.call.opens_at + timedelta(days=1))
    assert services.start(first.call, first.organisation, by=first.created_by) != first


@pytest.mark.parametrize("days", [-30, 30])
def test_start_outside_the_calendar_is_refused(days):
    call = open_call()
    call.opens_at += timedelta(days=days)
    call.closes_at += timedelta(days=days)
    call.save()
    with pytest.raises(DomainError):
        draft(call)
    assert not Application.objects.exists()


def test_start_without_a_questionnaire_is_refused():
    with pytest.raises(DomainError) as refusal:
        draft(CallFactory())
    assert (
        refusal.value.message
        == "Le formulaire de cet appel n’est pas encore publié. Revenez dans quelques jours, ou écrivez au service."
    )


@pytest.mark.parametrize("role", [MemberRole.READER, None])
def test_start_wants_someone_who_may_write(role):
    membership = MembershipFactory(role=role or MemberRole.ADMINISTRATOR)
    with pytest.raises(DomainError):
        services.start(open_call(), membership.organisation, by=membership.user if role else UserFactory())


def test_save_section_refreshes_what_lists_show():
    application = complete_draft()
    assert (application.title, application.title_key) == ("Ateliers au village", "ateliers au village")
    assert (application.theme.key, application.commune_id) == ("lieux", "84007")
    assert (application.requested_amount, application.project_cost) == (Decimal(8000), Decimal(12000))


def test_save_section_counts_versions_only_when_the_answer_changes():
    application = draft()
    by = application.created_by
    for title in ("Un", "Un", "Deux"):
        services.save_section(application, "projet", {**ANSWERS["projet"], "titre": title}, by=by)
    assert dict(application.answers.values_list("question_key", "version")) == {
        "titre": 2,
        "axe": 1,
        "commune": 1,
        "description": 1,
        "site": 1,
    }


def test_save_section_leaves_out_questions_of_other_sections():
    application = draft()
    services.save_section(application, "projet", {"titre": "Un", "budget": BUDGET, "inconnue": 1}, by=application.created_by)
    assert list(Answer.objects.values_list("question_key", "value")) == [("titre", "Un")]


def test_save_section_of_an_unknown_commune_or_axis_empties_the_column():
    application = complete_draft()
    services.save_section(
        application, "projet", {"axe": "inconnu", "commune": "99999", "titre": None}, by=application.created_by
    )
    assert (application.theme, application.commune, application.title) == (None, None, "")


def test_save_section_asks_the_same_queries_whatever_the_number_of_answers(django_assert_num_queries):
    application = draft()
    by = application.created_by
    services.save_section(application, "projet", dict.fromkeys(ANSWERS["projet"], ""), by=by)
    with django_assert_num_queries(9):
        services.save_section(application, "projet", {"titre": "Un"}, by=by)
    with django_assert_num_queries(9):
        services.save_section(
            application, "projet", {"titre": "Deux", "description": "Longue", "site": "www.exemple.fr"}, by=by
        )


def test_save_section_after_the_closing_is_refused_and_the_draft_stays():
    application = complete_draft()
    with (
        time_machine.travel(application.call.closes_at + timedelta(seconds=1), tick=False),
        pytest.raises(DomainError) as refusal,
    ):
        services.save_section(application, "projet", {"titre": "Trop tard"}, by=application.created_by)
    assert refusal.value.message.startswith("L’appel à projets est clos depuis le ")
    application.refresh_from_db()
    assert (application.state, application.title) == (State.DRAFT, "Ateliers au village")


def test_save_section_after_the_deposit_is_refused_and_nothing_changes():
    application = complete_draft()
    stale = Application.objects.get(pk=application.pk)
    services.submit(application, by=application.created_by, arrived_at=application.call.opens_at)
    with pytest.raises(DomainError) as refusal:
        services.save_section(stale, "projet", {"titre": "Autre"}, by=application.created_by)
    assert refusal.value.message.startswith("Ce dossier a été déposé le ")
    assert application.answers.get(question_key="titre").value == "Ateliers au village"


def test_save_section_after_a_withdrawal_is_refused():
    application = complete_draft()
    stale = Application.objects.get(pk=application.pk)
    services.withdraw(application, by=application.created_by)
    with pytest.raises(DomainError) as refusal:
        services.save_section(stale, "projet", {"titre": "Autre"}, by=application.created_by)
    assert refusal.value.message == "Ce dossier a été retiré\u00a0: il ne peut plus être modifié."


def test_save_section_by_a_reader_or_a_stranger_is_refused():
    application = draft()
    reader = MembershipFactory(organisation=application.organisation, role=MemberRole.READER).user
    for user in (reader, UserFactory()):
        with pytest.raises(DomainError):
            services.save_section(application, "projet", {"titre": "Un"}, by=user)
    assert not Answer.objects.exists()
