"""One juror's review of one application."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from aap import clock
from aap.applications.models import DepositedVersion
from scoring.assignments.models import Assignment
from scoring.grids.models import Criterion, ScoringGrid


class Review(models.Model):
    """An « évaluation »: a draft until submitted, pinned to the version of the application and to the grid it used."""

    class State(models.TextChoices):
        DRAFT = "draft", "Brouillon"
        SUBMITTED = "submitted", "Remise"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="review", verbose_name="affectation")
    grid = models.ForeignKey(ScoringGrid, on_delete=models.PROTECT, related_name="reviews", verbose_name="grille")
    version_read = models.ForeignKey(DepositedVersion, on_delete=models.PROTECT, related_name="+", verbose_name="version lue")
    state = models.CharField("état", max_length=10, choices=State.choices, default=State.DRAFT)
    appreciation = models.TextField("appréciation générale", blank=True)
    edit_version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField("modifiée le", default=clock.now)
    submitted_at = models.DateTimeField("remise le", null=True, blank=True)

    class Meta:
        verbose_name = "évaluation"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True) | Q(state="submitted", submitted_at__isnull=False),
                name="review_submitted_has_date",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} ({self.get_state_display()})"


class Reopening(models.Model):
    """A submitted review given back to its juror, and why. The history names it by its number."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reopenings", verbose_name="évaluation")
    reason = models.TextField("motif")
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="rouverte par"
    )
    reopened_at = models.DateTimeField("rouverte le", default=clock.now)

    class Meta:
        verbose_name = "réouverture"
        ordering = ["-reopened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="reopening_says_why",
                violation_error_message="Dites pourquoi l’évaluation est rouverte.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.review} rouverte"


class Score(models.Model):
    """The « note » on one criterion. Empty means not scored yet, never zero."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="scores", verbose_name="évaluation")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores", verbose_name="critère")
    value = models.PositiveSmallIntegerField("note", null=True, blank=True)
    comment = models.TextField("commentaire", blank=True)
    communicable = models.BooleanField("communicable à la structure", default=False)

    class Meta:
        verbose_name = "note"
        ordering = ["criterion__position"]
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="score_once")]

    def __str__(self) -> str:
        return f"{self.criterion} : {self.value}"
