"""Who the site speaks for: name, address, legal links. Edited in the admin, read by every page."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


class AccessibilityLevel(models.TextChoices):
    """The three wordings of the law (décret 2019-768, article 4); « non conforme » until an audit says otherwise."""

    NONE = "none", "Accessibilité : non conforme"
    PARTIAL = "partial", "Accessibilité : partiellement conforme"
    FULL = "full", "Accessibilité : totalement conforme"


def page_link(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=label
    )


@register_setting(icon="site", order=10)
class SiteIdentity(BaseSiteSetting):
    """Identity of the site."""

    owner = models.CharField("collectivité", max_length=120, default="Département")
    name = models.CharField("nom du site", max_length=120, default="Appels à projets")
    description = models.CharField("description pour les moteurs de recherche", max_length=250, blank=True)
    address = models.TextField("adresse", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    accessibility = models.CharField(
        "mention d’accessibilité",
        max_length=10,
        choices=AccessibilityLevel.choices,
        default=AccessibilityLevel.NONE,
        help_text="au pied de chaque page ; la déclaration d’accessibilité doit dire la même chose",
    )
    accessibility_page = page_link("déclaration d’accessibilité")
    legal_page = page_link("mentions légales")
    privacy_page = page_link("données personnelles")
    cookies_page = page_link("cookies")
    contact_page = page_link("page de contact")

    panels = [
        MultiFieldPanel([FieldPanel("owner"), FieldPanel("name"), FieldPanel("description")], "Identité"),
        MultiFieldPanel([FieldPanel("address"), FieldPanel("phone"), FieldPanel("email")], "Coordonnées"),
        MultiFieldPanel(
            [
                FieldPanel("accessibility"),
                PageChooserPanel("accessibility_page"),
                PageChooserPanel("legal_page"),
                PageChooserPanel("privacy_page"),
                PageChooserPanel("cookies_page"),
                PageChooserPanel("contact_page"),
            ],
            "Pages dues par la loi",
        ),
    ]
    select_related = ["accessibility_page", "legal_page", "privacy_page", "cookies_page", "contact_page"]

    class Meta:
        verbose_name = "identité du site"
