"""A stable fingerprint of a finding, even when lines move: its code, its file and its subject."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from fii_cli.diagnostics import Diagnostic


def with_fingerprints(
    found: Iterable[Diagnostic], seen_as: Callable[[str], str]
) -> Iterator[tuple[Diagnostic, str]]:
    """Each diagnostic with a unique fingerprint of 32 characters, stable over time."""
    seen: Counter[str] = Counter()
    for d in found:
        said = f"{d.code} {seen_as(d.path)} {d.about or ''} {d.message.text}"  # not the line: that moves
        seen[said] += 1
        yield d, hashlib.sha256(f"{said} {seen[said]}".encode(errors="surrogatepass")).hexdigest()[:32]
