"""Freeze a questionnaire into a version that applicants fill."""

from django.db import transaction

from aap import clock
from aap.errors import DomainError
from aap.history.services import record
from aap.people.models import User
from aap.questionnaires.changes import changes
from aap.questionnaires.composition import composed
from aap.questionnaires.definition import Definition
from aap.questionnaires.models import Questionnaire, QuestionnaireVersion
from aap.questionnaires.rules import flaws, gaps


@transaction.atomic
def publish(questionnaire: Questionnaire, *, by: User | None) -> QuestionnaireVersion:
    """Freeze what is composed as the next version. Applications already started keep theirs.

    `by` is None for the site's own commands. Raises DomainError when the questionnaire is unsound or has not changed.
    """
    questionnaire = Questionnaire.objects.select_for_update(of=("self",)).select_related("call").get(pk=questionnaire.pk)
    definition = composed(questionnaire)
    if problems := [*flaws(definition), *gaps(definition)]:
        raise DomainError("Le questionnaire n’est pas prêt. " + " ".join(problems))
    last = questionnaire.versions.order_by("-number").first()
    if last and not changes(last.definition, definition):
        raise DomainError(f"Rien n’a changé depuis la version {last.number} : il n’y a pas de nouvelle version à publier.")
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=last.number + 1 if last else 1,
        content=definition.to_json(),
        published_at=clock.now(),
        published_by=by,
    )
    record(f"call:{questionnaire.call.slug}", "questionnaire_published", by=by, version=version.number)
    return version


def pending_changes(questionnaire: Questionnaire) -> list[str]:
    """What the next version would change, in French; what it would hold, when there is none yet."""
    definition = composed(questionnaire)
    last = questionnaire.versions.order_by("-number").first()
    return changes(last.definition if last else Definition(), definition)
