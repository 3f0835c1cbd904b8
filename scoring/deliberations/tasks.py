"""The worker draws up the minutes."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from scoring.deliberations.documents import draw_up


@app.task(name="scoring.draw_up_minutes", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def draw_up_minutes(minutes_id: int) -> None:
    """Render and store the PDF of the minutes, once."""
    draw_up(minutes_id)
