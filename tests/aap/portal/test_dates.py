"""The dates of the project, through the pages, up to the deposit."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from aap import clock
from aap.applications import services
from aap.applications.models import Receipt
from tests.factories.calls import QUESTIONNAIRE, CallFactory, QuestionnaireVersionFactory, ThemeFactory
from tests.factories.deposits import ANSWERS, draft

pytestmark = pytest.mark.django_db

DATES = {
    "key": "dates",
    "title": "Dates",
    "questions": [
        {"key": "debut", "type": "project_start", "label": "Début du projet"},
        {"key": "fin", "type": "project_end", "label": "Fin du projet"},
    ],
}


def dated(**call):
    """A complete draft but for its dates, in a call that asks for them."""
    call = CallFactory(**call)
    ThemeFactory(call=call, key="lieux")
    QuestionnaireVersionFactory(call=call, content={"sections": [*QUESTIONNAIRE["sections"], DATES]})
    application = draft(call)
    for key, answers in ANSWERS.items():
        services.save_section(
            application, key, answers | ({"commune": None} if key == "projet" else {}), by=application.created_by
        )
    return application


def days(start, end):
    return {
        "debut": (clock.today() + timedelta(days=start)).isoformat(),
        "fin": (clock.today() + timedelta(days=end)).isoformat(),
    }


def at(name, application, *args):
    return reverse(f"portal:{name}", args=[application.public_id, *args])


@pytest.mark.parametrize(
    ("call", "dates", "blocked", "doubted"),
    [
        ({}, (10, 5), ["fin"], []),
        ({"max_months": 1}, (10, 60), ["fin"], []),
        ({}, (-3, 60), [], ["debut"]),
        ({"starts_after_deposit": True}, (-3, 60), ["debut"], []),
        ({"starts_after_deposit": True, "max_months": 12}, (0, 60), [], []),
    ],
)
def test_dates_that_do_not_hold_are_told_before_the_deposit(client, sign_in, call, dates, blocked, doubted):
    application = dated(**call)
    services.save_section(application, "dates", days(*dates), by=application.created_by)
    context = sign_in(client, application.created_by).get(at("review", application)).context
    section = at("section", application, "dates")
    hrefs = [problem["href"] for group in context["groups"] for problem in group["problems"]]
    assert [href for href in hrefs if "dates" in href] == [f"{section}#div_id_{key}" for key in blocked]
    assert [problem["href"] for group in context["doubts"] for problem in group["problems"]] == [
        f"{section}#div_id_{key}" for key in doubted
    ]


def test_dates_in_the_wrong_order_prevent_the_deposit(client, sign_in):
    application = dated()
    services.save_section(application, "dates", days(10, 5), by=application.created_by)
    response = sign_in(client, application.created_by).post(at("submit", application))
    texts = [problem["text"] for group in response.context["groups"] for problem in group["problems"]]
    assert (response.status_code, Receipt.objects.count()) == (422, 0)
    assert any("vient avant son début" in text for text in texts)


def test_dates_in_the_wrong_order_are_saved_and_told_at_once(client, sign_in):
    application = dated()
    response = sign_in(client, application.created_by).post(at("section", application, "dates"), days(10, 5))
    said = [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]
    assert (response.status_code, application.answers.get(question_key="fin").value) == (302, days(10, 5)["fin"])
    assert [level for level, _text in said] == ["success", "warning"]
    assert said[1][1].startswith("Fin du projet\u00a0: La fin du projet (")


def test_amount_under_the_floor_prevents_the_deposit_and_says_what_to_do(client, sign_in):
    application = dated(floor=9000)
    response = sign_in(client, application.created_by).post(at("submit", application))
    texts = {problem["label"]: problem["text"] for group in response.context["groups"] for problem in group["problems"]}
    assert texts["Budget prévisionnel"] == (
        "Vous demandez 8\u202f000\u00a0€ : le minimum de cet appel est 9\u202f000\u00a0€. Un projet plus petit ne peut pas être "
        "retenu : augmentez la ligne « Département de Vaucluse – montant demandé » si votre budget le permet."
    )
