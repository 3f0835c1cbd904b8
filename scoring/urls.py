"""Every address of the jury."""

from django.urls import path

from scoring.assignments import views as assignments
from scoring.deliberations import views as deliberations
from scoring.grids import views as grids
from scoring.panels import views as panels
from scoring.reviews import views as reviews
from scoring.secretariat import views as secretariat

app_name = "scoring"
urlpatterns = [
    path("", reviews.home, name="home"),
    path("dossiers/<uuid:public_id>/", reviews.score, name="review"),
    path("dossiers/<uuid:public_id>/remettre/", reviews.hand_in, name="hand_in"),
    path("dossiers/<uuid:public_id>/brouillon/", reviews.autosave, name="autosave"),
    path("pieces/<uuid:public_id>/", reviews.document, name="document"),
    path("secretariat/", secretariat.secretariat, name="secretariat"),
    path("secretariat/<slug:slug>/", secretariat.overview, name="secretariat_call"),
    path("secretariat/<slug:slug>/constituer/", panels.open_panel, name="open_panel"),
    path("secretariat/<slug:slug>/membres/", panels.members, name="members"),
    path("secretariat/<slug:slug>/membres/<uuid:public_id>/retirer/", panels.remove, name="remove_member"),
    path("secretariat/<slug:slug>/reglages/", panels.settings, name="settings"),
    path("secretariat/<slug:slug>/grille/", grids.grid, name="grid"),
    path("secretariat/<slug:slug>/affectations/", assignments.matrix, name="assignments"),
    path("secretariat/<slug:slug>/evaluations/", secretariat.reviews, name="reviews"),
    path("secretariat/<slug:slug>/evaluations/<uuid:public_id>/rouvrir/", secretariat.reopen, name="reopen"),
    path("secretariat/<slug:slug>/deports/", secretariat.recusals, name="recusals"),
    path("secretariat/<slug:slug>/deports/<uuid:application>/<uuid:person>/lever/", secretariat.lift, name="lift"),
    path("secretariat/<slug:slug>/date-de-seance/", deliberations.plan, name="plan"),
    path("proces-verbaux/<uuid:public_id>/", deliberations.minutes, name="minutes"),
    path("proces-verbaux/<uuid:public_id>/pdf/", deliberations.minutes_pdf, name="minutes_pdf"),
    path("<slug:slug>/interets/", panels.interests, name="interests"),
    path("<slug:slug>/classement/", deliberations.ranking, name="ranking"),
    path("<slug:slug>/seance/", deliberations.sitting, name="sitting"),
    path("<slug:slug>/seance/presences/", deliberations.attendance, name="attendance"),
    path("<slug:slug>/seance/cloture/", deliberations.close, name="close"),
]
