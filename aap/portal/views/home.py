"""« Mes dossiers », the start of an application, and where one stands."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from aap import clock
from aap.applications import services
from aap.applications.models import Application
from aap.applications.outcomes import released_outcomes
from aap.applications.rules import may_edit, refusal_to_write
from aap.applications.selectors import public_state, timeline
from aap.applications.states import State
from aap.calls.models import Call
from aap.errors import DomainError
from aap.organisations.navigation import applicant_nav
from aap.organisations.selectors import memberships_of
from aap.portal.access import own_application
from aap.portal.forms import StartForm
from aap.portal.navigation import crumbs, name_of, step_url
from aap.portal.selectors import Progress, Step, home_rows, open_calls, progress

ALREADY_STARTED = "Votre structure avait déjà commencé un dossier pour cet appel\u00a0: le voici, tel que vous l’avez laissé."


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every application of the person's organisations, and the calls that are open."""
    context = {
        "rows": home_rows(request.user),
        "calls": list(open_calls()),
        "has_organisation": memberships_of(request.user).exists(),
        **applicant_nav("applications"),
    }
    return render(request, "aap/portal/home.html", context)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the organisation, or register it, then begin."""
    call = get_object_or_404(Call, slug=slug)
    form = StartForm(request.POST or None, user=request.user)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data["organisation"]
        drafts = Application.objects.of_members(request.user).filter(call=call, organisation=organisation, state=State.DRAFT)
        known = drafts.exists()
        try:
            application = services.start(call, organisation, by=request.user)
        except DomainError as error:
            refusal = error.message
        else:
            if known:
                messages.info(request, ALREADY_STARTED)
            return redirect("portal:application", public_id=application.public_id)
    here = reverse("portal:start", args=[slug])
    context = {
        "call": call,
        "form": form,
        "refusal": refusal,
        "memberships": list(memberships_of(request.user)),
        "writable": form.fields["organisation"].queryset.exists(),
        "create_url": f"{reverse('organisations:create')}?{urlencode({'next': here})}",
        "existing": list(
            Application.objects.of_members(request.user).filter(call=call).select_related("organisation").order_by("pk")
        ),
        **applicant_nav("applications"),
    }
    return render(request, "aap/portal/start.html", context, status=422 if form.errors or refusal else 200)


@require_safe
def application(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The task list of a draft; the state and timeline of what is deposited."""
    found = own_application(request, public_id)
    context = {
        "application": found,
        "call": found.call,
        "name": name_of(found),
        "breadcrumbs": crumbs(found),
        "may_edit": may_edit(request.user, found),
        **applicant_nav("applications"),
    }
    if found.state == State.DRAFT:
        steps = progress(found)
        context |= {
            "refusal": refusal_to_write(found, at=clock.now()),
            "progress": steps,
            "tasks": _tasks(found, steps, may_edit=context["may_edit"]),
            "remaining": len(steps.problems),
            "primary": _primary(found, steps),
        }
        return render(request, "aap/portal/task_list.html", context)
    released = None if found.state == State.WITHDRAWN else released_outcomes([found.pk]).get(found.pk)
    context |= {
        "state": public_state(found),
        "milestones": timeline(found),
        "decided": released is not None,
        # Before its first display, the letter is not among the documents: opening it starts the time for remedies.
        "letter_read": released is not None and released.read,
        "withdrawn": found.state == State.WITHDRAWN,
    }
    return render(request, "aap/portal/status.html", context)


def _primary(found: Application, steps: Progress) -> dict[str, str]:
    """The one thing to do now, under the name of what it leads to."""
    step = steps.next_step
    if step is None:
        return {"label": "Vérifier et déposer", "url": reverse("portal:review", args=[found.public_id])}
    verb = "Reprendre" if steps.begun else "Commencer"
    return {"label": f"{verb}\u00a0: {step.title}", "url": step_url(found, step.key)}


def _tasks(found: Application, steps: Progress, *, may_edit: bool) -> list[dict[str, str]]:
    """The task list as its component wants it; a reader, or a closed call, leads to the page that shows everything."""
    review = reverse("portal:review", args=[found.public_id])
    writable = may_edit and not refusal_to_write(found, at=clock.now())

    def task(step: Step, url: str) -> dict[str, str]:
        label, tone = step.badge
        return {
            "label": step.title,
            "url": url if writable else f"{review}#rubrique-{step.key}",
            "state_label": label,
            "tone": tone,
        }

    sections = [task(step, reverse("portal:section", args=[found.public_id, step.key])) for step in steps.sections]
    return [*sections, task(steps.documents, reverse("portal:documents", args=[found.public_id]))]
