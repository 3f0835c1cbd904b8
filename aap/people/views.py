"""The way to one's space, and one's own account."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aap.people.forms import ProfileForm
from aap.people.second_factor import has_second_factor
from aap.people.selectors import role_labels, spaces_of


def start(request: HttpRequest) -> HttpResponse:
    """To the person's main space: the first of theirs."""
    return redirect(spaces_of(request.user)[0][1])


def account(request: HttpRequest) -> HttpResponse:
    """« Mon compte » : names and telephone, and the way to the address, the password, the second factor."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Vos informations sont enregistrées.")
        return redirect("account")
    if form.errors:
        # The header shows the person's name: the one kept, not the one refused.
        request.user.refresh_from_db()
    protected = has_second_factor(request.user)
    security = [
        {"label": "Adresse électronique", "value": request.user.email, "action_url": reverse("account_email")},
        {
            "label": "Mot de passe",
            "value": "Choisi par vous, connu de vous seul",
            "action_url": reverse("account_change_password"),
        },
        {
            "label": "Double vérification",
            "value": "En place" if protected else "Pas encore en place",
            "action_url": reverse("mfa_index"),
            "action_label": "Modifier" if protected else "Mettre en place",
        },
    ]
    context = {"form": form, "security": security, "roles": role_labels(request.user)}
    return render(request, "aap/people/account.html", context, status=422 if form.errors else 200)


class RemovePasskeyView(RemoveWebAuthnView):
    """As for the application of codes: someone who holds a role does not remove the last second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        if get_adapter().can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        messages.error(
            self.request,
            "Votre rôle demande une double vérification. Ajoutez d’abord un autre moyen, puis revenez retirer cette clé.",
        )
        return redirect("mfa_list_webauthn")
