"""A paper is rendered once for one content, by one request at a time for each person."""

from collections.abc import Iterator

import psycopg
import pypdfium2
import pytest
from django.db import connection
from django.urls import reverse

from aap.applications import papers, services
from aap.applications.documents import application_pdf
from aap.files import turns
from aap.files.storage import private_storage
from tests.factories.deposits import ANSWERS, complete_draft, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere() -> Iterator[psycopg.Connection]:
    """What another process of the site would hold."""
    parameters = connection.get_connection_params()
    names = ("dbname", "host", "port", "user", "password")
    with psycopg.connect(**{name: parameters[name] for name in names if name in parameters}) as other:
        yield other


def kept(application):
    folder = f"{papers.FOLDER}/{application.public_id}"
    return [f"{folder}/{name}" for name in private_storage().listdir(folder)[1]]


def write(application, description):
    answers = {**ANSWERS["projet"], "description": description}
    services.save_section(application, "projet", answers, by=application.created_by)


def text_of(data):
    with pypdfium2.PdfDocument(data) as document:
        return len(document), " ".join(page.get_textpage().get_text_range() for page in document)


def test_paper_of_the_same_content_is_rendered_once():
    application = complete_draft()
    application_pdf(application)
    (name,) = kept(application)
    with private_storage().open(name, "wb") as file:
        file.write(b"la meme page\n%%EOF\n")
    assert application_pdf(application) == b"la meme page\n%%EOF\n"


def test_paper_of_another_content_replaces_the_first():
    application = complete_draft()
    application_pdf(application)
    first = kept(application)
    write(application, "Un autre texte")
    assert "Un autre texte" in text_of(application_pdf(application))[1]
    assert (len(kept(application)), kept(application) == first) == (1, False)


def test_paper_cut_by_a_full_disk_is_rendered_again():
    application = complete_draft()
    whole = application_pdf(application)
    with private_storage().open(kept(application)[0], "wb") as file:
        file.write(whole[:500])
    assert text_of(application_pdf(application)) == text_of(whole)


def test_paper_of_another_application_is_never_handed_over():
    first, second = complete_draft(), complete_draft()
    assert (text_of(application_pdf(first)) == text_of(application_pdf(second))) is False


def test_paper_asked_twice_at_once_is_refused_politely(client, sign_in, elsewhere, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.2)
    application = draft()
    person = application.created_by
    elsewhere.execute("SELECT pg_advisory_xact_lock(%s, %s)", [papers.NAMESPACE, person.pk])
    response = sign_in(client, person).get(reverse("portal:application_pdf", args=[application.public_id]))
    assert (response.status_code, response["Retry-After"], papers.BUSY in response.content.decode()) == (429, "5", True)


def test_paper_already_there_waits_for_nobody(client, sign_in, elsewhere, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.2)
    application = draft()
    data = application_pdf(application)
    elsewhere.execute("SELECT pg_advisory_xact_lock(%s, %s)", [papers.NAMESPACE, application.created_by.pk])
    response = sign_in(client, application.created_by).get(reverse("portal:application_pdf", args=[application.public_id]))
    assert (response.status_code, response.content == data) == (200, True)


def test_paper_asks_the_same_queries_the_second_time_but_those_of_the_turn(django_assert_num_queries):
    application = complete_draft()
    application_pdf(application, by=application.created_by)
    with django_assert_num_queries(5):
        application_pdf(application, by=application.created_by)


def test_paper_of_three_thousand_lines_stays_short_and_holds_every_word():
    application = draft()
    write(application, "\n".join(f"m{number}" for number in range(3000)))
    pages, text = text_of(application_pdf(application))
    assert [number for number in range(3000) if f"m{number}" not in text] == []
    # One line each, they take seventy pages.
    assert pages < 12


def test_paper_of_blank_lines_is_that_of_one():
    application = draft()
    write(application, "début" + "\n" * 15_000 + "fin")
    blank = text_of(application_pdf(application))
    write(application, "début\n\nfin")
    assert text_of(application_pdf(application)) == blank
