"""What is made when fii is built: catalogue, content as JSON, templates as Python, links, description."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

TEMPLATES = "compiled_templates"
PARTS = ("content", "rules", "strategies", "anchors", "adaptations")


class CompileContent(BuildHookInterface):  # type: ignore[type-arg]
    """Compile the catalogue, and add the content to a wheel as JSON, with rarely used parts apart.

    An installed fii then need not parse YAML every time it starts, nor compile its templates.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        sys.path[:0] = [str(root / "src"), str(root / "tools")]
        from catalogue import compile_catalogue

        compile_catalogue()
        if version == "editable":  # it reads the content of the checkout
            return
        from fii_cli.handbook.load import data_of, part_of

        content = root / "content"
        parts: dict[str, dict[str, Any]] = {name: {} for name in PARTS}
        for path in sorted(content.rglob("*.yaml")):
            if path.stem not in ("wrong", "right"):
                name = path.relative_to(content).with_suffix("").as_posix()
                parts[part_of(name)][name] = data_of(path)
        Path(self.directory).mkdir(parents=True, exist_ok=True)
        self._compile_templates(build_data)
        for part, compiled in parts.items():
            target = Path(self.directory) / f"{part}.json"
            target.write_text(json.dumps(compiled, ensure_ascii=False, sort_keys=True), encoding="utf-8")
            build_data["force_include"][str(target)] = f"fii_cli/{part}.json"

    def _compile_templates(self, build_data: dict[str, Any]) -> None:
        from fii_cli.pages.compiled import compile_templates

        target = Path(self.directory) / TEMPLATES
        compile_templates(target)
        for path in sorted(target.rglob("*.*")):
            inside = path.relative_to(target).as_posix()
            build_data["force_include"][str(path)] = f"fii_cli/{TEMPLATES}/{inside}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        for part in PARTS:
            (Path(self.directory) / f"{part}.json").unlink(missing_ok=True)
        shutil.rmtree(Path(self.directory) / TEMPLATES, ignore_errors=True)


class FillInLinks(MetadataHookInterface):
    """Add the links and the long description; an sdist keeps those that it was built with."""

    def update(self, metadata: dict[str, Any]) -> None:
        root = Path(self.root)
        sys.path[:0] = [str(root / "src"), str(root / "tools")]
        from fii_cli import __version__
        from package_page import files_of, long_description, urls

        readme = (root / "README.md").read_text(encoding="utf-8")
        text = long_description(readme, files_of(__version__, os.environ))
        metadata.setdefault("urls", urls(__version__, os.environ))
        metadata.setdefault("readme", {"content-type": "text/markdown", "text": text})
