"""Which questionnaire a new application is pinned to."""

from aap.calls.models import Call
from aap.errors import DomainError
from aap.questionnaires.models import QuestionnaireVersion


def published_version(call: Call) -> QuestionnaireVersion:
    """The newest published version of the questionnaire of `call`. Raises DomainError when there is none yet."""
    version = QuestionnaireVersion.objects.filter(questionnaire__call=call).order_by("-number").first()
    if version is None:
        raise DomainError(
            "Le questionnaire de cet appel n’est pas encore publié. Revenez un peu plus tard, ou écrivez au service."
        )
    return version
