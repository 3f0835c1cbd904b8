"""Whatever is posted to the desk, the answer is a page: never an error of the server."""

import pytest
from django.db import transaction
from django.urls import reverse

from aap.applications.states import State
from aap.examination.models import EligibilityCheck
from tests.factories.applications import make_application
from tests.factories.calls import EligibilityRuleFactory

JUNK = ["x", "\x00", "a\x00b", "9" * 400, "\u202e\u200b", "\ud800", "é" * 20_000, "00000000-0000-4000-8000-000000000000"]


def sent(text):
    return text.encode("utf-8", "replace").decode()


def answer(client, url, data):
    """The status of the answer; what it wrote is undone."""
    with transaction.atomic():
        status = client.post(url, {name: sent(value) for name, value in data.items()}).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("junk", JUNK)
def test_acts_answer_any_field(desk, call, junk):
    rule = EligibilityRuleFactory(call=call)
    application = make_application(call=call, state=State.EXAMINING)
    of_it = [application.public_id]
    check, assign = reverse("desk:check", args=of_it), reverse("desk:assign", args=of_it)
    data = {f"outcome-{rule.key}": "met", f"note-{rule.key}": "Vu.", "stamp": "0:"}
    assert answer(desk, check, data) == 302
    statuses = {answer(desk, check, data | {name: junk}) for name in data}
    statuses |= {answer(desk, assign, {"officer": junk}), answer(desk, reverse("desk:start", args=of_it), {"x": junk})}
    statuses |= {answer(desk, reverse("desk:declare_admissible", args=of_it), {"x": junk})}
    assert statuses <= {302, 409, 422}


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("name", ["q", "axe", "suivi", "alerte", "etat", "tri", "page"])
def test_lists_answer_any_parameter(desk, call, name, junk):
    application = make_application(call=call, state=State.EXAMINING)
    pages = [reverse("desk:call", args=[call.slug]), reverse("desk:application", args=[application.public_id])]
    assert {desk.get(url, {name: sent(junk)}).status_code for url in pages} == {200}
    assert desk.get(reverse("desk:export", args=[call.slug]), {name: sent(junk)}).status_code == 200


def test_precision_is_cleaned_and_limited(desk, call):
    rule = EligibilityRuleFactory(call=call)
    application = make_application(call=call, state=State.EXAMINING)
    url = reverse("desk:check", args=[application.public_id])
    data = {f"outcome-{rule.key}": "not_met", "stamp": "0:"}
    response = desk.post(url, data | {f"note-{rule.key}": "x" * 2001})
    assert (response.status_code, "Ce texte compte 2001 caractères. Gardez-en 2000 au plus." in response.content.decode()) == (
        422,
        True,
    )
    desk.post(url, data | {f"note-{rule.key}": "Le\u202e budget\x07 \u200bmanque."})
    assert EligibilityCheck.objects.get().note == "Le budget manque."
