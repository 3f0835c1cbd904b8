"""Addresses of this room: the officers' under /decisions/, the applicant's beside the application."""

from django.urls import path

from aap.decisions.views import admissibility, overview, reading, release, resolution

app_name = "decisions"

urlpatterns = [
    path("candidatures/<uuid:public_id>/decision/", reading.read, name="read"),
    path("candidatures/<uuid:public_id>/decision/lettre.pdf", reading.letter, name="letter"),
    path("decisions/", overview.index, name="index"),
    path("decisions/dossier/<uuid:public_id>/irrecevabilite/", admissibility.declare, name="declare_inadmissible"),
    path("decisions/envoi/<uuid:public_id>/", release.detail, name="release"),
    path("decisions/envoi/<uuid:public_id>/avancement/", release.progress, name="release_progress"),
    path("decisions/envoi/<uuid:public_id>/verifier/", release.check, name="release_check"),
    path("decisions/envoi/<uuid:public_id>/refaire/", release.regenerate, name="release_regenerate"),
    path("decisions/envoi/<uuid:public_id>/publier/", release.publish, name="release_publish"),
    path("decisions/lettre/<uuid:public_id>/", release.letter, name="officer_letter"),
    path("decisions/lettres/<uuid:public_id>/preparer/", release.prepare, name="prepare"),
    path("decisions/<slug:slug>/", overview.detail, name="call"),
    path("decisions/<slug:slug>/deliberation/", resolution.record, name="resolution"),
]
