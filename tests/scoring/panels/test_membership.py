"""A member of a candidate organisation is outside everything the jury and the service do with its application."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aap.applications.models import Application
from aap.applications.rules import may_examine
from aap.errors import DomainError
from aap.organisations.models import MemberRole
from aap.people.models import Role
from scoring.assignments.models import Assignment
from scoring.assignments.selectors import matrix_of, pending_of
from scoring.assignments.services import assign
from scoring.deliberations import services as deliberations
from scoring.deliberations.selectors import ranking_for
from scoring.panels.models import InterestDeclaration
from scoring.panels.selectors import closed_pairs, to_declare
from scoring.panels.services import declare, lift_recusal, recuse
from scoring.secretariat.progress import progress_of
from tests.factories.organisations import MembershipFactory
from tests.factories.people import AdministratorFactory, OfficerFactory
from tests.factories.scoring import NONE, admissible, entrust, make_juror, make_panel, reviewed
from tests.factories.sittings import planned

pytestmark = pytest.mark.django_db
HIDDEN = "Ce dossier n’est pas soumis à ce jury."


def attach(user, application, role=MemberRole.READER):
    return MembershipFactory(user=user, organisation=application.organisation, role=role)


@pytest.mark.parametrize("role", list(MemberRole))
@pytest.mark.parametrize("factory", [OfficerFactory, AdministratorFactory])
def test_member_of_the_organisation_sees_nothing_of_it_as_staff(jury, factory, role):
    officer = factory()
    assert set(Application.objects.visible_to(officer)) == {jury.first, jury.second}
    attach(officer, jury.first, role)
    assert set(Application.objects.visible_to(officer)) == {jury.second}
    assert set(Application.objects.not_recused(officer)) == {jury.second}
    assert set(Application.objects.closed_to(officer)) == {jury.first}
    assert [may_examine(officer, jury.first), may_examine(officer, jury.second)] == [False, True]
    # The applicant's own space is another matter.
    assert set(Application.objects.of_members(officer)) == {jury.first}


@pytest.mark.parametrize("who", ["one", "chair"])
def test_member_of_the_organisation_cannot_declare_at_all(jury, as_user, who):
    juror = getattr(jury, who)
    attach(juror.user, jury.first)
    assert list(to_declare(juror)) == [jury.second]
    for answer, detail in ((NONE, ""), ("interest", "Membre du bureau")):
        with pytest.raises(DomainError) as error:
            declare(juror, jury.first, by=juror.user, answer=answer, detail=detail)
        assert error.value.message == HIDDEN
    client, url = as_user(juror.user), reverse("scoring:interests", args=[jury.panel.call.slug])
    assert [row.organisation for row in client.get(url).context["form"].interest_rows] == [jury.second.organisation]
    client.post(url, {f"answer_{jury.first.organisation.public_id.hex}": "none"})
    assert not InterestDeclaration.objects.exists()


def test_member_of_the_organisation_is_not_assigned_its_application(jury):
    attach(jury.one.user, jury.first)
    with pytest.raises(DomainError) as error:
        assign(jury.one, jury.first, by=jury.officer)
    assert error.value.message == (
        f"{jury.one} est membre de la structure candidate : ce dossier lui reste fermé. Choisissez un autre membre du jury."
    )
    assert not Assignment.objects.exists()
    assert closed_pairs(jury.panel) == {(jury.one.user_id, jury.first.pk)}


def test_officer_who_is_a_member_assigns_nothing_of_it(jury):
    attach(jury.officer, jury.first)
    with pytest.raises(DomainError) as error:
        assign(jury.one, jury.first, by=jury.officer)
    assert error.value.message == "Vous ne pouvez pas agir sur ce dossier."
    with pytest.raises(DomainError):
        deliberations.record_opinion(planned(jury), jury.first, by=jury.officer, avis="unfavourable")


def test_membership_found_after_the_review_closes_the_ballot_and_its_note_counts_no_more(jury, as_user):
    review = reviewed(jury.one, jury.first, 5)
    reviewed(jury.two, jury.first, 3)
    draft = entrust(jury.one, jury.second)
    assert {row.application.pk: row.standing.reviews for row in ranking_for(jury.panel, jury.officer).rows}[jury.first.pk] == 2
    attach(jury.one.user, jury.first)
    client = as_user(jury.one.user)
    assert client.get(reverse("scoring:review", args=[review.assignment.public_id])).status_code == 404
    assert client.get(reverse("scoring:review", args=[draft.public_id])).status_code == 200
    assert {row.application.pk: row.standing.reviews for row in ranking_for(jury.panel, jury.officer).rows}[jury.first.pk] == 1
    rows = {row.application: row for row in matrix_of(jury.panel, jury.officer).rows}
    assert [(cell.assigned, cell.recused) for cell in rows[jury.first].cells if cell.juror == jury.one] == [(False, True)]
    assert rows[jury.first].coverage == 1
    assert pending_of(jury.one) == 1
    line = next(line for line in progress_of(jury.panel, jury.officer).jurors if line.juror == jury.one)
    assert (line.declared, line.expected, line.submitted, line.assigned) == (1, 1, 0, 1)


def test_pending_work_on_ones_own_application_keeps_nobody_waiting(jury):
    entrust(jury.chair, jury.first)
    assert pending_of(jury.chair) == 1
    attach(jury.chair.user, jury.first)
    assert pending_of(jury.chair) == 0


def test_membership_is_not_a_recusal_that_one_lifts(jury):
    recuse(jury.first, jury.one.user, by=jury.officer, ground="Trésorière")
    attach(jury.one.user, jury.first)
    with pytest.raises(DomainError) as error:
        lift_recusal(jury.first, jury.one.user, by=jury.officer, reason="Erreur")
    assert error.value.message == f"{jury.one} est membre de la structure candidate : le dossier lui reste fermé."


def test_minutes_name_members_of_the_organisation_among_those_who_stayed_away(jury):
    attach(jury.one.user, jury.first)
    reviewed(jury.two, jury.first, 4)
    reviewed(jury.two, jury.second, 3)
    recuse(jury.second, jury.one.user, by=jury.officer, ground="Fournisseur")
    sitting = planned(jury, present=[jury.chair])
    for application in (jury.first, jury.second):
        deliberations.record_opinion(sitting, application, by=jury.officer, avis="unfavourable")
    content = deliberations.close_sitting(sitting, by=jury.officer).content
    assert [(each["person"], each["number"], each["ground"]) for each in content["recusals"]] == [
        (str(jury.one), jury.second.number, "Fournisseur"),
        (str(jury.one), jury.first.number, "Membre de la structure candidate"),
    ]


def test_membership_in_another_call_changes_nothing_here(jury):
    other = make_panel()
    elsewhere = admissible(other, organisation=jury.first.organisation)
    attach(make_juror(other).user, elsewhere)
    assert closed_pairs(jury.panel) == set()
    assert {application for _user, application in closed_pairs(other)} == {elsewhere.pk}


def test_visibility_costs_one_query_however_many_memberships(jury):
    officer = OfficerFactory(roles=[Role.OFFICER])
    for application in (jury.first, admissible(jury.panel), admissible(jury.panel)):
        attach(officer, application)
    with CaptureQueriesContext(connection) as queries:
        assert list(Application.objects.visible_to(officer)) == [jury.second]
    assert len(queries) == 1
