"""The « grille de notation » of a call: criteria, weights, scale with a sentence per level."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from aap import clock
from aap.calls.models import Call


class ScoringGrid(models.Model):
    """One version of the grid. Frozen at its first score: a change makes a new version."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="grids", verbose_name="appel")
    version = models.PositiveSmallIntegerField("version", default=1)
    frozen_at = models.DateTimeField("figée le", null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = "grille de notation"
        verbose_name_plural = "grilles de notation"
        constraints = [models.UniqueConstraint(fields=["call", "version"], name="grid_version_once")]

    def __str__(self) -> str:
        return f"Grille de {self.call} (version {self.version})"


class Criterion(models.Model):
    """One criterion, with its weight and the words of its levels (index 0 is the level 0)."""

    grid = models.ForeignKey(ScoringGrid, on_delete=models.PROTECT, related_name="criteria", verbose_name="grille")
    key = models.SlugField("clé", max_length=40)
    label = models.CharField("critère", max_length=160)
    guidance = models.TextField("à examiner", blank=True)
    weight = models.DecimalField("pondération", max_digits=5, decimal_places=2, validators=[MinValueValidator(0.01)])
    maximum = models.PositiveSmallIntegerField("note maximale", default=5, validators=[MaxValueValidator(20)])
    levels = ArrayField(models.CharField(max_length=160), verbose_name="libellés des niveaux", default=list, blank=True)
    eliminatory = models.BooleanField("une note moyenne de 0 est éliminatoire", default=False)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "critère"
        ordering = ["grid", "position"]
        constraints = [
            models.UniqueConstraint(fields=["grid", "key"], name="criterion_key_once"),
            models.CheckConstraint(
                condition=Q(weight__gt=0),
                name="criterion_weight_positive",
                violation_error_message="La pondération doit être supérieure à zéro.",
            ),
            models.CheckConstraint(condition=Q(maximum__gte=1), name="criterion_maximum_positive"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="criterion_frozen_with_its_grid",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("checked", "bigint")],
                func="""
                    checked := CASE TG_OP WHEN 'DELETE' THEN OLD.grid_id ELSE NEW.grid_id END;
                    IF EXISTS (SELECT 1 FROM scoring_scoringgrid WHERE id = checked AND frozen_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'scoring grid % is frozen', checked USING ERRCODE = 'restrict_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.label
