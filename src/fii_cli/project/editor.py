"""Files for VS Code: settings, tasks and snippets, in the language of the user."""

from __future__ import annotations

import re
from typing import Any

from fii_cli.edits.kinds import KINDS
from fii_cli.language import Language, msg
from fii_cli.trajectory.base import Record
from fii_cli.trajectory.head import Visit
from fii_cli.trajectory.labels import FIELD_LABELS
from fii_cli.trajectory.places import closed_values, record_in
from fii_cli.words import LIGHTS

_TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
_ENOUGH = 2
"""The minimum number of keys in a snippet."""
_KINDS = {"error": "error", "advice": "warning", "info": "info"}


def editor_settings(folder: str, schema: str) -> dict[str, Any]:
    """Settings that apply the schema to trajectories, and keep the editor from reformatting them."""
    return {
        "yaml.schemas": {schema: [f"{folder}/*.yaml", f"{folder}/*.yml"]},
        "yaml.format.enable": False,
        "yaml.hoverSchemaSource": False,
        "[yaml]": {
            "editor.insertSpaces": True,
            "editor.tabSize": 2,
            "editor.quickSuggestions": {"strings": "on"},
            "files.eol": "\n",
        },
    }


def editor_tasks(say: Language, words_of: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """Tasks that check and render. ``words_of`` are the names of the severities, for the problem matcher."""
    return {
        "version": "2.0.0",
        "tasks": [
            {
                "label": say(msg("fii: check the trajectories")),
                "type": "shell",
                "command": "fii check --format concise --color never",
                "group": {"kind": "test", "isDefault": True},
                "presentation": {"reveal": "silent", "clear": True},
                "problemMatcher": [_matcher(label, words) for label, words in words_of.items()],
            },
            {
                "label": say(msg("fii: generate the report of this file")),
                "type": "shell",
                "command": "fii",
                "args": ["report", "${file}"],
                "problemMatcher": [],
            },
        ],
    }


def _matcher(severity: str, words: tuple[str, ...]) -> dict[str, Any]:
    said = "|".join(re.escape(word) for word in words)
    return {
        "owner": f"fii-{severity}",
        "source": "fii",
        "severity": _KINDS[severity],
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {
            "regexp": rf"^(.+?):(\d+):(\d+): (FII\d{{3}}) (?:{said}): (.*)$",
            "file": 1,
            "line": 2,
            "column": 3,
            "code": 4,
            "message": 5,
        },
    }


def snippets(say: Language) -> dict[str, Any]:
    """Snippets such as ``fii-contact``, one for each kind of fact."""
    found = {
        say("trajectory"): (_HEAD, say("the head of a trajectory")),
        say("visit"): (_entry(Visit, say), say("a visit to a phase")),
        "stoplicht": (_lights(), say("lights that were rated on a day")),
    }
    for kind in KINDS:
        body = _entry(kind.record, say)
        if kind.steps:
            body = [
                f"${{1|{','.join(kind.steps)}|}}:",
                *(f"  {line[2:]}" for line in _entry(kind.record, say, 2)),
            ]
        found[say(kind.name)] = (body, say(kind.summary))
    return {
        f"fii: {name}": {
            "prefix": f"fii-{name.replace(' ', '-')}",
            "scope": "yaml",
            "body": body,
            "description": description,
        }
        for name, (body, description) in found.items()
    }


_HEAD = [
    "fii: 1",
    "title: ${1:titel}",
    "language: ${2|nl,en|}",
    "entry:",
    "  date: ${3:$CURRENT_YEAR-$CURRENT_MONTH}",
    "  commission: ${4|gevraagd,ongevraagd|}",
]


def _lights() -> list[str]:
    head = ["- instrument: stoplicht", f"  date: ${{1:{_TODAY}}}", "  ratings:"]
    return [*head, f"    ${{2:2a.cultuur}}: ${{3|{','.join(LIGHTS)}|}}"]


def _entry(record: type[Record], say: Language, first: int = 1) -> list[str]:
    """A list item with its required keys, or else its first keys."""
    fields: dict[str, Any] = record.model_fields
    plain = {name: info for name, info in fields.items() if not record_in(info.annotation)}
    must = [name for name, info in plain.items() if info.is_required()]
    names = must + [name for name in plain if name not in must][: max(0, _ENOUGH - len(must))]
    lines = []
    for at, name in enumerate(names, first):
        words = closed_values(plain[name].annotation)
        told = _TODAY if name == "date" else say(FIELD_LABELS.get(name, name)).lower()
        value = f"${{{at}|{','.join(words)}|}}" if words else f"${{{at}:{told}}}"
        many = "tuple" in str(plain[name].annotation)
        lines.append(f"{name}: {f'[{value}]' if many else value}")
    return [f"{'- ' if at == 0 else '  '}{line}" for at, line in enumerate(lines)]
