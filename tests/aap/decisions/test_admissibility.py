"""Irrecevable and inéligible: decided by the service, under a delegation, invisible before the release."""

from datetime import timedelta

import pytest

from aap import clock
from aap.applications.models import Recusal
from aap.applications.states import State
from aap.decisions.models import Decision, Outcome, Resolution
from aap.decisions.selectors import released_decision
from aap.decisions.services import DelegationDraft, declare_inadmissible, record_delegation
from aap.errors import DomainError
from aap.people.models import Role
from tests.factories.applications import make_application
from tests.factories.people import OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db


def declare(application, by, outcome=Outcome.INADMISSIBLE, **fields):
    values = {"reason": "Dossier déposé sans le budget.", "article": "article 4", **fields}
    return declare_inadmissible(application, outcome=outcome, by=by, **values)


def delegation(application, by):
    return record_delegation(application.call, number="DEL-12", adopted_on=clock.today(), by=by)


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.INADMISSIBLE, State.INADMISSIBLE), (Outcome.INELIGIBLE, State.INELIGIBLE)]
)
def test_declare_inadmissible_moves_the_state_and_decides_under_the_delegation(outcome, state):
    officer, application = OfficerFactory(), make_application(state=State.EXAMINING)
    recorded = delegation(application, officer)
    decision = declare(application, officer, outcome)
    application.refresh_from_db()
    assert (application.state, decision.outcome, decision.resolution, decision.article) == (
        state,
        outcome,
        recorded,
        "article 4",
    )
    assert released_decision(application) is None


def test_declare_inadmissible_records_a_new_delegation_with_it():
    officer, application = OfficerFactory(), make_application(state=State.EXAMINING)
    draft = DelegationDraft("DEL-9", clock.today(), "La directrice", "Hélène Faure")
    decision = declare(application, officer, delegation=draft)
    found = decision.resolution
    assert (found.kind, found.number, found.signatory_name) == (Resolution.Kind.DELEGATION, "DEL-9", "Hélène Faure")


def test_declare_inadmissible_without_delegation_is_refused_and_changes_nothing():
    officer, application = OfficerFactory(), make_application(state=State.EXAMINING)
    with pytest.raises(DomainError, match="délégation"):
        declare(application, officer)
    application.refresh_from_db()
    assert (application.state, Decision.objects.count()) == (State.EXAMINING, 0)


def test_declare_inadmissible_refuses_another_calls_delegation():
    officer, application = OfficerFactory(), make_application(state=State.EXAMINING)
    other = delegation(make_application(state=State.EXAMINING), officer)
    with pytest.raises(DomainError, match="délégation"):
        declare(application, officer, delegation=other)


def test_declare_inadmissible_wants_a_reason():
    officer, application = OfficerFactory(), make_application(state=State.EXAMINING)
    delegation(application, officer)
    with pytest.raises(DomainError, match="motif"):
        declare(application, officer, reason="  ")


@pytest.mark.parametrize("outcome", [Outcome.AWARDED, Outcome.RESERVE, Outcome.REFUSED])
def test_declare_inadmissible_never_awards_nor_refuses(outcome):
    officer, application = OfficerFactory(), make_application(state=State.EXAMINING)
    delegation(application, officer)
    with pytest.raises(DomainError, match="irrecevable"):
        declare(application, officer, outcome)


ALLOWED = {State.EXAMINING, State.INCOMPLETE}
PEOPLE = [(), (Role.OFFICER,), (Role.ADMINISTRATOR,), (Role.JUROR,), (Role.CHAIR,), (Role.PUBLISHER,), (Role.CONTRIBUTOR,)]


@pytest.mark.parametrize("roles", PEOPLE)
@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_declare_inadmissible_by_state_and_role(state, roles):
    application = make_application(state=state)
    delegation(application, OfficerFactory())
    person = UserFactory(roles=[role.value for role in roles])
    if state in ALLOWED and set(roles) & {Role.OFFICER, Role.ADMINISTRATOR}:
        assert declare(application, person).outcome == Outcome.INADMISSIBLE
    else:
        with pytest.raises(DomainError):
            declare(application, person)
        assert Decision.objects.count() == 0


def test_recused_officer_may_not_declare():
    officer, application = OfficerFactory(), make_application(state=State.EXAMINING)
    delegation(application, officer)
    Recusal.objects.create(application=application, user=officer, ground="Adhérente", recorded_by=officer)
    with pytest.raises(DomainError):
        declare(application, officer)


def test_record_delegation_twice_is_one_and_another_date_is_refused():
    officer, application = OfficerFactory(), make_application(state=State.EXAMINING)
    assert delegation(application, officer) == delegation(application, officer)
    with pytest.raises(DomainError, match="déjà enregistré"):
        record_delegation(application.call, number="DEL-12", adopted_on=clock.today() - timedelta(days=1), by=officer)


def test_record_delegation_refuses_a_future_date():
    application = make_application(state=State.EXAMINING)
    with pytest.raises(DomainError, match="futur"):
        record_delegation(application.call, number="D", adopted_on=clock.today() + timedelta(days=1), by=OfficerFactory())
