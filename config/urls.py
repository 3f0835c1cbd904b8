"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve as serve_media
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents.views.serve import serve as serve_document
from wagtail.urls import serve_pattern
from wagtail.views import serve as serve_page

from config.showcase import components
from config.views import health, robots

# The administrations' own sign-in pages accept a password alone, without the second factor: ours comes before them.
to_sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))

urlpatterns = [
    path("sante/", health, name="health"),
    path("admin/login/", to_sign_in),
    path("django-admin/login/", to_sign_in),
    path("django-admin/", admin.site.urls),
    path("admin/", include(wagtailadmin_urls)),
    # Where Wagtail sends a visitor who opens a page or a document kept for people who are signed in.
    path("compte/acces/", to_sign_in, name="wagtailcore_login"),
    # Wagtail's public views do not say that they are public: we do.
    re_path(r"^fichiers/(\d+)/(.*)$", login_not_required(serve_document), name="wagtaildocs_serve"),
    path("sitemap.xml", login_not_required(sitemap), name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("", include("aap.urls")),
    path("jury/", include("scoring.urls")),
]

if settings.DEBUG or getattr(settings, "COMPONENTS_PAGE", False):
    urlpatterns += [path("composants/", components, name="components")]
if settings.SERVE_MEDIA:
    # Images of pages alone: documents have one address, /fichiers/, which checks who may read them.
    urlpatterns += [
        path(
            f"medias/{folder}/<path:path>",
            login_not_required(serve_media),
            {"document_root": settings.MEDIA_ROOT / folder},
            name=name,
        )
        for folder, name in (("images", "media"), ("original_images", "original_media"))
    ]

# Wagtail's pages come last: they answer for every other address.
urlpatterns += [re_path(serve_pattern, login_not_required(serve_page), name="wagtail_serve")]
