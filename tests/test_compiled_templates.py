"""Templates that were compiled when fii was built give the pages that they give from their sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.pages import template
from fii_cli.pages.compiled import compile_templates, compiled_templates
from fii_cli.resources import EXAMPLES


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compiled")
    compile_templates(folder)
    return folder


pytestmark = pytest.mark.usefixtures("here")

PAGES = (
    ("report", "a.yaml", "--format", "html"),
    ("report", "a.yaml", "--format", "md"),
    ("report", "a.yaml", "--audience", "steering", "--format", "html"),
    ("report", "a.yaml", "--audience", "client", "--format", "md"),
    ("portfolio", "a.yaml", "--format", "html", "--output", "site"),
    ("portfolio", "a.yaml", "--format", "md"),
    ("agenda", "a.yaml", "--format", "html"),
    ("minutes", "a.yaml", "--format", "md"),
    ("trend", "a.yaml", "--format", "html"),
    ("questionnaire", "midi", "--name", "Thuis Leren", "--perspective", "receiving", "--format", "html"),
)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("words", PAGES, ids=lambda words: " ".join(words))
def test_a_compiled_template_gives_the_same_page(
    fii: Fii, compiled: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], lang: str
) -> None:
    text = (EXAMPLES / "thuis-leren-verzonnen.yaml").read_text(encoding="utf-8")
    Path("a.yaml").write_text(text.replace("language: nl", f"language: {lang}"), encoding="utf-8")
    command = (*words, "--output", "-") if words[0] in ("report", "agenda", "minutes") else words
    as_of = () if words[0] == "questionnaire" else ("--as-of", "2025-06-20")
    ours = fii(*command, *as_of, "--lang", lang)
    pages = _pages()
    used = []

    def from_folder(format_: str) -> object:
        used.append(format_)
        return compiled_templates(format_, compiled)

    monkeypatch.setattr(template, "compiled_templates", from_folder)
    template._environment.cache_clear()
    try:
        built = fii(*command, *as_of, "--lang", lang)
    finally:
        template._environment.cache_clear()
    assert ours.code == built.code == 0
    assert used
    assert ours.out
    assert built.out == ours.out
    assert _pages() == pages
    assert bool(pages) == ("site" in words)


def _pages() -> dict[str, bytes]:
    """The pages that were written to a folder."""
    return {path.name: path.read_bytes() for path in Path().glob("site/*")}


def test_what_another_jinja_compiled_is_not_used(compiled: Path, tmp_path: Path) -> None:
    assert compiled_templates("html", compiled)
    (tmp_path / "jinja.txt").write_text("0.0", encoding="utf-8")
    assert compiled_templates("html", tmp_path) is None
    assert compiled_templates("html", tmp_path / "nowhere") is None


def test_templates_compile_to_the_same_bytes(compiled: Path, tmp_path: Path) -> None:
    compile_templates(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert made == {path.relative_to(compiled): path.read_bytes() for path in compiled.rglob("*.*")}
