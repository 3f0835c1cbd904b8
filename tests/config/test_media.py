"""Files of the pages: images have a public address, documents only the one that checks who asks."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def status(client, address) -> int:
    response = client.get(address)
    if response.streaming:
        assert b"".join(response.streaming_content)
    return response.status_code


@pytest.fixture
def document() -> Document:
    return Document.objects.create(title="Règlement", file=ContentFile(b"%PDF-1.4", name="reglement.pdf"))


def test_document_is_served_by_its_own_address_alone(client, document):
    assert document.url.startswith("/fichiers/")
    assert status(client, document.url) == 200
    beside = f"{settings.MEDIA_URL}{document.file.name}"
    assert beside.startswith("/medias/documents/")
    assert status(client, beside) == 404
    assert status(client, beside.replace("documents/", "images/../documents/")) == 400


def test_document_of_a_closed_collection_asks_who_one_is(client, sign_in, document):
    collection = Collection.get_first_root_node().add_child(name="Service")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    Document.objects.update(collection=collection)
    response = client.get(document.url)
    assert (response.status_code, response.url) == (302, f"/compte/acces/?next={document.url}")
    sign_in_page = client.get(response.url)
    assert (sign_in_page.status_code, sign_in_page.url) == (302, f"/compte/connexion/?next={document.url}")
    assert status(sign_in(client, UserFactory()), document.url) == 200


def test_no_password_that_everyone_knows_is_offered():
    assert (settings.WAGTAIL_PRIVATE_PAGE_OPTIONS, settings.WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS) == (
        {"SHARED_PASSWORD": False},
        {"SHARED_PASSWORD": False},
    )


def test_image_has_a_public_address(client):
    folder = settings.MEDIA_ROOT / "images"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "atelier.png").write_bytes(b"\x89PNG")
    assert status(client, "/medias/images/atelier.png") == 200
