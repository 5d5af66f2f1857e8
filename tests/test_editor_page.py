"""The page about editors, followed word for word in an empty folder: its commands, settings and pictures."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.resources import CONTENT
from outside import node_module

ROOT = CONTENT.parent
PAGES = {code: (ROOT / f"docs/editor.{code}.md").read_text(encoding="utf-8") for code in ("en", "nl")}
both_pages = pytest.mark.parametrize("code", PAGES)


def blocks(code: str, kind: str) -> list[str]:
    """The blocks of code of one kind on a page, in order."""
    return re.findall(rf"```{kind}\n(.*?)```", PAGES[code], re.S)


def follow(fii: Fii, code: str) -> Path:
    """Run every command of fii on the page, in order; the trajectory that this makes."""
    for line in "".join(blocks(code, "sh")).splitlines():
        name, *words = shlex.split(line)
        if name == "fii" and words[0] != "preview":  # which shows a page until its user stops it
            done = fii(*words, lang="en")
            assert done.code == 0, done.err
    (made,) = (path for folder in ("trajectories", "trajecten") for path in Path(folder).glob("*.yaml"))
    return made


@both_pages
def test_the_commands_make_what_the_page_says(fii: Fii, here: Path, code: str) -> None:
    made = follow(fii, code)
    first, *_ = made.read_text(encoding="utf-8").splitlines()
    assert [f"{first}\n"] == blocks(code, "yaml")
    assert (made.parent / first.partition("=")[2]).resolve() == here / ".fii/trajectory.schema.json"
    schema = json.loads((here / ".fii/trajectory.schema.json").read_text(encoding="utf-8"))
    assert schema["title"] == {"en": "Trajectory", "nl": "Traject"}[code]


@both_pages
def test_the_settings_are_those_that_fii_writes(fii: Fii, here: Path, code: str) -> None:
    follow(fii, code)
    assert blocks(code, "json") == [(here / ".vscode/settings.json").read_text(encoding="utf-8")]
    recommended = (here / ".vscode/extensions.json").read_text(encoding="utf-8")
    assert "redhat.vscode-yaml" in recommended
    assert "even-better-toml" in recommended
    snippet = {"en": "fii-action", "nl": "fii-actie"}[code]
    assert f'"prefix": "{snippet}"' in (here / ".vscode/fii.code-snippets").read_text(encoding="utf-8")
    assert f"`{snippet}`" in PAGES[code]


@both_pages
def test_the_server_of_helix_gets_settings_that_it_knows(code: str) -> None:
    (text,) = blocks(code, "toml")
    server: dict[str, Any] = tomllib.loads(text)["language-server"]["yaml-language-server"]
    assert [server["command"], *server["args"]] == ["yaml-language-server", "--stdio"]
    readme = node_module("yaml-language-server/README.md").read_text(encoding="utf-8")
    assert server["config"]["yaml"].keys() == {"hoverSchemaSource", "schemaStore"}
    assert all(f"yaml.{key}" in readme for key in server["config"]["yaml"])


ASK = """
local function lines(text) for line in text:gmatch("[^\\n]+") do print(line) end end
vim.cmd.edit(vim.env.TRAJECTORY)
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end)
for _, each in ipairs(vim.diagnostic.get(0)) do lines("UNDERLINED " .. each.message) end
local client = vim.lsp.get_clients({ bufnr = 0 })[1]
local row = vim.fn.search("phase:") - 1
local document = vim.lsp.util.make_text_document_params()
local asked = { textDocument = document, position = { line = row, character = 6 } }
lines("TOLD " .. client:request_sync("textDocument/hover", asked, 9000).result.contents.value)
asked.position.character = #vim.fn.getline(row + 1)
for _, each in ipairs(client:request_sync("textDocument/completion", asked, 9000).result.items) do
  lines("OFFERED " .. each.label)
end
vim.cmd.quitall({ bang = true })
"""


@both_pages
def test_neovim_does_what_the_page_says(fii: Fii, here: Path, code: str) -> None:
    nvim = shutil.which("nvim")
    said = subprocess.check_output([nvim, "--version"], text=True) if nvim else ""
    version = re.search(r"v(\d+)\.(\d+)", said)
    if not nvim or not version or (int(version[1]), int(version[2])) < (0, 11):
        pytest.skip("Neovim 0.11 or newer not found")  # few distributions have it, so CI may go without
    made = follow(fii, code)
    made.write_text(made.read_text(encoding="utf-8") + "visits:\n  - phase: \n    via: terug\n", "utf-8")
    subprocess.run(["git", "init", "-q"], check=True)
    (here / "bin").mkdir()
    (here / "bin/yaml-language-server").symlink_to(
        node_module("yaml-language-server/bin/yaml-language-server")
    )
    (here / "init.lua").write_text(blocks(code, "lua")[0], encoding="utf-8")
    (here / "ask.lua").write_text(ASK, encoding="utf-8")
    surroundings = os.environ | {
        "PATH": f"{here / 'bin'}:{os.environ['PATH']}",
        "TRAJECTORY": str(made),
        **{f"XDG_{part}_HOME": str(here / part) for part in ("CONFIG", "DATA", "STATE", "CACHE")},
    }
    done = subprocess.run(
        [nvim, "--headless", "-u", "init.lua", "-c", "luafile ask.lua"],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = done.stdout + done.stderr
    assert "UNDERLINED" in said, said
    assert "OFFERED verkennen" in said
    assert {"en": "The phase, by name or number.", "nl": "De fase, met naam of nummer."}[code] in said
    assert "Source:" not in said


def test_the_pictures_show_what_the_server_answers() -> None:
    node_module("yaml-language-server/bin/yaml-language-server")
    drawn = [sys.executable, str(ROOT / "tools/editor_picture.py"), "--check"]
    done = subprocess.run(drawn, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    for code, page in PAGES.items():
        (shown,) = re.findall(r"\]\((img/\S+)\)", page)
        assert shown == f"img/editor.{code}.svg"
        assert (ROOT / "docs" / shown).stat().st_size < 10_000


def test_both_pages_say_the_same() -> None:
    for kind in ("lua", "toml"):
        assert blocks("en", kind) == blocks("nl", kind)
    sizes = [(page.count("\n## "), page.count("\n| "), page.count("```")) for page in PAGES.values()]
    assert sizes[0] == sizes[1]
