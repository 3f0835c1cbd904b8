"""The applicant reads the decision, once it is released and not before."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from aap.applications.models import Application
from aap.decisions.merge import sanitise
from aap.decisions.models import Decision
from aap.decisions.selectors import released_decision
from aap.decisions.services import acknowledge
from aap.files.responses import private_file


def read(request: HttpRequest, public_id: str) -> HttpResponse:
    """First a notice: displaying the decision acknowledges it. Then the decision itself."""
    decision = _decision(request, public_id)
    if request.method == "POST":
        acknowledge(decision, by=request.user)
        return redirect("decisions:read", public_id=public_id)
    context = {"decision": decision, "application": decision.application, "call": decision.application.call}
    if not hasattr(decision, "read_receipt"):
        return render(request, "aap/decisions/notice.html", context)
    # The text of the letter as it was sent, cleaned again before it enters a page.
    text = mark_safe(sanitise(decision.letter.body))  # noqa: S308
    return render(request, "aap/decisions/decision.html", {**context, "text": text})


def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """The PDF, once the decision has been displayed."""
    decision = _decision(request, public_id)
    if not hasattr(decision, "read_receipt"):
        return redirect("decisions:read", public_id=public_id)
    return private_file(decision.letter.pdf, name=f"{decision.letter.reference}.pdf", content_type="application/pdf")


def _decision(request: HttpRequest, public_id: str) -> Decision:
    """What the person may read, or the same 404 as for an application that does not exist."""
    application = Application.objects.of_members(request.user).filter(public_id=public_id).first()
    decision = released_decision(application) if application else None
    if decision is None:
        raise Http404
    return decision
