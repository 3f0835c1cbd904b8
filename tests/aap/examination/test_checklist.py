"""What the data says by itself, and what the checklist makes of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from aap import clock
from aap.applications.models import Application, SupportingDocument
from aap.applications.states import State
from aap.calls.models import EligibilityRule
from aap.examination.hints import hints
from aap.examination.models import EligibilityCheck
from aap.examination.selectors import checklist, officers, officers_of
from aap.examination.services import record_checks
from aap.territories.models import Commune
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory, DocumentRequirementFactory, EligibilityRuleFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import AdministratorFactory, OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db
Automatic = EligibilityRule.Automatic


def said(application: Application, name: str) -> tuple[bool | None, str]:
    """The observation, with plain spaces."""
    hint = hints(application)[name]
    return hint.favourable, hint.sentence.replace("\u202f", " ").replace("\xa0", " ")


def attach(application: Application, requirement, **fields) -> SupportingDocument:
    return SupportingDocument.objects.create(
        application=application,
        requirement=requirement,
        file=ContentFile(b"%PDF-1.4", name="a.pdf"),
        original_name="a.pdf",
        content_type="application/pdf",
        size=8,
        sha256="0" * 64,
        uploaded_by=application.created_by,
        **fields,
    )


@pytest.mark.parametrize(("seconds", "inside"), [(-1, True), (0, True), (1, False)])
def test_deadline_hint_is_exact_to_the_second(seconds, inside):
    call = CallFactory(closes_at=clock.now() - timedelta(days=1))
    application = make_application(call=call, state=State.EXAMINING, submitted_at=call.closes_at + timedelta(seconds=seconds))
    assert said(application, Automatic.DEADLINE)[0] is inside


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (Decimal("999.99"), (False, "999,99 € demandés (minimum 1 000 €, maximum 20 000 €).")),
        (Decimal(1000), (True, "1 000 € demandés (minimum 1 000 €, maximum 20 000 €).")),
        (Decimal(20000), (True, "20 000 € demandés (minimum 1 000 €, maximum 20 000 €).")),
        (Decimal("20000.01"), (False, "20 000,01 € demandés (minimum 1 000 €, maximum 20 000 €).")),
        (None, (None, "Aucun montant demandé n’est indiqué.")),
    ],
)
def test_amount_hint_compares_with_floor_and_ceiling(amount, expected):
    assert said(make_application(state=State.EXAMINING, requested_amount=amount), Automatic.AMOUNT) == expected


@pytest.mark.parametrize(
    ("amount", "cost", "expected"),
    [
        (Decimal(8000), Decimal(10000), (True, "80 % du coût du projet (maximum 80 %).")),
        (Decimal(8001), Decimal(10000), (False, "80,01 % du coût du projet (maximum 80 %).")),
        (Decimal(8000), Decimal(0), (None, "Le coût du projet ou le montant demandé n’est pas indiqué.")),
    ],
)
def test_rate_hint_compares_exactly(amount, cost, expected):
    application = make_application(state=State.EXAMINING, requested_amount=amount, project_cost=cost)
    assert said(application, Automatic.RATE) == expected


def test_documents_hint_names_the_missing_ones():
    call = CallFactory()
    statutes = DocumentRequirementFactory(call=call, label="Statuts")
    accounts = DocumentRequirementFactory(call=call, label="Comptes")
    DocumentRequirementFactory(call=call, label="Lettre", required=False)
    application = make_application(call=call, state=State.EXAMINING)
    attach(application, statutes)
    attach(application, accounts, removed_at=clock.now())
    assert said(application, Automatic.DOCUMENTS) == (False, "Il manque « Comptes ».")
    attach(application, accounts)
    assert said(application, Automatic.DOCUMENTS) == (True, "Les 2 pièces obligatoires sont jointes.")


def test_siret_hint_checks_the_key():
    organisation = OrganisationFactory()
    application = make_application(state=State.EXAMINING, organisation=organisation)
    assert said(application, Automatic.SIRET)[0] is True
    organisation.siret = "12345678901234"
    assert said(application, Automatic.SIRET)[0] is False


def test_commune_hint_looks_in_the_reference_list():
    application = make_application(state=State.EXAMINING)
    assert said(application, Automatic.COMMUNE) == (None, "Aucune commune de la liste de référence n’est indiquée.")
    application.commune = Commune.objects.create(code="84003", name="Apt", sort_key="apt")
    assert said(application, Automatic.COMMUNE) == (True, "Apt (84003) est dans la liste de référence du département.")


def test_checklist_parts_formal_from_substantive_and_writes_nothing():
    call = CallFactory()
    formal = EligibilityRuleFactory(call=call, automatic=Automatic.DEADLINE)
    substantive = EligibilityRuleFactory(call=call, kind=EligibilityRule.Kind.SUBSTANTIVE)
    found = checklist(make_application(call=call, state=State.EXAMINING))
    assert [point.rule for point in found.formal] == [formal]
    assert [point.rule for point in found.substantive] == [substantive]
    assert [point.hint.automatic if point.hint else None for point in found.points] == [Automatic.DEADLINE, None]
    assert [hint.automatic for hint in found.spare] == [
        Automatic.DOCUMENTS,
        Automatic.SIRET,
        Automatic.AMOUNT,
        Automatic.RATE,
        Automatic.COMMUNE,
    ]
    assert (found.checked_count, found.all_met, EligibilityCheck.objects.count()) == (0, False, 0)


def test_checklist_says_when_a_finding_contradicts_the_data():
    call = CallFactory()
    EligibilityRuleFactory(call=call, key="montant", automatic=Automatic.AMOUNT)
    application = make_application(call=call, state=State.EXAMINING, requested_amount=Decimal(1))
    found = record_checks(application, {"montant": ("met", "")}, by=OfficerFactory())
    assert found.points[0].contradicted is True


def test_checklist_costs_the_same_for_one_point_and_for_three(django_assert_num_queries):
    for count in (1, 3):
        call = CallFactory()
        for n in range(count):
            EligibilityRuleFactory(call=call, key=f"p{n}", automatic=Automatic.DOCUMENTS)
            DocumentRequirementFactory(call=call)
        pk = make_application(call=call, state=State.EXAMINING).pk
        application = Application.objects.select_related("call", "organisation", "commune").get(pk=pk)
        record_checks(application, {f"p{n}": ("met", "") for n in range(count)}, by=OfficerFactory())
        with django_assert_num_queries(4):
            assert checklist(application).all_met is True


def test_officers_are_those_who_may_examine_and_those_who_did():
    officer, administrator, gone = OfficerFactory(), AdministratorFactory(), OfficerFactory()
    application = make_application(state=State.EXAMINING, officer=gone)
    gone.is_active = False
    gone.save()
    UserFactory()
    assert set(officers()) == {officer, administrator}
    assert set(officers_of(application.call)) == {officer, administrator, gone}
    assert set(officers_of(CallFactory())) == {officer, administrator}
