"""One letter as a whole HTML document: template text, values, and the frame of an administrative letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from aap import clock
from aap.decisions import merge, wording
from aap.decisions.models import Decision, LetterTemplate, Resolution
from aap.pdf.rendering import html_to_pdf

TEMPLATE = "pdf/decisions/letter.html"
STYLESHEETS = ("css/pdf/letter.css",)


def reference_of(decision: Decision) -> str:
    """« FNE25-K7QM4R-1 »: the application's number and the rank of this decision among those on it."""
    earlier = Decision.objects.filter(application=decision.application_id, pk__lt=decision.pk).count()
    return f"{decision.application.number}-{earlier + 1}"


@dataclass(frozen=True)
class Letter:
    """One letter before its PDF: subject, text (HTML, safe), whole document."""

    subject: str
    body: str
    document: str


def compose(decision: Decision, template: LetterTemplate, values: Mapping[str, str], reference: str) -> Letter:
    """The letter of `decision`. Raises ValueError when a field is unknown or has no value."""
    subject = merge.merge_line(template.subject, values)
    body = merge.merge_body(template.body, values)
    context = {
        **_frame(decision),
        "subject": subject,
        # Sanitised and escaped by merge_body: the only HTML that a letter takes from people.
        "body": mark_safe(body),  # noqa: S308
        "reference": reference,
        "date": wording.long_date(clock.today()),
    }
    return Letter(subject, body, render_to_string(TEMPLATE, context))


def letter_pdf(document: str) -> bytes:
    """The PDF of a document made by `compose`."""
    return html_to_pdf(document, stylesheets=STYLESHEETS)


def foot_room(notice: str) -> int:
    """Millimetres that the remedies take at the foot of the page, rounded up to a class of `letter.css`."""
    lines = sum(1 + len(line) // 112 for line in notice.splitlines())
    needed = 8 + 4.1 * lines
    return next((room for room in (20, 30, 40, 50) if needed <= room), 60)


def _frame(decision: Decision) -> dict[str, Any]:
    """What every letter says around its text: who writes, who follows the file, who signs, to whom, how to contest."""
    application, resolution = decision.application, decision.resolution
    call, organisation = application.call, application.organisation
    # A delegation that names nobody cannot be signed « par délégation »: the authority signs.
    delegated = resolution.kind == Resolution.Kind.DELEGATION and bool(resolution.signatory_name)
    signatory = resolution if delegated else call
    return {
        "call": call,
        "organisation": organisation,
        "application": application,
        "officer": application.officer or decision.decided_by,
        "salutation": wording.salutation(organisation.representative_title, organisation.representative_role),
        "on_behalf_of": wording.on_behalf_of(call.signatory_role) if delegated else "",
        "signatory_role": signatory.signatory_role,
        "signatory_name": signatory.signatory_name,
        "foot_room": foot_room(call.remedies_notice),
        "fictitious": call.fictitious,
    }
