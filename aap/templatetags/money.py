"""Amounts and rates in templates."""

from decimal import Decimal

from django import template

from aap import money

register = template.Library()


@register.filter
def euros(amount: Decimal | int | None) -> str:
    """{{ amount|euros }} → « 5 000 € »."""
    return money.euros(amount)


@register.filter
def decimal(value: Decimal | None) -> str:
    """{{ opinion.score|decimal }} → « 91,67 », without useless zeros, as in the letters."""
    return money.decimal(value)


@register.filter
def percent(rate: Decimal | int | None) -> str:
    """{{ rate|percent }} → « 66,67 % » (the rate is in percent)."""
    return money.percent(rate)
