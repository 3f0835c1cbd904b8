"""The questionnaire of a call: composed in the admin, frozen by publication."""

import pgtrigger
from django.conf import settings
from django.db import models

from aap import clock
from aap.calls.models import Call
from aap.questionnaires.blocks import SectionBlock
from aap.questionnaires.definition import Definition
from aap.streams import BlocksField


class Questionnaire(models.Model):
    """The draft of a call's questionnaire, as officers compose it. Applicants only ever see a published version."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="questionnaire", verbose_name="appel")
    sections = BlocksField([("section", SectionBlock())], verbose_name="rubriques", blank=True, collapsed=True)

    class Meta:
        verbose_name = "questionnaire"

    def __str__(self) -> str:
        return f"Questionnaire – {self.call}"


class QuestionnaireVersion(models.Model):
    """A published questionnaire: never changes again. An application is pinned to one."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="versions", verbose_name="questionnaire"
    )
    number = models.PositiveIntegerField("version")
    content = models.JSONField("définition")
    published_at = models.DateTimeField("publiée le", default=clock.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="publiée par"
    )

    class Meta:
        verbose_name = "version de questionnaire"
        verbose_name_plural = "versions de questionnaire"
        ordering = ["questionnaire", "-number"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once")]
        triggers = [pgtrigger.Protect(name="questionnaire_version_frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.questionnaire} (version {self.number})"

    @property
    def definition(self) -> Definition:
        """The content as typed objects."""
        return Definition.from_json(self.content)
