"""Communes and intercommunalités, as published by the State. Reference data: loaded, never edited."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Intercommunality(models.Model):
    """An EPCI with at least one commune of the département. Never a territorial filter: several straddle a border."""

    siren = models.CharField("SIREN", max_length=9, primary_key=True)
    name = models.CharField("nom", max_length=200)

    class Meta:
        verbose_name = "intercommunalité"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    """A commune of the département of the site."""

    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=100)
    sort_key = models.CharField(max_length=100, db_index=True)
    postcodes = ArrayField(models.CharField(max_length=5), verbose_name="codes postaux", default=list)
    population = models.PositiveIntegerField("population", default=0)
    intercommunality = models.ForeignKey(
        Intercommunality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communes",
        verbose_name="intercommunalité",
    )

    class Meta:
        verbose_name = "commune"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name
