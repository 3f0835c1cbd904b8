"""Render the receipt once, keep it, and send it to everyone attached to the organisation."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from aap.applications.documents import receipt_pdf
from aap.applications.models import Receipt
from aap.applications.states import State
from aap.files.storage import opaque_name, private_storage
from aap.mail.services import absolute, send
from aap.organisations.selectors import members_of


def ensure_receipt_pdf(receipt: Receipt) -> Receipt:
    """Render and store the PDF unless it is there. The first one stored is the one, whoever renders it."""
    receipt = _with_relations(receipt.pk)
    if receipt.pdf:
        return receipt
    data = receipt_pdf(receipt)
    storage = private_storage()
    stored = storage.save(opaque_name("receipts", "pdf"), ContentFile(data))
    try:
        kept = _keep(receipt.pk, stored, hashlib.sha256(data).hexdigest())
    except BaseException:
        storage.delete(stored)
        raise
    if not kept:
        storage.delete(stored)
    receipt.refresh_from_db(fields=["pdf", "pdf_sha256"])
    return receipt


@transaction.atomic
def _keep(receipt_id: int, stored: str, sha256: str) -> bool:
    receipt = Receipt.objects.select_for_update().get(pk=receipt_id)
    if receipt.pdf:
        return False
    receipt.pdf.name, receipt.pdf_sha256 = stored, sha256
    receipt.save(update_fields=["pdf", "pdf_sha256"])
    return True


def issue_receipt(receipt_id: int) -> None:
    """What the worker does after a deposit. Safe to repeat: each person is written to once."""
    receipt = ensure_receipt_pdf(Receipt(pk=receipt_id))
    application = receipt.application
    if application.state == State.WITHDRAWN:
        return
    context = {
        "application": application,
        "receipt": receipt,
        "link": absolute(reverse("portal:receipt", args=[application.public_id])),
    }
    for member in members_of(application.organisation):
        send(
            "receipt",
            to=member.email,
            context={**context, "person": member},
            key=f"receipt:{application.public_id}:{member.public_id}",
            chain=application.chain,
            attachments=[(str(receipt.pdf.name), f"recepisse-{application.number}.pdf")],
        )


def _with_relations(pk: int) -> Receipt:
    return Receipt.objects.select_related(
        "version__deposited_by", "application__call", "application__organisation", "application__questionnaire_version"
    ).get(pk=pk)
