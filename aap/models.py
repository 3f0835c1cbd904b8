"""Import each room's own models: one app, many rooms."""

from aap.applications.models import (  # noqa: F401
    Answer,
    Application,
    DepositedVersion,
    Receipt,
    Recusal,
    SupportingDocument,
)
from aap.calls.models import Call, DocumentRequirement, EligibilityRule, Theme  # noqa: F401
from aap.decisions.models import (  # noqa: F401
    Decision,
    DecisionLetter,
    LetterTemplate,
    ReadReceipt,
    Recommendation,
    Release,
    Resolution,
)
from aap.examination.models import EligibilityCheck  # noqa: F401
from aap.history.models import Event  # noqa: F401
from aap.mail.models import OutboxMessage  # noqa: F401
from aap.organisations.models import Membership, Organisation  # noqa: F401
from aap.people.models import User  # noqa: F401
from aap.questionnaires.models import Questionnaire, QuestionnaireVersion  # noqa: F401
from aap.territories.models import Commune, Intercommunality  # noqa: F401
