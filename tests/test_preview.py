"""The report beside the editor: what is served to whom, what is shown when, and what makes it reload."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from conftest import Fii
from fii_cli import cli
from fii_cli.commands.preview_pages import PreviewRequest
from fii_cli.preview import browser as own_browser
from fii_cli.preview.follow import PATIENCE, follow
from fii_cli.preview.frame import PAGE_POLICY, frame_of
from fii_cli.preview.server import Server
from fii_cli.preview.showing import MOST, Made, Showing, Wrong
from fii_cli.project.context import Projects
from fii_cli.project.watched import evidence_in, watched
from fii_cli.terminal.opened import open_terminal
from fii_cli.words import Audience
from helpers import EN, HEAD, NL
from outside import browser, node_module
from test_browser import AXE, QUIET

DAY = "2025-03-10"
ON = ("--as-of", DAY)
BROKEN = HEAD + "titel: x\n"
OUTER = HEAD + "organisations: [{id: fictie, name: Stichting Fictie, roles: [receiving]}]\n"


@pytest.fixture(autouse=True)
def _folder(here: Path) -> None:
    write("a.yaml", HEAD)


def write(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# --- the server ---------------------------------------------------------------------------------------------

PAGES = Made(
    {"report.html": b"<!doctype html>een", "\udcff \u00e9.html": b"<!doctype html>twee"}, "report.html"
)


@contextmanager
def served(made: Made = PAGES) -> Iterator[Server]:
    server = Server(frame_of("a.yaml", EN, phone=False), EN, 0)
    server.show(made)
    with server.serving():
        yield server


def asked(
    server: Server, path: str, method: str = "GET", host: str | None = None, **headers: str
) -> tuple[int, HTTPMessage, bytes]:
    """What the server answers to a path, as it is written."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    if host != "":
        connection.putheader("Host", host or f"127.0.0.1:{server.port}")
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    told = answer.status, answer.headers, answer.read()
    connection.close()
    return told


def test_whoever_has_the_address_gets_the_frame_the_state_and_the_pages() -> None:
    with served() as server:
        at = f"/{server.token}/"
        assert server.address == f"http://127.0.0.1:{server.port}{at}"
        status, headers, page = asked(server, at)
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert b"<iframe" in page
        status, headers, told = asked(server, f"{at}state")
        assert (status, headers["Content-Type"]) == (200, "application/json")
        assert json.loads(told)["start"] == "report.html"
        assert asked(server, f"{at}page/report.html")[2] == b"<!doctype html>een"
        assert asked(server, f"{at}page/%FF%20%C3%A9.html")[2] == b"<!doctype html>twee"
        assert asked(server, at, host=f"localhost:{server.port}")[0] == 200


def test_every_answer_is_for_this_reader_only() -> None:
    with served() as server:
        for path in (f"/{server.token}/", f"/{server.token}/state", f"/{server.token}/page/report.html", "/"):
            headers = asked(server, path)[1]
            assert headers["Cache-Control"] == "no-store"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "no-referrer"
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert "frame-ancestors" in headers["Content-Security-Policy"]
            assert "Access-Control-Allow-Origin" not in headers
            assert headers["Server"] == "fii"
        frame = asked(server, f"/{server.token}/")[1]["Content-Security-Policy"]
        assert frame.startswith("default-src 'none'; script-src 'sha256-")
        assert "unsafe" not in frame
        assert asked(server, f"/{server.token}/page/report.html")[1]["Content-Security-Policy"] == PAGE_POLICY


ELSEWHERE = [
    "/",
    "/favicon.ico",
    "/{token}",
    "/{other}/",
    "/{other}/state",
    "/{half}/",
    "/{token}/page/",
    "/{token}/page/a.yaml",
    "/{token}/page/../state",
    "/{token}/page/../../../../etc/passwd",
    "/{token}/page/..%2f..%2fa.yaml",
    "/{token}/../{token}/",
    "/{token}//etc/passwd",
    "/{token}/state/",
    "/{token}/state?x",
    "/{token}/?x",
    "/{token}/%73tate",
    "http://127.0.0.1/{token}/",
    "/\u00e9/",
    "*",
]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_nothing_else_is_there(path: str) -> None:
    with served() as server:
        token = server.token
        other = ("a" if token[0] != "a" else "b") + token[1:]
        path = path.format(token=token, other=other, half=token[:16])
        told = _raw(server, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        assert told.startswith(b"HTTP/1.0 404 ")
        assert told.endswith(b"\r\n\r\nnot found\n")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "localhost",
        "localhost:1",
        "127.0.0.1.evil:{port}",
        "",
    ],
)
def test_another_name_for_this_machine_gets_nothing(host: str) -> None:
    with served() as server:
        status, _, told = asked(server, f"/{server.token}/", host=host.format(port=server.port))
        assert status == 421
        assert b"127.0.0.1 and localhost" in told
        assert server.token.encode() not in told


def test_two_names_are_no_name() -> None:
    with served() as server:
        own = f"Host: 127.0.0.1:{server.port}\r\n"
        told = _raw(server, f"GET /{server.token}/ HTTP/1.1\r\n{own}{own}\r\n".encode())
        assert told.startswith(b"HTTP/1.0 421 ")


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "NOPE"])
def test_only_get_is_answered(method: str) -> None:
    with served() as server:
        status, headers, told = asked(server, f"/{server.token}/", method)
        assert (status, headers["Allow"], told) == (405, "GET", b"")
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "request_", [b"GET\r\n\r\n", b"\x00\xff\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /" + b"x" * 70_000]
)
def test_what_is_no_request_gets_an_error_without_content(request_: bytes) -> None:
    with served() as server:
        told = _raw(server, request_)
        assert b"<" not in told
        assert asked(server, f"/{server.token}/")[0] == 200


def _raw(server: Server, request: bytes) -> bytes:
    """What comes back on a connection, byte for byte."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        told = b""
        try:
            while part := connection.recv(65536):
                told += part
        except ConnectionResetError:  # it did not read the rest
            pass
    return told


def test_the_door_opens_once_and_leads_to_the_address() -> None:
    with served() as server:
        path = server.door.partition(str(server.port))[2]
        assert server.token not in path
        status, headers, _ = asked(server, path)
        assert (status, headers["Location"]) == (303, f"/{server.token}/")
        assert asked(server, path)[0] == 404
        assert asked(server, "/")[0] == 404


def test_a_name_is_only_text_in_the_frame() -> None:
    frame = frame_of("</title><script>x</script> {style} {0}.yaml", NL, phone=True)
    assert "&lt;/title&gt;&lt;script&gt;x&lt;/script&gt; {style} {0}.yaml" in frame.page.decode()
    assert frame.page.count(b"<script>") == 1
    assert b'<html lang="nl">' in frame.page
    assert b'aria-pressed="true"' in frame.page


def test_it_listens_to_this_machine_only_and_each_has_its_own_token() -> None:
    with served() as one, served() as other:
        assert one.server_address[0] == "127.0.0.1"
        assert one.port != other.port
        assert len({one.token, other.token, one.door, other.door}) == 4
        assert len(one.token) >= 32
        assert asked(other, f"/{one.token}/")[0] == 404


def test_a_reader_who_goes_away_disturbs_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    large = b"<!doctype html>" + b"x" * 20_000_000
    with served(Made({"report.html": large}, "report.html")) as server:
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", server.port)) as connection:
                own = (
                    f"GET /{server.token}/page/report.html HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n"
                )
                connection.sendall(own.encode())
                connection.recv(10)
        assert asked(server, f"/{server.token}/page/report.html")[2] == large
    assert capsys.readouterr() == ("", "")


def test_a_page_is_old_or_new_and_never_half() -> None:
    def page(n: int) -> bytes:
        return b"<!doctype html>" + str(n % 10).encode() * (500_000 + n)

    with served(Made({"report.html": page(0)}, "report.html")) as server:
        whole = {page(n) for n in range(40)}
        for n in range(40):
            server.show(Made({"report.html": page(n)}, "report.html"))
            assert asked(server, f"/{server.token}/page/report.html")[2] in whole


# --- what is shown ------------------------------------------------------------------------------------------


def test_what_is_wrong_is_shown_above_the_last_good_page() -> None:
    wrong = Wrong("a.yaml:1:1", "FII002", "stuk")
    showing = Showing().after(Made({}, "report.html", "a", (wrong,)))
    assert showing.record(EN)["heading"] == "1 error; there is no page yet"
    showing = showing.after(PAGES)
    assert (showing.record(EN)["heading"], showing.version, showing.renewed) == ("", 2, 1)
    broken = showing.after(Made({}, "report.html", "a", (wrong, wrong)))
    assert broken.made.pages == PAGES.pages
    assert broken.record(EN)["heading"] == "2 errors; below is the last page without errors"
    assert (broken.version, broken.renewed) == (3, 1)
    assert broken.after(Made({}, "report.html", "a", (wrong, wrong))) is broken
    mended = broken.after(PAGES)
    assert (mended.version, mended.renewed, mended.record(EN)["wrong"]) == (4, 1, [])


def test_thousands_of_errors_are_no_page_of_thousands() -> None:
    told = Showing().after(Made({}, wrong=(Wrong("a", "", "x"),) * 5000)).record(EN)
    assert len(told["wrong"]) == MOST  # type: ignore[arg-type]
    assert told["more"] == "and 4950 more; fii check shows everything"


def made_of(*paths: str, one: bool = True, edition: Audience = "team") -> Made:
    from datetime import date

    terminal = open_terminal(EN, "never")
    return PreviewRequest(paths, one, edition, date.fromisoformat(DAY), terminal).made()[0]


@pytest.mark.parametrize("edition", ["team", "steering", "client", "public"])
def test_the_page_is_the_one_of_fii_report(fii: Fii, edition: Audience) -> None:
    write("a.yaml", (Path(cli.__file__).parents[2] / "examples/thuis-leren-verzonnen.yaml").read_bytes())
    assert fii("report", "a.yaml", "-o", "r.html", "--audience", edition, *ON).code == 0
    made = made_of("a.yaml", edition=edition)
    assert made.pages == {"report.html": Path("r.html").read_bytes()}
    assert made.wrong == ()


@pytest.mark.parametrize("edition", ["team", "public"])
def test_the_pages_are_those_of_fii_portfolio(fii: Fii, edition: Audience) -> None:
    write("b/index.yaml", HEAD)
    write("b/stuk.yaml", BROKEN)
    assert fii("portfolio", ".", "-o", "site", "--audience", edition, *ON).code == 1
    made = made_of(".", one=False, edition=edition)
    assert dict(made.pages) == {path.name: path.read_bytes() for path in Path("site").iterdir()}
    assert made.start == "index.html"
    assert [(each.place, each.text) for each in made.wrong] == [
        ("b/stuk.yaml", "line 5: FII010 unknown key titel")
    ]


def test_errors_have_their_place_and_their_line() -> None:
    write("a.yaml", BROKEN.replace("language: nl", f"language: {'x' * 3000}"))
    second, first = made_of("a.yaml").wrong
    assert first == Wrong(
        "a.yaml:5:1", "FII010", "unknown key titel", "did you mean title?", ("", "titel", ": x")
    )
    assert second.line is not None
    assert sum(map(len, second.line)) < 500


def test_every_file_that_cannot_be_shown_says_why() -> None:
    for content, said in (
        (b"\xff\xfe\x00", "FII001"),
        (HEAD.encode("utf-16"), "FII001"),
        (b"fii: 1\ntitle: [\n", "FII002"),
        (b"", "FII00"),
    ):
        write("a.yaml", content)
        made = made_of("a.yaml")
        assert not made.pages
        assert made.wrong[0].code.startswith(said), content
    Path("a.yaml").unlink()
    missing = Wrong("a.yaml", "", "no such file or folder", "check the name, or make it with fii new")
    assert made_of("a.yaml").wrong == (missing,)
    Path("a.yaml").mkdir()
    assert made_of("a.yaml").wrong[0].text == "this is a folder, not a file"


def test_no_external_edition_is_shown_while_there_is_personal_data() -> None:
    write("a.yaml", HEAD + "summary: bel 06-12345678 of mail jan@voorbeeld.nl\n")
    assert made_of("a.yaml").pages
    made = made_of("a.yaml", edition="client")
    assert not made.pages
    assert made.wrong[0].code.startswith("FII9")
    assert "no external edition" in made.wrong[-1].text


def test_a_name_that_fii_report_would_refuse_is_told() -> None:
    write("stichting-fictie.yaml", OUTER.replace("receiving", "candidate"))
    made = made_of("stichting-fictie.yaml", edition="public")
    assert made.pages
    assert "identifies someone" in made.wrong[0].text
    assert made_of("stichting-fictie.yaml").wrong == ()


def test_errors_of_templates_and_settings_are_told() -> None:
    write("fii.toml", "[rules]\nonzin = 1\n")
    made = made_of("a.yaml")
    assert made.pages
    assert made.wrong[0].place.startswith("fii.toml:")
    write("fii.toml", "")
    write(".fii/templates/report.html.j2", "<!doctype html>\n{{ nergens }}")
    made = made_of("a.yaml")
    assert not made.pages
    assert ".fii/templates/report.html.j2" in made.wrong[0].place + made.wrong[0].text
    write(".fii/templates/report.html.j2", "<!doctype html>\n<script>alert(1)</script>{{ report.title }}")
    made = made_of("a.yaml")
    assert b"Content-Security-Policy" in made.pages["report.html"]


def test_a_template_that_fails_in_a_portfolio_is_told() -> None:
    write(".fii/templates/report.html.j2", "<!doctype html>\n{{ nergens }}")
    made = made_of(".", one=False)
    assert list(made.pages) == ["index.html"]
    assert len(made.wrong) == 1
    write(".fii/templates/portfolio.html.j2", "<!doctype html>\n{{ nergens }}")
    made = made_of(".", one=False)
    assert not made.pages
    assert len(made.wrong) == 2


def test_an_empty_folder_is_told() -> None:
    Path("leeg").mkdir()
    made = made_of("leeg", one=False)
    assert [each.text for each in made.wrong] == ["no trajectory found here; fii new starts one"]


def test_a_page_may_be_larger_than_ten_megabytes() -> None:
    many = "{% for a in range(110) %}{% for b in range(100) %}LINE{% endfor %}{% endfor %}"
    write(".fii/templates/report.html.j2", "<!doctype html>\n" + many.replace("LINE", "x" * 1000))
    made = made_of("a.yaml")
    assert made.wrong == ()
    with served(made) as server:
        page = asked(server, f"/{server.token}/page/report.html")[2]
    assert len(page) > 10_000_000
    assert page == made.pages["report.html"]


def test_a_link_out_of_the_repository_is_told() -> None:
    Path("repo/.git").mkdir(parents=True)
    write("elders.yaml", HEAD)
    Path("repo/b.yaml").symlink_to("../elders.yaml")
    Path("c.yaml").symlink_to("elders.yaml")
    assert "symbolic link" in made_of("repo/b.yaml").wrong[0].text
    assert made_of("c.yaml").pages


# --- what makes it reload -----------------------------------------------------------------------------------


def changes(paths: list[str], trees: list[str], evidence: list[str], change: Callable[[], object]) -> bool:
    at = watched(Projects(), paths, trees, evidence)
    before = at.state()
    assert at.state() == before
    change()
    return at.state() != before


def test_whatever_a_report_is_made_of_is_watched() -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    logo = '[style]\nlogo = "l.svg"\n'
    write("fii.toml", logo)
    for change in (
        lambda: write("a.yaml", HEAD + "# x\n"),
        lambda: os.replace(write("tijdelijk", HEAD + "# xx\n"), "a.yaml"),
        lambda: write("l.svg", "<svg/>"),
        lambda: write("fii.toml", logo + 'organisation = "Fictie"\n'),
        lambda: write(".fii/templates/report.html.j2", "x"),
        lambda: write(".fii/templates/report.html.j2", "xy"),
        lambda: write(".fii/instruments/eigen.yaml", "x"),
        lambda: write("bewijs/a.pdf", "x"),
        lambda: subprocess.run(["git", "add", "a.yaml"], check=True),
        lambda: Path("a.yaml").unlink(),
    ):
        assert changes(["a.yaml"], [], ["bewijs/a.pdf", "https://voorbeeld.nl/x"], change)
    assert not changes(["a.yaml"], [], [], lambda: write("anders.yaml", HEAD))
    for change in (
        lambda: write("b/c.yaml", HEAD),
        lambda: write("b/.gitignore", "c.yaml\n"),
        lambda: write("b/fii.toml", ""),
        lambda: Path("b/c.yaml").unlink(),
    ):
        assert changes(["b/c.yaml"], ["."], [], change)
    assert not changes([], ["."], [], lambda: write("b/.verborgen/c.yaml", HEAD))


def test_the_file_behind_a_link_is_watched() -> None:
    write("echt/a.yaml", HEAD)
    Path("link.yaml").symlink_to("echt/a.yaml")
    assert changes(["link.yaml"], [], [], lambda: write("echt/a.yaml", HEAD + "# x\n"))

    def elsewhere() -> None:
        Path("link.yaml").unlink()
        Path("link.yaml").symlink_to("a.yaml")

    assert changes(["link.yaml"], [], [], elsewhere)


def test_a_linked_work_tree_is_watched_too() -> None:
    git: Callable[..., Any] = lambda *words: subprocess.run(["git", *words], check=True, capture_output=True)  # noqa: E731
    git("init", "-q")
    git("-c", "user.name=x", "-c", "user.email=x@voorbeeld.nl", "commit", "-q", "--allow-empty", "-m", "x")
    git("worktree", "add", "-q", "naast")
    write("naast/a.yaml", HEAD)
    assert changes(["naast/a.yaml"], [], [], lambda: git("-C", "naast", "add", "a.yaml"))


def test_evidence_is_found_anywhere_in_a_file() -> None:
    data = {
        "assessments": [{"ratings": {"2a.x": {"evidence": "b/a.pdf"}, "2a.y": "groen"}}],
        "evidence": "/x",
    }
    assert list(evidence_in(data)) == ["b/a.pdf"]  # type: ignore[arg-type]
    assert list(evidence_in(None)) == []


class Files:
    """Files that change at each of these looks; a look is one step of time."""

    def __init__(self, *changing: int) -> None:
        self.changing, self.looks, self.at = set(changing), 0, 0

    def state(self) -> int:
        self.looks += 1
        self.at += self.looks in self.changing
        return self.at


def followed(files: Files, pauses: int) -> tuple[list[int], list[float]]:
    """What was made, by the state of the files, and how long each pause was."""
    made: list[int] = []
    paused: list[float] = []

    def pause(seconds: float) -> None:
        paused.append(seconds)
        if len(paused) == pauses:
            raise KeyboardInterrupt

    def make() -> tuple[Made, Files]:
        made.append(files.at)
        return Made({}), files

    with pytest.raises(KeyboardInterrupt):
        follow(files, make, lambda _: None, pause)
    return made, paused


def test_nothing_is_made_again_while_nothing_changes() -> None:
    assert followed(Files(), 20)[0] == [0]


def test_a_change_is_made_once_it_is_over() -> None:
    assert followed(Files(5), 20)[0] == [0, 1]
    assert followed(Files(5, 6, 7, 8), 20)[0] == [0, 4]


def test_a_change_while_it_is_made_is_made_again() -> None:
    assert followed(Files(2), 20)[0] == [0, 1]


def test_what_never_stops_changing_is_made_all_the_same() -> None:
    files = Files(*range(1, 10_000))
    made: list[int] = []
    until = time.monotonic() + 3 * PATIENCE

    def pause(seconds: float) -> None:
        time.sleep(seconds)
        if time.monotonic() > until:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        follow(files, lambda: (Made({}), files), lambda _: made.append(files.at), pause)
    assert 2 <= len(made) <= 5


# --- the command --------------------------------------------------------------------------------------------


class Preview:
    """A preview in a process of its own."""

    def __init__(self, *words: str, **env: str) -> None:
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "FII", "LC_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "fii_cli", "--lang", "en", "preview", *words, "--json"],
            env={**surroundings, "PYTHONPATH": str(Path(cli.__file__).parents[1]), **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1].decode()
        self.told = json.loads(line)
        self.address: str = self.told["address"]

    def get(self, path: str) -> bytes:
        at = re.fullmatch(r"http://(.+?)(/.+)", self.address)
        assert at
        connection = HTTPConnection(at[1], timeout=20)
        connection.request("GET", at[2] + path)
        answer = connection.getresponse()
        assert answer.status == 200, path
        whole = answer.read()
        connection.close()
        return whole

    def state(self, until: Callable[[Mapping[str, Any]], object]) -> Mapping[str, Any]:
        """The state, once it is like this."""
        end = time.monotonic() + 30
        while True:
            state: dict[str, Any] = json.loads(self.get("state"))
            if until(state):
                return state
            assert time.monotonic() < end, state
            time.sleep(0.1)

    def stop(self) -> tuple[int, str, str]:
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out.decode(), err.decode()


@contextmanager
def previewed(*words: str, **env: str) -> Iterator[Preview]:
    preview = Preview(*words, **env)
    try:
        yield preview
    finally:
        if preview.process.poll() is None:
            preview.process.kill()
        preview.process.communicate()


posix_only = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@posix_only
def test_a_preview_follows_a_file_until_its_user_stops_it() -> None:
    before = sorted(Path().rglob("*"))
    with previewed("a.yaml", *ON) as preview:
        assert preview.told == {"version": 1, "address": preview.address, "port": preview.told["port"]}
        state = preview.state(lambda state: state["renewed"] == 1)
        assert state["about"] == "a.yaml · for the team, not for distribution · 2025-03-10"
        good = preview.get("page/report.html")
        write("a.yaml", BROKEN)
        state = preview.state(lambda state: state["wrong"])
        assert state["wrong"][0]["place"] == "a.yaml:5:1"
        assert preview.get("page/report.html") == good
        Path("a.yaml").unlink()
        preview.state(lambda state: state["wrong"] and "no such file" in state["wrong"][0]["text"])
        assert preview.get("page/report.html") == good
        write("a.yaml", HEAD.replace("Proef", "Anders"))
        preview.state(lambda state: state["renewed"] == 2 and not state["wrong"])
        assert b"Anders" in preview.get("page/report.html")
        assert preview.stop() == (0, "", "\n")
    assert sorted(Path().rglob("*")) == before  # reading never writes


@posix_only
def test_300_saves_make_a_few_pages_and_the_last_one_counts() -> None:
    with previewed("a.yaml", *ON) as preview:
        for n in range(300):
            text = HEAD.replace("Proef", f"Proef nummer {n}")
            if n % 2:
                os.replace(write("tijdelijk", text), "a.yaml")
            else:
                write("a.yaml", text)
            time.sleep(0.005)
            if n % 50 == 0:
                page = preview.get("page/report.html")
                assert page.rstrip().endswith(b"</html>")
        end = time.monotonic() + 30
        while b"Proef nummer 299" not in preview.get("page/report.html"):
            assert time.monotonic() < end
            time.sleep(0.1)
        assert preview.state(lambda state: not state["wrong"])["renewed"] < 30


def test_a_portfolio_follows_its_folder() -> None:
    with previewed(".", *ON) as preview:
        assert preview.state(lambda state: state["renewed"])["start"] == "index.html"
        write("sub/b.yaml", HEAD.replace("Proef", "Bijgekomen"))
        preview.state(lambda state: state["renewed"] == 2)
        assert b"Bijgekomen" in preview.get("page/index.html")
        assert b"Bijgekomen" in preview.get("page/b.html")
        write("sub/b.yaml", BROKEN)
        state = preview.state(lambda state: state["wrong"])
        assert state["heading"] == "1 error"
        assert b"Proef" in preview.get("page/index.html")


def test_two_at_once_have_a_port_each_and_none_gets_that_of_another(fii: Fii) -> None:
    with previewed("a.yaml") as one, previewed("a.yaml") as other:
        assert one.told["port"] != other.told["port"]
        done = fii("preview", "a.yaml", "--port", str(one.told["port"]))
        assert done.code == 2
        assert f"port {one.told['port']} is in use" in done.err
        assert "choose another port, or omit --port" in done.err
        assert done.out == ""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("weg.yaml", "weg.yaml: no such file or folder"),
        ("a.yaml weg.yaml", "weg.yaml: no such file or folder"),
        ("-", "standard input cannot be followed"),
        ("a.yaml -", "standard input cannot be followed"),
        ("a.yaml --audience iedereen!", "invalid value iedereen! for --audience"),
        ("a.yaml --port 0", "invalid value for --port"),
        ("a.yaml --port 65536", "invalid value for --port"),
        ("a.yaml --port x", "invalid value for --port"),
        ("a.yaml --as-of 2025-13", "invalid day 2025-13"),
    ],
)
def test_what_cannot_be_previewed_is_refused(fii: Fii, words: str, message: str) -> None:
    done = fii("preview", *words.split())
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_without_a_trajectory_there_is_nothing_to_preview(fii: Fii) -> None:
    Path("a.yaml").unlink()
    done = fii("preview")
    assert done.code == 2
    assert "no trajectory found here" in done.err


@pytest.fixture
def ends_at_once(monkeypatch: pytest.MonkeyPatch) -> list[Made]:
    """A preview that its user stops as soon as it has something to show."""
    shown: list[Made] = []

    def once(_watched: object, make: Callable[[], tuple[Made, object]], show: Callable[[Made], None]) -> None:
        made, _ = make()
        shown.append(made)
        show(made)
        raise KeyboardInterrupt

    monkeypatch.setattr("fii_cli.commands.preview.follow", once)
    return shown


def test_the_address_is_printed_and_what_stops_it_is_said(fii: Fii, ends_at_once: list[Made]) -> None:
    done = fii("preview", "a.yaml")
    assert done.code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}/\n", done.out)
    assert "Ctrl-C stops the preview" in done.err
    assert [made.start for made in ends_at_once] == ["report.html"]


@pytest.mark.parametrize(
    ("words", "start"),
    [("", "report.html"), ("a", "report.html"), (".", "index.html"), ("a.yaml b.yaml", "index.html")],
)
def test_one_file_is_a_report_and_more_are_a_portfolio(
    fii: Fii, ends_at_once: list[Made], words: str, start: str
) -> None:
    if "b.yaml" in words:
        write("b.yaml", HEAD)
    assert fii("preview", *words.split()).code == 0
    assert [made.start for made in ends_at_once] == [start]


def test_several_trajectories_here_are_a_portfolio(fii: Fii, ends_at_once: list[Made]) -> None:
    write("b.yaml", HEAD)
    assert fii("preview").code == 0
    assert sorted(ends_at_once[0].pages) == ["a.html", "b.html", "index.html"]


@pytest.mark.usefixtures("ends_at_once")
def test_a_browser_is_opened_only_when_asked(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def not_found(address: str) -> bool:
        opened.append(address)
        return False

    monkeypatch.setattr("webbrowser.open", not_found)
    done = fii("preview", "a.yaml")
    assert opened == []
    done = fii("preview", "a.yaml", "--open")
    assert len(opened) == 1
    token = done.out.strip().split("/")[3]
    assert token not in opened[0]  # others can see how a program was started
    assert "no browser found here" in done.err

    def none(_address: str) -> bool:
        raise OSError

    monkeypatch.setattr("webbrowser.open", none)
    assert not own_browser.opened("http://127.0.0.1:1/x")


@pytest.mark.usefixtures("ends_at_once")
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "x"), "no permission to use port 80"),
        (OSError(errno.EADDRNOTAVAIL, "geen adres"), "no page can be opened on this machine: geen adres"),
    ],
)
def test_a_port_that_cannot_be_used_is_said(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr("fii_cli.preview.server.Server.server_bind", refused)
    done = fii("preview", "a.yaml", "--port", "80")
    assert done.code == 2
    assert said in done.err


def test_what_git_cannot_tell_is_said_once(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    def thrice(_: object, make: Callable[[], tuple[Made, object]], show: Callable[[Made], None]) -> None:
        for _each in range(3):
            show(make()[0])
        raise KeyboardInterrupt

    monkeypatch.setattr("fii_cli.commands.preview.follow", thrice)
    monkeypatch.setenv("PATH", "")
    Path(".git").mkdir()
    write(".git/HEAD", "ref: refs/heads/main\n")
    write(
        "a.yaml",
        HEAD + "assessments: [{instrument: stoplicht, date: 2025-01, "
        "ratings: {2a.cultuur: {value: groen, evidence: b.pdf}}}]\n",
    )
    done = fii("preview", "a.yaml")
    assert done.code == 0
    assert done.err.count("git was not found") == 1


# --- in a browser -------------------------------------------------------------------------------------------


@contextmanager
def browsed(address: str, **options: Any) -> Iterator[tuple[Page, list[str], list[str]]]:
    """A page in a real browser, with what it complained of, and every request that it made."""
    path = browser()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        page = started.new_page(**options)
        messages: list[str] = []
        requests: list[str] = []
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address)
        yield page, messages, requests
        started.close()


def test_the_page_reloads_in_a_browser_and_stays_where_it_was() -> None:
    example = (Path(cli.__file__).parents[2] / "examples/thuis-leren-verzonnen.yaml").read_text(
        encoding="utf-8"
    )
    write("a.yaml", example)
    with (
        previewed("a.yaml", *ON) as preview,
        browsed(preview.address, viewport={"width": 1000, "height": 800}) as (page, messages, requests),
    ):
        report = page.frame_locator("#page")
        title = report.locator("h1")
        expect(title).to_be_visible()
        assert report.locator(".card").first.evaluate("e => getComputedStyle(e).borderRadius") == "8px"
        scroll = "document.getElementById('page').contentWindow.scroll"
        page.evaluate(f"{scroll}To(0, 1500)")
        details = report.locator("details").first
        details.evaluate("e => { e.open = true }")
        at = page.evaluate(f"{scroll}Y")
        assert at > 1000
        write("a.yaml", re.sub("^title:.*", "title: Net opgeslagen", example, flags=re.M))
        expect(title).to_have_text("Net opgeslagen", timeout=15_000)
        page.wait_for_function(f"{scroll}Y > 1000")
        assert abs(page.evaluate(f"{scroll}Y") - at) < 100
        assert details.evaluate("e => e.open")
        write("a.yaml", example + "titel: <img src=x onerror=alert(1)>\n")
        expect(page.locator("#list li")).to_have_count(1, timeout=15_000)
        expect(page.locator("#list")).to_contain_text("unknown key titel")
        expect(page.locator("#list mark")).to_have_text("titel")
        assert page.locator("#list img").count() == 0
        expect(title).to_have_text("Net opgeslagen")  # the last good page
        assert page.title().startswith("(1) a.yaml")
        page.evaluate(node_module("axe-core/axe.min.js").read_text(encoding="utf-8"))
        found = page.evaluate(AXE.replace("axe.run(document,", "axe.run({exclude: ['iframe']},"))[
            "violations"
        ]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        page.locator("#phone").click()
        assert page.locator("#page").bounding_box()["width"] == 390  # type: ignore[index]
        assert all(url.startswith(preview.address) for url in requests)
        assert messages == []  # no policy was violated
        preview.process.kill()
        expect(page.locator("#stopped")).to_be_visible(timeout=15_000)


def test_a_page_of_a_portfolio_is_left_when_it_is_gone() -> None:
    write("b.yaml", HEAD.replace("Proef", "Tweede"))
    with previewed(".", *ON, "--phone") as preview, browsed(preview.address) as (page, messages, _):
        report = page.frame_locator("#page")
        assert page.locator("#page").bounding_box()["width"] == 390  # type: ignore[index]
        report.get_by_role("link", name="Tweede").click()
        expect(report.locator("h1")).to_have_text("Tweede")
        write("b.yaml", HEAD.replace("Proef", "Nog steeds de tweede"))
        expect(report.locator("h1")).to_have_text("Nog steeds de tweede", timeout=15_000)
        Path("b.yaml").unlink()
        expect(report.get_by_role("link", name="Proef")).to_be_visible(timeout=15_000)
        assert [each for each in messages if "404" not in each] == []


def test_nothing_in_a_template_runs() -> None:
    write(
        ".fii/templates/report.html.j2",
        "<!doctype html>\n<html lang='nl'><head><meta charset='utf-8'><title>x</title></head><body><h1>x</h1>"
        "<script>parent.document.title = 'gelukt'</script>"
        "<a id=l href='javascript:parent.document.title=1'>l</a></body></html>",
    )
    with previewed("a.yaml", *ON) as preview, browsed(preview.address) as (page, _, _):
        report = page.frame_locator("#page")
        expect(report.locator("h1")).to_be_visible()
        report.locator("#l").click()
        page.wait_for_timeout(300)
        assert page.title().startswith("a.yaml")
