"""The pages as a site: every link leads somewhere, nothing is fetched, and each page has its own language."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from markdown_it import MarkdownIt

from fii_cli.resources import CONTENT

ROOT = CONTENT.parent
FETCHES = {"src", "srcset", "poster", "data", "action"}


class Outline(HTMLParser):
    """The tags of a page with their attributes, its ids, and the tags in its main part."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.attributes: list[tuple[str, dict[str, str]]] = []
        self.ids: list[str] = []
        self.inside: list[str] = []
        self._in_main = False
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.attributes.append((tag, told))
        self.ids += [told["id"]] if "id" in told else []
        self._in_main = self._in_main or tag == "main"
        self.inside += [tag] if self._in_main else []

    def handle_endtag(self, tag: str) -> None:
        self._in_main = self._in_main and tag != "main"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("site")
    done = made(ROOT, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip() == str(folder / "site/index.html")
    return folder / "site"


def made(root: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "tools/docs_site.py", str(folder)]
    return subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)


def test_every_page_is_on_the_site_and_can_be_found(site: Path) -> None:
    pages = {path.relative_to(ROOT).with_suffix(".html").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    pages = {page.replace("README", "index") for page in pages}
    there = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert there == pages | {"index.html", "CONTRIBUTING.html", "CHANGELOG.html", "SECURITY.html"}
    home = [unquote(told["href"]) for tag, told in Outline(site / "index.html").attributes if tag == "a"]
    assert there <= {*home, "index.html"}


def test_every_link_and_anchor_leads_somewhere_and_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    outlines = {path.resolve(): Outline(path) for path in site.rglob("*.html")}
    followed = 0
    for path, outline in outlines.items():
        for tag, told in outline.attributes:
            assert tag not in ("script", "iframe", "object", "form"), path.name
            for name in FETCHES & told.keys():
                assert "//" not in told[name], (path.name, told[name])
            address = told.get("href") or told.get("src") or ""
            if not address or re.match(r"[a-z]+:", address):
                assert tag in ("a", "img") or not address, (path.name, tag, address)
                continue
            file, anchor = urldefrag(address)
            target = (path.parent / unquote(file)).resolve() if file else path
            assert target.is_file(), (path.name, address)
            if anchor:
                assert unquote(anchor) in outlines[target].ids, (path.name, address)
            followed += 1
    assert followed > 1000
    assert "url(" not in (site / "site.css").read_text(encoding="utf-8")
    assert "@import" not in (site / "site.css").read_text(encoding="utf-8")


def test_a_page_is_in_its_language_and_leads_to_the_other(site: Path) -> None:
    for path in (site / "docs").glob("*.html"):
        outline = Outline(path)
        lang = "nl" if ".nl." in path.name else "en"
        assert outline.attributes[0] == ("html", {"lang": lang}), path.name
        other = path.name.replace(f".{lang}.", ".en." if lang == "nl" else ".nl.")
        leads = [told["href"] for tag, told in outline.attributes if tag == "a" and "hreflang" in told]
        assert leads == ([other] if (path.parent / other).exists() else []), path.name
        current = [told for _, told in outline.attributes if told.get("aria-current") == "page"]
        assert [told["href"] for told in current] == [path.name]
        assert outline.inside.count("h1") == 1


def test_the_site_shows_what_a_forge_shows(site: Path) -> None:
    """Markdown has dialects: every list, table, block and heading of a page is one on the site too."""
    forge = MarkdownIt("commonmark").enable("table")
    for path in (ROOT / "docs").rglob("*.md"):
        name = path.relative_to(ROOT).with_suffix(".html").as_posix().replace("README", "index")
        shown = Outline(site / name).inside
        wanted = [token.tag for token in forge.parse(path.read_text(encoding="utf-8")) if token.nesting == 1]
        for tag in ("li", "table", "tr", "td", "h2", "h3", "blockquote"):
            assert shown.count(tag) == wanted.count(tag), (name, tag)


@pytest.mark.parametrize("broken", ["[a](nowhere.md)", "[a](install.en.md#nowhere)", "![a](img/nowhere.png)"])
def test_a_broken_link_makes_no_site(broken: str, tmp_path: Path) -> None:
    root = tmp_path / "root"
    licences = ("LICENSE", "LICENSES/LicenseRef-DejaVu.txt")
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", *licences, "mkdocs.yml"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(
            (ROOT / name).read_text(encoding="utf-8") if name == "mkdocs.yml" else "# a\n"
        )
    for folder in ("tools/theme", "docs"):
        (root / folder).mkdir(parents=True)
    for name in ("tools/docs_site.py", "tools/theme/main.html", "tools/theme/site.css"):
        (root / name).write_bytes((ROOT / name).read_bytes())
    page = root / "docs/install.en.md"
    page.write_text("# Install\n", encoding="utf-8")
    assert made(root, tmp_path / "sound").returncode == 0
    page.write_text(f"# Install\n\n{broken}\n", encoding="utf-8")
    done = made(root, tmp_path / "broken")
    assert done.returncode == 1
    assert "nowhere" in done.stdout + done.stderr
