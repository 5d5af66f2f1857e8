"""Templates of strangers: they see the report and nothing else, and what comes out brings nothing along."""

from __future__ import annotations

import io
import json
import os
import pickle
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import probe
from conftest import Fii
from fii_cli.diagnostics import Refused
from fii_cli.editions.marks import mark
from fii_cli.handbook.load import handbook
from fii_cli.language import Message, msg
from fii_cli.pages import apart
from fii_cli.pages.apart import inside, process
from fii_cli.pages.docx import filled
from fii_cli.pages.seal import sealed
from fii_cli.pages.template import OWN_TEMPLATES, Page, written
from fii_cli.project.house import House
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.model import Report
from fii_cli.report.portfolio_map import PortfolioMap
from fii_cli.report.portfolio_page import PortfolioLine, PortfolioPage
from fii_cli.resources import EXAMPLES, examples, language, word_template
from helpers import EN, HEAD, edition, trajectory, without_yardstick

CANARY = "canary-4f1d"
TOKEN = '{{ _("{f.__globals__[shelf].Path.home.__globals__[os].environ[CI_JOB_TOKEN]}", f=%s) }}'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FULL = EXAMPLES / "thuis-leren-verzonnen.yaml"
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these walls")


@pytest.fixture(autouse=True)
def _canary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI_JOB_TOKEN", CANARY)


def report() -> Report:
    told = trajectory(examples()["thuis-leren-verzonnen"])
    return report_of(basis_of(edition(told, date(2025, 3, 10)), handbook()), language("nl"))


REPORT = report()
PORTFOLIO = PortfolioPage(
    "nl",
    mark("portfolio", "2025-03-10", "team", "chosen"),
    "fii 0.1.0 · handboek 3f9a2c1",
    "team",
    "2025-03-10",
    "1 traject op 2025-03-10 (gekozen datum)",
    "",
    "",
    ("Naam",),
    (PortfolioLine(("Proef",), ""),),
    (),
    PortfolioMap(
        dense=False,
        rated=True,
        mixed=False,
        filters=(),
        phases=(),
        shows_silence=True,
        shows_dates=True,
        total=(),
        total_segments=(),
        strips=(),
        barriers=(),
        other_barriers=(),
        tried=(),
        untried="",
    ),
)


def own(name: str, text: str) -> None:
    Path(".fii/templates").mkdir(parents=True, exist_ok=True)
    Path(".fii/templates", name).write_text(text, encoding="utf-8")


def word_of(text: str) -> bytes:
    """A template of Word with one paragraph."""
    from docx import Document

    made, out = Document(), io.BytesIO()
    made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def text_of(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        return re.sub(r"<[^>]+>", "", packed.read("word/document.xml").decode())


# --- the sandbox, which is held here without the walls behind it --------------------------------------------


def as_report(text: str) -> str:
    house = House(templates=(("report.html.j2", text),))
    return written(Page("report", "html", "nl", {"report": REPORT}, house), sandboxed=True)


def as_portfolio(text: str) -> str:
    house = House(templates=(("portfolio.md.j2", text.replace("report", "page").replace("title", "as_of")),))
    return written(Page("portfolio", "md", "nl", {"page": PORTFOLIO}, house), sandboxed=True)


def as_word(text: str) -> str:
    return text_of(filled(REPORT, language("nl"), word_of(text)))


FORMS = [as_report, as_portfolio, as_word]
ESCAPES = [
    TOKEN % "_",
    "{{ _('{f.__globals__}', f=_) }}",
    "{{ _('{f[0]}', f='ab') }}",
    "{{ _('{f!r}', f='ab') }}",
    "{{ _('{f:>9999999}', f='ab') }}",
    "{{ _('{}', f='ab') }}",
    "{{ _('{0}', f='ab') }}",
    "{{ _('{f.x}') }}",
    "{{ _('{', f='ab') }}",
    "{{ _('{f}', f=_) }}",
    "{{ _('{f}', f=report) }}",
    "{{ _('{f}', f=[1]) }}",
    "{{ _('{f}', f=none) }}",
    "{{ _('{f}', f=(_,)) }}",
    "{{ _(report) }}",
    "{{ _(namespace(text='a', plural=none, values={'a': _})) }}",
    "{{ _.__globals__ }}",
    "{{ _['__globals__'] }}",
    "{{ _._called }}",
    "{{ _.__call__.__globals__ }}",
    "{{ '%(a.b)s' % {'a': _} }}",
    "{{ '{0.__class__}'.format(report) }}",
    "{{ '{0._called.__globals__}'.format(_) }}",
    "{{ '{a.__init__}'.format_map({'a': report}) }}",
    "{{ ('{0.__class__}' | string).format(report) }}",
    "{{ ['{0.__class__}'] | map('format', report) | list and '{0.__class__}'.format(1) }}",
    "{{ report.__class__ }}",
    "{{ report.__class__.__init__.__globals__ }}",
    "{{ report.__dataclass_fields__ }}",
    "{{ report['__class__'] }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ().__class__.__base__.__subclasses__() }}",
    "{{ dict.__subclasses__() }}",
    "{{ dict.mro() }}",
    "{{ dict.fromkeys }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ namespace(a=1).__class__ }}",
    "{{ range.__class__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ joiner('') }}",
    "{{ __builtins__ }}",
    "{{ self.__dict__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self | attr('__class__') }}",
    "{{ report | attr('title') }}",
    "{{ [report] | map(attribute='__class__') | first }}",
    "{{ [report] | map(attribute='__class__.__init__') | first }}",
    "{{ [report] | selectattr('__class__') | list }}",
    "{{ [report] | selectattr('__class__.__name__', 'equalto', 'Report') | list }}",
    "{{ [report] | rejectattr('__class__') | list }}",
    "{{ [report, report] | groupby('__class__') }}",
    "{{ [report, report] | sort(attribute='__class__') }}",
    "{{ [report, report] | unique(attribute='__class__') | list }}",
    "{{ [report] | sum(attribute='__class__', start=1) }}",
    "{{ [report] | join(',', attribute='__class__') }}",
    "{{ [report, report] | max(attribute='__class__') }}",
    "{% for a in [1] %}{{ loop.__class__ }}{% endfor %}",
    "{% for a in [1] %}{{ loop._iterator.gi_frame }}{% endfor %}",
    "{% for a in [1] %}{{ loop.cycle.__globals__ }}{% endfor %}",
    "{{ ([1] | map('string')).gi_frame.f_back }}",
    "{{ ([1] | select).gi_code }}",
    "{% macro a() %}{{ caller.__globals__ }}{% endmacro %}{% call a() %}{% endcall %}",
    "{% macro a() %}{{ varargs.__class__ }}{% endmacro %}{{ a(1) }}",
    "{% macro a() %}{{ kwargs.__class__ }}{% endmacro %}{{ a(b=1) }}",
    "{% macro a() %}{% endmacro %}{{ a._func.__globals__ }}",
    "{% macro a() %}{% endmacro %}{{ a._environment }}",
    "{% set x = _.__globals__ %}{{ x }}",
    "{% set x %}{{ report.__class__ }}{% endset %}{{ x }}",
    "{% set n = namespace() %}{% set n.__class__ = 1 %}{{ n.__class__ }}",
    "{% with x = report.__init__ %}{{ x }}{% endwith %}",
    "{% include '/etc/passwd' %}",
    "{% include '../../secret' %}",
    "{% import '../secret' as x %}{{ x }}",
    "{% from 'os' import environ %}{{ environ }}",
    "{% extends '/etc/passwd' %}",
    "{{ report.title.encode.__self__ }}",
    "{{ (1).__class__ }}",
    "{{ _.x | default(_.__globals__) }}",
    "{{ report | tojson }}",
    "{{ _ | tojson }}",
    "{{ {'a b>': 1} | xmlattr }}",
    "{{ range(10000000) | list }}",
    "{{ report.title.update({}) }}",
    "{{ {}.update({1: 2}) }}",
    "{{ report() }}",
    "{{ undefined_name }}",
    "{% debug %}",
    "{% do 1 %}",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ESCAPES)
def test_no_way_leads_out_of_the_report(form: Callable[[str], str], text: str) -> None:
    with pytest.raises(Exception) as told:  # noqa: PT011 - of any kind: fii tells each as what is wrong
        print(form(text))
    why = inside._error_data(told.value)
    assert CANARY not in str(why)
    assert " at 0x" not in str(why)
    if form is not as_word:
        assert why["name"].startswith(f"{OWN_TEMPLATES}/")
        assert why["line"] == 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "text",
    [
        "{{ _ }}{{ range }}{{ dict }}{{ namespace }}",
        "{{ '%r %s' % (_, range) }}{{ '%r' | format(_) }}{{ _ ~ range }}{{ [_, range] | string }}",
        "{{ _ | pprint }}{{ [_] | pprint }}{{ [_] | join }}",
        "{{ report.title.upper }}{{ [''.format, [].index] | string }}",
        "{{ [1] | map('string') }}{{ [1] | select }}{{ [1] | reverse }}{{ [1, 2] | batch(1) }}",
        "{{ {1: 2} | items }}{{ [1, 1] | unique }}{{ [1, 2] | slice(2) }}{{ {1: 2}.items() }}",
        "{% for a in [1] %}{{ loop }}{{ [loop, loop.cycle] | string }}{% endfor %}{{ self }}",
        "{% macro a() %}{{ caller }}{% endmacro %}{{ a }}{% call a() %}{% endcall %}",
        "{% block b %}{{ self.b | string | length }}{% endblock %}{{ [self.b] | string }}",
    ],
)
def test_nothing_shows_where_it_lies_in_memory(form: Callable[[str], str], text: str) -> None:
    assert not re.search(r" at 0x|<function|<generator|<bound|<built-in", form(text))


@pytest.mark.parametrize("form", FORMS)
def test_what_templates_are_for_works(form: Callable[[str], str]) -> None:
    text = (
        "{% macro b(x) %}{{ x }}{{ caller() }}{% endmacro %}{% set n = namespace(t=0) %}"
        "{% for i in range(3) %}{% set n.t = n.t + i %}{{ loop.cycle('a', 'b') }}{% endfor %}{{ n.t }} "
        "{% call b('B') %}C{% endcall %} {{ ['b', 'a'] | sort | map('upper') | join('-') }} "
        "{{ 'x{}y'.format(1) }} {{ '%s!' % 'p' }} {{ report.title | length > 3 }} "
        "{{ [report] | map(attribute='title') | first == report.title }} {{ dict(a=1).a }} "
        "{{ _('At a glance') }} {{ _('{n} of {all}', n=1, all=2) }} {{ {1: 2}.items() | list }}"
    )
    assert "aba3 BC A-B x1y p! True True 1 In één oogopslag 1 van 2 [(1, 2)]" in form(text)


def test_our_own_pages_are_the_same_in_the_sandbox() -> None:
    page = Page("report", "html", "nl", {"report": REPORT}, House())
    assert written(page, sandboxed=True) == written(page)


# --- gaps of texts, everywhere ------------------------------------------------------------------------------


def test_a_gap_is_a_plain_name() -> None:
    assert EN(msg("{{{a}}} {b}", a=1, b=2.5)) == "{1} 2.5"
    assert EN(msg("{a}", a="{b} {{")) == "{b} {{"
    for form in ("{a.b}", "{a[0]}", "{a!r}", "{a:>9}", "{}", "{0}", "{a", "a}", "{ a }"):
        with pytest.raises(ValueError, match="plain name"):
            EN(Message(form, {"a": 1}))


@pytest.mark.parametrize("value", [print, object(), None, [1], {"a": 1}, b"a", Path("a"), ("a", print)])
def test_only_words_and_numbers_fill_a_gap(value: object) -> None:
    with pytest.raises(TypeError, match="text or a number"):
        EN(Message("{a}", {"a": value}))


# --- through the command line, behind all walls -------------------------------------------------------------


@pytest.fixture
def proef(here: Path) -> Path:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    return here


def refused(done: Any, where: str) -> None:
    assert done.code == 2
    assert f"{where}: template error: " in done.err
    assert CANARY not in done.out + done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("text", [TOKEN % "_", "{% include '../../geheim' %}", "{{ cycler.__init__ }}"])
def test_a_token_and_a_file_stay_where_they_are(fii: Fii, proef: Path, text: str) -> None:
    Path("geheim").write_text(CANARY, encoding="utf-8")
    own("report.html.j2", f"\n\n{text}")
    own("portfolio.html.j2", f"\n{text}")
    Path("huis.docx").write_bytes(word_of(text.replace("f=_", "f=light")))
    refused(fii("report", "a.yaml"), ".fii/templates/report.html.j2:3")
    refused(fii("portfolio", "a.yaml", "--output", "site/"), ".fii/templates/portfolio.html.j2:2")
    refused(fii("report", "a.yaml", "--output", "r.docx", "--template", "huis.docx"), "huis.docx")
    assert not Path("r.docx").exists()


def test_an_error_in_a_template_is_one_short_line(fii: Fii, proef: Path) -> None:
    own("report.html.j2", "{% include '\x1b]0;x\x07\u202e\\n::stop-commands::" + "y" * 5000 + "' %}")
    done = fii("report", "a.yaml")
    refused(done, ".fii/templates/report.html.j2:1")
    assert r"\x1b]0;x\x07\u202e" in done.err
    assert not re.search("[\x1b\x07\u202e]|::stop", done.err)
    own("report.html.j2", "{{ report['" + "y" * 5000 + "'] }}")
    assert len(fii("report", "a.yaml").err) < 900


def test_an_error_in_a_document_tells_its_paragraph(fii: Fii, proef: Path) -> None:
    Path("huis.docx").write_bytes(word_of("Ons huis: {{ report.titel }}"))
    done = fii("report", "a.yaml", "--output", "r.docx", "--template", "huis.docx")
    refused(done, "huis.docx")
    assert "has no attribute 'titel', in: Ons huis: {{ report.titel }}" in " ".join(done.err.split())


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'x' * 10**11 }}",
        "{{ 9 ** 999999999 }}",
        "{{ 'a' | indent(10 ** 11, true) }}",
        "{{ 'a' | center(10**11) }}",
        "{{ '{:>99999999999}'.format(1) }}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    ],
)
def test_a_template_that_asks_too_much_is_ended(
    fii: Fii, proef: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    own("report.html.j2", text)
    done = fii("report", "a.yaml")
    assert done.code == 2
    assert "the template" in done.err
    assert "Traceback" not in done.err
    assert not Path("a.html").exists()


def test_a_page_is_no_longer_than_it_may_be(fii: Fii, proef: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LONGEST", 1000)
    own("report.html.j2", "{{ 'x' * 1001 }}")
    assert fii("report", "a.yaml").code == 2
    own("report.html.j2", "{{ 'x' * 1000 }}")
    assert fii("report", "a.yaml").code == 0


def test_no_more_is_read_than_a_page_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_START", "while True: print('x' * 65536)")
    start = time.monotonic()
    code, made = process.worked(b"", 30, 1024, 100_000)
    assert code != 0
    assert len(made) == 100_000
    assert time.monotonic() - start < 30  # it is ended at once, not when its time is over


def test_a_process_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_START", "import time; time.sleep(600)")
    monkeypatch.setattr(process, "_GRACE", 0)
    start = time.monotonic()
    assert process.worked(b"x" * 10**6, 1, 1024, 10)[0] != 0
    assert time.monotonic() - start < 60


# --- the walls ----------------------------------------------------------------------------------------------


@pytest.fixture
def probed(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the process could reach; with a file below home, and a descriptor that a child would inherit."""
    secret, temporary = here / "geheim", here / "tmp"
    secret.write_text(CANARY, encoding="utf-8")
    temporary.mkdir()
    monkeypatch.setenv("HOME", str(here))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(process, "_START", probe.START)
    with secret.open() as file:
        os.set_inheritable(file.fileno(), True)
        code, made = process.worked(pickle.dumps(probe.Job(secret)), 20, 1024, 10**6)
    assert code == 0
    assert CANARY.encode() not in made
    seen: dict[str, Any] = json.loads(made)
    assert seen["folder"].startswith(str(temporary))
    assert list(temporary.iterdir()) == []  # its folder is gone
    return seen


@linux
def test_the_process_starts_with_nothing(probed: dict[str, Any]) -> None:
    assert probed["begun_with"] == ""
    assert probed["environ"] == {}
    assert probed["open"] == []


@linux
def test_the_process_can_do_nothing_but_work(probed: dict[str, Any]) -> None:
    assert set(probed["tries"].values()) == {"PermissionError"}, probed["tries"]
    assert probed["limits"] == {"FSIZE": 0, "CORE": 0, "NPROC": 0, "CPU": 20}
    assert probed["imported"] == "colorsys"  # a module that nothing had imported


@linux
def test_the_process_has_no_network(probed: dict[str, Any]) -> None:
    code = "from fii_cli.pages.apart.walls import _unshare as u; u(0x40000000)"
    other = "from fii_cli.pages.apart.walls import _unshare as u; u(0x50000000)"
    if all(
        subprocess.run([sys.executable, "-c", each], capture_output=True).returncode for each in (code, other)
    ):
        pytest.skip("this system lets nobody leave the network")
    assert probed["interfaces"] == ["lo"]


def test_only_libraries_are_on_the_path_of_the_process(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "work" / ".venv").mkdir(parents=True)
    (here / "home").mkdir()
    (here / "home" / ".local").mkdir()
    monkeypatch.setenv("HOME", str(here / "home"))
    monkeypatch.setenv("USERPROFILE", str(here / "home"))
    monkeypatch.chdir(here / "work")
    here = here.resolve()
    given = ["", ".", str(here), str(here / "work"), str(here / "work/.venv"), str(here / "home"), "/weg"]
    monkeypatch.setattr(sys, "path", [*given, str(here / "home/.local")])
    assert process._libraries() == [
        str(here / "work/.venv"),
        str(here / "home/.local"),
        str(Path(process.__file__).resolve().parents[3]),
    ]


@linux
def test_an_interruption_ends_the_process_and_its_folder(here: Path) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    own("report.html.j2", "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}")
    (here / "tmp").mkdir()
    words = [sys.executable, "-m", "fii_cli", "--lang", "en", "report", "a.yaml"]
    with subprocess.Popen(
        words, env={**os.environ, "TMPDIR": str(here / "tmp")}, stderr=subprocess.PIPE
    ) as fii:
        children = Path(f"/proc/{fii.pid}/task/{fii.pid}/children")
        until = time.monotonic() + 60
        while not (child := children.read_text().split()):
            assert time.monotonic() < until
            assert fii.poll() is None
            time.sleep(0.05)
        time.sleep(0.3)
        fii.send_signal(signal.SIGINT)
        _, err = fii.communicate(timeout=60)
    assert fii.returncode == 130
    assert b"Traceback" not in err
    assert list((here / "tmp").iterdir()) == []
    assert not Path(f"/proc/{child[0]}").exists()


# --- pages that load and send nothing -----------------------------------------------------------------------

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'"


@pytest.mark.parametrize(
    "page",
    [
        "<script>fetch('//x')</script>",
        "<!doctype html><script src=//x></script>",
        "<!--><script>1</script><!-- --><!doctype html>",
        "<!-- a --!><img src=//x><!-- --><!doctype html><head>",
        "\u00a0<!doctype html><img src=//x>",
        "\ufeff<!doctype html><img src=//x>",
        "<!doctype html><html lang='nl' onload=x><head>",
        "<!doctype html>\u00a0<html><head>",
        "<!doctype html><html><body><head>",
        "",
    ],
)
def test_a_policy_stands_before_everything_that_acts(page: str) -> None:
    before = sealed(page)[
        : sealed(page).index(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}')
    ]
    assert re.fullmatch(r"(?i)(?:<!doctype html>|<html>|<head>|\s)*", before, re.A)


def test_a_page_keeps_its_beginning_and_its_own_policy(fii: Fii, proef: Path) -> None:
    own("report.html.j2", "{% extends 'fii/report.html.j2' %}{% block log %}{% endblock %}")
    page = fii("report", "a.yaml", "--output", "-", "--as-of", "2025-02-01").out
    assert without_yardstick(page).startswith(
        "<!doctype html>\n<!-- fii report 2025-02-01 team chosen -->\n"
        '<html lang="nl">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"'
    )
    policies = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert len(policies) == 2
    assert "'unsafe-inline'" in policies[0]
    assert "style-src 'sha256-" in policies[1]  # both let the style through
    assert "http-equiv" not in fii("report", "a.yaml", "--format", "md", "--output", "-").out


@pytest.mark.parametrize(
    "element",
    [
        '<meta http-equiv="refresh" content="0;url=//x">',
        "<META HTTP-EQUIV='&#114;efresh' content='0;url=//x'>",
        "<meta content='0;url=//x' http-equiv=refresh>",
        '<meta http-equiv="Content-Security-Policy\x00" http-equiv=refresh>',
        "<link rel=dns-prefetch href=//geheim.x>",
        "<LINK\nrel=preconnect href=//geheim.x>",
        "<link/rel=preconnect href=//geheim.x>",
    ],
)
def test_no_element_acts_that_a_policy_lets_through(element: str) -> None:
    page = sealed(f"<!doctype html><head>{element}")
    assert not re.search("<link", page, re.I)
    acting = re.findall(r"(?i)(?<!data-)http-equiv\s*=\s*(\"[^\"]*\"|\S+)", page)
    assert set(acting) == {'"Content-Security-Policy"', '"x-dns-prefetch-control"'}


def test_a_template_cannot_name_another_edition(fii: Fii, proef: Path) -> None:
    own("report.html.j2", "<!-- fii report 2025-02-01 public --><!doctype html>{{ report.title }}")
    page = fii("report", "a.yaml", "--output", "-", "--as-of", "2025-02-01").out
    assert without_yardstick(page).startswith("<!-- fii report 2025-02-01 team chosen -->\n")


# --- documents of Word --------------------------------------------------------------------------------------


def changed(document: bytes, change: Callable[[str, bytes], bytes], *more: tuple[str, bytes]) -> bytes:
    """A document with its parts changed, and parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, raw in more:
            new.writestr(name, raw)
    return out.getvalue()


def in_body(document: bytes, old: str, new: str) -> bytes:
    def change(name: str, raw: bytes) -> bytes:
        return raw.replace(old.encode(), new.encode(), 1) if name == "word/document.xml" else raw

    return changed(document, change)


def test_the_tags_of_word_work(fii: Fii, proef: Path) -> None:
    from docx import Document

    made = Document()
    made.core_properties.title = "{{ report.title }}"
    made.sections[0].header.paragraphs[0].text = "Boven {{ report.edition }}"
    made.sections[0].footer.paragraphs[0].text = "Onder {{ _('At a glance') }}"
    for text in ("{%p if report.phases %}", "{{ report.phases | length }} fasen", "{%p endif %}"):
        made.add_paragraph(text)
    made.add_paragraph(
        "Licht: {{r light(report.phases[0].counts[0].light) }} en {%r if true %}waar{%r endif %}"
    )
    made.add_paragraph("{#p weg #}")
    made.add_paragraph("{{ 'een\\ntwee' }}")
    table = made.add_table(rows=4, cols=2)
    table.rows[0].cells[0].text = "{% cellbg 'FF0000' %}rood"
    table.rows[1].cells[0].text = "{%tr for phase in report.phases %}"
    table.rows[2].cells[0].text = "{% vm %}{{ phase.number }}"
    table.rows[2].cells[1].text = "{{ phase.name }}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    wide = made.add_table(rows=1, cols=3)
    wide.rows[0].cells[0].text = "{% colspan 2 %}breed"
    wide.rows[0].cells[1].text = "{%tc for a in [1, 2] %}"
    wide.rows[0].cells[2].text = "{%tc endfor %}"
    loop = made.add_table(rows=1, cols=3)
    loop.rows[0].cells[0].text = "{%tc for a in [1, 2] %}"
    loop.rows[0].cells[1].text = "{% hm %}samen"
    loop.rows[0].cells[2].text = "{%tc endfor %}"
    made.save("huis.docx")
    assert fii("report", FULL, "--output", "r.docx", "--template", "huis.docx").code == 0
    with zipfile.ZipFile("r.docx") as packed:
        parts = {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}
    body = parts["word/document.xml"]
    seen = re.sub(r"<[^>]+>", "", body)
    for text in ("6 fasen", "en waar", "Signaleren", "rood", "breed", "samen"):
        assert text in seen
    for tag in ('w:fill="FF0000"', '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:br/>"):
        assert tag in body
    assert any("Boven " in text for name, text in parts.items() if "header" in name)
    assert any("Onder In één oogopslag" in text for name, text in parts.items() if "footer" in name)
    assert "{" not in seen


FILE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file://%s">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 99 + '"><!ENTITY e "' + "&b;" * 99 + '">]>'


def with_type(document: bytes, part: str, kind: str, codec: str = "utf-8") -> bytes:
    """A document of which a part has a document type, and shows its entity where text stands."""

    def change(name: str, raw: bytes) -> bytes:
        if name != part:
            return raw
        text = re.sub(r"^<\?xml[^>]*\?>", "", raw.decode()).replace("Proef", "&e;")
        return f'<?xml version="1.0" encoding="{codec}"?>\n{kind}{text.lstrip()}'.encode(codec)

    return changed(document, change)


@pytest.mark.parametrize("kind", [FILE, LAUGHS, '<!DOCTYPE x SYSTEM "http://x/x.dtd">'])
@pytest.mark.parametrize(
    ("part", "codec"),
    [
        ("word/document.xml", "utf-8"),
        ("word/document.xml", "utf-16"),
        ("word/document.xml", "cp037"),
        ("word/styles.xml", "utf-8"),
        ("docProps/core.xml", "utf-8"),
        ("[Content_Types].xml", "utf-8"),
        ("_rels/.rels", "utf-8"),
    ],
)
def test_a_document_type_is_refused(here: Path, kind: str, part: str, codec: str) -> None:
    secret = here / "geheim"
    secret.write_text(CANARY, encoding="utf-8")
    template = with_type(word_of("Proef"), part, kind % secret if "%s" in kind else kind, codec)
    with pytest.raises(Refused) as told:
        inside._made(apart.WordJob(REPORT, "nl", template, "huis.docx"))
    assert EN(told.value.message) == f"{part} is damaged or has been tampered with"


def test_a_template_that_makes_a_document_type_is_refused() -> None:
    start = '<w:body a="{% set x %}"/></w:body>{% endset %}{{ "<!DOCTYPE x>" | safe }}'
    template = in_body(word_of("Proef"), "<w:body>", start.replace('"<', "'<").replace('>"', ">'"))
    with pytest.raises(Exception):  # noqa: B017, PT011 - as XML or as a template, it goes no further
        inside._made(apart.WordJob(REPORT, "nl", template, "huis.docx"))


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x.xml", "word\\x.xml", "C:/x.xml", "word/Document.xml"])
def test_a_strange_or_double_name_is_refused(fii: Fii, proef: Path, name: str) -> None:
    template = changed(word_of("Proef"), lambda _, raw: raw, (name, b"<x/>"))
    Path("huis.docx").write_bytes(template)
    done = fii("report", "a.yaml", "--output", "r.docx", "--template", "huis.docx")
    refused(done, "huis.docx")
    assert "is damaged or has been tampered with" in " ".join(done.err.split())
    assert sorted(path.name for path in proef.iterdir()) == ["a.yaml", "huis.docx"]


def test_a_bomb_is_refused_before_it_is_unpacked(fii: Fii, proef: Path) -> None:
    Path("huis.docx").write_bytes(word_of("Proef"))
    with zipfile.ZipFile("huis.docx", "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/media/a.png", b"\0" * 101_000_000)
    done = fii("report", "a.yaml", "--output", "r.docx", "--template", "huis.docx")
    refused(done, "huis.docx")
    assert "it is larger than 100 MB when unpacked" in " ".join(done.err.split())


CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TOLD = "Jan-Verborgen"
"""Somebody whom only the template knows."""


def linked(document: bytes, owner: str, *links: tuple[str, str, bool], **more: bytes) -> bytes:
    """A document with relations added to a part: their kind, their target, and whether it lies outside."""
    rels = "".join(
        f'<Relationship Id="rX{at}" Type="{RELATIONS}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if outside else ''}/>"
        for at, (kind, target, outside) in enumerate(links)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    seen = []

    def change(name: str, raw: bytes) -> bytes:
        seen.append(name)
        if name == owner:
            return raw.replace(b"</Relationships>", f"{rels}</Relationships>".encode())
        return raw

    made = changed(document, change)
    if owner not in seen:
        made = changed(
            made,
            lambda _, raw: raw,
            (owner, f'<Relationships xmlns="{package}">{rels}</Relationships>'.encode()),
        )
    return changed(made, lambda _, raw: raw, *((f"word/{name}.xml", raw) for name, raw in more.items()))


def telling() -> bytes:
    """A template that tells of its makers wherever a document can."""
    from docx import Document

    made, out = Document(), io.BytesIO()
    paragraph = made.add_paragraph("{{ report.title }}")
    made.add_comment(paragraph.runs, f"opmerking van {TOLD}", author=TOLD, initials=TOLD)
    about = made.core_properties
    for name in ("author", "last_modified_by", "title", "subject", "keywords", "comments", "category"):
        setattr(about, name, TOLD)
    about.version = about.identifier = about.content_status = TOLD
    made.save(out)
    custom = f'<Properties xmlns="x"><property name="{TOLD}"/></Properties>'.encode()
    template = linked(
        out.getvalue(),
        "word/_rels/document.xml.rels",
        ("people", "people.xml", False),
        ("glossaryDocument", "glossary.xml", False),
        ("customXml", "custom.xml", False),
        people=custom,
        glossary=custom,
        custom=custom,
    )
    template = linked(template, "_rels/.rels", ("custom-properties", "docProps/custom.xml", False))
    template = linked(
        template,
        "word/_rels/settings.xml.rels",
        ("attachedTemplate", f"file:///C:/Users/{TOLD}/huis.dotx", True),
    )
    tracked = f'<w:ins w:id="9" w:author="{TOLD}" w:initials="{TOLD}" w:date="2013-01-01T00:00:00Z"><w:r>'

    def change(name: str, raw: bytes) -> bytes:
        text = raw.decode("utf-8", "surrogateescape")
        if name == "word/document.xml":
            text = text.replace("<w:r>", tracked, 1).replace("</w:r>", "</w:r></w:ins>", 1)
            text = text.replace("<w:p>", '<w:p w:rsidR="00AB12CD">', 1)
        if name == "word/settings.xml":
            text = text.replace(
                "</w:settings>",
                f'<w:docVars><w:docVar w:name="a" w:val="{TOLD}"/></w:docVars>'
                '<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids></w:settings>',
            )
        if name == "docProps/app.xml":
            text = text.replace("<Company/>", f"<Company>{TOLD}</Company>").replace(
                "</Company>", f"{TOLD}</Company>"
            )
        return text.encode("utf-8", "surrogateescape")

    return changed(template, change, ("docProps/custom.xml", custom))


@pytest.mark.parametrize("template", [telling, word_template])
def test_a_document_tells_nothing_of_its_template(template: Callable[[], bytes]) -> None:
    made = inside._made(apart.WordJob(REPORT, "nl", template(), "huis.docx"))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        parts = {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}
    for name, text in parts.items():
        for word in (
            TOLD,
            "python-docx",
            "2013-",
            "Macintosh",
            "rsid",
            "docVar",
            "attachedTemplate",
            "comment",
        ):
            assert word not in re.sub(r'xmlns:\w+="[^"]*"|(?:styleId|w:val|w:name)="[^"]*"', "", text), (
                name,
                word,
            )
        assert not re.search(r"thumbnail|app\.xml|custom|comments|people|glossary", name)
    about = re.sub(r"<cp:coreProperties[^>]*>", "", parts["docProps/core.xml"])
    assert dict(re.findall(r"<(\w+:\w+)[^>]*>([^<]*)</", about)) == {
        "dc:title": REPORT.title,
        "dc:subject": f"Innovatie- en implementatietraject, {REPORT.edition}, {REPORT.dated}",
        "dc:language": "nl",
        "cp:keywords": REPORT.mark,  # by which fii recognises it
        "dcterms:created": f"{REPORT.as_of}T00:00:00Z",  # nobody wrote it, and no clock is asked
        "dcterms:modified": f"{REPORT.as_of}T00:00:00Z",
    }
    assert made == inside._made(apart.WordJob(REPORT, "nl", template(), "huis.docx"))


@pytest.mark.parametrize(
    ("links", "says"),
    [
        ([("image", "http://x/pixel.png", True)], "it links to http://x/pixel.png; embed it"),
        ([("oleObject", "file:///C:/x.xlsx", True)], "it contains oleObject"),
        ([("aFChunk", "x.html", False)], "it contains aFChunk"),
        ([("frame", "http://x/x.html", True)], "it contains frame"),
    ],
)
def test_a_document_fetches_nothing_when_it_is_opened(
    links: Sequence[tuple[str, str, bool]], says: str
) -> None:
    template = linked(word_of("Proef"), "word/_rels/document.xml.rels", *links)
    known = b'<Default Extension="html" ContentType="text/html"/></Types>'
    template = changed(
        template, lambda _, raw: raw.replace(b"</Types>", known), ("word/x.html", b"<p>van elders</p>")
    )
    with pytest.raises(Refused) as told:
        inside._made(apart.WordJob(REPORT, "nl", template, "huis.docx"))
    assert EN(told.value.message).startswith(says)


def test_our_own_template_tells_nothing_either() -> None:
    with zipfile.ZipFile(io.BytesIO(word_template())) as packed:
        assert not [name for name in packed.namelist() if re.search(r"thumbnail|app\.xml|custom", name)]
        assert b"python-docx" not in b"".join(packed.read(name) for name in packed.namelist())


def test_a_picture_and_a_link_of_the_house_stay(here: Path) -> None:
    from docx import Document

    made, out = Document(), io.BytesIO()
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    made.add_picture(io.BytesIO(png))
    made.save(out)
    template = linked(
        out.getvalue(), "word/_rels/document.xml.rels", ("hyperlink", "https://voorbeeld.nl/", True)
    )
    template = in_body(template, 'name="Picture 1"', f'name="Picture 1" descr="C:\\Users\\{TOLD}\\logo.png"')
    document = inside._made(apart.WordJob(REPORT, "nl", template, "huis.docx"))
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        assert any(packed.read(name) == png for name in packed.namelist() if "media" in name)
        assert b"https://voorbeeld.nl/" in packed.read("word/_rels/document.xml.rels")
        assert 'descr="logo.png"' in packed.read("word/document.xml").decode()


def field(*pieces: str) -> str:
    """A field whose instruction stands in pieces: text, or runs as they are."""
    runs = (
        piece
        if piece.startswith("<")
        else f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>'
        for piece in pieces
    )
    begin, middle, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return f"{begin}{''.join(runs)}{middle}<w:r><w:t>1</w:t></w:r>{end}"


def simple(instruction: str) -> str:
    return f'<w:fldSimple w:instr="{instruction}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def with_runs(runs: str) -> bytes:
    return in_body(word_of("Proef"), "<w:p>", f"<w:p>{runs}")


CALC = r'c:\windows\system32\cmd.exe "/k calc"'
DELETED = '<w:del w:id="9" w:author="x"><w:r><w:delInstrText>PAGE </w:delInstrText></w:r></w:del>'
INSERTED = '<w:ins w:id="9" w:author="x"><w:r><w:instrText>PAGE </w:instrText></w:r></w:ins>'
UNKNOWN = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="w"><w:r><w:instrText>PAGE </w:instrText></w:r></mc:Choice></mc:AlternateContent>'
)
BUILT = """{{ '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DD' | safe }}{{ 'EAUTO x' }}"""
BUILT += "{{ '</w:instrText></w:r>' | safe }}"


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        (field(f"DDEAUTO {CALC}"), "DDEAUTO"),
        (field(f" dde {CALC}"), "dde"),
        (field("D", "DE", f"AUTO {CALC}"), "DDEAUTO"),
        (field("DDE<!-- -->AUTO x"), "DDEAUTO"),
        (field("<w:r><w:t>DDEAUTO x</w:t></w:r>"), "DDEAUTO"),
        (field("IF 1 = 1 ", field(f"DDEAUTO {CALC}"), " x"), "DDEAUTO"),
        (field(field("QUOTE 68 68 69"), f" {CALC}"), "…"),
        (field(DELETED, "DDEAUTO x"), "DDEAUTO"),
        (field(INSERTED, "DDEAUTO x"), "DDEAUTO"),
        (field(UNKNOWN, "DDEAUTO x"), "DDEAUTO"),
        (field("DDEAUTO x").replace("instrText", "delInstrText"), "DDEAUTO"),
        (field("DDEAUTO x").rpartition("<w:r><w:fldChar")[0], "DDEAUTO"),
        (simple("INCLUDETEXT &quot;/etc/passwd&quot;"), "INCLUDETEXT"),
        (simple("includepicture &quot;http://x/p.png&quot; \\d"), "includepicture"),
        (field("LINK Excel.Sheet.12 x.xlsx"), "LINK"),
        (field("MACROBUTTON AutoOpen klik"), "MACROBUTTON"),
        *((field(f"{word} x"), word) for word in ("INCLUDE", "IMPORT", "DATABASE", "EMBED", "RD", "PRINT")),
        ("</w:p><w:p>" + BUILT, "DDEAUTO"),
    ],
)
def test_a_field_that_runs_or_fetches_is_refused(runs: str, shown: str) -> None:
    with pytest.raises(Refused) as told:
        inside._made(apart.WordJob(REPORT, "nl", with_runs(runs), "huis.docx"))
    assert EN(told.value.message) == f"it contains the field {shown}, which fii does not support; remove it"


def with_story(kind: str, runs: str) -> bytes:
    """A template with a field in a part beside its body."""
    from docx import Document

    made, out = Document(), io.BytesIO()
    made.sections[0].header.paragraphs[0].text = made.sections[0].footer.paragraphs[0].text = "Proef"
    made.save(out)
    if kind in ("header", "footer"):
        return changed(
            out.getvalue(),
            lambda name, raw: raw.replace(b"<w:r>", runs.encode() + b"<w:r>", 1) if kind in name else raw,
        )
    story = f'<w:{kind}s xmlns:w="{WORD}"><w:{kind} w:id="7"><w:p>{runs}</w:p></w:{kind}></w:{kind}s>'
    template = linked(
        out.getvalue(),
        "word/_rels/document.xml.rels",
        (f"{kind}s", f"{kind}s.xml", False),
        **{f"{kind}s": story.encode()},
    )
    known = (
        f'<Override PartName="/word/{kind}s.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.{kind}s+xml"/></Types>'
    )
    return changed(
        template,
        lambda name, raw: raw.replace(b"</Types>", known.encode()) if name == "[Content_Types].xml" else raw,
    )


@pytest.mark.parametrize("kind", ["header", "footer", "footnote", "endnote"])
def test_a_field_beside_the_body_is_refused_too(kind: str) -> None:
    with pytest.raises(Refused) as told:
        inside._made(apart.WordJob(REPORT, "nl", with_story(kind, field("DDE", "AUTO x")), "huis.docx"))
    assert EN(told.value.message).startswith("it contains the field DDEAUTO")


LEADS_ASTRAY = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    r"\\evil\share",
    "C:/x.exe",
    "ms-word:ofe|u|x",
    "x.exe",
]


def as_relation(target: str) -> bytes:
    return linked(word_of("Proef"), "word/_rels/document.xml.rels", ("hyperlink", target, True))


def as_field(target: str) -> bytes:
    return with_runs(field(r"HYPERLINK \o tip ", f'"{target}"'))


def as_drawing(target: str) -> bytes:
    return with_runs(
        f'<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" href="{target}"/></w:pict></w:r>'
    )


@pytest.mark.parametrize("target", LEADS_ASTRAY)
@pytest.mark.parametrize("form", [as_relation, as_field, as_drawing])
def test_a_link_to_anything_but_a_page_is_refused(form: Callable[[str], bytes], target: str) -> None:
    with pytest.raises(Refused) as told:
        inside._made(apart.WordJob(REPORT, "nl", form(target), "huis.docx"))
    assert EN(told.value.message).startswith(f"it links to {target}, but")


def test_a_link_that_a_field_makes_up_is_refused() -> None:
    template = with_runs(field("HYPERLINK ", field("QUOTE 104")))
    with pytest.raises(Refused):
        inside._made(apart.WordJob(REPORT, "nl", template, "huis.docx"))


def test_an_old_drawing_fetches_nothing() -> None:
    drawing = '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://x/pixel.png"/>'
    template = with_runs(f"<w:r><w:pict>{drawing}</w:pict></w:r>")
    with pytest.raises(Refused) as told:
        inside._made(apart.WordJob(REPORT, "nl", template, "huis.docx"))
    assert EN(told.value.message).startswith("it links to http://x/pixel.png; embed it")


def test_the_fields_of_a_house_stay(here: Path) -> None:
    runs = [
        field(" PAGE ", r" \* MERGEFORMAT "),
        simple("page"),
        field(r' TOC \o "1-3" \h \z \u '),
        field("IF ", field("=", field("PAGE"), " - 1"), ' = 1 "een" "meer"'),
        field(r'HYPERLINK "https://voorbeeld.nl/" \l "top" \o "Lees verder"'),
        field('HYPERLINK "mailto:a@voorbeeld.nl"'),
        field(r"HYPERLINK \l _Toc1"),
        field("DOCPROPERTY Title"),
        '<w:hyperlink w:anchor="top"><w:r><w:t>boven</w:t></w:r></w:hyperlink>',
    ]
    template = linked(
        with_runs("".join(runs)),
        "word/_rels/document.xml.rels",
        ("hyperlink", "https://voorbeeld.nl/", True),
        ("hyperlink", "mailto:a@voorbeeld.nl", True),
    )
    document = inside._made(apart.WordJob(REPORT, "nl", template, "huis.docx"))
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        body = packed.read("word/document.xml").decode()
    for text in (" PAGE ", 'w:instr="page"', " TOC ", "https://voorbeeld.nl/", "DOCPROPERTY"):
        assert text in body
