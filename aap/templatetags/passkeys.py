"""What the passkey pages hand to their script, without any script in the page."""

import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """A value as JSON text, for a data-… attribute (escaped by the template like any text)."""
    return json.dumps(value, ensure_ascii=False)
