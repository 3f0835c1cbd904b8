"""Communes as a form offers them."""

from aap.territories.models import Commune


def commune_choices() -> list[tuple[str, str]]:
    """(code INSEE, « Apt (84400) ») of every commune of the département, in French order. One query."""
    rows = Commune.objects.order_by("sort_key").values_list("code", "name", "postcodes")
    return [(code, f"{name} ({postcodes[0]})" if postcodes else name) for code, name, postcodes in rows]


def commune_name(code: str) -> str:
    """The name of the commune of this code; empty when it is not of the département."""
    return Commune.objects.filter(code=code).values_list("name", flat=True).first() or ""
