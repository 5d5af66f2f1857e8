"""Fingerprints that identify a finding even when lines move: from its code, file, subject and message."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from fii_cli.diagnostics import Diagnostic


def with_fingerprints(found: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Each diagnostic with a unique fingerprint of 32 hex digits, the same in every run."""
    seen: Counter[str] = Counter()
    for d in found:
        identity = f"{d.code} {d.path} {d.about or ''} {d.message.text}"  # lines can change
        seen[identity] += 1
        counted = f"{identity} {seen[identity]}".encode(errors="surrogatepass")
        yield d, hashlib.sha256(counted).hexdigest()[:32]
