"""French text as stored keys: sorting without the database's collations."""

import unicodedata


def sort_key(text: str) -> str:
    """Fold accents, ligatures, case and punctuation, so that « Étampes » sorts before « Zoo » in any PostgreSQL."""
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae").replace("’", "'")
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join("".join(character if character.isalnum() else " " for character in kept.casefold()).split())
