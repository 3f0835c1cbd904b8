"""Whole numbers as people type or paste them, in French notation. No form here; text is cleaned by aap.text."""

import re

from aap.money import NARROW_SPACE, SPACE
from aap.text import SPACES, clean_line, clean_text

__all__ = ["clean_line", "clean_text", "whole_number"]

NUMBER = re.compile(r"([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:([.,])([0-9]+))?")
MINUS = "-−–"
LARGEST = 10_000_000


def whole_number(text: str, *, what: str = "nombre") -> int:
    """« 1 234 », « 1234,00 » or « 1 234 € » as 1234. Raises ValueError, in French, on anything else.

    `what` is « nombre » or « montant ». « 1.000 » is refused rather than read as one: a thousand was perhaps meant.
    """
    typed = SPACES.sub(" ", clean_line(text[:60])).removesuffix("€").strip()
    example = f"1500 ou 1{NARROW_SPACE}500"
    if typed[:1] and typed[:1] in MINUS:
        raise ValueError(f"Le {what} ne peut pas être négatif. Écrivez-le sans signe moins.")
    match = NUMBER.fullmatch(typed)
    if match is None or len(text) > 60:
        raise ValueError(f"Écrivez le {what} en chiffres, par exemple {example}.")
    whole, mark, rest = match.group(1).replace(" ", ""), match.group(2), match.group(3) or ""
    if mark and len(rest) == 3:
        raise ValueError(
            f"« {match.group()} » peut se lire de deux façons. Écrivez le {what} sans point ni virgule, par exemple {example}."
        )
    if rest.strip("0"):
        unit = "en euros entiers, sans les centimes" if what == "montant" else "entier, sans virgule"
        raise ValueError(f"Écrivez un {what} {unit}, par exemple {example}.")
    if len(whole.lstrip("0")) > 8 or int(whole) > LARGEST:
        largest = f"10{NARROW_SPACE}000{NARROW_SPACE}000" + (f"{SPACE}€" if what == "montant" else "")
        raise ValueError(f"Ce {what} dépasse {largest}. Vérifiez le nombre de zéros.")
    return int(whole)
