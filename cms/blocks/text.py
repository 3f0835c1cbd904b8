"""Blocks of text: what most pages are made of."""

from wagtail import blocks

RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript"]


class HeadingBlock(blocks.StructBlock):
    """A heading within the page; the page's title is its only h1."""

    text = blocks.CharBlock(label="Titre", max_length=160)
    level = blocks.ChoiceBlock(label="Niveau", choices=[("h2", "Titre de partie"), ("h3", "Sous-titre")], default="h2")

    class Meta:
        icon = "title"
        label = "Titre"
        template = "cms/blocks/heading.html"


class QuoteBlock(blocks.StructBlock):
    """Words of someone, and who said them."""

    text = blocks.TextBlock(label="Citation")
    source = blocks.CharBlock(label="Auteur ou source", required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = "Citation"
        template = "cms/blocks/quote.html"


class CallOutBlock(blocks.StructBlock):
    """Something the reader must not miss."""

    title = blocks.CharBlock(label="Titre", required=False, max_length=120)
    text = blocks.RichTextBlock(label="Texte", features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "warning"
        label = "Encadré"
        template = "cms/blocks/call_out.html"


class AccordionItemBlock(blocks.StructBlock):
    """One question and its answer, or one part that may be folded."""

    title = blocks.CharBlock(label="Question ou titre", max_length=160)
    text = blocks.RichTextBlock(label="Texte", features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "list-ul"
        label = "Élément"


class AccordionBlock(blocks.StructBlock):
    """Parts that may be folded, readable without JavaScript."""

    entries = blocks.ListBlock(AccordionItemBlock(), label="Éléments")

    class Meta:
        icon = "list-ul"
        label = "Accordéon"
        template = "cms/blocks/accordion.html"


class DefinitionBlock(blocks.StructBlock):
    term = blocks.CharBlock(label="Sigle ou nom", max_length=80)
    text = blocks.TextBlock(label="Ce que c’est")

    class Meta:
        icon = "tag"
        label = "Définition"


class DefinitionsBlock(blocks.StructBlock):
    """Names and what they mean: acronyms, partners, figures of a notice."""

    definitions = blocks.ListBlock(DefinitionBlock(), label="Définitions", min_num=1)

    class Meta:
        icon = "tag"
        label = "Définitions"
        template = "cms/blocks/definitions.html"
