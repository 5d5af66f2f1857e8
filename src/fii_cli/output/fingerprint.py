"""Fingerprints that identify a finding even when lines move: from its code, file, subject and message."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from fii_cli.diagnostics import Diagnostic


def with_fingerprints(
    found: Iterable[Diagnostic], seen_as: Callable[[str], str]
) -> Iterator[tuple[Diagnostic, str]]:
    """Each diagnostic with a unique fingerprint of 32 hex digits, the same in every run.

    ``seen_as`` gives the path of a file from the root of the repository.
    """
    seen: Counter[str] = Counter()
    for d in found:
        identity = f"{d.code} {seen_as(d.path)} {d.about or ''} {d.message.text}"  # lines can change
        seen[identity] += 1
        counted = f"{identity} {seen[identity]}".encode(errors="surrogatepass")
        yield d, hashlib.sha256(counted).hexdigest()[:32]
