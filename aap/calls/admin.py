"""Calls in Wagtail's admin: calendar, money, texts, axes, documents, points to verify."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from aap.calls.models import Call
from aap.history.services import record
from aap.people.models import User
from aap.phone import PhoneField
from aap.tidied import Tidied, tidy

KEY_HELP = "en minuscules, sans accent ni espace (acces-aux-droits) ; ne change plus une fois l’appel ouvert"


class KeptPolicy(ModelPermissionPolicy):
    """Nobody deletes: applications, letters and the record refer to it."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: User, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class CallForm(Tidied, WagtailAdminModelForm):
    """The address of a call names its record and its pages: it is chosen once."""

    service_phone = PhoneField(label="Téléphone du service")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for formset in self.formsets.values():
            for form in formset.forms:
                tidy(form)
        if self.instance.pk and "slug" in self.fields:
            self.fields["slug"].disabled = True


class Recorded:
    """Write in the record who changed which fields; never the values."""

    def save_instance(self) -> Call:
        # Read before: saving empties the list of what a row of the inline forms changed.
        changed = sorted(self.form.changed_data)  # type: ignore[attr-defined]
        changed += sorted(name for name, formset in self.form.formsets.items() if formset.has_changed())  # type: ignore[attr-defined]
        created = not self.form.instance.pk  # type: ignore[attr-defined]
        call = super().save_instance()  # type: ignore[misc]
        name = "call_created" if created else "call_changed"
        if created or changed:
            record(f"call:{call.slug}", name, by=self.request.user, fields=changed)  # type: ignore[attr-defined]
        return call


class CallIndexView(generic.IndexView):
    page_title = "Appels à projets"
    add_item_label = "Ajouter un appel"


class CreateCallView(Recorded, generic.CreateView):
    success_message = "L’appel « %(object)s » est créé. Composez maintenant son questionnaire."


class EditCallView(Recorded, generic.EditView):
    success_message = "L’appel « %(object)s » est enregistré."
    error_message = "L’appel n’est pas enregistré : des réponses sont à revoir."


def _call_panels() -> list[Any]:
    return [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("year"), FieldPanel("prefix")]),
                FieldPanel("slug", help_text="dans les adresses du site ; choisi une fois pour toutes"),
                FieldPanel("fictitious", help_text="cochez pour un essai : un bandeau le signale partout"),
            ],
            heading="Appel",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldPanel("committee_on"),
                FieldPanel("implicit_refusal_months"),
            ],
            heading="Calendrier (heure de Paris)",
        ),
        MultiFieldPanel(
            [
                FieldPanel("envelope"),
                FieldRowPanel([FieldPanel("floor"), FieldPanel("ceiling")]),
                FieldRowPanel([FieldPanel("max_rate"), FieldPanel("pass_mark")]),
            ],
            heading="Argent et note",
        ),
        MultiFieldPanel([FieldPanel("max_months"), FieldPanel("starts_after_deposit")], heading="Dates du projet"),
    ]


def _service_panels() -> list[Any]:
    return [
        MultiFieldPanel(
            [
                FieldPanel("authority", help_text="nomme aussi la ligne du montant demandé dans le budget"),
                FieldPanel("service_name"),
                FieldPanel("service_address"),
                FieldRowPanel([FieldPanel("service_email"), FieldPanel("service_phone")]),
            ],
            heading="Service chargé du dossier",
        ),
        MultiFieldPanel(
            [
                FieldPanel("silence_notice"),
                FieldPanel("silence_remedies_notice"),
                FieldPanel("remedies_notice"),
                FieldPanel("attestation_text"),
            ],
            heading="Mentions du récépissé et des lettres",
        ),
        MultiFieldPanel(
            [FieldPanel("signatory_role"), FieldPanel("signatory_name"), FieldPanel("signature_place")], heading="Signature"
        ),
    ]


def _themes() -> InlinePanel:
    panels = [FieldPanel("title"), FieldPanel("key", help_text=KEY_HELP), FieldPanel("description")]
    return InlinePanel("themes", panels=panels, heading="Axes", label="Axe")


def _documents() -> InlinePanel:
    panels = [
        FieldPanel("label"),
        FieldPanel("key", help_text=KEY_HELP),
        FieldPanel("help_text"),
        FieldRowPanel([FieldPanel("required"), FieldPanel("max_megabytes")]),
        FieldPanel("hidden_from_jury"),
    ]
    return InlinePanel("document_requirements", panels=panels, heading="Pièces demandées", label="Pièce")


def _rules() -> InlinePanel:
    panels = [
        FieldPanel("label"),
        FieldPanel("key", help_text=KEY_HELP),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("article")]),
        FieldPanel("automatic"),
    ]
    return InlinePanel("eligibility_rules", panels=panels, heading="Points à vérifier", label="Point")


class CallViewSet(ModelViewSet):
    """« Appels »: everything that differs from one call to the next."""

    model = Call
    name = "calls"
    url_prefix = "appels"
    icon = "calendar-alt"
    menu_label = "Appels"
    menu_order = 100
    list_display = ("title", Column("phase", label="État", accessor=lambda call: call.phase.label), "opens_at", "closes_at")
    ordering = "-closes_at"
    list_filter = ("year",)
    search_fields = ("title", "slug", "prefix")
    search_backend_name = None
    copy_view_enabled = False
    index_view_class = CallIndexView
    add_view_class = CreateCallView
    edit_view_class = EditCallView
    edit_handler = TabbedInterface(
        [
            ObjectList(_call_panels(), heading="Appel"),
            ObjectList(_service_panels(), heading="Service et textes"),
            ObjectList([_themes()], heading="Axes"),
            ObjectList([_documents()], heading="Pièces"),
            ObjectList([_rules()], heading="Points à vérifier"),
        ],
        base_form_class=CallForm,
    )

    @property
    def permission_policy(self) -> KeptPolicy:
        return KeptPolicy(self.model)


call_viewset = CallViewSet()
