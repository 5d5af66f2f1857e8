"""Text that fii writes into a trajectory."""

from __future__ import annotations

import json
import re
import unicodedata

_PLAIN = re.compile(r"[A-Za-zÀ-ɏ][\w À-ɏ.()/'+-]*(?:, [\w À-ɏ.()/'+-]+)*", re.UNICODE)
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_DOUBTFUL = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"})


def scalar(text: str, *, flow: bool = False) -> str:
    """A value as YAML: plain where no parser could doubt it, between double quotes elsewhere.

    Inside brackets (``flow``) a comma asks for quotes too.
    """
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.lower() not in _DOUBTFUL
    if plain and not (flow and "," in text):
        return text
    if _DATE.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def word_for(text: str) -> str:
    """A short id for a name: ``Stichting Aanzet`` becomes ``stichting-aanzet``."""
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_.lower().replace("'", "")).strip("-")[:60].rstrip("-")
