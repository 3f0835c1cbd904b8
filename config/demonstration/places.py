"""French places in a sentence: « à Apt », « au Thor », « de L’Isle-sur-la-Sorgue »."""

CONTRACTIONS = (("Le ", "au ", "du "), ("Les ", "aux ", "des "))
ELIDED = "AEIOUYÉÈÊHŒ"


def at(name: str) -> str:
    """« à Apt », « au Thor », « aux Taillades », « à La Tour-d’Aigues », « à L’Isle-sur-la-Sorgue »."""
    for article, contracted, _of in CONTRACTIONS:
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return "à " + name


def of(name: str) -> str:
    """« d’Apt », « du Thor », « des Taillades », « de Cavaillon »."""
    for article, _at, contracted in CONTRACTIONS:
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return ("d’" if name[0] in ELIDED else "de ") + name
