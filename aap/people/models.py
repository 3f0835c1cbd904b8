"""People who sign in, and what they may be on this site."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from aap import clock


class Role(models.TextChoices):
    """What a person does here beside applying: every signed-in person may apply for an association."""

    OFFICER = "officer", "Instruction"
    JUROR = "juror", "Jury"
    CHAIR = "chair", "Présidence du jury"
    CONTRIBUTOR = "contributor", "Communication – contribution"
    PUBLISHER = "publisher", "Communication – publication"
    ADMINISTRATOR = "administrator", "Administration"


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, roles=[Role.ADMINISTRATOR.value], **fields)


class User(AbstractUser):
    """A person, known by an e-mail address. Never deleted: anonymised."""

    username = None  # type: ignore[assignment]
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(
        "adresse électronique", unique=True, error_messages={"unique": "Un compte existe déjà avec cette adresse."}
    )
    phone = models.CharField("téléphone", max_length=30, blank=True)
    job_title = models.CharField("fonction", max_length=120, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), verbose_name="rôles", default=list, blank=True)
    date_joined = models.DateTimeField("inscription", default=clock.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_once", violation_error_message="Un compte existe déjà avec cette adresse."
            ),
            models.CheckConstraint(
                condition=Q(roles__contained_by=Role.values),
                name="user_roles_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def has_role(self, *roles: Role) -> bool:
        """Whether the person holds one of `roles` and the account is active."""
        return self.is_active and any(role in self.roles for role in roles)
