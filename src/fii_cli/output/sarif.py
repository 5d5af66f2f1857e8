"""Findings as SARIF 2.1.0, for the code scanning of forges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from fii_cli import __version__
from fii_cli.diagnostics import Diagnostic, Severity, Span
from fii_cli.handbook import Handbook
from fii_cli.language import Language
from fii_cli.output.fingerprint import with_fingerprints
from fii_cli.rules import BY_CODE
from fii_cli.rules.check import Judgement
from fii_cli.visible import as_json, as_uri, visible

_LEVELS = {Severity.ERROR: "error", Severity.ADVICE: "warning", Severity.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(
    judgements: list[Judgement], handbook: Handbook, say: Language, seen_as: Callable[[str], str]
) -> str:
    """A log with one run and every finding; accepted findings are suppressed."""
    found = [(d, False) for j in judgements for d in j.diagnostics]
    found += [(d, True) for j in judgements for d in j.accepted]
    codes = sorted({d.code for d, _ in found})
    driver = {
        "name": "fii",
        "version": __version__,
        "rules": [_rule(code, handbook, say) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(found, codes, say, seen_as)),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return as_json(log)


def _rule(code: str, handbook: Handbook, say: Language) -> dict[str, Any]:
    text = handbook.rule(code)
    return {
        "id": code,
        "shortDescription": {"text": say.pick(text.name)},
        "fullDescription": {"text": say.pick(text.why)},
        "help": {"text": say.pick(text.do)},
        "defaultConfiguration": {"level": _LEVELS[BY_CODE[code].severity]},
    }


def _results(
    found: list[tuple[Diagnostic, bool]], codes: list[str], say: Language, seen_as: Callable[[str], str]
) -> Iterator[dict[str, Any]]:
    fingerprints = with_fingerprints((d for d, _ in found), lambda path: as_uri(seen_as(path)))
    for (d, accepted), (_, fingerprint) in zip(found, fingerprints, strict=True):
        uri = as_uri(seen_as(d.path))
        told = _plain(say(d.message)) + (f"\n{say('help')}: {_plain(say(d.hint))}" if d.hint else "")
        result: dict[str, Any] = {
            "ruleId": d.code,
            "ruleIndex": codes.index(d.code),
            "level": _LEVELS[d.severity],
            "message": {"text": told},
            "locations": [_location(uri, d.span)],
            "partialFingerprints": {"fii/v1": fingerprint},
        }
        if d.related:
            result["relatedLocations"] = [
                {**_location(uri, span), "message": {"text": _plain(say(message))}}
                for span, message in d.related
            ]
        if accepted:
            result["suppressions"] = [{"kind": "inSource"}]
        yield result


def _plain(text: str) -> str:
    """A message with links and placeholders escaped, as the standard requires (3.11.5 and 3.11.6)."""
    text = re.sub(r"\{(\d+)\}", r"{{\1}}", visible(text))
    return re.sub(r"([\\\[\]])", r"\\\1", text) if "](" in text else text


def _location(uri: str, span: Span) -> dict[str, Any]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
