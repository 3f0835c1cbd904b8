"""Import each room's own models."""

from cms.identity.models import SiteIdentity  # noqa: F401
from cms.pages.models import (  # noqa: F401
    AxisPage,
    CallIndexPage,
    CallPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    RoadmapPage,
    StandardPage,
)
