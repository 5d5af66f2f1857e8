"""A report on paper: the page of the report as PDF/UA."""

from __future__ import annotations

import logging

from fii_cli.office import library


def as_pdf(page: str) -> bytes:
    """The PDF of a page; it fetches nothing beside what the page holds, and can be read aloud (PDF/UA-1)."""
    weasyprint = library("weasyprint", "pdf")
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # what it leaves out of CSS is for screens
    fetcher = weasyprint.URLFetcher(allowed_protocols=("data",))
    made: bytes = weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1")
    return made
