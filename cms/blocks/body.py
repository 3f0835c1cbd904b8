"""The body of a page: every block an editor may place."""

from wagtail import blocks

from cms.blocks.figures import CardsBlock, KeyFiguresBlock, PictureBlock, StepsBlock
from cms.blocks.text import (
    RICH_TEXT_FEATURES,
    AccordionBlock,
    CallOutBlock,
    DefinitionsBlock,
    HeadingBlock,
    QuoteBlock,
)

BODY_BLOCKS = [
    ("heading", HeadingBlock()),
    ("text", blocks.RichTextBlock(label="Texte", features=RICH_TEXT_FEATURES, icon="pilcrow", template="cms/blocks/text.html")),
    ("call_out", CallOutBlock()),
    ("steps", StepsBlock()),
    ("cards", CardsBlock()),
    ("key_figures", KeyFiguresBlock()),
    ("accordion", AccordionBlock()),
    ("definitions", DefinitionsBlock()),
    ("quote", QuoteBlock()),
    ("picture", PictureBlock()),
]
