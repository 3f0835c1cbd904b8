"""Letter templates in Wagtail's admin: the text, the fields it may call, a look at the real letter."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from aap.applications.models import Application
from aap.decisions.merge import FIELDS
from aap.decisions.models import LetterTemplate
from aap.decisions.services import preview_letter
from aap.people.models import User


class MergeFieldsPanel(HelpPanel):
    """The list of merge fields, and the way to the preview of a template already saved."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("template", "aap/decisions/admin/merge_fields.html")
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            preview = reverse("letter_templates:preview", args=[self.instance.pk]) if self.instance.pk else ""
            return {**context, "fields": FIELDS.values(), "preview_url": preview}


class ApplicationField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} – {obj.organisation}"


class PreviewForm(forms.Form):
    """On which application to look at the letter."""

    dossier: ApplicationField = ApplicationField(label="Dossier", queryset=None, to_field_name="public_id", empty_label=None)

    def __init__(self, data: Any, *, template: LetterTemplate, user: User) -> None:
        super().__init__(data)
        applications = Application.objects.visible_to(user).filter(call=template.call).order_by("number")
        choice = self.fields["dossier"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        choice.queryset = applications.select_related("organisation")


class LetterTemplateIndexView(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("call")


class LetterTemplateViewSet(ModelViewSet):
    """« Modèles de lettres »: one per call and kind of decision."""

    model = LetterTemplate
    index_view_class = LetterTemplateIndexView
    name = "letter_templates"
    url_prefix = "modeles-de-lettres"
    icon = "mail"
    menu_label = "Modèles de lettres"
    menu_order = 300
    list_display = ("outcome", "call", "subject", "updated_at")
    list_filter = ("call", "outcome")
    search_fields = ("subject", "body")
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("call"), FieldPanel("outcome")]),
            FieldPanel("subject"),
            FieldPanel(
                "body",
                help_text="Sans formule d’appel ni de politesse : la lettre les ajoute, comme l’adresse et la signature.",
            ),
            MergeFieldsPanel(heading="Champs de fusion"),
        ]
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("<int:pk>/apercu/", self.preview_view, name="preview")]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose an application, then see its letter; a value not known yet is shown by its example."""
        template = get_object_or_404(LetterTemplate.objects.select_related("call"), pk=pk)
        user = request.user
        assert isinstance(user, User)  # noqa: S101 - the administration lets no visitor in
        if not self.permission_policy.user_has_permission_for_instance(user, "change", template):
            raise PermissionDenied
        form = PreviewForm(request.GET or None, template=template, user=user)
        if form.is_valid():
            pdf = preview_letter(template, form.cleaned_data["dossier"], by=user)
            response = HttpResponse(pdf, content_type="application/pdf")
            response["Content-Disposition"] = 'inline; filename="apercu.pdf"'
            response["Cache-Control"] = "private, no-store"
            return response
        context = {"template": template, "form": form, "back_url": reverse("letter_templates:edit", args=[pk])}
        return render(request, "aap/decisions/admin/preview.html", context)


letter_template_viewset = LetterTemplateViewSet()
