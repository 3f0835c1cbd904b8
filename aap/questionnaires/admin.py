"""Questionnaires in Wagtail's admin: compose, look at what changed, publish a version."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from wagtail.admin import messages as wagtail_messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from aap.calls.admin import KeptPolicy
from aap.errors import DomainError
from aap.people.models import User
from aap.questionnaires.composition import definition_of
from aap.questionnaires.models import Questionnaire
from aap.questionnaires.rules import flaws
from aap.questionnaires.services import pending_changes, publish


class QuestionnaireForm(WagtailAdminModelForm):
    """What is composed stays sound at each saving; what a publication needs is asked at the publication."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "call" in self.fields:
            self.fields["call"].disabled = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "sections" in data:
            for flaw in flaws(definition_of(data["sections"])):
                self.add_error(None, flaw)
        return data


class PublicationPanel(HelpPanel):
    """Which version applicants fill today, and the way to the next one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("template", "aap/questionnaires/admin/publication.html")
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            newest = self.instance.versions.order_by("-number").first()
            return {**context, "version": newest, "publish_url": reverse("questionnaires:publish", args=[self.instance.pk])}


def last_version(questionnaire: Questionnaire) -> str:
    """« Version 2 », from the prefetched versions."""
    numbers = [version.number for version in questionnaire.versions.all()]
    return f"Version {max(numbers)}" if numbers else "Aucune"


class QuestionnaireIndexView(generic.IndexView):
    page_title = "Questionnaires"
    add_item_label = "Composer un questionnaire"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("call").prefetch_related("versions")


class EditQuestionnaireView(generic.EditView):
    success_message = "Le questionnaire est enregistré. Les candidatures ne le verront qu’après sa publication."
    error_message = "Le questionnaire n’est pas enregistré : des réponses sont à revoir."

    def get_success_buttons(self) -> list[Any]:
        return [
            wagtail_messages.button(reverse("questionnaires:publish", args=[self.object.pk]), "Publier une nouvelle version")
        ]


class QuestionnaireViewSet(ModelViewSet):
    """« Questionnaires »: one per call, in versions."""

    model = Questionnaire
    name = "questionnaires"
    url_prefix = "questionnaires"
    icon = "form"
    menu_label = "Questionnaires"
    menu_order = 200
    list_display = ("call", Column("version", label="En ligne", accessor=last_version))
    list_filter = ("call",)
    copy_view_enabled = False
    index_view_class = QuestionnaireIndexView
    edit_view_class = EditQuestionnaireView
    edit_handler = ObjectList(
        [PublicationPanel(heading="Publication"), FieldPanel("call"), FieldPanel("sections")], base_form_class=QuestionnaireForm
    )

    @property
    def permission_policy(self) -> KeptPolicy:
        return KeptPolicy(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("<int:pk>/publier/", self.publish_view, name="publish")]

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the next version changes, the versions already published, and the button."""
        questionnaire = get_object_or_404(Questionnaire.objects.select_related("call"), pk=pk)
        if not self.permission_policy.user_has_permission_for_instance(request.user, "change", questionnaire):
            raise PermissionDenied
        if request.method == "POST":
            try:
                version = publish(questionnaire, by=cast(User, request.user))
            except DomainError as error:
                messages.error(request, error.message)
            else:
                messages.success(
                    request, f"La version {version.number} est publiée : les nouvelles candidatures la rempliront."
                )
            return redirect("questionnaires:publish", pk)
        context = {
            "questionnaire": questionnaire,
            "changes": pending_changes(questionnaire),
            "versions": questionnaire.versions.select_related("published_by"),
            "edit_url": reverse("questionnaires:edit", args=[pk]),
            "breadcrumbs_items": [
                {"url": reverse("questionnaires:index"), "label": "Questionnaires"},
                {"url": reverse("questionnaires:edit", args=[pk]), "label": str(questionnaire.call)},
                {"url": "", "label": "Publier"},
            ],
            "header_title": "Publier le questionnaire",
            "page_title": "Publier le questionnaire",
            "header_icon": "form",
        }
        return render(request, "aap/questionnaires/admin/publish.html", context)


questionnaire_viewset = QuestionnaireViewSet()
