"""Seats, interests, recusals."""

import pytest
from django.db import IntegrityError, transaction

from aap.applications.models import Application, Recusal
from aap.applications.states import State
from aap.errors import DomainError
from aap.history.models import Event
from aap.mail.models import OutboxMessage
from aap.people.models import Role, User
from scoring.assignments.models import Assignment
from scoring.panels import services
from scoring.panels.models import InterestDeclaration, Juror
from tests.factories.calls import CallFactory
from tests.factories.people import AdministratorFactory, OfficerFactory, UserFactory
from tests.factories.scoring import INTEREST, NONE, admissible, entrust, make_panel

pytestmark = pytest.mark.django_db


def test_open_panel_twice_returns_the_same_one():
    call, officer = CallFactory(), OfficerFactory()
    assert services.open_panel(call, by=officer) == services.open_panel(call, by=officer)


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [(OfficerFactory, True), (AdministratorFactory, True), (UserFactory, False)],
    ids=["officer", "admin", "applicant"],
)
def test_add_juror_is_the_secretariats(actor, allowed):
    panel, by = make_panel(), actor()
    if allowed:
        assert services.add_juror(panel, by=by, email="a@exemple.fr", first_name="A", last_name="B").panel == panel
    else:
        with pytest.raises(DomainError):
            services.add_juror(panel, by=by, email="a@exemple.fr", first_name="A", last_name="B")


def test_add_juror_opens_an_account_gives_the_role_and_writes_once():
    panel = make_panel()
    juror = services.add_juror(
        panel, by=OfficerFactory(), email="Claire@Exemple.fr", first_name="Claire", last_name="D'Arc", is_chair=True
    )
    user = User.objects.get(email="claire@exemple.fr")
    assert (juror.user, user.roles) == (user, [Role.CHAIR])
    message = OutboxMessage.objects.get(to="claire@exemple.fr")
    assert message.subject == f"Vous êtes membre du jury : {panel.call.title}"
    assert "Mot de passe oublié" in message.body
    assert "&" not in message.body


def test_add_juror_of_a_known_person_keeps_their_account():
    user, panel = UserFactory(first_name="Marc"), make_panel()
    services.add_juror(panel, by=OfficerFactory(), email=user.email.upper())
    user.refresh_from_db()
    assert (user.first_name, user.roles) == ("Marc", [Role.JUROR])
    assert "Mot de passe oublié" not in OutboxMessage.objects.get(to=user.email).body


def test_add_juror_refuses_a_stranger_without_a_name_a_second_seat_and_a_second_chair(jury):
    with pytest.raises(DomainError, match="prénom"):
        services.add_juror(jury.panel, by=jury.officer, email="inconnu@exemple.fr")
    with pytest.raises(DomainError, match="déjà membre"):
        services.add_juror(jury.panel, by=jury.officer, email=jury.one.user.email)
    with pytest.raises(DomainError, match="présidence"):
        services.add_juror(jury.panel, by=jury.officer, email=UserFactory().email, is_chair=True)


def test_remove_juror_only_while_the_seat_is_unused(jury):
    services.remove_juror(jury.two, by=jury.officer)
    assert not Juror.objects.filter(pk=jury.two.pk).exists()
    services.declare(jury.one, jury.first, by=jury.one.user, answer=NONE)
    with pytest.raises(DomainError):
        services.remove_juror(jury.one, by=jury.officer)


def test_remove_juror_takes_back_what_the_last_seat_opened(jury):
    user = jury.two.user
    assert user.has_role(Role.JUROR) is True
    services.remove_juror(jury.two, by=jury.officer)
    assert type(user).objects.get(pk=user.pk).roles == []


def test_declare_none_opens_the_content_of_an_assigned_application(jury):
    entrust(jury.one, jury.first)
    assert list(Application.objects.visible_to(jury.one.user)) == [jury.first]


def test_assignment_without_declaration_opens_nothing(jury):
    from scoring.assignments.services import assign

    assign(jury.one, jury.first, by=jury.officer)
    assert list(Application.objects.visible_to(jury.one.user)) == []


def test_declare_interest_recuses_everywhere_and_removes_the_assignment(jury):
    assignment = entrust(jury.one, jury.first)
    services.declare(jury.one, jury.first, by=jury.one.user, answer=INTEREST, detail="Trésorière de l’association")
    assignment.refresh_from_db()
    recusal = Recusal.objects.get()
    assert (recusal.user, recusal.application, recusal.ground) == (jury.one.user, jury.first, "Trésorière de l’association")
    assert assignment.removed_at is not None
    assert list(Application.objects.visible_to(jury.one.user)) == []


def test_declare_interest_again_is_no_second_recusal_and_none_afterwards_is_refused(jury):
    for _time in range(2):
        services.declare(jury.one, jury.first, by=jury.one.user, answer=INTEREST, detail="Salarié")
    assert Recusal.objects.count() == 1
    with pytest.raises(DomainError, match="secrétariat"):
        services.declare(jury.one, jury.first, by=jury.one.user, answer=NONE)


def test_declare_interest_says_which(jury):
    with pytest.raises(DomainError, match="quel intérêt"):
        services.declare(jury.one, jury.first, by=jury.one.user, answer=INTEREST, detail="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestDeclaration.objects.create(juror=jury.one, application=jury.first, answer=INTEREST)


def test_declare_is_personal(jury):
    for by in (jury.two.user, jury.chair.user, jury.officer):
        with pytest.raises(DomainError, match="lui-même"):
            services.declare(jury.one, jury.first, by=by, answer=NONE)


@pytest.mark.parametrize("state", [state for state in State if state not in ("admissible", "awarded", "reserve", "refused")])
def test_declare_is_only_for_what_is_before_the_jury(jury, state):
    from tests.factories.applications import make_application

    application = make_application(call=jury.panel.call, state=state)
    with pytest.raises(DomainError, match="pas soumis"):
        services.declare(jury.one, application, by=jury.one.user, answer=NONE)


def test_declare_refuses_the_application_of_another_call(jury):
    with pytest.raises(DomainError, match="pas soumis"):
        services.declare(jury.one, admissible(make_panel()), by=jury.one.user, answer=NONE)


def test_recuse_is_ones_own_or_the_secretariats(jury):
    services.recuse(jury.first, jury.officer, by=jury.officer, ground="Conjoint salarié")
    assert not Application.objects.visible_to(jury.officer).filter(pk=jury.first.pk).exists()
    with pytest.raises(DomainError):
        services.recuse(jury.first, jury.two.user, by=jury.one.user, ground="Je le sais")


def test_lift_recusal_is_another_persons_with_a_reason_and_asks_to_declare_again(jury):
    services.declare(jury.one, jury.first, by=jury.one.user, answer=INTEREST, detail="Erreur de ligne")
    with pytest.raises(DomainError):
        services.lift_recusal(jury.first, jury.one.user, by=jury.one.user, reason="Je me suis trompé")
    with pytest.raises(DomainError, match="pourquoi"):
        services.lift_recusal(jury.first, jury.one.user, by=jury.officer, reason=" ")
    services.lift_recusal(jury.first, jury.one.user, by=jury.officer, reason="Ligne cochée par erreur")
    assert not Recusal.objects.exists()
    assert not InterestDeclaration.objects.filter(juror=jury.one).exists()
    assert list(Event.objects.filter(chain=jury.first.chain).values_list("name", flat=True))[-2:] == [
        "recusal_recorded",
        "recusal_lifted",
    ]


def test_lift_recusal_does_not_give_the_assignment_back(jury):
    entrust(jury.one, jury.first)
    services.declare(jury.one, jury.first, by=jury.one.user, answer=INTEREST, detail="Salarié")
    services.lift_recusal(jury.first, jury.one.user, by=jury.officer, reason="Erreur")
    assert not Assignment.objects.filter(removed_at__isnull=True).exists()
