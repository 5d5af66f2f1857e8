"""The house style: what it puts on a page, what it refuses, and templates that cannot get out or hang."""

from __future__ import annotations

import os
import re
import time
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.diagnostics import Diagnostic
from fii_cli.pages import apart
from fii_cli.project.house_style import HouseStyle, contrast
from fii_cli.project.settings import read_settings
from fii_cli.resources import examples
from fii_cli.rules import BY_CODE
from helpers import HEAD, without_yardstick

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
STYLE = """\
[style]
accent = "#7A1F5C"
font = ["Calibri", "Noto Sans"]
logo = "huisstijl/logo.png"
organisation = "Stichting <Voorbeeld>"
footer = "Vragen? *Bel* het secretariaat"
"""


def style_with(accent: str) -> tuple[HouseStyle, tuple[Diagnostic, ...]]:
    settings, wrong = read_settings(f'[style]\naccent = "{accent}"\n', "fii.toml", BY_CODE)
    return settings.style, wrong


@pytest.fixture
def house(here: Path) -> Path:
    Path("huisstijl").mkdir()
    Path("huisstijl/logo.png").write_bytes(PNG)
    Path("fii.toml").write_text(STYLE, encoding="utf-8")
    Path("a.yaml").write_text(examples()["thuis-leren-verzonnen"], encoding="utf-8")
    return here


def test_a_page_wears_the_style_of_the_house(fii: Fii, house: Path) -> None:
    page = fii("report", "a.yaml", "--output", "-").out
    style = page[page.index("<style>") + 7 : page.index("</style>")]
    assert "--accent: #7a1f5c" in style
    assert 'font-family: "Calibri", "Noto Sans", sans-serif' in style
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'; img-src data:; base-uri" in page
    logo = f"data:image/png;base64,{b64encode(PNG).decode()}"
    assert f'<img class="logo" src="{logo}" alt="Stichting &lt;Voorbeeld&gt;">' in page
    assert "<p>Vragen? *Bel* het secretariaat</p>" in page
    forge = fii("report", "a.yaml", "--format", "md", "--output", "-").out
    assert r"Stichting \<Voorbeeld\> ·" in forge
    assert r"Vragen? \*Bel\* het secretariaat" in forge
    fii("portfolio", "--output", "site/")
    assert logo in Path("site/index.html").read_text(encoding="utf-8")


def test_without_a_style_nothing_of_it_is_there(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    page = fii("report", "a.yaml", "--output", "-").out
    assert "img-src" not in page
    assert "<img" not in page


@pytest.mark.parametrize(
    ("one", "other", "is_"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.4), ("#767676", "#ffffff", 4.5)],
)
def test_contrast_is_that_of_the_guideline(one: str, other: str, is_: float) -> None:
    assert contrast(one, other) == contrast(other, one) == is_


@pytest.mark.parametrize("accent", ["#000000", "#7a1f5c", "#1f4e79", "#00662b", "#b00020", "#5a4a00"])
def test_an_accent_can_be_read_on_light_and_on_dark(accent: str) -> None:
    style, wrong = style_with(accent)
    assert wrong == ()
    assert min(contrast(style.accent, "#ffffff"), contrast(style.accent, "#f4f6f8")) >= 4.5
    assert min(contrast(style.on_dark, "#141414"), contrast(style.on_dark, "#1e2124")) >= 4.5


@pytest.mark.parametrize("accent", ["#ff9900", "#ffffff", "#8aa0b0", "#767676"])
def test_too_little_contrast_is_refused_with_a_colour_that_does(fii: Fii, here: Path, accent: str) -> None:
    Path("fii.toml").write_text(f'language = "nl"\n[style]\naccent = "{accent}"\n', encoding="utf-8")
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    done = fii("check", "--format", "concise", lang="en")
    assert done.code == 1
    assert re.search(
        r"^fii\.toml:3:1: FII040 error: too little contrast: [\d.]+:1, and text needs 4\.5:1", done.out
    )
    assert "1, en voor tekst is 4,5:1 nodig" in fii("check", lang="nl").out
    better = re.search(r"darker: (#\w{6})", fii("check", lang="en").out)
    assert better
    assert style_with(better[1])[1] == ()


@pytest.mark.parametrize(
    "line",
    [
        'accent = "rood"',
        "accent = 3",
        'accent = "#7a1f5c\\n"',
        'font = ["Calibri\\n"]',
        'font = "Calibri"',
        'font = ["a; } body { display: none"]',
        "logo = 1",
        'footer = ""',
        'footer = "\\u001b[31m"',
        'organisation = "a\\u009bb"',
        'logo = "a\\u0000b"',
        'kleur = "#000000"',
    ],
)
def test_what_is_no_style_is_told_with_its_line(fii: Fii, here: Path, line: str) -> None:
    Path("fii.toml").write_text(f"[style]\n{line}\n", encoding="utf-8")
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    done = fii("check", "--format", "concise")
    assert done.code == 1
    assert done.out.startswith("fii.toml:2:1: FII040")
    made = fii("report", "a.yaml")
    assert made.code == 0  # it leaves the rest as it is, and says why the style is not worn
    assert "FII040" in made.err


@pytest.mark.parametrize(
    ("logo", "raw", "says"),
    [
        ("weg.png", None, "no such file or folder"),
        ("logo.png", b"geen plaatje", "supported image"),
        ("logo.png", b"een tekst over GIF8", "supported image"),
        ("logo.webp", b"RIFF\0\0\0\0WAVEfmt ", "supported image"),
        ("logo.svg", b"<?xml version='1.0'?><svg/>" + b" " * 600_000, "larger than 500 kB"),
        ("../../buiten.png", PNG, "outside the repository"),
    ],
)
def test_a_logo_that_cannot_be_shown_is_told(
    fii: Fii, here: Path, logo: str, raw: bytes | None, says: str
) -> None:
    folder = here / "map/repo"
    (folder / ".git").mkdir(parents=True)
    os.chdir(folder)
    if raw is not None:
        Path(logo).write_bytes(raw)
    Path("fii.toml").write_text(f'[style]\nlogo = "{logo}"\n', encoding="utf-8")
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    done = fii("report", "a.yaml", lang="en")
    assert done.code == 2
    assert says in done.err
    assert not Path("a.html").exists()


def test_a_house_that_is_reached_by_a_link_has_its_logo(fii: Fii, here: Path) -> None:
    Path("repo/.git").mkdir(parents=True)
    Path("kortom").symlink_to("repo")
    os.chdir("kortom")
    Path("logo.png").write_bytes(PNG)
    Path("fii.toml").write_text('[style]\nlogo = "logo.png"\n', encoding="utf-8")
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    os.chdir("..")
    assert fii("report", "kortom/a.yaml").code == 0
    assert "data:image/png" in Path("kortom/a.html").read_text(encoding="utf-8")


def test_a_logo_behind_a_link_out_of_the_repository_is_told(fii: Fii, here: Path) -> None:
    Path("repo/.git").mkdir(parents=True)
    Path("buiten.png").write_bytes(PNG)
    os.chdir("repo")
    Path("logo.png").symlink_to("../buiten.png")
    Path("fii.toml").write_text('[style]\nlogo = "logo.png"\n', encoding="utf-8")
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    done = fii("report", "a.yaml")
    assert done.code == 2
    assert "outside the repository" in done.err


# --- templates of the house ---------------------------------------------------------------------------------


def own(name: str, text: str) -> None:
    Path(".fii/templates").mkdir(parents=True, exist_ok=True)
    Path(".fii/templates", name).write_text(text, encoding="utf-8")


@pytest.fixture
def proef(here: Path) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")


def test_a_house_writes_its_own_page(fii: Fii, proef: None) -> None:
    own(
        "report.html.j2",
        "{{ report.title }} {{ _('At a glance') }} {{ '<b>' }}",
    )
    done = fii("report", "a.yaml", "--output", "-", "--as-of", "2025-02-01")
    assert without_yardstick(done.out).startswith(
        "<!-- fii report 2025-02-01 team chosen -->\n<!doctype html>\n<meta"
    )
    assert done.out.endswith(">\nProef In één oogopslag &lt;b&gt;\n")


def test_a_page_of_the_house_is_known_as_one_of_fii(fii: Fii, proef: None) -> None:
    own("report.html.j2", "<!doctype html>{{ report.title }}")
    own("portfolio.md.j2", "# {{ page.as_of }}")
    asked = ["--audience", "client", "--as-of", "2025-02-01"]
    for _ in range(2):
        assert fii("report", "a.yaml", *asked).code == 0
        assert fii("portfolio", "a.yaml", "--format", "md", "--output", "site/", *asked).code == 0
    page = Path("a.client.html").read_text(encoding="utf-8")
    start = "<!-- fii report 2025-02-01 client chosen -->\n<!doctype html><meta"
    assert without_yardstick(page).startswith(start)
    assert page.endswith(">\nProef")
    index = without_yardstick(Path("site/index.md").read_text(encoding="utf-8"))
    assert index.startswith("<!-- fii portfolio 2025-02-01 client chosen: a.md -->\n")
    assert fii("report", "a.yaml", "--output", "a.client.html", "--check").code == 0


def test_a_house_changes_one_part_of_ours(fii: Fii, proef: None) -> None:
    before = fii("report", "a.yaml", "--output", "-").out
    own(
        "report.html.j2",
        "{% extends 'fii/report.html.j2' %}{% block sources %}<p>Bronnen op verzoek</p>{% endblock %}",
    )
    after = fii("report", "a.yaml", "--output", "-").out
    assert "<p>Bronnen op verzoek</p>" in after
    assert "Hogeschool" in before
    assert "Hogeschool" not in after
    assert after[: after.index("Bronnen op")].count("<section") == before.count("<section") - 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n{{ report.titel }}", 2),
        ("\n\n{% if %}", 3),
        ("{{ nergens }}", 1),
        ("{{ 1 / 0 }}", 1),
        ("{{ report.title + 1 }}", 1),
        ("{% include 'weg.html.j2' %}", 1),
        ("{% include '../../a.yaml' %}", 1),
        ("{% include '/etc/passwd' %}", 1),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", 1),
        ("{{ report.__class__.__init__.__globals__ }}", 1),
        ("{{ _.__globals__ }}", 1),
        ("{{ house.__reduce__() }}", 1),
        ("{{ lipsum.__globals__['os'].popen('id').read() }}", 1),
        ("{{ cycler.__init__.__globals__.os }}", 1),
        ("{{ report | attr('__class__') }}{{ signs.update({'groen': 'x'}) }}", 1),
        ("{{ range(10000000) | list }}", 1),
        ("{{ '{0.__class__}'.format(report) }}", 1),
    ],
)
def test_a_template_reaches_the_report_and_nothing_else(fii: Fii, proef: None, text: str, line: int) -> None:
    own("report.html.j2", text)
    done = fii("report", "a.yaml", lang="en")
    assert done.code == 2
    assert f".fii/templates/report.html.j2:{line}: template error" in done.err
    assert not Path("a.html").exists()
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 'x' * 10**11 }}",
        "{{ 99999 ** 99999999 }}",
        "{{ 'x'.ljust(10**11) }}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% extends 'report.html.j2' %}",
    ],
)
def test_a_template_that_does_not_end_is_ended(
    fii: Fii, proef: None, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    own("report.html.j2", text)
    start = time.monotonic()
    done = fii("report", "a.yaml", lang="en")
    assert done.code == 2
    assert "the template" in done.err
    assert not Path("a.html").exists()
    assert time.monotonic() - start < 60


def test_python_in_the_folder_is_not_run(fii: Fii, proef: None) -> None:
    own("report.html.j2", "{{ report.title }}")
    for name in ("json", "pickle", "resource", "jinja2"):
        Path(f"{name}.py").write_text("open('gedaan', 'w').close()\n", encoding="utf-8")
    Path("fii_cli").mkdir()
    Path("fii_cli/__init__.py").write_text("open('gedaan', 'w').close()\n", encoding="utf-8")
    assert fii("report", "a.yaml").code == 0
    assert not Path("gedaan").exists()


def test_a_link_out_of_the_folder_is_not_followed(fii: Fii, proef: None, here: Path) -> None:
    Path(".fii/templates").mkdir(parents=True)
    Path("geheim").write_text("wachtwoord", encoding="utf-8")
    Path(".fii/templates/report.html.j2").symlink_to(here / "geheim")
    done = fii("report", "a.yaml", lang="en")
    assert done.code == 2
    assert "link points outside the folder" in done.err


@pytest.mark.parametrize("link", [".fii", ".fii/templates"])
def test_a_folder_of_templates_elsewhere_is_not_followed(fii: Fii, here: Path, link: str) -> None:
    folder = here / "elders" / ("templates" if link == ".fii" else "")
    folder.mkdir(parents=True)
    (folder / "report.html.j2").write_text("wachtwoord", encoding="utf-8")
    Path("repo/.git").mkdir(parents=True)
    os.chdir("repo")
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    Path(link).parent.mkdir(exist_ok=True)
    Path(link).symlink_to(here / "elders")
    done = fii("report", "a.yaml", lang="en")
    assert done.code == 2
    assert "link points outside the folder" in done.err
    assert not Path("a.html").exists()


def test_a_folder_of_templates_that_may_not_be_read_is_told(
    fii: Fii, proef: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_allowed(_: str) -> list[str]:
        raise PermissionError

    own("report.html.j2", "")
    monkeypatch.setattr("fii_cli.project.house.os.listdir", not_allowed)
    done = fii("report", "a.yaml", lang="en")
    assert done.code == 2
    assert ".fii/templates: no permission to read or write this" in done.err


def test_other_files_beside_the_templates_are_no_templates(fii: Fii, proef: None) -> None:
    own("report.html.j2", "<h1>{{ report.title }}</h1>")
    Path(".fii/templates/LEESMIJ.txt").write_bytes(b"\xff\xfe geen UTF-8")
    Path(".fii/templates/oud").mkdir()
    assert fii("report", "a.yaml").code == 0


def test_a_template_that_is_no_text_is_told(fii: Fii, proef: None) -> None:
    own("report.html.j2", "")
    Path(".fii/templates/report.html.j2").write_bytes(b"\xff\xfe")
    done = fii("report", "a.yaml", lang="en")
    assert done.code == 2
    assert "this is not UTF-8" in done.err


def test_a_template_of_word_cannot_get_out_or_hang_either(
    fii: Fii, proef: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docx import Document

    monkeypatch.setattr(apart, "SECONDS", 2)
    for text in (
        "{{ lipsum.__globals__['os'].popen('id').read() }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    ):
        made = Document()
        made.add_paragraph(text)
        made.save("huis.docx")
        done = fii("report", "a.yaml", "--output", "r.docx", "--template", "huis.docx", lang="en")
        assert done.code == 2
        assert "huis.docx: " in done.err
        assert not Path("r.docx").exists()
