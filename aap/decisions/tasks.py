"""What the worker does for this room."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from aap.decisions.models import Release
from aap.decisions.services import generate_letters


@app.task(name="aap.decisions.prepare_letters", queue="letters", retry=RetryStrategy(max_attempts=5, wait=5))
def prepare_letters(release_id: int) -> None:
    """Make the missing letters of one batch."""
    generate_letters(Release.objects.get(pk=release_id))
