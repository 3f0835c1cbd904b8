"""Read a PDF as a reader and as a checker would."""

from io import BytesIO

import pikepdf
import pypdfium2


def text_of(pdf: bytes) -> str:
    """The words of the document, spaces of every kind made plain."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def page_count(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def faults(pdf: bytes) -> list[str]:
    """What PDF/A-3a and PDF/UA want and the file lacks, as far as it can be seen without a validator."""
    with pikepdf.open(BytesIO(pdf)) as document:
        root = document.Root
        metadata = document.open_metadata()
        wanted = {
            "langue": str(root.get("/Lang", "")) == "fr",
            "marquage": bool(root.get("/MarkInfo", {}).get("/Marked", False)),
            "structure": "/StructTreeRoot" in root,
            "titre": bool(metadata.get("dc:title")),
            "titre affiché": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
            "PDF/A": (metadata.get("pdfaid:part"), str(metadata.get("pdfaid:conformance")).upper()) == ("3", "A"),
            "PDF/UA": metadata.get("{http://www.aiim.org/pdfua/ns/id/}part") == "1",
            "polices incorporées": _fonts_embedded(document),
        }
    return [name for name, present in wanted.items() if not present]


def _fonts_embedded(document: pikepdf.Pdf) -> bool:
    descriptors = [
        each for each in document.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    ]
    return bool(descriptors) and all(
        any(key in each for key in ("/FontFile", "/FontFile2", "/FontFile3")) for each in descriptors
    )
