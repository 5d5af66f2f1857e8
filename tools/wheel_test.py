"""Build fii as for a package index, install it in an empty environment, and use it outside the repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from importlib.util import find_spec
from pathlib import Path

from follow import follow

ROOT = Path(__file__).parents[1]
URL = "https://forge.example.org/fii"
START = [
    "--title",
    "Thuis Leren",
    "--commission",
    "gevraagd",
    "--receiving",
    "Stichting Fictie",
    "--lang",
    "nl",
]


def call(*words: str | Path, cwd: Path, **more: str) -> str:
    """Run a command and return its output; exit if it fails."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")} | more
    done = subprocess.run(
        [str(w) for w in words], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done.stdout


def build(folder: Path) -> Path:
    """Build the sdist, build the wheel from it, check both as a package index does, and return the wheel."""
    call(sys.executable, "-m", "build", "--no-isolation", "-o", folder, ROOT, cwd=ROOT, FII_URL=URL)
    (wheel,) = folder.glob("*.whl")
    call(sys.executable, "-m", "twine", "check", "--strict", *folder.iterdir(), cwd=folder)
    return wheel


def wheels_of(wheel: Path, folder: Path) -> Path:
    """A folder with the wheels of everything that fii needs with its extras, and of what builds it."""
    locked = (ROOT / "requirements/dev.lock").read_text(encoding="utf-8")
    versions = re.findall(r"^[\w.-]+==[^\s;]+(?: ;[^\\\n]*)?", locked, re.MULTILINE)
    (folder / "versions.txt").write_text("\n".join(versions), encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [f"{wheel}[office]", *project["build-system"]["requires"], "pip"]  # pipx takes the newest pip
    call(
        *_pip(), "download", "-q", "-d", folder / "wheels", "-c", folder / "versions.txt", *asked, cwd=folder
    )
    (folder / "wheels" / wheel.name).unlink()
    return folder / "wheels"


def follow_pages(folder: Path) -> None:
    """Follow the pages on installing, each section on a bare machine."""
    (wheel,) = (folder / "dist").glob("*.whl")
    libraries = wheels_of(wheel, folder)
    call(sys.executable, "-m", "venv", folder / "office", cwd=folder)
    pip = (folder / "office/bin/pip", "install", "-q", "--no-index", "--find-links", libraries)
    call(*pip, f"{wheel}[office]", cwd=folder)
    follow(folder, wheel, libraries, folder / "office/bin")


def install_wheel(folder: Path) -> Path:
    """Build the wheel, install it in a new environment in a folder, and return that environment's Python."""
    wheel = build(folder / "dist")
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
        shown = "from fii_cli.resources import documentation; print(documentation())"
        assert call(python, "-c", shown, cwd=outside).startswith(f"{URL}/blob/v")
        compiled = "from fii_cli.pages.compiled import compiled_templates; print(compiled_templates('html'))"
        assert "Loader" in call(python, "-c", compiled, cwd=outside)
        fii: list[str | Path] = [python, "-m", "fii_cli"]
        call(*fii, "init", "--forge", "github", "--yes", cwd=outside)
        call(*fii, "new", *START, cwd=outside)
        (home,) = (path.parent for path in outside.rglob("thuis-leren.yaml"))
        call(*fii, "new", "--example", "thuis-leren-verzonnen", cwd=outside)
        call(*fii, "check", cwd=outside)
        call(*fii, "explain", "FII211", cwd=outside)
        call(*fii, "completion", "bash", cwd=outside)
        call(*fii, "report", "thuis-leren.yaml", "thuis-leren-verzonnen.yaml", cwd=outside)
        page = (home / "thuis-leren.html").read_text(encoding="utf-8")
        assert "Stichting Fictie" in page
        assert "In één oogopslag" in page  # the Dutch catalogue was compiled
        assert (outside / ".fii/trajectory.schema.json").is_file()
        call(*fii, "report", "thuis-leren.yaml", "--audience", "client", "--format", "md", cwd=outside)
        assert (home / "thuis-leren.client.md").is_file()
        assert (outside / ".github/workflows/fii.yml").is_file()
        (outside / ".fii/templates").mkdir()
        own = "{% extends 'fii/report.html.j2' %}{% block footer %}Uit eigen huis{% endblock %}"
        (outside / ".fii/templates/report.html.j2").write_text(own, encoding="utf-8")
        page = call(*fii, "report", "thuis-leren.yaml", "--output", "-", cwd=outside)
        assert "Stichting Fictie" in page
        assert "Uit eigen huis" in page
        print("the wheel works outside the repository: init, new, check, explain, report")
        if sys.platform == "linux" and find_spec("ensurepip"):
            follow_pages(folder)
        else:
            print("docs/install was not followed: this needs Linux and python3-venv")


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
