"""What the minutes must say when the amounts do not simply follow the ranking and the requests. Pure: rows in, sentences out."""

from decimal import Decimal
from typing import Any

from aap.money import euros
from scoring.results.funding import Choice, passed_over

Row = dict[str, Any]


def departures(rows: list[Row]) -> dict[str, list[Row]]:
    """Three lists, each in the order of the ranking.

    `inversions`: unfunded though better ranked than a funded one, with the jury's reason. `exceptions`: funded though
    the thresholds of the call leave it out. `reductions`: funded under what was asked, and by what.
    """
    ranked = [Choice(row["id"], row["rank"], Decimal(row["amount"]), fundable(row)) for row in rows if row["rank"] is not None]
    over = passed_over(ranked)
    funded = [row for row in rows if Decimal(row["amount"]) > 0]
    return {
        "inversions": [_named(row) | {"reason": row["inversion_reason"]} for row in rows if row["id"] in over],
        "exceptions": [_named(row) | {"because": _because(row)} for row in funded if not fundable(row)],
        "reductions": [
            _named(row) | {"amount": row["amount"], "requested": row["requested"], "cause": _cause(row, ranked)}
            for row in funded
            if Decimal(row["amount"]) < Decimal(row["requested"])
        ],
    }


def fundable(row: Row) -> bool:
    """Whether the rules of the call let the jury propose money without further ado."""
    return row["rank"] is not None and not row["below_pass_mark"] and not row["eliminated_by"]


def _named(row: Row) -> Row:
    return {"number": row["number"], "organisation": row["organisation"], "rank": row["rank"]}


def _because(row: Row) -> str:
    if row["rank"] is None:
        return "faute d’évaluations en nombre suffisant, il n’est pas classé"
    if row["eliminated_by"]:
        return f"note éliminatoire ({', '.join(row['eliminated_by'])})"
    return "sa note est sous la note minimale"


def _cause(row: Row, ranked: list[Choice[str]]) -> str:
    """Why less than asked: the rules of the call, or the jury, and then whether a lower-ranked one is funded."""
    amount, allowed = Decimal(row["amount"]), Decimal(row["allowed"] if "allowed" in row else row["amount"])
    if amount >= allowed:
        return "montant plafonné par les règles de l’appel"
    words = "montant réduit par le jury"
    if allowed < Decimal(row["requested"]):
        words += f" (l’appel permettait {euros(allowed)})"
    if row["rank"] is not None and any(each.amount > 0 and each.rank > row["rank"] for each in ranked):
        words += ", alors qu’un dossier moins bien classé est aidé"
    return words
