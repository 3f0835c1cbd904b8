"""One batch of letters: prepare, look, check, release."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from aap.applications.models import Application
from aap.decisions import navigation
from aap.decisions.forms import OneDecisionForm
from aap.decisions.models import Decision, DecisionLetter, Release, Resolution
from aap.decisions.progress import call_progress
from aap.decisions.rules import refusal_for_call
from aap.decisions.selectors import decisions_of, outcome_counts, releases_shown_to, resolutions_of, stale_letters
from aap.decisions.services import IncompleteLettersError, check_release, prepare_release, regenerate_letters
from aap.decisions.services import release as release_batch
from aap.errors import DomainError
from aap.files.responses import private_file
from aap.people.access import officer_required

PER_PAGE = 100


@officer_required
@require_POST
def prepare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Gather the decisions that await a letter; what is missing is said letter by letter."""
    resolution = get_object_or_404(Resolution.objects.select_related("call"), public_id=public_id)
    call = resolution.call
    # Known by its decisions: an act of hidden applications alone does not exist.
    get_object_or_404(resolutions_of(call, request.user), pk=resolution.pk)
    try:
        release = prepare_release(resolution, by=request.user)
    except IncompleteLettersError as error:
        context = {
            "call": call,
            "progress": call_progress(call, request.user),
            "problems": error.problems,
            **navigation.space(call, "decisions:call"),
        }
        return render(request, "aap/decisions/call.html", context, status=422)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("decisions:call", slug=call.slug)
    return redirect("decisions:release", public_id=release.public_id)


@officer_required
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The letters of the batch, each with its state."""
    release = _release(request, public_id)
    decisions = decisions_of(release, request.user)
    page = Paginator(decisions, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "release": release,
        "call": release.resolution.call,
        "page_obj": page,
        "total": page.paginator.count,
        "counts": outcome_counts(decisions),
        "stale": stale_letters(release, request.user),
        # What stopped the letters names applications: it is read by those who may see them all.
        "refusal": refusal_for_call(request.user, release.resolution.call),
        **_progress(release, decisions),
        **navigation.space(release.resolution.call, "decisions:call"),
    }
    return render(request, "aap/decisions/release.html", context)


@officer_required
def progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """The progress bar alone, read again every two seconds; at the end the browser reloads the page."""
    release = _release(request, public_id)
    response = render(request, "components/progress.html", _progress(release, decisions_of(release, request.user))["bar"])
    if release.state != Release.State.PREPARING or release.error:
        response["HX-Refresh"] = "true"
    return response


@officer_required
@require_POST
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    release = _release(request, public_id)
    try:
        check_release(release, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Les lettres sont vérifiées. Il reste à les publier.")
    return redirect("decisions:release", public_id=public_id)


@officer_required
@require_POST
def regenerate(request: HttpRequest, public_id: str) -> HttpResponse:
    """All the letters again, or the one whose decision is named."""
    release = _release(request, public_id)
    form = OneDecisionForm(request.POST, decisions=decisions_of(release, request.user))
    if not form.is_valid():
        raise Http404("Cette lettre n’est pas dans cet envoi.")
    decision = form.cleaned_data["decision"]
    try:
        regenerate_letters(release, decision=decision, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "La lettre est refaite." if decision else "Les lettres sont refaites, une à une.")
    return redirect("decisions:release", public_id=public_id)


@officer_required
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what will happen, then do it: it cannot be undone."""
    release = _release(request, public_id)
    if request.method == "POST":
        try:
            release_batch(release, by=request.user)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, "Les lettres sont publiées. Chaque structure reçoit un message.")
        return redirect("decisions:release", public_id=public_id)
    call = release.resolution.call
    if release.state != Release.State.READY or release.checked_at is None or refusal_for_call(request.user, call):
        return redirect("decisions:release", public_id=public_id)
    decisions = decisions_of(release, request.user)
    context = {
        "release": release,
        "call": call,
        "total": decisions.count(),
        "counts": outcome_counts(decisions),
        **navigation.space(call, "decisions:call"),
    }
    return render(request, "aap/decisions/publish.html", context)


@officer_required
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """The PDF, in the browser."""
    visible = DecisionLetter.objects.filter(decision__application__in=Application.objects.visible_to(request.user))
    found = get_object_or_404(visible, public_id=public_id)
    return private_file(found.pdf, name=f"{found.reference}.pdf", content_type="application/pdf", inline=True)


def _release(request: HttpRequest, public_id: str) -> Release:
    return get_object_or_404(releases_shown_to(request.user), public_id=public_id)


def _progress(release: Release, decisions: QuerySet[Decision]) -> dict[str, dict[str, object]]:
    total = decisions.count()
    made = DecisionLetter.objects.filter(decision__in=decisions).count()
    running = release.state == Release.State.PREPARING and not release.error
    poll = reverse("decisions:release_progress", args=[release.public_id]) if running else ""
    return {
        "bar": {
            "id": "avancement",
            "label": "Lettres produites",
            "value": made,
            "max": total,
            "text": f"{made} sur {total}",
            "poll_url": poll,
        }
    }
