"""What an editor shows, by the real yaml-language-server: completion, hover, and one error for one typo."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from helpers import HEAD
from outside import node_module, program

TEXT = f"""\
# yaml-language-server: $schema=.fii/trajectory.schema.json
{HEAD}visits:
  - phase:{" "}
    entered: 2025-01
"""
WORDS = {
    "nl": {
        "hover": "De fase, met naam of nummer.",
        "phase": "verkennen",
        "error": "kies uit: ",
        "key": "deze sleutels passen hier: fii, title",
        "date": "schrijf een dag",
    },
    "en": {
        "hover": "The phase, by name or number.",
        "phase": "exploring",
        "error": "choose from: ",
        "key": "valid keys: fii, title",
        "date": "write a day",
    },
}


class Server:
    """The language server, spoken to as an editor does."""

    def __init__(self, folder: Path) -> None:
        server = node_module("yaml-language-server/bin/yaml-language-server")
        self.process = subprocess.Popen(
            [program("node"), server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self.folder, self.last, self.diagnostics = folder, 0, dict[str, list[dict[str, Any]]]()
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities=_CAPABILITIES)
        self.tell("initialized")

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

    def open(self, name: str, text: str) -> dict[str, str]:
        uri = (self.folder / name).as_uri()
        self.tell(
            "textDocument/didOpen",
            textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": text},
        )
        return {"uri": uri}

    def errors(self, uri: str) -> list[dict[str, Any]]:
        """What it underlines in a file, once it has looked."""
        while uri not in self.diagnostics:
            self._read()
        return self.diagnostics[uri]

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
        message: dict[str, Any] = json.loads(out.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            settings = [
                {"completion": True, "hover": True, "validate": True, "schemaStore": {"enable": False}}
            ]
            self._send(
                {"id": message["id"], "result": settings + [{}] * (len(message["params"]["items"]) - 1)}
            )
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message


_CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "publishDiagnostics": {},
    },
}


@pytest.fixture(params=["nl", "en"])
def server(request: pytest.FixtureRequest, fii: Fii, here: Path) -> Iterator[tuple[Server, dict[str, str]]]:
    assert fii("schema", "--output", ".fii/trajectory.schema.json", lang=request.param).code == 0
    started = Server(here)
    yield started, WORDS[request.param]
    started.process.kill()
    started.process.communicate()


def at(text: str, word: str, after: int = 0) -> dict[str, int]:
    start = text.index(word) + after
    return {"line": text.count("\n", 0, start), "character": start - text.rfind("\n", 0, start) - 1}


def test_an_editor_completes_explains_and_underlines(server: tuple[Server, dict[str, str]]) -> None:
    editor, words = server
    document = editor.open("a.yaml", TEXT)
    offered = editor.ask("textDocument/completion", textDocument=document, position=at(TEXT, "phase: ", 7))
    items = {item["label"]: item for item in offered["items"]}
    phases = ["signaleren", "verkennen", "innoveren", "versterken", "implementeren", "borgen"]
    assert [phase for phase in phases if phase in items] == phases

    keys = editor.ask("textDocument/completion", textDocument=document, position=at(TEXT, "entered", 0))
    told = {
        item["label"]: json.dumps(item.get("documentation", ""), ensure_ascii=False) for item in keys["items"]
    }
    assert "decisions" in told

    hover = editor.ask("textDocument/hover", textDocument=document, position=at(TEXT, "phase"))
    assert words["hover"] in json.dumps(hover, ensure_ascii=False)


def test_one_typo_is_one_error_in_the_language_of_the_user(server: tuple[Server, dict[str, str]]) -> None:
    editor, words = server
    wrong = TEXT.replace("gevraagd", "gevraagt").replace("phase: ", "phase: innoveren")
    document = editor.open("b.yaml", wrong)
    (error,) = editor.errors(document["uri"])
    assert error["message"].startswith(words["error"])
    assert wrong.splitlines()[error["range"]["start"]["line"]].startswith("entry:")
    typo = TEXT.replace("title:", "titel: x\ntitle:").replace("phase: ", "phase: innoveren")
    (error,) = editor.errors(editor.open("c.yaml", typo)["uri"])
    assert error["message"].startswith(words["key"])
    assert typo.splitlines()[error["range"]["start"]["line"]] == "titel: x"
    dated = TEXT.replace("entered: 2025-01", "entered: 12-03-2025").replace("phase: ", "phase: innoveren")
    (error,) = editor.errors(editor.open("e.yaml", dated)["uri"])
    assert error["message"].startswith(words["date"])
    assert editor.errors(editor.open("d.yaml", TEXT.replace("phase: ", "phase: 3"))["uri"]) == []
