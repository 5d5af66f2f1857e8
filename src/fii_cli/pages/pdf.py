"""A report on paper: the page of the report as PDF/UA."""

from __future__ import annotations

import logging
from typing import Any

from fii_cli.pages.libraries import library


def as_pdf(page: str, mark: str) -> bytes:
    """The PDF of a page, accessible (PDF/UA-1), without fetching anything outside the page.

    ``mark`` is the marker for its metadata.
    """
    weasyprint = library("weasyprint", "pdf")
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # the CSS it ignores is for screens
    fetcher = weasyprint.URLFetcher(allowed_protocols=("data",))
    document = weasyprint.HTML(string=page, url_fetcher=fetcher).render(pdf_variant="pdf/ua-1")
    document.metadata.keywords = [mark]
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_open_metadata)
    return made


def _open_metadata(_document: Any, pdf: Any) -> None:
    """Leave the metadata uncompressed, so that the marker can be read without a PDF library."""
    for part in pdf.objects:
        if getattr(part, "extra", {}).get("Type") == "/Metadata":
            part.compress = False
