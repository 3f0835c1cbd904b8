"""Home of the officers, list of a call, its export."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aap import clock
from aap.calls.models import Call
from aap.decisions import navigation
from aap.desk import tables
from aap.desk.exports import csv_lines, csv_text
from aap.desk.forms import ListForm
from aap.desk.selectors import calls, listing
from aap.people.access import officer_required


@require_safe
@officer_required
def home(request: HttpRequest) -> HttpResponse:
    """Every call, and what waits in each."""
    cards = calls.call_cards(request.user)
    context = {
        "cards": [{"card": card, "stats": tables.call_stats(card), "states": tables.call_states(card)} for card in cards],
        "next_id": calls.next_to_examine(request.user),
        **navigation.space(current="desk:home"),
    }
    return render(request, "aap/desk/home.html", context)


@require_safe
@officer_required
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """The applications of a call, filtered and sorted as the address says."""
    found = get_object_or_404(Call, slug=slug)
    form = ListForm(found, request.GET)
    query = form.query()
    counts = listing.state_counts(found, query, request.user)
    total = counts.get(query.state, 0) if query.state else sum(counts.values())
    page = listing.CountedPaginator(listing.applications(found, query, request.user), total).get_page(request.GET.get("page"))
    context = {
        "breadcrumbs": [{"label": "Instruction", "url": reverse("desk:home")}, {"label": found.title}],
        "call": found,
        "form": form,
        "query": query,
        "encoded": query.encoded(),
        "page_obj": page,
        "rows": tables.rows(page.object_list),
        "columns": tables.columns(query),
        "chips": tables.state_chips(counts, query),
        "total": total,
        "summary": tables.summary(total, listing.draft_count(found, request.user)),
        "reset_url": f"?{listing.ListQuery(sort=query.sort).encoded()}" if query.narrowed else "",
    }
    return render(request, "aap/desk/call.html", context)


@require_safe
@officer_required
def export(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The list that the address describes, whole, as a file."""
    found = get_object_or_404(Call, slug=slug)
    query = ListForm(found, request.GET).query()
    response = StreamingHttpResponse(
        csv_text(csv_lines(listing.rows_for_export(found, query, request.user))), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="dossiers-{found.slug}-{clock.today():%Y-%m-%d}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
