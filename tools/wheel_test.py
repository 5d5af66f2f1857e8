"""Build the wheel, install it in an empty environment, and use it outside the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
START = [
    "--title",
    "Samen Leren",
    "--commission",
    "gevraagd",
    "--receiving",
    "Stichting Aanzet",
    "--lang",
    "nl",
]


def call(*words: str | Path, cwd: Path) -> str:
    """Run a command and return its output; exit if it fails."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(w) for w in words], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done.stdout


def install_wheel(folder: Path) -> Path:
    """Build the wheel, install it in a new environment in a folder, and return that environment's Python."""
    call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder / "dist", ROOT, cwd=ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    call(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = next(p for p in (folder / "venv/bin/python", folder / "venv/Scripts/python.exe") if p.exists())
    pip = [*_pip(), "--python", str(python), "--disable-pip-version-check", "-q"]
    call(*pip, "install", "--require-hashes", "-r", ROOT / "requirements/run.lock", cwd=folder)
    call(*pip, "install", "--no-deps", wheel, cwd=folder)
    call(*pip, "check", cwd=folder)
    return python


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        python = install_wheel(folder)
        outside = folder / "repository"
        outside.mkdir()
        fii: list[str | Path] = [python, "-m", "fii_cli"]
        call(*fii, "init", "--forge", "github", "--yes", cwd=outside)
        call(*fii, "new", *START, cwd=outside)
        (home,) = (path.parent for path in outside.rglob("samen-leren.yaml"))
        call(*fii, "new", "--example", "thuis-leren-verzonnen", cwd=outside)
        call(*fii, "check", cwd=outside)
        call(*fii, "explain", "FII211", cwd=outside)
        call(*fii, "completion", "bash", cwd=outside)
        call(*fii, "report", "samen-leren.yaml", "thuis-leren-verzonnen.yaml", cwd=outside)
        page = (home / "samen-leren.html").read_text(encoding="utf-8")
        assert "Stichting Aanzet" in page
        assert "In één oogopslag" in page  # the Dutch catalogue was compiled
        assert (outside / ".fii/trajectory.schema.json").is_file()
        call(*fii, "report", "samen-leren.yaml", "--audience", "client", "--format", "md", cwd=outside)
        assert (home / "samen-leren.client.md").is_file()
        assert (outside / ".github/workflows/fii.yml").is_file()
        (outside / ".fii/templates").mkdir()
        own = "{% extends 'fii/report.html.j2' %}{% block footer %}Uit eigen huis{% endblock %}"
        (outside / ".fii/templates/report.html.j2").write_text(own, encoding="utf-8")
        page = call(*fii, "report", "samen-leren.yaml", "--output", "-", cwd=outside)
        assert "Stichting Aanzet" in page
        assert "Uit eigen huis" in page
        print("the wheel works outside the repository: init, new, check, explain, report")


def _pip() -> list[str]:
    """The command for pip in this environment, or in the Python that created it."""
    for python in (sys.executable, getattr(sys, "_base_executable", sys.executable)):
        if (
            subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode
            == 0
        ):
            return [python, "-m", "pip"]
    sys.exit("no pip found")


if __name__ == "__main__":
    main()
