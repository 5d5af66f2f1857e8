"""Findings as SARIF 2.1.0, for the code scanning of forges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from fii_cli import __version__
from fii_cli.diagnostics import Diagnostic, Severity, Span
from fii_cli.handbook import Handbook
from fii_cli.language import Language
from fii_cli.output.fingerprint import with_fingerprints
from fii_cli.project.provenance import Provenance
from fii_cli.rules import BY_CODE
from fii_cli.rules.seen import MOST_LINES, Judged, Lines, around
from fii_cli.visible import as_json, as_uri, visible

_LEVELS = {Severity.ERROR: "error", Severity.ADVICE: "warning", Severity.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"
"""The usual name for the root of the sources; its URI is left out, since every checkout has another."""


def as_sarif(
    judgements: Sequence[Judged],
    handbook: Handbook,
    say: Language,
    documentation: str | None,
    checked: Provenance | None,
) -> str:
    """A log with one run and every finding; accepted findings are suppressed.

    Paths are relative to the root of the repository, of which ``checked`` says where it comes from.
    ``documentation`` is the URL of the pages in docs/.
    """
    found = [(d, j.document, False) for j in judgements for d in j.diagnostics]
    found += [(d, j.document, True) for j in judgements for d in j.accepted]
    codes = sorted({d.code for d, *_ in found})
    driver: dict[str, Any] = {
        "name": "fii",
        "semanticVersion": __version__,
        "version": __version__,
        "rules": [_rule(code, handbook, say, documentation) for code in codes],
    }
    if documentation:
        driver["informationUri"] = documentation
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_ROOT: {"description": {"text": say("the root of the repository")}}},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(found, codes, say)),
    }
    if checked:
        version = {"revisionId": checked.commit} if checked.commit else {}
        mapped = {"repositoryUri": checked.repository, **version, "mappedTo": {"uriBaseId": _ROOT}}
        run["versionControlProvenance"] = [mapped]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return as_json(log)


def _rule(code: str, handbook: Handbook, say: Language, documentation: str | None) -> dict[str, Any]:
    text = handbook.rule(code)
    name, why, do = say.pick(text.name), say.pick(text.why), say.pick(text.do)
    rule: dict[str, Any] = {
        "id": code,
        "name": identifier(text.name.en),
        "shortDescription": {"text": name},
        "fullDescription": {"text": why},
        "help": {"text": f"{why}\n\n{do}", "markdown": f"{why}\n\n**{say('What to do')}**: {do}"},
        "defaultConfiguration": {"level": _LEVELS[BY_CODE[code].severity]},
    }
    if documentation:
        rule["helpUri"] = f"{documentation}/rules.{say.code}.md#{code.lower()}"
    return rule


def identifier(name: str) -> str:
    """A name in one word, as in ``UnknownKey``; without articles, which would be capitals in a row."""
    words = re.findall("[a-z0-9]+", name.lower().replace("-", ""))
    return "".join(word.capitalize() for word in words if word not in ("a", "an", "the"))


def _results(
    found: list[tuple[Diagnostic, Lines, bool]], codes: list[str], say: Language
) -> Iterator[dict[str, Any]]:
    fingerprints = with_fingerprints(d for d, *_ in found)
    for (d, document, accepted), (_, fingerprint) in zip(found, fingerprints, strict=True):
        told = _plain(say(d.message)) + (f"\n{say('help')}: {_plain(say(d.hint))}" if d.hint else "")
        result: dict[str, Any] = {
            "ruleId": d.code,
            "ruleIndex": codes.index(d.code),
            "level": _LEVELS[d.severity],
            "message": {"text": told},
            "locations": [_location(d.path, d.span, document)],
            "partialFingerprints": {"fii/v1": fingerprint},
        }
        if d.related:
            result["relatedLocations"] = [
                {**_location(d.path, span, document), "message": {"text": _plain(say(message))}}
                for span, message in d.related
            ]
        if accepted:
            result["suppressions"] = [{"kind": "inSource"}]
        yield result


def _plain(text: str) -> str:
    """A message with links and placeholders escaped, as the standard requires (3.11.5 and 3.11.6)."""
    text = re.sub(r"\{(\d+)\}", r"{{\1}}", visible(text))
    return re.sub(r"([\\\[\]])", r"\\\1", text) if "](" in text else text


def _location(path: str, span: Span, document: Lines) -> dict[str, Any]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "snippet": {"text": _snippet(span, document)},
    }
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": as_uri(path), "uriBaseId": _ROOT},
            "region": region,
            "contextRegion": _lines_around(span, document),
        }
    }


def _snippet(span: Span, document: Lines) -> str:
    """The text of a span, or its first lines."""
    last = min(span.end_line, span.line + MOST_LINES - 1)
    lines = [document.line(number) for number in range(span.line, last + 1)]
    if last == span.end_line:
        lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def _lines_around(span: Span, document: Lines) -> dict[str, Any]:
    """The whole lines of a span, with the line before and after it."""
    first, last = around(span, document.last_line)
    region = Span(first, 1, last, len(document.line(last)) + 1)
    return {"startLine": first, "endLine": last, "snippet": {"text": _snippet(region, document)}}
