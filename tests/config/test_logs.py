"""What the log keeps of a request."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from tests.factories.people import UserFactory


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """A log with the formatter and the filter of the site's own console."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    configured = settings.LOGGING
    handler.setFormatter(logging.Formatter(configured["formatters"]["line"]["format"], style="{"))
    for name in configured["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(configured["filters"][name]["()"])())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/", "/instruction/", "/nulle-part/"])
def test_ordinary_refusal_is_one_line(client, sign_in, log, address):
    response = sign_in(client, UserFactory()).get(address)
    assert response.status_code in (403, 404)
    assert [line for line in log.getvalue().splitlines() if address in line] == log.getvalue().splitlines()
    assert len(log.getvalue().splitlines()) == 1


def test_failure_keeps_its_traceback(log):
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        logging.getLogger("django.request").exception("Internal Server Error", extra={"status_code": 500})
    assert "Traceback" in log.getvalue()
