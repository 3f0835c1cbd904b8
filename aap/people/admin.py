"""People in Wagtail's administration: open an account, give roles, close it. For administrators alone."""

from typing import Any

from django import forms
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.views.bulk_actions.assign_role import AssignRoleBulkAction
from wagtail.users.views.bulk_actions.delete import DeleteBulkAction
from wagtail.users.views.bulk_actions.set_active_state import SetActiveStateBulkAction
from wagtail.users.views.users import CreateView, EditView, IndexView, UserFilterSet, UserViewSet

from aap.people import services
from aap.people.models import Role, User
from aap.people.rules import may_manage_people
from aap.people.second_factor import has_second_factor
from aap.people.selectors import role_labels
from aap.phone import PhoneField
from aap.tidied import Tidied


class PeoplePolicy(ModelPermissionPolicy):
    """Administrators see to people; nobody deletes one: an account is closed, its acts keep an author."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action != "delete" and may_manage_people(user)

    def user_has_any_permission(self, user: User, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class PersonForm(Tidied, forms.ModelForm):
    """An account as an administrator sees it. Passwords are each person's own business."""

    phone = PhoneField(required=False)
    roles = forms.MultipleChoiceField(
        label="Rôles",
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sans rôle, la personne dépose et suit des candidatures. Chaque rôle rend la double vérification obligatoire.",
    )

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "job_title", "phone"]
        labels = {"first_name": "Prénom", "last_name": "Nom"}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["first_name"].required = self.fields["last_name"].required = True
        self.fields["roles"].initial = self.instance.roles

    def clean_email(self) -> str:
        address = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=address).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Un compte existe déjà avec cette adresse. Cherchez-la dans la liste des personnes.")
        return address

    def clean_roles(self) -> list[str]:
        roles = self.cleaned_data["roles"]
        own = self.instance.pk == self.by.pk
        if own and self.by.has_role(Role.ADMINISTRATOR) and Role.ADMINISTRATOR not in roles:
            raise forms.ValidationError(
                "Vous ne pouvez pas retirer votre propre rôle d’administration. Demandez à une autre personne."
            )
        return roles

    def _save_details(self, user: User) -> None:
        for name in ("first_name", "last_name", "job_title", "phone"):
            setattr(user, name, self.cleaned_data[name])
        user.save(update_fields=["first_name", "last_name", "job_title", "phone"])


class OpenAccountForm(PersonForm):
    def save(self, commit: bool = True) -> User:
        data = self.cleaned_data
        user = services.open_account(data["email"], first_name=data["first_name"], last_name=data["last_name"], by=self.by)
        self._save_details(user)
        self.instance = services.set_roles(user, data["roles"], by=self.by)
        return self.instance


class EditAccountForm(PersonForm):
    forget_second_factor = forms.BooleanField(
        label="Retirer la double vérification",
        required=False,
        help_text=(
            "Pour une personne qui a perdu son téléphone, sa clé et ses codes de secours. Assurez-vous que c’est bien elle : "
            "elle en mettra une autre en place à sa prochaine connexion."
        ),
    )

    class Meta(PersonForm.Meta):
        fields = [*PersonForm.Meta.fields, "is_active"]
        labels = {**PersonForm.Meta.labels, "is_active": "Compte ouvert"}
        help_texts = {
            "is_active": "Décochez pour fermer le compte : la personne ne pourra plus se connecter, ses actes restent."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk == self.by.pk or not has_second_factor(self.instance):
            del self.fields["forget_second_factor"]

    def clean_is_active(self) -> bool:
        if self.instance.pk == self.by.pk and not self.cleaned_data["is_active"]:
            raise forms.ValidationError("Vous ne pouvez pas fermer votre propre compte.")
        return self.cleaned_data["is_active"]

    def save(self, commit: bool = True) -> User:
        user = User.objects.get(pk=self.instance.pk)
        if self.cleaned_data["email"] != user.email:
            services.change_email(user, self.cleaned_data["email"], by=self.by)
        services.set_active(user, self.cleaned_data["is_active"], by=self.by)
        if self.cleaned_data.get("forget_second_factor"):
            services.forget_second_factor(user, by=self.by)
        self._save_details(user)
        self.instance = services.set_roles(user, self.cleaned_data["roles"], by=self.by)
        return self.instance


class PersonFilters(UserFilterSet):
    """By role rather than by group: groups follow."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters.pop("is_superuser", None)


class PeopleIndexView(IndexView):
    page_title = "Personnes"
    add_item_label = "Ouvrir un compte"

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("last_name", accessor=str, label="Personne", sort_key="last_name", get_url=self.get_edit_url),
            Column("email", label="Adresse électronique", sort_key="email"),
            Column("roles", label="Rôles", accessor=lambda user: ", ".join(role_labels(user)) or "Candidature"),
            BooleanColumn("is_active", label="Compte ouvert", sort_key="is_active"),
            DateColumn("last_login", label="Dernière connexion", sort_key="last_login"),
        ]


class ActsByRequester:
    """The services record who acts: the form is told."""

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]
        kwargs.pop("editing_self", None)
        kwargs.pop("for_user", None)
        return {**kwargs, "by": self.request.user}  # type: ignore[attr-defined]


class OpenAccountView(ActsByRequester, CreateView):
    page_title = "Ouvrir un compte"
    success_message = "Le compte de %(object)s est ouvert. À la première visite : « Mot de passe oublié ? »."


class EditAccountView(ActsByRequester, EditView):
    success_message = "Le compte de %(object)s est à jour."
    error_message = "Le compte n’a pas été modifié : des réponses sont à revoir."


class PeopleViewSet(UserViewSet):
    menu_label = "Personnes"
    # A copy of a person would be somebody else's account.
    copy_view_enabled = False
    index_view_class = PeopleIndexView
    add_view_class = OpenAccountView
    edit_view_class = EditAccountView
    filterset_class = PersonFilters
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    @property
    def permission_policy(self) -> PeoplePolicy:
        return PeoplePolicy(User)

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return EditAccountForm if for_update else OpenAccountForm


# Wagtail's own gestures on many people at once would change groups without roles, and leave no record: nobody may.
for gesture in (AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction):
    refusal = {"permission_policy": PeoplePolicy(User), "any_permission_required": ["delete"]}
    hooks.register("register_bulk_action", type(f"No{gesture.__name__}", (gesture,), refusal), order=1000)
