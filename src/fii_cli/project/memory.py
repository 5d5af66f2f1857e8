"""What fii found in a file before, for as long as everything that it follows from is the same.

That is the text of the file, its path, fii itself and the packages that it reads with, the settings, the own
instruments, and which evidence exists; and the day, for as long as whatever the rules ask about it has the
same answer. An answer does not contain the text: the lines around a finding come from the file. Nothing is
kept of a file with personal data, of one that cannot be read as a trajectory, or of one that refers to
others.

A summary is what another command concludes from a file, such as the lights of one version for ``fii trend``,
or what a portfolio shows of a trajectory: its title, ids, dates and counts, as that command shows them. It is
kept under the same conditions, for the audience that it was made for.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from typing import Any, TypeVar

from fii_cli import __version__
from fii_cli.analysis.recommendations import Outcome
from fii_cli.diagnostics import Diagnostic, Fix, Severity, Span
from fii_cli.language import Message
from fii_cli.project import files
from fii_cli.project.brought_along import is_brought_along
from fii_cli.project.cache import Cache, cache_folder
from fii_cli.project.codec import as_data, as_json, from_data, meant_message, told_message
from fii_cli.project.contents import Content, Contents, digest_of
from fii_cli.project.surroundings import Surroundings, has_evidence
from fii_cli.resources import CONTENT, PACKAGE
from fii_cli.rules.seen import Seen, seen_in
from fii_cli.yaml.document import unreadable

T = TypeVar("T")
Evidence = tuple[tuple[str, bool], ...]
"""The evidence that the rules asked about, and whether it exists."""
_READ_WITH = ("pydantic", "pydantic_core", "ruamel.yaml", "_ruamel_yaml", "phonenumbers", "stdnum")


class Memory:
    """What was found in files before. Close it to keep what is new."""

    def __init__(self, kept: Cache) -> None:
        self._cache = kept
        self.contents = Contents(kept)
        self._within: dict[int, tuple[Surroundings, bytes]] = {}

    def key(self, path: str, content: Content, within: Surroundings) -> bytes | None:
        """The key of a file, from everything that its findings follow from; ``None`` if it has none."""
        if not content.plain:
            return None
        place = os.fsencode(os.path.abspath(path))
        return blake2b(self._digest(within) + content.digest + place, digest_size=32).digest()

    def recall_unread(self, path: str, within: Surroundings) -> Seen | None:
        """What was found in a file that did not change; it is read only if a finding shows lines of it."""
        content = self.contents.known(path)
        if content is None:
            return None

        def read() -> bytes | None:
            try:
                raw = files.trajectory_bytes(path)
            except files.CannotOpen:
                return None
            return raw if digest_of(raw) == content.digest else None

        return self.recall(self.key(path, content, within), path, within, read)

    def recall(
        self, key: bytes | None, path: str, within: Surroundings, read: Callable[[], bytes | None]
    ) -> Seen | None:
        """What was found in a file, if it is known and its evidence is as it was."""
        answer = self._cache.get(key) if key else None
        if answer is None:
            return None
        try:
            said = json.loads(answer)
            first, last = map(date.fromisoformat, said["days"])
            evidence = _evidence(said["evidence"])
            found, accepted = (
                tuple(_diagnostic(each, path) for each in said[name]) for name in ("found", "accepted")
            )
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            return None
        if not first <= within.day <= last or not _is_as_it_was(evidence, path, within):
            return None
        raw = read() if found or accepted else b""
        if raw is None:
            return None
        text = unreadable(raw.decode("utf-8-sig"))
        return seen_in(path, text, found, accepted, evidence, (first, last), lasting=True)

    def keep(self, key: bytes | None, seen: Seen) -> None:
        """Keep what was found in a file, if that lasts."""
        if key is None or seen.days is None or not seen.lasting:
            return
        try:
            told = {
                "found": [_record(each) for each in seen.diagnostics],
                "accepted": [_record(each) for each in seen.accepted],
                "evidence": seen.evidence,
                "days": [day.isoformat() for day in seen.days],
            }
            self._cache.put(key, json.dumps(told, separators=(",", ":")).encode())
        except TypeError:  # a message with a value of another kind
            return

    def outcomes(self, digest: bytes, around: str) -> tuple[Outcome, ...] | None:
        """The outcomes of strategies in a file with these bytes, if they are known."""
        answer = self._cache.get(_key_of_outcomes(digest, around))
        try:
            return None if answer is None else tuple((id_, helped) for id_, helped in json.loads(answer))
        except (ValueError, TypeError, RecursionError):
            return None

    def keep_outcomes(self, digest: bytes, around: str, found: tuple[Outcome, ...]) -> None:
        """Keep the outcomes of strategies in a file."""
        self._cache.put(_key_of_outcomes(digest, around), json.dumps(found).encode())

    def key_of_summary(
        self, what: str, path: str, digest: bytes, within: Surroundings, *more: object
    ) -> bytes:
        """The key of a summary of a file with these bytes, from everything that it follows from.

        ``what`` names the summary, and ``more`` is what it follows from besides ``within``, such as an
        audience: values that their ``repr`` tells apart.
        """
        told = f"summary\0{what}\0{within.day}\0{more!r}\0".encode(errors="surrogatepass")
        place = os.fsencode(os.path.abspath(path))
        return blake2b(told + self._digest(within) + digest + place, digest_size=32).digest()

    def summary(self, kind: type[T], key: bytes, path: str, within: Surroundings) -> T | None:
        """A summary of a file, if it is known and the evidence of the file is as it was."""
        answer = self._cache.get(key)
        if answer is None:
            return None
        try:
            evidence, said = json.loads(answer)
            then, found = _evidence(evidence), from_data(kind, said)
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            return None
        return found if _is_as_it_was(then, path, within) else None

    def keep_summary(self, kind: type[T], key: bytes, found: T, evidence: Evidence | None) -> None:
        """Keep a summary of a file with this evidence; ``None`` if nothing of the file may be kept.

        See :func:`fii_cli.project.judging.lasting`. What JSON cannot tell is not kept.
        """
        if evidence is None:
            return
        try:
            self._cache.put(key, as_json([evidence, as_data(kind, found)]))
        except (ValueError, TypeError, RecursionError):
            return

    def close(self) -> None:
        """Write what is new."""
        self._cache.close()

    def _digest(self, within: Surroundings) -> bytes:
        """The digest of what a file is judged in, apart from the day."""
        known = self._within.get(id(within))
        if known is None or known[0] is not within:
            told = f"{_maker()}\0{replace(within, day=date.min)!r}"
            known = within, blake2b(told.encode(errors="surrogatepass")).digest()
            self._within[id(within)] = known
        return known[1]


def _evidence(said: Any) -> Evidence:
    return tuple((str(each), bool(there)) for each, there in said)


def _is_as_it_was(evidence: Evidence, path: str, within: Surroundings) -> bool:
    return all(has_evidence(within.folders, path, each) == there for each, there in evidence)


def memory_for(paths: Iterable[str]) -> Memory | None:
    """What was found before; ``None`` without a cache folder, and where that is in a repository of the paths.

    What others put in a repository must not decide what fii finds.
    """
    folder = cache_folder(os.environ)
    if folder is None or is_brought_along(folder, paths):
        return None
    return Memory(Cache(folder))


def _key_of_outcomes(digest: bytes, around: str) -> bytes:
    told = f"outcomes\0{_maker()}\0{around}\0".encode(errors="surrogatepass")
    return blake2b(told + digest, digest_size=32).digest()


@cache
def _maker() -> str:
    """What tells this fii from any other."""
    return blake2b(_made_of().encode(errors="surrogatepass")).hexdigest()


def _made_of() -> str:
    return "\0".join([__version__, sys.version, *map(_stamp, makers())])


def makers() -> Iterator[str]:
    """The files that find the findings: this fii with its content, and the packages that it reads with."""
    for folder in sorted({PACKAGE, CONTENT}):
        for parent, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            yield from (os.path.join(parent, name) for name in sorted(names))
    for name in _READ_WITH:
        spec = find_spec(name)
        origin = spec.origin if spec and spec.origin and os.path.isfile(spec.origin) else None
        if origin:
            yield from (origin, os.path.dirname(origin))


def _stamp(path: str) -> str:
    status = os.stat(path)
    return f"{path} {status.st_size} {status.st_mtime_ns}"


# --- findings as JSON ---------------------------------------------------------------------------------------


def _record(found: Diagnostic) -> list[Any]:
    return [
        found.code,
        int(found.severity),
        _numbers(found.span),
        *map(_maybe, (found.message, found.hint, found.label)),
        found.about,
        [[_numbers(span), told_message(message)] for span, message in found.related],
        found.fix,
        found.route,
    ]


def _diagnostic(said: list[Any], path: str) -> Diagnostic:
    code, severity, span, message, hint, label, about, related, fix, route = said
    return Diagnostic(
        code,
        Severity(severity),
        path,
        Span(*span),
        meant_message(message),
        _message(hint),
        _message(label),
        about,
        tuple((Span(*where), meant_message(what)) for where, what in related),
        Fix(tuple(fix[0]), fix[1], fix[2]) if fix else None,
        tuple(route),
    )


def _numbers(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]


def _maybe(message: Message | None) -> list[Any] | None:
    return None if message is None else told_message(message)


def _message(said: list[Any] | None) -> Message | None:
    return None if said is None else meant_message(said)
