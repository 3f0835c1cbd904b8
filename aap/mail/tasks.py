"""The worker's part of the outbox."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from aap.mail.services import deliver


@app.task(name="aap.mail.deliver", queue="mail", retry=RetryStrategy(max_attempts=12, exponential_wait=2))
def deliver_message(message_id: int) -> None:
    """Send one queued message; raised errors are retried for about an hour."""
    deliver(message_id)
