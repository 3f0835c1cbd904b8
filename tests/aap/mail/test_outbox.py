"""Every message is written with the act and leaves once."""

import pytest
from django.core import mail
from django.db import connection, transaction

from aap.mail import services
from aap.mail.models import OutboxMessage
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def template(tmp_path, settings):
    (tmp_path / "emails").mkdir()
    (tmp_path / "emails" / "essai.txt").write_text("Bonjour {{ name }}\n\nVoici le lien : {{ site_url }}/x/\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]


def queued_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'aap.mail.deliver'")
        return cursor.fetchone()[0]


def send(**options):
    values = {"to": "a@exemple.fr", "context": {"name": "Anne"}, "key": "essai:1", **options}
    return services.send("essai", **values)


def test_send_writes_the_message_and_the_worker_delivers_it():
    message = send()
    assert (message.subject, message.state) == ("Bonjour Anne", "queued")
    assert mail.outbox == []
    assert run_jobs() == ["aap.mail.deliver"]
    assert [sent.to for sent in mail.outbox] == [["a@exemple.fr"]]
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 1)


def test_send_twice_with_the_same_key_sends_once():
    assert send().pk == send().pk
    assert queued_jobs() == 1


def test_a_rolled_back_act_leaves_no_message_and_no_job():
    with pytest.raises(RuntimeError), transaction.atomic():
        send()
        raise RuntimeError
    assert OutboxMessage.objects.count() == 0
    assert queued_jobs() == 0


def test_deliver_twice_sends_once():
    message = send()
    assert services.deliver(message.pk) is True
    assert services.deliver(message.pk) is False
    assert len(mail.outbox) == 1


def test_a_refusing_server_keeps_the_error_and_raises_for_a_retry(settings):
    message = send()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(OSError, match="refused"):
        services.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", 1)
    assert "ConnectionRefusedError" in message.last_error


def test_the_html_version_escapes_what_people_typed():
    message = send(context={"name": "<b>Anne</b>"}, key="essai:2")
    assert "<b>" not in message.html
