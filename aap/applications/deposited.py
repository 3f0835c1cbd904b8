"""What was deposited, frozen: one canonical document, and the digest that proves it did not change."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from aap.applications.models import Application

FORMAT = 1
ORGANISATION_FIELDS = (
    "siret",
    "rna",
    "name",
    "short_name",
    "address",
    "postcode",
    "city",
    "email",
    "phone",
    "website",
    "representative_title",
    "representative_name",
    "representative_role",
)


def deposited_content(application: Application) -> dict[str, Any]:
    """Answers with their labels, amounts, documents with their digests, as plain JSON values. The row must be numbered."""
    definition = application.questionnaire_version.definition
    answers = dict(application.answers.values_list("question_key", "value"))
    organisation = application.organisation
    content = {
        "format": FORMAT,
        "number": application.number,
        "deposited_at": application.submitted_at,
        "call": {"slug": application.call.slug, "title": application.call.title},
        "questionnaire_version": application.questionnaire_version.number,
        "organisation": {name: getattr(organisation, name) for name in ORGANISATION_FIELDS},
        "title": application.title,
        "theme": application.theme.title if application.theme else "",
        "commune": application.commune_id or "",
        "requested_amount": application.requested_amount,
        "project_cost": application.project_cost,
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "questions": [{"key": each.key, "type": each.type.value, "label": each.label} for each in section.questions],
            }
            for section in definition.sections
        ],
        "answers": {key: answers.get(key) for key in definition.questions},
        "documents": [
            {
                "id": document.public_id,
                "requirement": document.requirement.key,
                "label": document.requirement.label,
                "name": document.original_name,
                "content_type": document.content_type,
                "size": document.size,
                "sha256": document.sha256,
            }
            for document in current_documents(application)
        ],
    }
    return json.loads(canonical(content))


def current_documents(application: Application) -> list[Any]:
    """The documents in place, in the order of the call's list."""
    documents = application.documents.filter(removed_at__isnull=True).select_related("requirement")
    return list(documents.order_by("requirement__position", "requirement_id", "uploaded_at", "pk"))


def canonical(content: Any) -> str:
    """One text for one content: sorted keys, no spaces, accents as they are."""
    return json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(content: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
