"""Applications in a given state, without going through the whole life: for the tests of one room."""

import secrets
from decimal import Decimal
from typing import Any

import pgtrigger

from aap import clock
from aap.applications.models import Application, DepositedVersion
from aap.applications.states import State
from aap.calls.models import Call
from aap.organisations.models import MemberRole, Membership, Organisation
from aap.people.models import User
from aap.questionnaires.models import QuestionnaireVersion
from aap.text import sort_key
from tests.factories.calls import CallFactory, QuestionnaireVersionFactory, ThemeFactory
from tests.factories.organisations import MembershipFactory


def make_application(
    *,
    state: State = State.DRAFT,
    call: Call | None = None,
    organisation: Organisation | None = None,
    member: User | None = None,
    title: str = "Ateliers numériques au village",
    **fields: Any,
) -> Application:
    """One application, inserted directly in `state` with what that state implies (number, date, deposited version)."""
    call = call or CallFactory()
    version = QuestionnaireVersion.objects.filter(questionnaire__call=call).first() or QuestionnaireVersionFactory(call=call)
    if organisation is None:
        organisation = MembershipFactory(**({"user": member} if member else {})).organisation
    elif member is not None:
        Membership.objects.get_or_create(organisation=organisation, user=member, defaults={"role": MemberRole.ADMINISTRATOR})
    membership = organisation.memberships.first() or MembershipFactory(organisation=organisation)
    fields.setdefault("theme", call.themes.first() or ThemeFactory(call=call))
    fields.setdefault("requested_amount", Decimal(8000))
    fields.setdefault("project_cost", Decimal(12000))
    if state != State.DRAFT:
        fields.setdefault("number", f"{call.prefix}-{secrets.token_hex(3).upper()}")
        fields.setdefault("submitted_at", clock.now())
    with pgtrigger.ignore("aap.Application:application_lifecycle"):
        application = Application.objects.create(
            call=call,
            organisation=organisation,
            questionnaire_version=version,
            state=state,
            created_by=membership.user,
            title=title,
            title_key=sort_key(title),
            **fields,
        )
    if state != State.DRAFT:
        DepositedVersion.objects.create(
            application=application,
            content={"answers": {}},
            sha256="0" * 64,
            deposited_at=application.submitted_at,
            deposited_by=membership.user,
        )
    return application
