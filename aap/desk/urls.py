"""Addresses of the officers' space."""

from django.urls import path

from aap.desk.views import acts, dossier, listing

app_name = "desk"

DOSSIER = "instruction/dossier/<uuid:public_id>/"

urlpatterns = [
    path("instruction/", listing.home, name="home"),
    path(DOSSIER, dossier.application, name="application"),
    path(f"{DOSSIER}commencer/", acts.start, name="start"),
    path(f"{DOSSIER}constats/", acts.check, name="check"),
    path(f"{DOSSIER}recevable/", acts.declare_admissible, name="declare_admissible"),
    path(f"{DOSSIER}suivi/", acts.assign, name="assign"),
    path(f"{DOSSIER}pieces/<uuid:document_id>/", dossier.document, name="document"),
    path("instruction/<slug:slug>/", listing.call, name="call"),
    path("instruction/<slug:slug>/dossiers.csv", listing.export, name="export"),
]
