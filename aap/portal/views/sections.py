"""Fill one section, alone or at the same time as a colleague."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from aap import clock
from aap.applications import bases, services
from aap.applications.models import Answer, Application
from aap.applications.rules import refusal_to_write
from aap.applications.services.merging import Merged, stored_answers
from aap.errors import DomainError
from aap.people.models import User
from aap.portal.access import writable_application
from aap.portal.forms import SectionExtrasForm
from aap.portal.navigation import after_section, crumbs, steps_nav
from aap.questionnaires.crosschecks import crosschecks
from aap.questionnaires.definition import Definition, Section
from aap.questionnaires.forms import SectionForm, section_form
from aap.questionnaires.reading import readable


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, public_id: uuid.UUID, section_key: str) -> HttpResponse:
    """One section. What is acceptable is kept even when another answer is not; what was typed stays on the page."""
    application = writable_application(request, public_id)
    asked = application.questionnaire_version.definition.section(section_key)
    if asked is None:
        raise Http404
    if request.method == "GET" and (closed := refusal_to_write(application, at=clock.now())):
        messages.info(request, closed)
        return redirect("portal:review", public_id=public_id)
    stored = stored_answers(application, {question.key for question in asked.questions})
    form = section_form(
        asked,
        call=application.call,
        data=request.POST if request.method == "POST" else None,
        initial_answers={key: answer.value for key, answer in stored.items()},
        draft=True,
    )
    if request.method == "POST":
        return _save(request, application, asked, form, stored)
    return _page(request, application, asked, form, written=bases.written(stored.values()))


def _save(
    request: HttpRequest, application: Application, asked: Section, form: SectionForm, stored: dict[str, Answer]
) -> HttpResponse:
    extras = SectionExtrasForm(request.POST, keys=form.questions)
    seen, taken = extras.read()
    form.is_valid()
    for key in taken & stored.keys():
        form.take(key, stored[key].value)
    answers = {key: value for key, value in form.answers().items() if key not in taken}
    try:
        merged = services.merge_section(application, asked.key, answers, bases=seen, refused=list(form.errors), by=request.user)
    except DomainError as error:
        # Nothing moved: what was on the page is still what it was typed over.
        written = str(extras["bases"].value() or "")
        return _page(request, application, asked, form, written=written, refusal=error.message)
    for key in {*merged.theirs, *(taken & merged.stored.keys())}:
        form.take(key, merged.stored[key].value)
    if not form.errors and not merged.contested:
        return _saved(request, application, asked, merged)
    _contest(form, application, asked, merged, reader=request.user)
    written = bases.written(merged.stored.values())
    return _page(request, application, asked, form, written=written)


def _contest(form: SectionForm, application: Application, asked: Section, merged: Merged, *, reader: User) -> None:
    """Put under each contested question what was kept meanwhile, by whom and when."""
    values = {key: answer.value for key, answer in merged.stored.items()}
    (read,) = readable(Definition(sections=(asked,)), application.call, values)
    for row in read.rows:
        if row.key in merged.contested:
            answer = merged.stored[row.key]
            form.contest(row.key, {"row": row, "answer": answer, "own": answer.updated_by_id == reader.pk})


def _page(
    request: HttpRequest,
    application: Application,
    asked: Section,
    form: SectionForm,
    *,
    written: str,
    refusal: str = "",
) -> HttpResponse:
    labels = [f"«\u00a0{form.questions[key].label}\u00a0»" for key in form.contested]
    context: dict[str, Any] = {
        "application": application,
        "call": application.call,
        "section": asked,
        "form": form,
        "extras": SectionExtrasForm(keys=(), initial={"bases": written}),
        "refusal": refusal,
        "contested": [{"text": form.questions[key].label, "href": f"#div_id_{key}"} for key in form.contested],
        # Nothing was kept when the whole section is refused: the summary then says only what is wrong.
        "error_title": "" if refusal else _error_title(list(dict.fromkeys([*form.unkept(), *labels]))),
        "position": _position(application, asked.key),
        "breadcrumbs": crumbs(application, asked.title),
        "secondary": [{"label": "Enregistrer et revenir au dossier", "name": "retour"}],
        **steps_nav(application, asked.key),
    }
    status = 409 if refusal or labels else 422 if form.errors else 200
    return render(request, "aap/portal/section.html", context, status=status)


def _error_title(unkept: list[str]) -> str:
    """What is kept and what is not, before what is wrong: nobody leaves the page on a misunderstanding."""
    if not unkept:
        return "Tout est enregistré, mais il reste à corriger avant le dépôt"
    return f"Pas encore enregistré\u00a0: {', '.join(unkept)}. Tout le reste l’est"


def _saved(request: HttpRequest, application: Application, asked: Section, merged: Merged) -> HttpResponse:
    messages.success(request, "Vos réponses sont enregistrées.")
    values = {key: answer.value for key, answer in merged.stored.items()}
    # Said while the person still has the section in mind; the review says it again.
    for problem in crosschecks(Definition(sections=(asked,)), application.call, values, on=clock.today()):
        messages.warning(request, f"{problem.label}\u00a0: {problem.message}")
    if "retour" in request.POST:
        return redirect("portal:application", public_id=application.public_id)
    return redirect(after_section(application, asked.key))


def _position(application: Application, section_key: str) -> str:
    keys = [each.key for each in application.questionnaire_version.definition.sections]
    return f"Rubrique {keys.index(section_key) + 1} sur {len(keys)}"
