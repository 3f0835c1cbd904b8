"""Django's administration: closed by default, and nothing to edit."""

import pytest
from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories.people import AdministratorFactory

pytestmark = pytest.mark.django_db


def test_only_what_one_inspects_is_there():
    assert list(admin.site._registry) == [ProcrastinateJob]


@pytest.mark.parametrize("table", ["mfa/authenticator", "account/emailaddress", "auth/group", "wagtaildocs/document"])
def test_table_that_opens_accounts_has_no_page(client, sign_in, table):
    sign_in(client, AdministratorFactory())
    assert client.get(f"/django-admin/{table}/").status_code == 404


def test_jobs_are_read_and_not_written(client, sign_in):
    sign_in(client, AdministratorFactory())
    answers = [client.get(f"/django-admin/procrastinate/procrastinatejob/{verb}").status_code for verb in ("", "add/")]
    assert answers == [200, 403]


def test_password_is_changed_in_the_account_alone(client, sign_in):
    sign_in(client, AdministratorFactory())
    assert client.get("/django-admin/password_change/").url == "/compte/mot-de-passe/"
