"""Sign-up: who the person is, once."""

from django import forms


class SignupForm(forms.Form):
    """Fields added to allauth's sign-up."""

    first_name = forms.CharField(label="Prénom", max_length=150)
    last_name = forms.CharField(label="Nom", max_length=150)

    def signup(self, request, user):  # type: ignore[no-untyped-def]
        user.first_name = self.cleaned_data["first_name"]
        user.last_name = self.cleaned_data["last_name"]
        user.save()
