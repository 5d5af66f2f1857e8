"""Read the content once when the wheel is built, so that no start of fii has to parse its YAML again."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileContent(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``fii_cli/content.json`` to a wheel: every content file as plain data, by its name."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from fii_cli.document import read

        content = root / "content"
        compiled = {
            path.relative_to(content).with_suffix("").as_posix(): read(path.read_text(encoding="utf-8")).data
            for path in sorted(content.rglob("*.yaml"))
            if path.stem not in ("wrong", "right")
        }
        target = Path(self.directory) / "content.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(compiled, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        build_data["force_include"][str(target)] = "fii_cli/content.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        (Path(self.directory) / "content.json").unlink(missing_ok=True)
