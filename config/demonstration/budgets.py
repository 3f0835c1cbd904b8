"""A balanced budget for a project: whole euros, charges equal to resources."""

from aap.questionnaires.budget import ASKED, Budget

# Shares of the charges and of the resources other than the one asked, in percent; the last line takes what is left.
CHARGES = (("personnel", 58), ("achats", 12), ("services_exterieurs", 9), ("autres_services", 11), ("indirectes", 0))
RESOURCES = (("communes", 35), ("organismes_sociaux", 25), ("etat", 15), ("autres_produits", 0))
IN_KIND_SHARE = 8


def budget(*, asked: int, cost: int) -> dict[str, int]:
    """The answer to the budget question: `cost` in charges and in resources, of which `asked` from the authority."""
    in_kind = cost * IN_KIND_SHARE // 100
    amounts = {
        **_shares(cost, CHARGES),
        ASKED: asked,
        **_shares(cost - asked, RESOURCES),
        "emplois_en_nature": in_kind,
        "contributions_en_nature": in_kind,
    }
    return Budget(amounts).to_json()


def _shares(total: int, shares: tuple[tuple[str, int], ...]) -> dict[str, int]:
    amounts = {key: total * share // 100 for key, share in shares[:-1]}
    return {**amounts, shares[-1][0]: total - sum(amounts.values())}
