"""Write messages in the outbox, and send them."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from aap import clock
from aap.files.storage import private_storage
from aap.mail.models import OutboxMessage
from aap.queue import defer


def absolute(path: str) -> str:
    """A full address for a link in a message."""
    return settings.SITE_URL.rstrip("/") + path


@transaction.atomic
def send(
    name: str,
    *,
    to: str,
    context: dict[str, Any],
    key: str,
    chain: str = "",
    attachments: Sequence[tuple[str, str]] = (),
) -> OutboxMessage:
    """Queue the message `templates/emails/<name>.txt` (first line: subject) for `to`, in the current transaction.

    `key` makes the act safe to repeat: the same key returns the message already written. `attachments` are pairs
    (name in the private storage, name shown to the reader).
    """
    text = render_to_string(f"emails/{name}.txt", {**context, "site_url": settings.SITE_URL}).strip()
    subject, _, body = text.partition("\n")
    message, created = OutboxMessage.objects.get_or_create(
        idempotency_key=key,
        defaults={
            "to": to,
            "subject": " ".join(subject.split()),
            "body": body.strip() + "\n",
            "html": render_to_string("emails/layout.html", {"subject": subject, "body": body.strip()}),
            "attachments": [stored for stored, _shown in attachments],
            "attachment_names": [shown for _stored, shown in attachments],
            "chain": chain,
            "created_at": clock.now(),
        },
    )
    if created:
        defer("aap.mail.deliver", queue="mail", message_id=message.pk)
    return message


def deliver(message_id: int) -> bool:
    """Send one message unless it already left; returns whether it left now. An error is kept, then raised again."""
    with transaction.atomic():
        message = OutboxMessage.objects.select_for_update().get(pk=message_id)
        if message.state == OutboxMessage.State.SENT:
            return False
        error = _hand_over(message)
        message.attempts += 1
        if error is None:
            message.state, message.sent_at, message.last_error = OutboxMessage.State.SENT, clock.now(), ""
        else:
            message.state, message.last_error = OutboxMessage.State.FAILED, f"{type(error).__name__}: {error}"[:500]
        message.save(update_fields=["attempts", "state", "sent_at", "last_error"])
    # Raised after the commit: the failure stays visible to the officers while the job is retried.
    if error is not None:
        raise error
    return True


def _hand_over(message: OutboxMessage) -> Exception | None:
    mail = EmailMultiAlternatives(message.subject, message.body, settings.DEFAULT_FROM_EMAIL, [message.to])
    mail.attach_alternative(message.html, "text/html")
    mail.extra_headers["Message-ID"] = f"<{message.public_id}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"
    try:
        for stored, shown in zip(message.attachments, message.attachment_names, strict=True):
            with private_storage().open(stored, "rb") as file:
                mail.attach(shown, file.read())
        mail.send()
    except Exception as error:
        return error
    return None
