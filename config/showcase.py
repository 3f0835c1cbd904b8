"""The page /composants/ : every component with sample data. Wired in development only; nothing here is read by the product."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

DEADLINE = datetime(2030, 5, 16, 10, 0, tzinfo=UTC)
THEMES = [
    ("1", "Axe 1 : aller vers les personnes éloignées du numérique"),
    ("2", "Axe 2 : former les aidants et les bénévoles"),
    ("3", "Axe 3 : donner du matériel reconditionné"),
]


class SampleForm(forms.Form):
    """One field of each kind, as the field template draws them."""

    name = forms.CharField(
        label="Nom du projet", help_text="Quelques mots, tels qu’ils paraîtront dans la délibération.", max_length=120
    )
    contact = forms.EmailField(label="Adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    summary = forms.CharField(label="Résumé", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    theme = forms.ChoiceField(label="Axe du projet", choices=[("", "Choisir un axe"), *THEMES])
    amount = forms.DecimalField(label="Montant demandé, en euros", min_value=Decimal(0), help_text="Entre 2 000 € et 15 000 €.")
    starts_on = forms.DateField(label="Début du projet", widget=forms.DateInput(attrs={"type": "date"}))
    audience = forms.MultipleChoiceField(
        label="Publics visés",
        help_text="Cochez tout ce qui convient.",
        choices=[("s", "Personnes âgées"), ("j", "Jeunes"), ("d", "Demandeurs d’emploi"), ("t", "Tous publics")],
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(
        label="Nature de la structure",
        choices=[("a", "Association"), ("c", "Commune ou intercommunalité"), ("e", "Établissement public")],
        widget=forms.RadioSelect,
    )
    statutes = forms.FileField(label="Statuts signés", help_text="PDF, 10 Mo au plus.")
    pledge = forms.BooleanField(label="Je souscris au contrat d’engagement républicain.")


class SampleFilter(forms.Form):
    """The filters of a list: everything is optional, so nothing says so."""

    hide_optional_mark = True
    q = forms.CharField(label="Rechercher", required=False)
    state = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), ("d", "Déposée"), ("i", "En instruction")])
    theme = forms.ChoiceField(label="Axe", required=False, choices=[("", "Tous"), *THEMES])


def _journey() -> dict[str, Any]:
    """Samples of what tells where an application stands."""
    return {
        "tasks": [
            {"label": "Votre structure", "url": "#", "state_label": "Terminé", "tone": "success"},
            {"label": "Le projet", "url": "#", "state_label": "En cours", "tone": "info", "hint": "3 réponses sur 7"},
            {
                "label": "Budget",
                "url": "#",
                "state_label": "À corriger",
                "tone": "danger",
                "hint": "Le total des dépenses diffère du total des recettes de 250 €.",
            },
            {"label": "Relire et déposer", "state_label": "Pas encore ouvert", "hint": "S’ouvre quand tout est rempli."},
        ],
        "events": [
            {
                "label": "Candidature déposée",
                "at": datetime(2025, 4, 28, 15, 12, tzinfo=UTC),
                "detail": "Numéro AAP25-0042. Le récépissé est dans vos documents.",
            },
            {"label": "Dossier complet", "at": date(2025, 5, 12)},
            {
                "label": "En cours d’examen",
                "at": "depuis le 12 mai 2025",
                "detail": "Le jury donne un avis, puis la Commission permanente décide.",
                "current": True,
            },
            {"label": "Décision", "at": "attendue en juillet 2025", "upcoming": True},
        ],
        "dates": [
            {"label": "Ouverture des dépôts", "date": date(2025, 4, 1), "state": "past"},
            {"label": "Clôture des dépôts", "date": datetime(2025, 5, 16, 10, 0, tzinfo=UTC), "state": "past"},
            {"label": "Examen des candidatures", "date": "mai et juin 2025", "state": "current"},
            {"label": "Réunion du jury", "date": date(2025, 6, 24), "state": "next"},
            {"label": "Commission permanente", "date": date(2025, 7, 11)},
        ],
        "steps": [
            {"title": "Je vérifie que je suis concerné", "text": "Six questions, deux minutes, sans compte."},
            {"title": "Je remplis à mon rythme", "text": "Chaque réponse s’enregistre toute seule."},
            {"title": "Je dépose", "text": "Je reçois un récépissé avec un numéro et l’heure."},
        ],
        "stats": [
            {"value": "42", "label": "candidatures reçues"},
            {"value": "318 400 €", "label": "demandés", "hint": "pour une enveloppe de 150 000 €"},
            {"value": "17", "label": "à instruire", "url": "#"},
        ],
    }


def _content() -> dict[str, Any]:
    """Samples of editorial and record components."""
    return {
        "teasers": [
            {
                "title": "Inclusion numérique 2025",
                "url": "#",
                "state_label": "Ouvert",
                "state_tone": "success",
                "kicker": "Solidarités",
                "text": "Accompagner les Vauclusiens éloignés du numérique, au plus près de chez eux.",
                "meta": "Jusqu’au 16 mai 2025 à 12 h 00",
            },
            {
                "title": "Feuille de route France Numérique Ensemble",
                "url": "#",
                "kicker": "Feuille de route",
                "text": "Trois axes, trente partenaires, un département.",
                "meta": "2023-2027",
            },
            {
                "title": "Trouver de l’aide près de chez soi",
                "url": "#",
                "kicker": "Carte",
                "text": "Les lieux où l’on vous aide, commune par commune.",
            },
        ],
        "rows": [
            {"label": "Structure", "value": "Association Les Clics du Luberon", "action_url": "#"},
            {"label": "SIRET", "value": "123 456 789 00012", "action_url": "#", "numeric": True},
            {
                "label": "Résumé du projet",
                "value": "Des ateliers itinérants dans douze communes du Pays d’Apt.\nUn bus équipé, deux conseillers.",
                "action_url": "#",
            },
            {"label": "Site internet", "value": "", "action_url": "#", "action_label": "Ajouter"},
        ],
        "crumbs": [
            {"label": "Accueil", "url": "#"},
            {"label": "Appels à projets", "url": "#"},
            {"label": "Inclusion numérique 2025"},
        ],
        "side": [
            {"label": "Mes candidatures", "url": "#", "current": True, "count": 2},
            {"label": "Ma structure", "url": "#"},
            {"label": "Mes documents", "url": "#", "count": 0},
        ],
        "scale": [
            {"value": value, "label": label}
            for value, label in enumerate(["Absent", "Insuffisant", "Fragile", "Correct", "Solide", "Exemplaire"])
        ],
        "no_opinion": [{"value": "na", "label": "Je n’ai pas de quoi me prononcer"}],
        "secondary": [{"label": "Enregistrer et revenir plus tard", "name": "later"}],
        "consequences": ["L’association recevra un message.", "La décision portera la date d’aujourd’hui."],
        "applications": [
            {
                "number": "AAP25-0042",
                "name": "Le bus des clics",
                "organisation": "Les Clics du Luberon",
                "amount": Decimal("12000"),
                "state": "En instruction",
                "tone": "info",
            },
            {
                "number": "AAP25-0043",
                "name": "Cafés numériques du Comtat",
                "organisation": "Centre social de Carpentras",
                "amount": Decimal("8450.50"),
                "state": "À compléter",
                "tone": "warning",
            },
            {
                "number": "AAP25-0044",
                "name": "Seconde vie",
                "organisation": "Recyclerie de Cavaillon",
                "amount": Decimal("15000"),
                "state": "Recevable",
                "tone": "success",
            },
        ],
    }


def sample_context() -> dict[str, Any]:
    """Everything the page shows, the forms blank and refused included."""
    blank = SampleForm(prefix="vide")
    refused = SampleForm({"erreur-name": "", "erreur-contact": "pas une adresse"}, prefix="erreur")
    return {
        **_journey(),
        **_content(),
        "form": blank,
        "refused_form": refused,
        "filter_form": SampleFilter(prefix="filtre"),
        "page_obj": Paginator(range(60), 20).page(2),
        "deadline": DEADLINE,
    }


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "config/components.html", sample_context())
