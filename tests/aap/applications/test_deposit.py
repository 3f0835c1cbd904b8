"""The deposit: hours, completeness, number, frozen version, receipt."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from aap import clock
from aap.applications import services
from aap.applications.deposited import digest
from aap.applications.errors import IncompleteError, MissingPiece
from aap.applications.models import Application, DepositedVersion, Receipt
from aap.applications.services import deposit
from aap.applications.states import State
from aap.errors import DomainError
from aap.files.storage import private_storage
from aap.history.models import Event
from aap.mail.models import OutboxMessage
from aap.moments import add_months
from aap.organisations.models import MemberRole
from tests.factories.deposits import complete_draft, draft, open_call
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def submit(application, by=None, arrived_at=None):
    return services.submit(application, by=by or application.created_by, arrived_at=arrived_at or clock.now())


def test_submit_gives_number_version_receipt_and_event():
    application = complete_draft(open_call(prefix="FNE25"))
    receipt = submit(application)
    prefix, _, code = application.number.partition("-")
    assert (application.state, prefix, len(code), set(code) - set(deposit.ALPHABET)) == (State.SUBMITTED, "FNE25", 6, set())
    assert (receipt.issued_at, receipt.version.deposited_at) == (application.submitted_at, application.submitted_at)
    event = Event.objects.get(chain=application.chain, name="submit")
    assert event.data == {"before": "draft", "after": "submitted", "number": application.number}


def test_submit_freezes_what_was_deposited_under_its_digest():
    application = complete_draft()
    version = DepositedVersion.objects.get(pk=submit(application).version_id)
    content = version.content
    assert version.sha256 == digest(content)
    assert content["answers"]["titre"] == "Ateliers au village"
    assert content["sections"][0]["questions"][0] == {"key": "titre", "type": "title", "label": "Intitulé du projet"}
    assert (content["requested_amount"], content["organisation"]["siret"]) == ("8000.00", application.organisation.siret)
    document = application.documents.get()
    assert [(each["id"], each["sha256"]) for each in content["documents"]] == [(str(document.public_id), document.sha256)]


def test_submit_again_gives_the_same_receipt():
    application = complete_draft()
    colleague = MembershipFactory(organisation=application.organisation).user
    stale = Application.objects.get(pk=application.pk)
    first = submit(application)
    assert (submit(stale, by=colleague), submit(application)) == (first, first)
    assert (Receipt.objects.count(), DepositedVersion.objects.count()) == (1, 1)


def test_submit_of_an_incomplete_application_lists_what_is_left():
    application = draft()
    with pytest.raises(IncompleteError) as refusal:
        submit(application)
    problems = refusal.value.problems
    assert {problem.question_key for problem in problems if problem.question_key} == {
        "titre",
        "axe",
        "commune",
        "description",
        "budget",
        "cer",
    }
    assert problems[-1] == MissingPiece("Statuts", "Cette pièce est obligatoire\u00a0: joignez-la.", requirement_key="statuts")
    application.refresh_from_db()
    assert (application.state, Receipt.objects.count()) == (State.DRAFT, 0)


def test_submit_is_judged_by_its_arrival_not_by_our_queue():
    application = complete_draft()
    closing = application.call.closes_at
    with time_machine.travel(closing + timedelta(minutes=3), tick=False):
        receipt = submit(application, arrived_at=closing)
    assert receipt.issued_at == closing


def test_submit_after_the_closing_says_both_hours():
    closing = datetime(2026, 3, 1, 23, 59, 59, tzinfo=PARIS)
    call = open_call()
    application = complete_draft(call)
    type(call).objects.filter(pk=call.pk).update(opens_at=closing - timedelta(days=30), closes_at=closing)
    with pytest.raises(DomainError) as refusal:
        submit(application, arrived_at=closing + timedelta(seconds=3))
    assert refusal.value.message.replace("\u00a0", " ") == (
        "L’appel à projets a fermé le 1er mars 2026 à 23 h 59 min 59 s. Votre dépôt est arrivé le 2 mars 2026 à 0 h 00 min 02 s "
        "(heure de Paris) : il ne peut pas être accepté. Votre brouillon est conservé. Pour toute question, écrivez à service@exemple.fr."
    )
    application.refresh_from_db()
    assert (application.state, application.number) == (State.DRAFT, None)


def test_submit_retried_after_the_closing_still_gives_the_receipt():
    application = complete_draft()
    first = submit(application)
    assert submit(application, arrived_at=application.call.closes_at + timedelta(hours=1)) == first


def test_submit_before_the_opening_is_refused():
    application = complete_draft()
    with pytest.raises(DomainError):
        submit(application, arrived_at=application.call.opens_at - timedelta(seconds=1))


def test_submit_of_a_withdrawn_application_is_refused():
    application = complete_draft()
    services.withdraw(application, by=application.created_by)
    with pytest.raises(DomainError) as refusal:
        submit(application)
    assert refusal.value.message == "Ce dossier a été retiré\u00a0: il ne peut plus être modifié."


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(MemberRole.ADMINISTRATOR, True), (MemberRole.EDITOR, True), (MemberRole.READER, False), (None, False)],
)
def test_submit_is_for_those_who_may_write(role, allowed):
    application = complete_draft()
    user = MembershipFactory(organisation=application.organisation, role=role).user if role else UserFactory()
    if allowed:
        submit(application, by=user)
    else:
        with pytest.raises(DomainError):
            submit(application, by=user)
    assert Receipt.objects.exists() is allowed


def test_submit_draws_another_number_when_the_first_is_taken(monkeypatch):
    taken = complete_draft()
    submit(taken)
    drawn = iter([taken.number, taken.number, f"{taken.call.prefix}-ABCDEF"])
    monkeypatch.setattr(deposit, "draw_number", lambda prefix: next(drawn))
    application = complete_draft(taken.call)
    submit(application)
    assert application.number == f"{taken.call.prefix}-ABCDEF"


def test_submit_gives_up_kindly_when_no_number_is_free(monkeypatch):
    taken = complete_draft()
    submit(taken)
    monkeypatch.setattr(deposit, "draw_number", lambda prefix: taken.number)
    application = complete_draft(taken.call)
    with pytest.raises(DomainError) as refusal:
        submit(application)
    assert refusal.value.message == "Le dépôt n’a pas abouti, rien n’est perdu. Recommencez dans un instant."
    application.refresh_from_db()
    assert application.state == State.DRAFT


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 1, 15), 2, date(2026, 3, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_add_months_stays_in_the_month(day, months, expected):
    assert add_months(day, months) == expected


def test_receipt_counts_the_silence_from_the_day_in_paris():
    closing = datetime(2026, 3, 30, tzinfo=PARIS)
    call = open_call()
    application = complete_draft(call)
    type(call).objects.filter(pk=call.pk).update(opens_at=datetime(2025, 12, 1, tzinfo=PARIS), closes_at=closing)
    # 23:30 in London on the 30th is already the 31st in Paris.
    receipt = submit(application, arrived_at=datetime(2025, 12, 30, 23, 30, tzinfo=ZoneInfo("UTC")))
    assert receipt.implicit_refusal_on == date(2026, 2, 28)


def test_receipt_job_keeps_the_pdf_and_writes_once_to_every_member():
    application = complete_draft()
    reader = MembershipFactory(organisation=application.organisation, role=MemberRole.READER).user
    MembershipFactory(organisation=application.organisation, user__is_active=False)
    submit(application)
    assert (Receipt.objects.get().pdf.name, OutboxMessage.objects.count()) == ("", 0)
    run_jobs()
    receipt = Receipt.objects.get()
    services.issue_receipt(receipt.pk)
    run_jobs()
    assert sorted(message.to[0] for message in mail.outbox) == sorted([application.created_by.email, reader.email])
    name, content, kind = mail.outbox[0].attachments[0]
    assert (name, kind) == (f"recepisse-{application.number}.pdf", "application/pdf")
    with private_storage().open(receipt.pdf.name) as kept:
        assert kept.read() == content
    assert f"/candidatures/{application.public_id}/recepisse/" in mail.outbox[0].body


def test_receipt_pdf_asked_before_the_job_is_the_one_sent():
    application = complete_draft()
    receipt = services.ensure_receipt_pdf(submit(application))
    run_jobs()
    assert OutboxMessage.objects.get().attachments == [receipt.pdf.name]


def test_receipt_of_an_application_withdrawn_meanwhile_is_not_sent():
    application = complete_draft()
    submit(application)
    services.withdraw(application, by=application.created_by)
    run_jobs()
    assert [message.subject for message in mail.outbox] == [f"Dossier {application.number} retiré"]
