"""Read everything again before the deposit."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aap import clock
from aap.applications.completeness import doubts, missing_pieces
from aap.applications.errors import MissingPiece
from aap.applications.models import Application
from aap.applications.rules import may_edit, refusal_to_write
from aap.applications.states import State
from aap.portal.access import own_application
from aap.portal.navigation import crumbs, name_of, problem_groups, problem_link, steps_nav
from aap.portal.selectors import requirement_blocks
from aap.questionnaires.reading import ReadRow, readable


@require_safe
def review(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything that will be deposited, what is left to do, and the deposit."""
    application = own_application(request, public_id)
    if application.state != State.DRAFT:
        return redirect("portal:application", public_id=public_id)
    return review_page(request, application)


@dataclass(frozen=True)
class ReviewSection:
    """A section as it is read, with the way to correct it."""

    key: str
    title: str
    rows: tuple[ReadRow, ...]
    edit_url: str


def review_page(
    request: HttpRequest,
    application: Application,
    *,
    refusal: str = "",
    problems: Sequence[MissingPiece] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The review page; `refusal` and `problems` are what a deposit just met."""
    attempted = problems is not None
    problems = missing_pieces(application) if problems is None else problems
    answers = dict(application.answers.values_list("question_key", "value"))
    editable = may_edit(request.user, application)
    closed = refusal_to_write(application, at=clock.now())
    writable = editable and not closed
    nav: dict[str, Any] = steps_nav(application, "verifier") if writable else {}
    context = {
        "application": application,
        "call": application.call,
        "name": name_of(application),
        "sections": [
            ReviewSection(each.key, each.title, each.rows, _edit_url(application, each.key) if writable else "")
            for each in readable(application.questionnaire_version.definition, application.call, answers)
        ],
        "blocks": requirement_blocks(application),
        "problems": [problem_link(application, problem) for problem in problems],
        "groups": problem_groups(application, problems, answers),
        "doubts": problem_groups(application, doubts(application, answers), answers) if writable else [],
        "attempted": attempted,
        "refusal": refusal or (closed if editable else ""),
        "may_edit": editable,
        "writable": writable,
        "breadcrumbs": crumbs(application, "Vérifier et déposer" if writable else "Relire le dossier"),
        **nav,
    }
    return render(request, "aap/portal/review.html", context, status=status)


def _edit_url(application: Application, section_key: str) -> str:
    return reverse("portal:section", args=[application.public_id, section_key])
