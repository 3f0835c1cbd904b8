"""Letter templates in the administration: checked when saved, looked at on a real application."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from aap.applications.models import Recusal
from aap.applications.states import State
from aap.decisions.models import LetterTemplate, Outcome
from aap.decisions.services import install_model_letters
from tests.aap.decisions.pdf import text_of
from tests.factories.applications import make_application
from tests.factories.calls import CallFactory
from tests.factories.people import AdministratorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return AdministratorFactory()


@pytest.fixture
def admin(client, sign_in, administrator):
    return sign_in(client, administrator)


def template_of(call):
    install_model_letters(call)
    return LetterTemplate.objects.get(call=call, outcome=Outcome.AWARDED)


def test_template_with_an_unknown_field_is_refused_with_a_sentence():
    template = LetterTemplate(call=CallFactory(), outcome=Outcome.REFUSED, subject="{{ apel }}", body="<p>{{ montan }}</p>")
    with pytest.raises(ValidationError) as caught:
        template.full_clean()
    assert caught.value.message_dict == {
        "subject": ["Le champ {{ apel }} n’existe pas. Vouliez-vous dire {{ appel }} ?"],
        "body": ["Le champ {{ montan }} n’existe pas. Vouliez-vous dire {{ montant }} ?"],
    }


def test_our_own_templates_are_valid():
    for template in install_model_letters(CallFactory()):
        template.full_clean()


def test_edit_page_lists_the_merge_fields(admin):
    template = template_of(CallFactory())
    page = admin.get(reverse("letter_templates:edit", args=[template.pk])).content.decode()
    assert "<code>{{ montant_lettres }}</code></td><td>Montant attribué, en lettres</td>" in page
    assert reverse("letter_templates:preview", args=[template.pk]) in page


def test_preview_is_a_pdf_on_the_chosen_application(admin):
    call = CallFactory()
    template, application = template_of(call), make_application(state=State.SUBMITTED, call=call, title="Le bus numérique")
    url = reverse("letter_templates:preview", args=[template.pk])
    assert application.number in admin.get(url).content.decode()
    response = admin.get(url, {"dossier": application.public_id})
    assert response["Content-Type"] == "application/pdf"
    assert "« Le bus numérique »" in text_of(response.content)


def test_preview_hides_what_the_person_may_not_see(admin, administrator):
    call = CallFactory()
    template, application = template_of(call), make_application(state=State.SUBMITTED, call=call)
    other = make_application(state=State.SUBMITTED)
    Recusal.objects.create(application=application, user=administrator, ground="Adhérent", recorded_by=administrator)
    url = reverse("letter_templates:preview", args=[template.pk])
    for hidden in (application, other):
        response = admin.get(url, {"dossier": hidden.public_id})
        assert (response["Content-Type"], hidden.number in response.content.decode()) == ("text/html; charset=utf-8", False)


def test_templates_are_closed_to_others(client, sign_in):
    template = template_of(CallFactory())
    sign_in(client, UserFactory())
    for name in ("edit", "preview"):
        assert client.get(reverse(f"letter_templates:{name}", args=[template.pk])).status_code in (302, 403)
