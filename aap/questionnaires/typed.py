"""What people type or paste, made clean: text without hidden characters, whole numbers in French notation. No form here."""

import re
import unicodedata

from aap.money import NARROW_SPACE, SPACE

# Letters by their category, yet drawn as nothing: fillers, the empty Braille cell, the grapheme joiner.
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
NEW_LINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
SPACES = re.compile(f"[ \t{SPACE}{NARROW_SPACE}\u2009]+")
NUMBER = re.compile(r"([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:([.,])([0-9]+))?")
MINUS = "-−–"
LARGEST = 10_000_000


def _shown(character: str) -> bool:
    if character == "\n":
        return True
    if character in INVISIBLE or 0xE0100 <= ord(character) <= 0xE01EF:
        return False
    return unicodedata.category(character) not in HIDDEN_CATEGORIES


def clean_text(text: str) -> str:
    """The same text in NFC, with plain line ends, without control, bidirectional or invisible characters.

    Those characters let a text show something else than what it holds: none has a use in an application.
    """
    text = NEW_LINES.sub("\n", text).replace("\t", " ")
    text = "".join(character for character in unicodedata.normalize("NFC", text) if _shown(character))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def clean_line(text: str) -> str:
    """`clean_text` on one line, spaces reduced to one (a no-break space is kept when it stands alone)."""
    line = clean_text(text).replace("\n", " ")
    return SPACES.sub(lambda match: match.group() if len(match.group()) == 1 else " ", line).strip()


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
