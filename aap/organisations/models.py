"""Organisations that apply, and the people who act for them."""

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from aap import clock
from aap.organisations.rules import validate_siret
from aap.text import sort_key


class Organisation(models.Model):
    """A « structure » (association, most often), one per SIRET, typed once and reused in every application."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    siret = models.CharField(
        "numéro SIRET",
        max_length=14,
        unique=True,
        validators=[validate_siret],
        error_messages={"unique": "Cette structure est déjà inscrite. Demandez à l’un de ses membres de vous y rattacher."},
    )
    rna = models.CharField(
        "numéro RNA",
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^W[0-9A-Z]{9}$", "Un numéro RNA s’écrit W suivi de 9 chiffres, par exemple W842001234.")],
    )
    name = models.CharField("nom de la structure", max_length=200)
    short_name = models.CharField("sigle", max_length=40, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    address = models.CharField("adresse du siège", max_length=200)
    postcode = models.CharField(
        "code postal", max_length=5, validators=[RegexValidator(r"^\d{5}$", "Un code postal a 5 chiffres.")]
    )
    city = models.CharField("commune", max_length=100)
    email = models.EmailField("adresse électronique", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    website = models.URLField("site web", blank=True)
    representative_title = models.CharField(
        "civilité", max_length=10, choices=[("Madame", "Madame"), ("Monsieur", "Monsieur")], default="Madame"
    )
    representative_name = models.CharField("prénom et nom de la personne qui la représente légalement", max_length=120)
    representative_role = models.CharField("fonction", max_length=80, default="Présidente")
    fictitious = models.BooleanField("structure fictive", default=False, help_text="donnée de démonstration")
    created_at = models.DateTimeField("inscription", default=clock.now, editable=False)

    class Meta:
        verbose_name = "structure"
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(siret__regex=r"^\d{14}$"),
                name="organisation_siret_14_digits",
                violation_error_message="Un numéro SIRET a 14 chiffres.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name)[:200]
        super().save(*args, **kwargs)


class MemberRole(models.TextChoices):
    ADMINISTRATOR = "administrator", "Administration"
    EDITOR = "editor", "Rédaction"
    READER = "reader", "Lecture"


class Membership(models.Model):
    """The « rattachement » of a person to an organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name="structure"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships", verbose_name="personne"
    )
    role = models.CharField("rôle", max_length=20, choices=MemberRole.choices, default=MemberRole.ADMINISTRATOR)
    created_at = models.DateTimeField("depuis", default=clock.now, editable=False)

    class Meta:
        verbose_name = "rattachement"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                name="membership_once",
                violation_error_message="Cette personne est déjà rattachée à cette structure.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"
