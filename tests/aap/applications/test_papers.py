"""The two PDF of an application: what they say, and that they can be read by everyone."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from aap import clock
from aap.applications import services
from aap.applications.documents import application_pdf, receipt_pdf
from aap.moments import french_day
from tests.factories.deposits import complete_draft

pytestmark = pytest.mark.django_db


def text_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        pages = " ".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(pages.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_receipt_pdf_holds_every_mention_on_one_accessible_page():
    application = complete_draft()
    receipt = services.submit(application, by=application.created_by, arrived_at=clock.now())
    data = receipt_pdf(receipt)
    text = text_of(data)
    mentions = [
        application.number,
        "heure de Paris",
        "Service de l’inclusion numérique",
        "Rue Viala",
        "service@exemple.fr",
        "04 90 16 15 00",
        french_day(receipt.implicit_refusal_on).replace("\u00a0", " "),
        "Le silence gardé pendant deux mois vaut rejet.",
        "tribunal administratif de Nîmes",
        "statuts.pdf",
        "Ce récépissé ne vaut pas attribution d’une subvention.",
        receipt.version.sha256,
    ]
    assert [mention for mention in mentions if mention not in text] == []
    with pikepdf.open(BytesIO(data)) as pdf:
        assert (len(pdf.pages), str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == (1, "fr", True)


def test_application_pdf_shows_what_was_deposited_and_not_what_changed_since():
    application = complete_draft()
    services.submit(application, by=application.created_by, arrived_at=clock.now())
    organisation = application.organisation
    name, organisation.name = organisation.name, "Autre nom"
    organisation.save()
    text = text_of(application_pdf(application))
    assert (name in text, "Autre nom" in text, "Ateliers au village" in text, "Brouillon" in text) == (True, False, True, False)


def test_application_pdf_of_a_draft_says_so():
    assert "Brouillon : ce dossier n’est pas déposé." in text_of(application_pdf(complete_draft()))


def test_receipt_gives_the_remedies_of_a_decision_that_nobody_notifies():
    """From the date of the implicit refusal: « à compter de sa notification » would mean nothing there."""
    application = complete_draft()
    application.call.remedies_notice = "Deux mois à compter de la notification."
    application.call.save()
    receipt = services.submit(application, by=application.created_by, arrived_at=clock.now())
    assert "Deux mois à compter de la notification." in text_of(receipt_pdf(receipt))
    call = receipt.application.call
    call.silence_remedies_notice = "Ce rejet implicite peut être contesté\ndans les deux mois qui suivent cette date."
    call.save()
    text = text_of(receipt_pdf(receipt))
    assert ("à compter de la notification" in text, "dans les deux mois qui suivent cette date." in text) == (False, True)
    assert "Votre dossier est complet à la date de ce récépissé" in text
