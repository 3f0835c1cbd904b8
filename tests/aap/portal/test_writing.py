"""Typing, attaching, depositing through the pages, hostile cases included."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aap import clock
from aap.applications import services
from aap.applications.bases import written
from aap.applications.models import Receipt
from aap.applications.states import State
from tests.factories.deposits import complete_draft, draft, pdf_upload

pytestmark = pytest.mark.django_db

PROJECT = {"titre": "Ateliers", "axe": "lieux", "commune": "84007", "description": "Des ateliers.", "site": ""}


def url(name, application, *args):
    return reverse(f"portal:{name}", args=[application.public_id, *args])


def bases_of(application):
    return written(application.answers.all())


def test_section_saved_leads_to_the_next_then_to_the_documents(client, sign_in):
    application = draft()
    sign_in(client, application.created_by)
    first = client.post(url("section", application, "projet"), PROJECT)
    last = client.post(url("section", application, "attestations"), {})
    back = client.post(url("section", application, "projet"), {**PROJECT, "retour": "1"})
    assert (first.url, last.url, back.url) == (
        url("section", application, "budget"),
        url("documents", application),
        url("application", application),
    )
    application.refresh_from_db()
    assert (application.title, application.theme.key) == ("Ateliers", "lieux")


def test_section_half_filled_is_kept(client, sign_in):
    application = draft()
    response = sign_in(client, application.created_by).post(url("section", application, "projet"), {"titre": "Ateliers"})
    assert (response.status_code, application.answers.get(question_key="titre").value) == (302, "Ateliers")


def test_section_with_a_wrong_answer_keeps_the_others_and_shows_what_was_typed(client, sign_in):
    application = draft()
    response = sign_in(client, application.created_by).post(
        url("section", application, "projet"), {**PROJECT, "titre": "T" * 500, "description": "Gardée"}
    )
    page = response.content.decode()
    assert (response.status_code, "T" * 500 in page) == (422, True)
    assert "Pas encore enregistré\u00a0: «\u00a0Intitulé du projet\u00a0». Tout le reste l’est" in page
    assert dict(application.answers.values_list("question_key", "value")).get("description") == "Gardée"
    assert not application.answers.filter(question_key="titre").exists()


def test_section_with_a_text_too_long_keeps_it_and_says_so(client, sign_in):
    application = draft()
    response = sign_in(client, application.created_by).post(
        url("section", application, "projet"), {**PROJECT, "titre": "T" * 130}
    )
    assert response.context["error_title"] == "Tout est enregistré, mais il reste à corriger avant le dépôt"
    assert (response.status_code, application.answers.get(question_key="titre").value) == (422, "T" * 130)


def test_budget_with_a_wrong_line_keeps_the_others_and_never_says_that_all_is_saved(client, sign_in):
    application = complete_draft()
    response = sign_in(client, application.created_by).post(
        url("section", application, "budget"),
        {"_-bases": bases_of(application), "budget-achats": "4 OOO", "budget-personnel": "9000", "budget-departement": "8000"},
    )
    page = response.content.decode()
    assert (response.status_code, 'value="4 OOO"' in page, "Vos réponses sont enregistrées" in page) == (422, True, False)
    assert response.context["error_title"].startswith("Pas encore enregistré\u00a0: «\u00a0Budget prévisionnel\u00a0»")
    assert application.answers.get(question_key="budget").value == {"achats": 4000, "personnel": 9000, "departement": 8000}


def test_section_unknown_does_not_exist(client, sign_in):
    application = draft()
    assert sign_in(client, application.created_by).get(url("section", application, "inconnue")).status_code == 404


def test_section_posted_after_the_deposit_changes_nothing_and_says_why(client, sign_in):
    application = complete_draft()
    services.submit(application, by=application.created_by, arrived_at=clock.now())
    response = sign_in(client, application.created_by).post(
        url("section", application, "projet"), {**PROJECT, "titre": "Après coup"}
    )
    page = response.content.decode()
    assert (response.status_code, "Ce dossier a été déposé le" in page, "Après coup" in page) == (409, True, True)
    application.refresh_from_db()
    assert application.title == "Ateliers au village"


def test_section_posted_after_the_closing_changes_nothing_and_says_why(client, sign_in):
    application = complete_draft()
    sign_in(client, application.created_by)
    with time_machine.travel(application.call.closes_at + timedelta(seconds=1), tick=False):
        response = client.post(url("section", application, "projet"), {**PROJECT, "titre": "Après coup"})
    page = response.content.decode()
    assert (response.status_code, "est clos depuis le" in page, "Après coup" in page) == (409, True, True)
    application.refresh_from_db()
    assert (application.title, application.state) == ("Ateliers au village", State.DRAFT)


def test_draft_stays_readable_after_the_closing(client, sign_in):
    application = complete_draft()
    sign_in(client, application.created_by)
    with time_machine.travel(application.call.closes_at + timedelta(seconds=1), tick=False):
        opened = client.get(url("section", application, "projet"))
        page = client.get(opened.url).content.decode()
    assert opened.url == url("review", application)
    assert ("Ateliers au village" in page, "Déposer le dossier" in page, "statuts.pdf" in page) == (True, False, True)


def test_markup_in_answers_and_names_stays_text(client, sign_in):
    application = draft()
    sign_in(client, application.created_by)
    hostile = "<script>alert(1)</script>"
    client.post(url("section", application, "projet"), {**PROJECT, "titre": hostile, "description": hostile})
    client.post(url("attach", application, "statuts"), {"statuts-file": pdf_upload("<img src=x onerror=alert(1)>.pdf")})
    for name in ("application", "review", "documents"):
        page = client.get(url(name, application)).content.decode()
        assert ("<script>alert" in page, "<img src=x" in page) == (False, False)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("facture.pdf", b"MZ\x90\x00" + b"\x00" * 400, "Ce fichier est un .exe renommé en .pdf."),
        (
            "logo.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
            "Ce type de fichier n’est pas accepté.",
        ),
        ("vide.pdf", b"", "Ce fichier est vide."),
    ],
)
def test_document_refused_is_explained_in_its_block(client, sign_in, name, content, message):
    application = draft()
    response = sign_in(client, application.created_by).post(
        url("attach", application, "statuts"), {"statuts-file": SimpleUploadedFile(name, content)}
    )
    assert (response.status_code, [error["href"] for error in response.context["errors"]]) == (422, ["#id_statuts-file"])
    assert response.context["errors"][0]["text"].startswith(f"Statuts\u00a0: {message}")


def test_document_not_chosen_is_said(client, sign_in):
    application = draft()
    response = sign_in(client, application.created_by).post(url("attach", application, "statuts"), {})
    assert response.context["errors"] == [
        {"text": "Statuts\u00a0: Choisissez d’abord un fichier sur votre appareil.", "href": "#id_statuts-file"}
    ]


def test_files_chosen_are_attached_by_continue(client, sign_in):
    application = draft()
    response = sign_in(client, application.created_by).post(
        url("documents", application), {"statuts-file": pdf_upload("s.pdf"), "devis-file": pdf_upload("d.pdf")}
    )
    assert (response.status_code, response.url) == (302, url("review", application))
    assert sorted(application.documents.values_list("requirement__key", "original_name")) == [
        ("devis", "d.pdf"),
        ("statuts", "s.pdf"),
    ]


def test_continue_without_a_file_goes_on(client, sign_in):
    application = draft()
    response = sign_in(client, application.created_by).post(url("documents", application), {})
    assert (response.status_code, response.url, application.documents.count()) == (302, url("review", application), 0)


def test_file_refused_by_continue_keeps_the_others_and_stays_on_the_page(client, sign_in):
    application = draft()
    response = sign_in(client, application.created_by).post(
        url("documents", application),
        {"statuts-file": SimpleUploadedFile("s.pdf", b"MZ\x90\x00" + b"\x00" * 400), "devis-file": pdf_upload("d.pdf")},
    )
    assert (response.status_code, [error["href"] for error in response.context["errors"]]) == (422, ["#id_statuts-file"])
    assert list(application.documents.values_list("original_name", flat=True)) == ["d.pdf"]


def test_files_chosen_elsewhere_on_the_page_are_attached_too(client, sign_in):
    application = draft()
    response = sign_in(client, application.created_by).post(
        url("attach", application, "statuts"), {"statuts-file": pdf_upload("s.pdf"), "devis-file": pdf_upload("d.pdf")}
    )
    assert (response.status_code, application.documents.count()) == (302, 2)


def test_files_sent_after_the_closing_are_refused_with_the_reason(client, sign_in):
    application = draft()
    sign_in(client, application.created_by)
    with time_machine.travel(application.call.closes_at + timedelta(seconds=1), tick=False):
        response = client.post(url("documents", application), {"statuts-file": pdf_upload()})
    assert (response.status_code, application.documents.count()) == (422, 0)
    assert "est clos depuis le" in response.context["errors"][0]["text"]


def test_document_with_a_name_of_300_characters_is_kept(client, sign_in):
    application = draft()
    response = sign_in(client, application.created_by).post(
        url("attach", application, "statuts"), {"statuts-file": pdf_upload("n" * 300 + ".pdf")}
    )
    assert response.url == f"{url('documents', application)}#piece-statuts"
    assert application.documents.get().original_name == "n" * 196 + ".pdf"


def test_document_is_handed_over_as_an_attachment(client, sign_in):
    application = complete_draft()
    response = sign_in(client, application.created_by).get(url("document", application, application.documents.get().public_id))
    assert response.getvalue()[:5] == b"%PDF-"
    assert (response["Content-Disposition"], response["Cache-Control"]) == (
        'attachment; filename="statuts.pdf"',
        "private, no-store",
    )


def test_document_removed_after_a_confirmation(client, sign_in):
    application = complete_draft()
    document = application.documents.get()
    sign_in(client, application.created_by)
    page = url("remove_document", application, document.public_id)
    assert client.get(page).status_code == 200
    assert application.documents.filter(removed_at__isnull=True).count() == 1
    client.post(page)
    assert application.documents.filter(removed_at__isnull=True).count() == 0
    assert client.get(page).status_code == 404


def test_review_links_each_problem_to_its_field(client, sign_in):
    application = draft()
    problems = sign_in(client, application.created_by).get(url("review", application)).context["problems"]
    assert [problem["href"] for problem in problems][:1] + [problem["href"] for problem in problems][-1:] == [
        f"{url('section', application, 'projet')}#div_id_titre",
        f"{url('documents', application)}#piece-statuts",
    ]
    page = client.get(url("section", application, "projet")).content.decode()
    assert 'id="div_id_titre"' in page


def test_submit_incomplete_lists_what_is_left(client, sign_in):
    application = draft()
    response = sign_in(client, application.created_by).post(url("submit", application))
    assert (response.status_code, len(response.context["problems"]), Receipt.objects.count()) == (422, 7, 0)


def test_submit_twice_arrives_at_the_same_receipt(client, sign_in):
    application = complete_draft()
    sign_in(client, application.created_by)
    assert (
        client.post(url("submit", application)).url
        == client.post(url("submit", application)).url
        == url("receipt", application)
    )
    assert Receipt.objects.count() == 1


def test_submit_late_keeps_the_draft_and_says_both_hours(client, sign_in):
    application = complete_draft()
    sign_in(client, application.created_by)
    with time_machine.travel(application.call.closes_at + timedelta(seconds=2), tick=False):
        response = client.post(url("submit", application))
    assert (response.status_code, "a fermé le" in response.content.decode(), Receipt.objects.count()) == (409, True, 0)


def test_submit_is_never_a_visit(client, sign_in):
    application = complete_draft()
    assert sign_in(client, application.created_by).get(url("submit", application)).status_code == 405


def test_arrival_is_stamped_before_everything_else(settings):
    assert settings.MIDDLEWARE[0] == "aap.portal.middleware.ArrivalMiddleware"
