"""Follow the pages on installing word for word: each section in a bare home, with a folder as index."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = tuple(ROOT / f"docs/install.{lang}.md" for lang in ("en", "nl"))
REPOSITORY = "https://example.org/fii/fii-cli.git"


def sections(page: str) -> Iterator[tuple[str, list[str]]]:
    """The sections of a page that have commands, with each of their blocks."""
    for section in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        blocks = re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
        if blocks:
            yield section.splitlines()[0], blocks


def index_of(wheels: Iterable[Path], folder: Path) -> Path:
    """A package index in a folder, with these wheels."""
    for wheel in wheels:
        project = folder / re.sub(r"[-_.]+", "-", wheel.name.partition("-")[0]).lower()
        project.mkdir(parents=True, exist_ok=True)
        with (project / "index.html").open("a", encoding="utf-8") as page:
            page.write(f'<a href="{wheel.as_uri()}">{wheel.name}</a>\n')
    return folder


class Machine:
    """A computer with Python, git, pipx and uv, and a package index in a folder."""

    def __init__(self, folder: Path, index: Path) -> None:
        self.home = folder / "home"
        self.work = self.home / "my work"
        self.work.mkdir(parents=True)
        programs = folder / "programs"
        programs.mkdir()
        python = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
        (programs / "python3").symlink_to(python)
        for name in ("pipx", "uv"):
            (programs / name).symlink_to(Path(sys.executable).parent / name)
        self.path = f"{programs}:/usr/bin:/bin"
        settings = f'[url "{ROOT.as_uri()}"]\n\tinsteadOf = {REPOSITORY}\n[safe]\n\tdirectory = *\n'
        (self.home / ".gitconfig").write_text(settings, encoding="utf-8")
        self.around = {"HOME": str(self.home), "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}
        self.around |= {"PIP_INDEX_URL": index.as_uri(), "PIP_CONFIG_FILE": os.devnull}
        self.around |= {"UV_DEFAULT_INDEX": index.as_uri(), "UV_OFFLINE": "1", "UV_PYTHON": str(python)}
        self.around |= {"PIPX_DEFAULT_PYTHON": str(python), "PIPX_DEFAULT_BACKEND": "pip"}

    def follow(self, blocks: list[str]) -> None:
        """Run each block in a new terminal, in the same folder; exit if one fails."""
        for block in blocks:
            done = subprocess.run(
                ["bash", "-e", "-o", "pipefail", "-i", "-c", block],
                cwd=self.work,
                env={**self.around, "PATH": self.path},
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                sys.exit(f"{block}\n{done.stdout}{done.stderr}")


def follow(folder: Path, wheel: Path, libraries: Path, installed: Path) -> None:
    """Follow every section of both pages, and what they share once; exit at the first that fails.

    ``libraries`` is a folder with the wheels of everything but fii; ``installed`` has the command fii.
    """
    others = sorted(libraries.iterdir())
    full = index_of([wheel, *others], folder / "index")
    without = index_of(others, folder / "index-without-fii")
    followed: list[list[str]] = []
    for page in PAGES:
        for title, blocks in sections(page.read_text(encoding="utf-8")):
            if blocks in followed:
                continue
            print(f"following {page.name}: {title}", flush=True)
            code = "".join(blocks)
            from_a_file = "--find-links '$PWD'" in code
            machine = Machine(folder / f"machine-{len(followed)}", without if from_a_file else full)
            if from_a_file:
                shutil.copy(wheel, machine.work)
            if " install " not in code:  # this section starts where another ended
                machine.path = f"{installed}:{machine.path}"
            elif "pipx install" in code and "ensurepath" not in code:
                machine.follow(["pipx ensurepath"])
            machine.follow(blocks)
            followed.append(blocks)
