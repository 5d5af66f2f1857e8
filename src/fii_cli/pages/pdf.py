"""A report on paper: the page of the report as PDF/UA."""

from __future__ import annotations

import logging
from typing import Any

from fii_cli.pages.libraries import library


def as_pdf(page: str, mark: str) -> bytes:
    """The PDF of a page; it fetches nothing beside what the page holds, and can be read aloud (PDF/UA-1).

    ``mark`` is what it says of itself in its metadata, by which it is recognised.
    """
    weasyprint = library("weasyprint", "pdf")
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # what it leaves out of CSS is for screens
    fetcher = weasyprint.URLFetcher(allowed_protocols=("data",))
    document = weasyprint.HTML(string=page, url_fetcher=fetcher).render(pdf_variant="pdf/ua-1")
    document.metadata.keywords = [mark]
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_open_metadata)
    return made


def _open_metadata(_document: Any, pdf: Any) -> None:
    """Leave the metadata uncompressed, so that it can be read without a reader of PDF."""
    for part in pdf.objects:
        if getattr(part, "extra", {}).get("Type") == "/Metadata":
            part.compress = False
