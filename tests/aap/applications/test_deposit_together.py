"""Two deposits of the same application at the same instant, on real connections."""

import pytest
from django.core import mail

from aap import clock
from aap.applications import services
from aap.applications.models import Application, DepositedVersion, Receipt
from aap.history.models import Event
from tests.factories.deposits import complete_draft, open_call, pdf_upload
from tests.factories.organisations import MembershipFactory
from tests.together import together
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_members_depositing_at_once_make_one_deposit():
    application = complete_draft()
    colleague = MembershipFactory(organisation=application.organisation).user
    copies = [Application.objects.get(pk=application.pk) for _ in range(2)]
    people = [application.created_by, colleague]
    receipts = together(
        *(
            lambda copy=copy, by=by: services.submit(copy, by=by, arrived_at=clock.now())
            for copy, by in zip(copies, people, strict=True)
        )
    )
    assert [type(each) for each in receipts] == [Receipt, Receipt]
    assert receipts[0] == receipts[1]
    run_jobs()
    assert (Receipt.objects.count(), DepositedVersion.objects.count(), Event.objects.filter(name="submit").count()) == (1, 1, 1)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(person.email for person in people)


def test_a_deposit_and_a_withdrawal_at_once_leave_one_consistent_application():
    application = complete_draft()
    by = application.created_by
    copies = [Application.objects.get(pk=application.pk) for _ in range(2)]
    together(
        lambda: services.submit(copies[0], by=by, arrived_at=clock.now()),
        lambda: services.withdraw(copies[1], by=by),
    )
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert Receipt.objects.exists() is (application.number is not None)


def test_two_starts_at_once_make_one_draft():
    call, membership = open_call(), MembershipFactory()
    drafts = together(*[lambda: services.start(call, membership.organisation, by=membership.user)] * 2)
    assert drafts[0] == drafts[1]
    assert Application.objects.count() == 1


def test_a_section_saved_by_two_people_at_once_keeps_one_row_a_question():
    application = complete_draft()
    by = application.created_by
    results = together(
        *(
            lambda n=n: services.save_section(
                Application.objects.get(pk=application.pk), "projet", {"titre": f"Titre {n}"}, by=by
            )
            for n in (1, 2)
        )
    )
    assert [type(each) for each in results] == [Application, Application]
    assert application.answers.get(question_key="titre").version == 3


def test_two_files_attached_at_once_leave_one_in_place():
    application = complete_draft()
    requirement = application.call.document_requirements.get(key="statuts")
    together(
        *(
            lambda n=n: services.attach_document(application, requirement, pdf_upload(f"{n}.pdf"), by=application.created_by)
            for n in (1, 2)
        )
    )
    assert application.documents.count() == 3
    assert application.documents.filter(removed_at__isnull=True).count() == 1
