"""Addresses of the applicant's space."""

from django.urls import path

from aap.portal.views import deposit, documents, home, review, sections

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("nouvelle/<slug:slug>/", home.start, name="start"),
    path("<uuid:public_id>/", home.application, name="application"),
    path("<uuid:public_id>/rubrique/<slug:section_key>/", sections.section, name="section"),
    path("<uuid:public_id>/pieces/", documents.documents, name="documents"),
    path("<uuid:public_id>/pieces/joindre/<slug:requirement_key>/", documents.attach, name="attach"),
    path("<uuid:public_id>/pieces/<uuid:document_id>/", documents.download, name="document"),
    path("<uuid:public_id>/pieces/<uuid:document_id>/retirer/", documents.remove, name="remove_document"),
    path("<uuid:public_id>/verifier/", review.review, name="review"),
    path("<uuid:public_id>/deposer/", deposit.submit, name="submit"),
    path("<uuid:public_id>/recepisse/", deposit.receipt, name="receipt"),
    path("<uuid:public_id>/recepisse.pdf", deposit.receipt_pdf, name="receipt_pdf"),
    path("<uuid:public_id>/dossier.pdf", deposit.application_pdf, name="application_pdf"),
    path("<uuid:public_id>/retirer/", deposit.withdraw, name="withdraw"),
]
