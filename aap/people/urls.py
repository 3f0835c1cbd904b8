"""Sign-up, sign-in, second factor: the addresses of allauth that we use, in French, under allauth's own names.

What is not listed does not exist here: sign-in by code, sign-up by passkey, trusted browsers, social accounts.
"""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from django.urls import path, re_path

from aap.people import views

SECOND = "compte/double-verification/"

urlpatterns = [
    path("espace/", views.start, name="start"),
    path("compte/", views.account, name="account"),
    path("compte/inscription/", account_views.signup, name="account_signup"),
    path("compte/connexion/", account_views.login, name="account_login"),
    path("compte/deconnexion/", account_views.logout, name="account_logout"),
    path("compte/desactive/", account_views.account_inactive, name="account_inactive"),
    path("compte/confirmation/", account_views.reauthenticate, name="account_reauthenticate"),
    path("compte/adresse/", account_views.email, name="account_email"),
    path("compte/adresse/code/", account_views.email_verification_sent, name="account_email_verification_sent"),
    path("compte/mot-de-passe/", account_views.password_change, name="account_change_password"),
    path("compte/mot-de-passe/choisir/", account_views.password_set, name="account_set_password"),
    path("compte/mot-de-passe/oublie/", account_views.password_reset, name="account_reset_password"),
    path("compte/mot-de-passe/oublie/envoye/", account_views.password_reset_done, name="account_reset_password_done"),
    path(
        "compte/mot-de-passe/nouveau/fait/",
        account_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^compte/mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(SECOND, mfa_views.index, name="mfa_index"),
    path(f"{SECOND}verification/", mfa_views.authenticate, name="mfa_authenticate"),
    path(f"{SECOND}confirmation/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path(f"{SECOND}application/", totp_views.activate_totp, name="mfa_activate_totp"),
    path(f"{SECOND}application/retirer/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path(f"{SECOND}codes-de-secours/", recovery_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(f"{SECOND}codes-de-secours/nouveaux/", recovery_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(f"{SECOND}codes-de-secours/fichier/", recovery_views.download_recovery_codes, name="mfa_download_recovery_codes"),
    path(f"{SECOND}cles/", webauthn_views.list_webauthn, name="mfa_list_webauthn"),
    path(f"{SECOND}cles/ajouter/", webauthn_views.add_webauthn, name="mfa_add_webauthn"),
    path(f"{SECOND}cles/confirmation/", webauthn_views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(f"{SECOND}cles/connexion/", webauthn_views.login_webauthn, name="mfa_login_webauthn"),
    path(f"{SECOND}cles/<int:pk>/retirer/", views.RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path(f"{SECOND}cles/<int:pk>/nom/", webauthn_views.edit_webauthn, name="mfa_edit_webauthn"),
]
