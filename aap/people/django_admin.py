"""Django's administration, for administrators alone: what one inspects when something is stuck, and nothing to edit by hand.

People, roles, pages and calls have their own screens, which keep a record; a second factor or an address edited here would
open an account to whoever edits it.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

SHOWN = {"procrastinate.ProcrastinateJob"}


class InspectionSite(AdminSite):
    """Closed by default: a library that registers its tables here is not listened to, unless they are in `SHOWN`."""

    site_header = "Administration technique"
    site_title = "Administration technique"
    index_title = "Tâches de fond"

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin] | None = None,
        **options: Any,
    ) -> None:
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        shown = [model for model in models if model._meta.label in SHOWN]  # type: ignore[union-attr]
        super().register(shown, admin_class, **options)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        """Where everyone changes theirs: with a message to its owner, and a fresh proof of who asks."""
        return redirect("account_change_password")
