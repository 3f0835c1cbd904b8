"""The outbox: every message is a row, written in the same transaction as the act that causes it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from aap import clock


class OutboxMessage(models.Model):
    """One e-mail to one person. The worker sends it, once."""

    class State(models.TextChoices):
        QUEUED = "queued", "En attente"
        SENT = "sent", "Envoyé"
        FAILED = "failed", "Échec"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The same act repeated must not send twice: services give the same key for the same message.
    idempotency_key = models.CharField(max_length=160, unique=True)
    to = models.EmailField("destinataire")
    subject = models.CharField("objet", max_length=200)
    body = models.TextField("texte")
    html = models.TextField("version HTML", blank=True)
    attachments = ArrayField(
        models.CharField(max_length=300), default=list, blank=True, help_text="noms dans le stockage privé"
    )
    attachment_names = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    chain = models.CharField("historique concerné", max_length=80, blank=True, db_index=True)
    state = models.CharField("état", max_length=10, choices=State.choices, default=State.QUEUED, db_index=True)
    attempts = models.PositiveSmallIntegerField("tentatives", default=0)
    last_error = models.TextField("dernière erreur", blank=True)
    created_at = models.DateTimeField("créé le", default=clock.now)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)

    class Meta:
        verbose_name = "message"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
