"""The provisional budget of a project, in the layout of the CERFA 12156 (simple table: one amount a line, whole euros).

Pure arithmetic: no database, no form. Accounts 86 and 87 (voluntary contributions in kind) are shown apart and never
enter the cost of the project nor the rate. Source: notice 51781#04 and the form itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import floor
from types import MappingProxyType
from typing import Any

from aap.money import euros, percent


@dataclass(frozen=True)
class Line:
    """One line of the table. `key` never changes; `account` is what is printed; `group` joins the lines of account 74."""

    key: str
    account: str
    label: str
    group: str = ""


CHARGES: tuple[Line, ...] = (
    Line("achats", "60", "Achats (prestations, fournitures)"),
    Line("services_exterieurs", "61", "Services extérieurs (locations, entretien, assurance)"),
    Line("autres_services", "62", "Autres services extérieurs (honoraires, publicité, déplacements)"),
    Line("impots", "63", "Impôts et taxes"),
    Line("personnel", "64", "Charges de personnel"),
    Line("autres_charges", "65", "Autres charges de gestion courante"),
    Line("charges_financieres", "66", "Charges financières"),
    Line("charges_exceptionnelles", "67", "Charges exceptionnelles"),
    Line("dotations", "68", "Dotations aux amortissements et provisions"),
    Line("impot_benefices", "69", "Impôt sur les bénéfices, participation des salariés"),
    Line("indirectes", "", "Charges indirectes affectées au projet (part du fonctionnement)"),
)
ASKED = "departement"
SUBSIDIES = "Subventions d’exploitation"
PRODUITS: tuple[Line, ...] = (
    Line("ventes", "70", "Ventes de produits et de services"),
    Line("tarification", "73", "Dotations et produits de tarification"),
    Line("etat", "74", "État", SUBSIDIES),
    Line("region", "74", "Région", SUBSIDIES),
    Line(ASKED, "74", "Département", SUBSIDIES),
    Line("communes", "74", "Communes et intercommunalités", SUBSIDIES),
    Line("organismes_sociaux", "74", "Organismes sociaux (CAF, MSA, CPAM…)", SUBSIDIES),
    Line("fonds_europeens", "74", "Fonds européens", SUBSIDIES),
    Line("asp", "74", "Agence de services et de paiement (emplois aidés)", SUBSIDIES),
    Line("autres_publics", "74", "Autres établissements publics", SUBSIDIES),
    Line("aides_privees", "74", "Aides privées (fondations)", SUBSIDIES),
    Line("autres_produits", "75", "Autres produits de gestion courante (cotisations, dons)"),
    Line("produits_financiers", "76", "Produits financiers"),
    Line("produits_exceptionnels", "77", "Produits exceptionnels"),
    Line("reprises", "78", "Reprises sur amortissements et provisions"),
    Line("transferts", "79", "Transfert de charges"),
)
IN_KIND_USED = Line("emplois_en_nature", "86", "Emplois des contributions volontaires en nature")
IN_KIND_GIVEN = Line("contributions_en_nature", "87", "Contributions volontaires en nature (bénévolat, prêts, dons)")
LINES: Mapping[str, Line] = MappingProxyType({line.key: line for line in (*CHARGES, IN_KIND_USED, *PRODUITS, IN_KIND_GIVEN)})


@dataclass(frozen=True)
class Limits:
    """What a call allows: amounts in euros, `max_rate` in percent. `authority` names the line of the amount asked."""

    floor: Decimal = Decimal(0)
    ceiling: Decimal | None = None
    max_rate: Decimal = Decimal(100)
    authority: str = "Département"


@dataclass(frozen=True)
class Budget:
    """Amounts by line key, in whole euros; a line left out is zero."""

    amounts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, amount in self.amounts.items():
            if key not in LINES:
                raise ValueError(f"Ligne de budget inconnue : {key}.")
            if isinstance(amount, bool) or not isinstance(amount, int) or amount < 0:
                raise ValueError(f"Montant refusé pour la ligne {key} : {amount!r}.")
        object.__setattr__(
            self, "amounts", MappingProxyType({key: self.amounts[key] for key in LINES if self.amounts.get(key)})
        )

    @classmethod
    def from_json(cls, value: Any) -> "Budget":
        """Read what `to_json` wrote; None is an empty budget. Raises ValueError on anything else."""
        if value is None:
            return cls()
        if not isinstance(value, dict):
            raise ValueError("Ce n’est pas un budget.")
        return cls(value)

    def to_json(self) -> dict[str, int]:
        """Amounts by key, in the order of the form, without the empty lines: the same budget has one writing."""
        return dict(self.amounts)

    def __bool__(self) -> bool:
        return bool(self.amounts)

    def amount(self, key: str) -> int:
        return self.amounts.get(key, 0)

    @property
    def total_charges(self) -> int:
        """The cost of the project: all charges but account 86."""
        return sum(self.amount(line.key) for line in CHARGES)

    @property
    def total_produits(self) -> int:
        """All resources but account 87."""
        return sum(self.amount(line.key) for line in PRODUITS)

    @property
    def balance(self) -> int:
        """Resources minus charges: zero when the budget is balanced."""
        return self.total_produits - self.total_charges

    @property
    def in_kind_used(self) -> int:
        return self.amount(IN_KIND_USED.key)

    @property
    def in_kind_given(self) -> int:
        return self.amount(IN_KIND_GIVEN.key)

    @property
    def asked(self) -> int:
        """The amount asked for: the authority's own line of account 74, never typed twice."""
        return self.amount(ASKED)

    @property
    def rate(self) -> Fraction | None:
        """Amount asked over the cost of the project, in percent, exact; None while the project costs nothing."""
        return Fraction(self.asked * 100, self.total_charges) if self.total_charges else None

    def checks(self, limits: Limits) -> list[str]:
        """What prevents the deposit, one French sentence each; empty when all is right."""
        return [*self._arithmetic(), *self._demand(limits)]

    def _arithmetic(self) -> list[str]:
        found = []
        if not self.total_charges:
            found.append("Aucune charge n’est indiquée : écrivez ce que le projet coûte.")
        if self.balance > 0:
            found.append(f"Les produits dépassent les charges de {euros(self.balance)} : les deux totaux doivent être égaux.")
        if self.balance < 0:
            found.append(
                f"Il manque {euros(-self.balance)} de produits pour couvrir les charges : les deux totaux doivent être égaux."
            )
        if self.in_kind_used != self.in_kind_given:
            found.append(
                f"Les contributions volontaires diffèrent : {euros(self.in_kind_used)} au compte 86 et {euros(self.in_kind_given)} "
                "au compte 87. Écrivez le même total des deux côtés."
            )
        return found

    def _demand(self, limits: Limits) -> list[str]:
        line = f"« {asked_label(limits.authority)} »"
        if not self.asked:
            return [f"Le montant demandé manque : écrivez-le à la ligne {line} du compte 74."]
        found = []
        if self.asked < limits.floor:
            found.append(
                f"Vous demandez {euros(self.asked)} : le minimum de cet appel est {euros(limits.floor)}. "
                f"Un projet plus petit ne peut pas être retenu : augmentez la ligne {line} si votre budget le permet."
            )
        if limits.ceiling is not None and self.asked > limits.ceiling:
            found.append(
                f"Vous demandez {euros(self.asked)} : le maximum de cet appel est {euros(limits.ceiling)}. "
                f"Baissez la ligne {line}."
            )
        if self.rate is not None and self.rate > Fraction(limits.max_rate):
            most = int(Fraction(limits.max_rate) * self.total_charges / 100)
            rate, limit = rate_text(self.rate), percent(limits.max_rate)
            # « 80 % : le maximum est 80 % » would be read as a mistake of ours.
            shown = f"un peu plus de {limit}" if rate == limit else rate
            found.append(
                f"Vous demandez {shown} du coût du projet : le maximum est {limit}, soit {euros(most)} pour ce budget. "
                "Baissez le montant demandé, ou vérifiez les charges."
            )
        return found


def asked_label(authority: str) -> str:
    """The label of the line where the amount asked is written."""
    return f"{authority} – montant demandé"


def label_of(line: Line, authority: str) -> str:
    """The label as printed: the authority's own line bears its name."""
    return asked_label(authority) if line.key == ASKED else line.label


def rate_text(rate: Fraction | None) -> str:
    """« 66,67 % », as every other page, export and letter writes the same rate. The comparisons use the exact one."""
    if rate is None:
        return "–"
    # Half up, from the exact fraction: a decimal quotient would already be rounded once.
    return percent(Decimal(floor(rate * 100 + Fraction(1, 2))) / 100)
