"""The language server for YAML that editors start, spoken to as an editor does."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outside import node_module, program

MODELINE = "# yaml-language-server: $schema=.fii/trajectory.schema.json\n"
CURSOR = "‸"
"""Where the cursor is in a text."""


@dataclass(frozen=True)
class Offer:
    """What is offered at the cursor: its name, what it inserts, and what it says."""

    label: str
    inserts: str
    says: str


class Server:
    """A language server in a folder, with the settings that ``fii init`` wrote there."""

    def __init__(self, folder: Path) -> None:
        server = node_module("yaml-language-server/bin/yaml-language-server")
        self.process = subprocess.Popen(
            [program("node"), server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self.settings = _settings_in(folder)
        self.folder, self.last = folder, 0
        self.opened = dict[str, str]()
        self.diagnostics = dict[str, list[dict[str, Any]]]()
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities=_CAPABILITIES)
        self.tell("initialized")

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()

    def offers(self, text: str) -> list[Offer]:
        """What it offers at the cursor, in the order in which an editor shows it."""
        where = self._at(text)
        items = self.ask("textDocument/completion", **where)["items"]
        items.sort(key=lambda each: each.get("sortText") or each["label"])
        return [Offer(each["label"], each["insertText"], _plain(each.get("documentation"))) for each in items]

    def hover(self, text: str) -> str:
        """What it tells about the word at the cursor."""
        told = self.ask("textDocument/hover", **self._at(text))
        return str(told["contents"]["value"]) if told else ""

    def underlines(self, text: str) -> list[tuple[str, str]]:
        """What it underlines, each with its message."""
        return [(_part(text, each["range"]), each["message"]) for each in self._wrong(text)]

    def fixes(self, text: str) -> list[str]:
        """What it offers to put in place of the first part that it underlines."""
        first, *_ = self._wrong(text)
        asked = {"textDocument": {"uri": self.open(text)}, "range": first["range"]}
        return [
            each["title"]
            for each in self.ask("textDocument/codeAction", **asked, context={"diagnostics": [first]})
        ]

    def open(self, text: str) -> str:
        """The address of a document with this text; it is checked a moment after it was opened."""
        if text not in self.opened:
            uri = self.opened[text] = (self.folder / f"{len(self.opened)}.yaml").as_uri()
            document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
            self.tell("textDocument/didOpen", textDocument=document)
        return self.opened[text]

    def _wrong(self, text: str) -> list[dict[str, Any]]:
        uri = self.open(text)
        while uri not in self.diagnostics:
            self._read()
        return self.diagnostics[uri]

    def _at(self, text: str) -> dict[str, Any]:
        before, after = text.split(CURSOR)
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return {"textDocument": {"uri": self.open(before + after)}, "position": position}

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        self.last += 1
        self._send({"id": self.last, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self.last and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin
        raw = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(raw), raw))
        self.process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        out = self.process.stdout
        assert out
        length = 0
        while line := out.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the language server ended"
        message: dict[str, Any] = json.loads(out.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            asked = message["params"]["items"]
            result = [self.settings if each.get("section") == "yaml" else {} for each in asked]
            self._send({"id": message["id"], "result": result})
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message


def _settings_in(folder: Path) -> dict[str, Any]:
    """The settings for YAML, as VS Code passes them on; without a store of schemas it needs no network."""
    written = folder / ".vscode/settings.json"
    settings = json.loads(written.read_text("utf-8")) if written.exists() else {}
    ours = {key: value for key, value in settings.items() if key.startswith("yaml.")}
    found: dict[str, Any] = {"schemaStore": {"enable": False}}
    for key, value in ours.items():
        inner = found
        *parts, last = key.split(".")[1:]
        for part in parts:
            inner = inner.setdefault(part, {})
        inner[last] = value
    return found


def _part(text: str, span: dict[str, Any]) -> str:
    line = text.splitlines()[span["start"]["line"]]
    end = span["end"]["character"] if span["end"]["line"] == span["start"]["line"] else None
    return str(line[span["start"]["character"] : end])


def _plain(documentation: Any) -> str:
    return str(documentation["value"] if isinstance(documentation, dict) else documentation or "")


_CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "codeAction": {},
        "publishDiagnostics": {},
    },
}
