"""French text: keys to sort by, and what people type or paste, made clean. No form here."""

import re
import unicodedata

# Letters by their category, yet drawn as nothing: fillers, the empty Braille cell, the grapheme joiner.
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
NEW_LINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
SPACES = re.compile("[ \t\u00a0\u202f\u2009]+")


def sort_key(text: str) -> str:
    """Fold accents, ligatures, case and punctuation, so that « Étampes » sorts before « Zoo » in any PostgreSQL."""
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae").replace("’", "'")
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join("".join(character if character.isalnum() else " " for character in kept.casefold()).split())


def _shown(character: str) -> bool:
    if character == "\n":
        return True
    if character in INVISIBLE or 0xE0100 <= ord(character) <= 0xE01EF:
        return False
    return unicodedata.category(character) not in HIDDEN_CATEGORIES


def clean_text(text: str) -> str:
    """The same text in NFC, with plain line ends, without control, bidirectional or invisible characters.

    Those characters let a text show something else than what it holds: none has a use here.
    """
    text = NEW_LINES.sub("\n", text).replace("\t", " ")
    text = "".join(character for character in unicodedata.normalize("NFC", text) if _shown(character))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def clean_line(text: str) -> str:
    """`clean_text` on one line, spaces reduced to one (a no-break space is kept when it stands alone)."""
    line = clean_text(text).replace("\n", " ")
    return SPACES.sub(lambda match: match.group() if len(match.group()) == 1 else " ", line).strip()
