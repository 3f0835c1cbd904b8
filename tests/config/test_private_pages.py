"""What a browser may keep."""

import pytest
from django.urls import reverse

from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["portal:home", "mfa_index"])
def test_a_page_seen_signed_in_is_kept_by_nobody(client, sign_in, name):
    sign_in(client, UserFactory())
    response = client.get(reverse(name))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_a_page_seen_signed_out_is_not_private(client):
    response = client.get(reverse("account_reset_password"))
    assert (response.status_code, response.has_header("Cache-Control")) == (200, False)
