"""Pages as cards: what `components/teaser_list.html` draws. Built here because only here the request is at hand:
an address asked without it is one more query per card."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from aap.calls.models import Call, CallPhase
from aap.moments import french_day, french_moment
from cms.pages.call_facts import amounts

TONES = {CallPhase.OPEN: "success", CallPhase.UPCOMING: "info", CallPhase.CLOSED: "neutral"}


def page_card(page: Page, request: HttpRequest, **more: Any) -> dict[str, Any]:
    """Title, lead and address of a page."""
    return {"title": page.title, "text": page.lead, "url": page.get_url(request), **more}


def call_card(page: Any, request: HttpRequest) -> dict[str, Any]:
    """A call: its state in a word, and the date that matters now."""
    call = page.call
    return page_card(page, request, state_label=call.phase.label, state_tone=TONES[call.phase], meta=when(call))


def featured_call(page: Any, request: HttpRequest) -> dict[str, Any]:
    """What `_featured_call.html` draws: the card, the call for its dates, its amounts."""
    return {**call_card(page, request), "call": page.call, "amounts": amounts(page.call)}


def when(call: Call) -> str:
    """The date that matters now."""
    if call.phase == CallPhase.UPCOMING:
        return f"Ouverture le {french_moment(call.opens_at)}"
    if call.phase == CallPhase.OPEN:
        return f"Dépôt jusqu’au {french_moment(call.closes_at)}"
    return f"Clos depuis le {french_day(call.closes_at)}"


def news_card(page: Any, request: HttpRequest) -> dict[str, Any]:
    """A piece of news and its date."""
    return page_card(page, request, meta=french_day(page.published_on))


def axis_card(page: Any, request: HttpRequest) -> dict[str, Any]:
    """An axis and its number."""
    return page_card(page, request, number=page.number)
