"""Findings as test results in JUnit XML, for Jenkins and most other servers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from fii_cli.diagnostics import Diagnostic
from fii_cli.language import Language
from fii_cli.output.concise import SEVERITIES
from fii_cli.rules.seen import Judged
from fii_cli.visible import LOG_COMMAND, visible


def as_junit(judgements: Sequence[Judged], say: Language, fails: Callable[[Diagnostic, str], bool]) -> str:
    """A suite for each file, with a case for each finding, or one passed case if there are none.

    A finding for which ``fails`` is true is a failure; any other is the output of a passed case.
    """
    suites = Element("testsuites", name="fii check")
    for judgement in judgements:
        found = judgement.diagnostics
        failed = sum(fails(d, judgement.path) for d in found)
        counts = {"tests": str(len(found) or 1), "failures": str(failed), "errors": "0", "skipped": "0"}
        suite = SubElement(suites, "testsuite", counts | {"name": _text(judgement.path)})
        if not found:
            SubElement(suite, "testcase", name="fii check", classname=_text(judgement.path))
        for d in found:
            name = _text(f"{d.code} {say(d.message)}")
            case = SubElement(suite, "testcase", name=name, classname=_text(d.path))
            lines = [f"{d.place}: {d.code} {say(d.message)}"]
            lines += [f"{say('help')}: {say(d.hint)}"] if d.hint else []
            told = "\n".join(map(_text, lines))
            if fails(d, judgement.path):
                kind = {"message": _text(say(d.message)), "type": say(SEVERITIES[d.severity.label])}
                SubElement(case, "failure", kind).text = told
            else:
                SubElement(case, "system-out").text = told
    indent(suites)
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, encoding="unicode")
    return re.sub(LOG_COMMAND, r"##\1&#91;", text)


def _text(text: str) -> str:
    """Text on one line, without characters that XML cannot represent."""
    return visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
