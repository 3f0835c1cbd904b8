"""Blocks that show rather than tell."""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class PictureBlock(blocks.StructBlock):
    """An image, with the alternative that Wagtail requires unless it is decorative."""

    image = ImageBlock(label="Image")
    caption = blocks.CharBlock(label="Légende", required=False, max_length=250)

    class Meta:
        icon = "image"
        label = "Image"
        template = "cms/blocks/picture.html"


class KeyFigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label="Chiffre", max_length=20)
    label = blocks.CharBlock(label="Ce qu’il compte", max_length=120)

    class Meta:
        icon = "order"
        label = "Chiffre"


class KeyFiguresBlock(blocks.StructBlock):
    """Two to four figures that say the size of things."""

    figures = blocks.ListBlock(KeyFigureBlock(), label="Chiffres", min_num=2, max_num=4)

    class Meta:
        icon = "order"
        label = "Chiffres clés"
        template = "cms/blocks/key_figures.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Étape", max_length=120)
    text = blocks.TextBlock(label="Explication", required=False)

    class Meta:
        icon = "arrow-right"
        label = "Étape"


class StepsBlock(blocks.StructBlock):
    """What to do, in order."""

    steps = blocks.ListBlock(StepBlock(), label="Étapes", min_num=2)

    class Meta:
        icon = "list-ol"
        label = "Étapes"
        template = "cms/blocks/steps.html"


class CardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=120)
    text = blocks.TextBlock(label="Texte", required=False)
    page = blocks.PageChooserBlock(label="Page", required=False)

    class Meta:
        icon = "doc-full"
        label = "Carte"


class CardsBlock(blocks.StructBlock):
    """Doors to other pages, or partners side by side."""

    cards = blocks.ListBlock(CardBlock(), label="Cartes", min_num=2)

    class Meta:
        icon = "grip"
        label = "Cartes"
        template = "cms/blocks/cards.html"
