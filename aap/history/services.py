"""Write to the record, and verify it."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from aap import clock
from aap.history.models import Event


def _digest(previous: str, content: dict[str, Any]) -> str:
    canonical = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((previous + canonical).encode()).hexdigest()


def _content(event: Event) -> dict[str, Any]:
    return {
        "chain": event.chain,
        "sequence": event.sequence,
        "name": event.name,
        "actor": event.actor_id,
        "at": event.at.isoformat(),
        "data": json.loads(json.dumps(event.data, cls=DjangoJSONEncoder)),
    }


@transaction.atomic
def record(chain: str, name: str, *, by: Any = None, **data: Any) -> Event:
    """Append one event to `chain`. Identifiers only in `data`, never a personal value (they could not be erased)."""
    # An advisory lock rather than a row lock: the first event of a chain has no row to lock.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [chain])
    last = Event.objects.filter(chain=chain).order_by("-sequence").first()
    event = Event(
        chain=chain,
        sequence=last.sequence + 1 if last else 1,
        name=name,
        actor=by if getattr(by, "pk", None) else None,
        at=clock.now(),
        data=data,
        previous_hash=last.hash if last else "",
    )
    event.hash = _digest(event.previous_hash, _content(event))
    event.save(force_insert=True)
    return event


def broken_links(chain: str) -> list[int]:
    """Ranks of the events of `chain` whose hash does not follow from what they hold and from the one before."""
    broken, previous = [], ""
    for expected, event in enumerate(Event.objects.filter(chain=chain).order_by("sequence"), start=1):
        honest = event.hash == _digest(event.previous_hash, _content(event))
        if event.sequence != expected or event.previous_hash != previous or not honest:
            broken.append(event.sequence)
        previous = event.hash
    return broken
