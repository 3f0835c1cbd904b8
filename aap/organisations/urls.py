"""Addresses of « Ma structure »."""

from django.urls import path

from aap.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.home, name="home"),
    path("nouvelle/", views.create, name="create"),
    path("<uuid:public_id>/", views.edit, name="edit"),
]
