"""What the worker does after a deposit."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from aap.applications import services


@app.task(name="aap.applications.issue_receipt", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def issue_receipt(receipt_id: int) -> None:
    """Render the receipt, keep it, send it."""
    services.issue_receipt(receipt_id)
