"""Fill one section; read everything again before the deposit."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from aap import clock
from aap.applications import services
from aap.applications.completeness import missing_pieces
from aap.applications.errors import MissingPiece
from aap.applications.models import Application
from aap.applications.rules import may_edit, refusal_to_write
from aap.applications.states import State
from aap.errors import DomainError
from aap.portal.access import own_application, writable_application
from aap.portal.navigation import after_section, crumbs, name_of, problem_groups, problem_link, steps_nav
from aap.portal.selectors import requirement_blocks
from aap.questionnaires.forms import section_form
from aap.questionnaires.reading import ReadRow, readable


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, public_id: uuid.UUID, section_key: str) -> HttpResponse:
    """One section. What is acceptable is kept even when another answer is not; what was typed stays on the page."""
    application = writable_application(request, public_id)
    asked = application.questionnaire_version.definition.section(section_key)
    if asked is None:
        raise Http404
    answers = dict(application.answers.values_list("question_key", "value"))
    if request.method == "GET" and (closed := refusal_to_write(application, at=clock.now())):
        messages.info(request, closed)
        return redirect("portal:review", public_id=public_id)
    data = request.POST if request.method == "POST" else None
    form = section_form(asked, call=application.call, data=data, initial_answers=answers, draft=True)
    refusal = ""
    if request.method == "POST":
        valid = form.is_valid()
        try:
            services.save_section(application, section_key, form.answers(), by=request.user)
        except DomainError as error:
            refusal = error.message
        else:
            if valid:
                return _saved(request, application, section_key)
    context = {
        "application": application,
        "call": application.call,
        "section": asked,
        "form": form,
        "refusal": refusal,
        # Nothing was kept when the whole section is refused: the summary then says only what is wrong.
        "error_title": "" if refusal else "Des réponses sont à revoir, les autres sont enregistrées",
        "position": _position(application, section_key),
        "breadcrumbs": crumbs(application, asked.title),
        "secondary": [{"label": "Enregistrer et revenir au dossier", "name": "retour"}],
        **steps_nav(application, section_key),
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "aap/portal/section.html", context, status=status)


def _saved(request: HttpRequest, application: Application, section_key: str) -> HttpResponse:
    messages.success(request, "Vos réponses sont enregistrées.")
    if "retour" in request.POST:
        return redirect("portal:application", public_id=application.public_id)
    return redirect(after_section(application, section_key))


def _position(application: Application, section_key: str) -> str:
    keys = [each.key for each in application.questionnaire_version.definition.sections]
    return f"Rubrique {keys.index(section_key) + 1} sur {len(keys)}"


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
