"""How a French administrative letter writes amounts, dates, ranks and people."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.dateformat import format as format_date
from num2words import num2words

from aap.money import NARROW_SPACE, SPACE

BEFORE_SIGN = re.compile(r"(?<=\S) (?=[»;:!?€%])")
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
AFTER_SIGN = re.compile(r"(?<=«) |(?<=[nN]°) ")


def counted(number: int, one: str, several: str = "") -> str:
    """« 1 lettre », « 3 lettres », with a no-break space; `several` where an « s » at the end is not enough."""
    return f"{number}{SPACE}{one if number < 2 else several or one + 's'}"


def outcome_count(outcome: str, number: int) -> str:
    """What follows the number in « 2 attribuées », « 3 sur la liste d’attente »."""
    word = {
        "awarded": "attribuée",
        "reserve": "sur la liste d’attente",
        "refused": "refusée",
        "inadmissible": "irrecevable",
        "ineligible": "inéligible",
    }[outcome]
    return word if number < 2 or " " in word else f"{word}s"


def amount_in_words(amount: Decimal) -> str:
    """« cinq mille euros », « un million d’euros », « douze euros et cinquante centimes ». `amount` is exact to the cent."""
    cents_in_all = int((amount * 100).to_integral_value(ROUND_HALF_UP))
    whole, cents = divmod(cents_in_all, 100)
    parts = []
    if whole or not cents:
        # « un million d’euros », but « un million un euros »: « million » is a noun, « mille » is not.
        link = " d’" if whole and whole % 1_000_000 == 0 else " "
        parts.append(f"{num2words(whole, lang='fr')}{link}euro{'s' if whole > 1 else ''}")
    if cents:
        parts.append(f"{num2words(cents, lang='fr')} centime{'s' if cents > 1 else ''}")
    return " et ".join(parts).replace("'", "’")


def long_date(day: date | None) -> str:
    """« 1er mars 2025 », with no-break spaces; empty for None."""
    if day is None:
        return ""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{SPACE}{format_date(day, 'F')}{SPACE}{day.year}"


def quoted_call(title: str) -> str:
    """How a sentence names the call: « l’appel à projets « Inclusion 2025 » », without saying « appel » twice."""
    title = title.strip()
    if title[:5].lower() == "appel":
        return f"l’{title[0].lower()}{title[1:]}"
    return f"l’appel à projets «{SPACE}{title}{SPACE}»"


def ordinal(rank: int | None) -> str:
    """« 1er », « 12e »; empty for None."""
    if rank is None:
        return ""
    return "1er" if rank == 1 else f"{rank}e"


def french_spaces(text: str) -> str:
    """The same text, where a sign and its word never part at the end of a line (« », ; : ! ? € %, n°, 23 000)."""
    return THOUSANDS.sub(NARROW_SPACE, AFTER_SIGN.sub(SPACE, BEFORE_SIGN.sub(SPACE, text)))


def salutation(title: str, role: str) -> str:
    """The « formule d’appel » without its comma: « Madame la Présidente », « Monsieur l’Administrateur »."""
    role = role.strip()
    if not role:
        return title
    role = role[0].upper() + role[1:]
    if role[0].lower() in "aeiouyàâéèêëîïôöùûüœæh":
        return f"{title} l’{role}"
    return f"{title} {'le' if title == 'Monsieur' else 'la'} {role}"


def on_behalf_of(role: str) -> str:
    """« Pour la Présidente du Conseil départemental », from that person's own role."""
    role = role.strip()
    return f"Pour {role[:1].lower()}{role[1:]}"
