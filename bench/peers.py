"""Other programs that check YAML or make pages, installed aside, with the settings that they need."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from wheel_test import call

from .cases import PEERS
from .measure import plain_surroundings
from .workshop import Workshop

_NODE = ("ajv-cli",)
_YAMALE = """\
fii: int()
title: str()
language: enum('nl', 'en')
organisations: list(include('organisation'))
visits: list(include('visit'))
assessments: list(include('assessment'))
actions: list(include('action'))
log: list(include('entry'))
---
organisation: {id: str(), name: str()}
visit: {phase: str()}
assessment: {instrument: str(), date: "any(day(), str())", ratings: map(required=False)}
action: {id: str(), what: str()}
entry: {date: "any(day(), str())", text: str()}
"""
_SETTINGS = {
    "yamale.yaml": _YAMALE,
    "relaxed.yaml": "extends: relaxed\n",
    "mkdocs.yml": "site_name: pages\ndocs_dir: markdown\nsite_dir: site\nplugins: []\n",
}


def install(folder: Path) -> tuple[dict[str, Path], dict[str, str]]:
    """Install every peer in a folder, and return the programs and their versions; this uses the network."""
    packages = [*(peer.package for peer in PEERS.values() if peer.package not in _NODE), "mkdocs"]
    call(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    pip = (folder / "venv/bin/pip", "--disable-pip-version-check")
    call(*pip, "install", "-q", *packages, cwd=folder)
    listed = json.loads(call(*pip, "list", "--format", "json", cwd=folder))
    versions = {each["name"]: each["version"] for each in listed if each["name"] in packages}
    programs = {name: folder / "venv/bin" / name for name in (*PEERS, "mkdocs")}
    npm = shutil.which("npm")
    if npm:
        call(npm, "install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", *_NODE, cwd=folder)
        package = json.loads((folder / "node_modules/ajv-cli/package.json").read_text(encoding="utf-8"))
        versions["ajv-cli"] = package["version"]
        programs["ajv"] = folder / "node_modules/.bin/ajv"
    return {name: path for name, path in programs.items() if path.exists()}, versions


def prepare(workshop: Workshop) -> None:
    """Write the settings of the peers next to the places, and the pages from which mkdocs makes a site."""
    places = workshop.root / "places"
    places.mkdir(parents=True, exist_ok=True)
    for name, text in _SETTINGS.items():
        (places / name).write_text(text, encoding="utf-8")
    fii = str(workshop.programs["fii"])
    pages = workshop.place("many-300")
    files = [path.name for path in sorted(pages.glob("*.yaml"))]
    made = (
        [fii, "schema", "--output", str(places / "schema.json")],
        [fii, "report", *files, "--format", "md", "--output", "../markdown/", "--as-of", "2025-12-01"],
    )
    for words in made:
        env = plain_surroundings(workshop.root / "homes/prepare")
        subprocess.run(words, cwd=pages, env=env, check=True, capture_output=True)
