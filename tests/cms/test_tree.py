"""Where each kind of page may stand, and what an editor may put in it."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page

from cms.blocks.body import BODY_BLOCKS
from cms.blocks.figures import PictureBlock
from cms.blocks.text import RICH_TEXT_FEATURES, HeadingBlock
from cms.identity.models import SiteIdentity
from cms.pages import models

CHILDREN = {
    "HomePage": ["RoadmapPage", "CallIndexPage", "NewsIndexPage", "StandardPage"],
    "RoadmapPage": ["AxisPage", "StandardPage"],
    "AxisPage": ["StandardPage"],
    "CallIndexPage": ["CallPage"],
    "CallPage": ["StandardPage"],
    "NewsIndexPage": ["NewsPage"],
    "NewsPage": [],
    "StandardPage": ["StandardPage"],
}
KINDS = [getattr(models, name) for name in CHILDREN]


def test_tree_allows_these_children_and_no_other():
    allowed = {kind.__name__: {child.__name__ for child in kind.allowed_subpage_models()} for kind in KINDS}
    assert allowed == {name: set(children) for name, children in CHILDREN.items()}


def test_only_a_home_page_stands_at_the_root():
    ours = {kind.__name__ for kind in Page.allowed_subpage_models() if kind._meta.app_label == "cms"}
    assert ours == {"HomePage"}


def test_lists_exist_once(site):
    assert [kind.__name__ for kind in KINDS if kind.can_create_at(site)] == ["RoadmapPage", "StandardPage"]


def test_rich_text_offers_no_image_no_heading_no_embed():
    assert RICH_TEXT_FEATURES == ["bold", "italic", "link", "document-link", "ol", "ul", "superscript"]


def test_headings_are_of_level_two_or_three():
    block = HeadingBlock()
    assert [value for value, _ in block.child_blocks["level"].field.choices if value] == ["h2", "h3"]
    with pytest.raises(ValidationError):
        block.child_blocks["level"].clean("h1")


def test_image_without_alternative_is_refused(db):
    from wagtail.images import get_image_model
    from wagtail.images.tests.utils import get_test_image_file

    image = get_image_model().objects.create(title="Atelier", file=get_test_image_file())
    block = PictureBlock().child_blocks["image"]
    value = block.to_python({"image": image.pk, "alt_text": "", "decorative": False})
    with pytest.raises((ValidationError, StreamBlockValidationError)):
        block.clean(value)
    described = block.to_python({"image": image.pk, "alt_text": "Deux personnes devant un ordinateur", "decorative": False})
    assert block.clean(described).contextual_alt_text == "Deux personnes devant un ordinateur"


def blocks_within(name, block):
    """Every block an editor meets, with the name it has in the code."""
    yield name, block
    for child_name, child in getattr(block, "child_blocks", {}).items():
        # The three fields of an image are Wagtail's own.
        if type(block).__module__.startswith("cms."):
            yield from blocks_within(child_name, child)
    if hasattr(block, "child_block"):
        yield from blocks_within("", block.child_block)


def test_every_block_has_a_french_label():
    met = [pair for name, block in BODY_BLOCKS for pair in blocks_within(name, block)]
    assert [name for name, block in met if name and not block.meta.label] == []
    # « Image » and « Page » are the same word in both languages.
    english = {name.replace("_", " ").capitalize() for name, _ in met if name} - {"Image", "Page"}
    assert sorted({str(block.meta.label) for name, block in met if name} & english) == []


@pytest.mark.parametrize("model", [*KINDS, SiteIdentity], ids=lambda model: model.__name__)
def test_every_field_of_ours_has_a_french_name(model):
    own = [field for field in model._meta.local_fields if field.name not in ("id", "page_ptr", "site")]
    # « contact » and « description » are the same words in both languages.
    english = [field.name for field in own if str(field.verbose_name).lower() == field.name.replace("_", " ")]
    assert set(english) <= {"contact", "description"}
    assert str(model._meta.verbose_name) != model._meta.model_name
