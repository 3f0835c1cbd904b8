"""The verbs of an application, from the first draft to the receipt."""

from aap.applications.services.deposit import submit
from aap.applications.services.documents import attach_document, remove_document
from aap.applications.services.drafts import save_section, start
from aap.applications.services.merging import merge_section
from aap.applications.services.receipts import ensure_receipt_pdf, issue_receipt
from aap.applications.services.withdrawal import withdraw

__all__ = [
    "attach_document",
    "ensure_receipt_pdf",
    "issue_receipt",
    "merge_section",
    "remove_document",
    "save_section",
    "start",
    "submit",
    "withdraw",
]
