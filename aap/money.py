"""Amounts as French readers write them."""

from decimal import ROUND_HALF_UP, Decimal

NARROW_SPACE = "\u202f"
SPACE = "\u00a0"


def euros(amount: Decimal | int | str | None) -> str:
    """« 5 000 € », with cents only when there are some; no-break spaces throughout. Empty for None."""
    if amount is None or amount == "":
        return ""
    value = Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{value:,.2f}".removesuffix(".00").replace(",", NARROW_SPACE).replace(".", ",")
    return f"{text}{SPACE}€"


def decimal(value: Decimal | None) -> str:
    """« 72,35 », without useless zeros; empty for None."""
    if value is None:
        return ""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def percent(rate: Decimal | int | str | None, places: int = 2) -> str:
    """« 66,67 % », without useless zeros. `rate` is in percent."""
    if rate is None or rate == "":
        return ""
    return f"{decimal(Decimal(rate).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))}{SPACE}%"
