"""Start an application, and keep what is typed in it."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from aap import clock
from aap.applications.models import Answer, Application
from aap.applications.services.locking import locked_for_writing
from aap.applications.states import State
from aap.applications.summary import SUMMARY_FIELDS, refresh_summary
from aap.calls.models import Call, CallPhase
from aap.errors import DomainError
from aap.history.services import record
from aap.moments import french_moment
from aap.organisations.models import Organisation
from aap.organisations.rights import may_edit_organisation
from aap.people.models import User
from aap.questionnaires.models import QuestionnaireVersion


@transaction.atomic
def start(call: Call, organisation: Organisation, *, by: User) -> Application:
    """The organisation's draft in this call: the one it has, or a new one pinned to the questionnaire of today.

    Raises DomainError when the call is not open, has no published questionnaire, or the person only reads.
    """
    if not may_edit_organisation(by, organisation):
        raise DomainError("Votre rattachement à cette structure permet de lire ses dossiers, pas d’en commencer un.")
    # Two members, or two clicks, start one draft: the second waits for the organisation's row.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if draft := Application.objects.filter(call=call, organisation=organisation, state=State.DRAFT).order_by("pk").first():
        return draft
    call = Call.objects.get(pk=call.pk)
    _refuse_unless_open(call)
    version = QuestionnaireVersion.objects.filter(questionnaire__call=call).order_by("-number").first()
    if version is None:
        raise DomainError(
            "Le formulaire de cet appel n’est pas encore publié. Revenez dans quelques jours, ou écrivez au service."
        )
    application = Application.objects.create(
        call=call, organisation=organisation, questionnaire_version=version, created_by=by, created_at=clock.now()
    )
    record(application.chain, "start", by=by, call=call.slug, questionnaire_version=version.pk)
    return application


def _refuse_unless_open(call: Call) -> None:
    if call.phase == CallPhase.UPCOMING:
        raise DomainError(
            f"Cet appel à projets ouvre le {french_moment(call.opens_at)} (heure de Paris). Revenez à ce moment-là."
        )
    if call.phase == CallPhase.CLOSED:
        raise DomainError(
            f"Cet appel à projets est clos depuis le {french_moment(call.closes_at)} (heure de Paris)\u00a0: "
            "il n’est plus possible de commencer un dossier."
        )


@transaction.atomic
def save_section(application: Application, section_key: str, answers: dict[str, Any], *, by: User) -> Application:
    """Keep the answers of one section, by question key. What did not change keeps its version; other keys are left out."""
    row = locked_for_writing(application, by=by)
    asked = keys_of(row, section_key)
    write_answers(row, {key: plain(value) for key, value in answers.items() if key in asked}, by=by)
    application.refresh_from_db()
    return application


def keys_of(application: Application, section_key: str) -> set[str]:
    """The questions of one section. Raises DomainError when the questionnaire has no such section."""
    section = application.questionnaire_version.definition.section(section_key)
    if section is None:
        raise DomainError("Cette rubrique n’existe pas dans votre dossier. Revenez à la liste des rubriques.")
    return {question.key for question in section.questions}


def write_answers(application: Application, values: dict[str, Any], *, by: User) -> None:
    """Keep plain values, and the columns read from them, in an application whose row is locked.

    Two queries for new answers and one for changed ones, whatever the number of questions.
    """
    moment = clock.now()
    existing = {answer.question_key: answer for answer in application.answers.filter(question_key__in=values)}
    changed = [answer for key, answer in existing.items() if answer.value != values[key]]
    for answer in changed:
        answer.value, answer.version = values[answer.question_key], answer.version + 1
        answer.updated_at, answer.updated_by = moment, by
    Answer.objects.bulk_update(changed, ["value", "version", "updated_at", "updated_by"])
    Answer.objects.bulk_create(
        Answer(application=application, question_key=key, value=value, updated_at=moment, updated_by=by)
        for key, value in values.items()
        if key not in existing
    )
    refresh_summary(application)
    application.save(update_fields=SUMMARY_FIELDS)


def plain(value: Any) -> Any:
    """The value as the database gives it back: what is compared is what is stored."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
