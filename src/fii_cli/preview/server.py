"""The server of a preview: for this machine only, and for whoever has its address.

It has no access to the disk. It answers a GET with one of a few values in memory, and anything else with an
error without content.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from urllib.parse import unquote

from fii_cli.language import Language
from fii_cli.preview.frame import PAGE_POLICY, Frame
from fii_cli.preview.showing import Made, Showing
from fii_cli.visible import as_json

HOST = "127.0.0.1"
_HTML, _JSON, _TEXT = "text/html; charset=utf-8", "application/json", "text/plain; charset=utf-8"
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
_NOTHING = "default-src 'none'; frame-ancestors 'self'"
_MOVED = f"fii preview answers only at {HOST} and localhost, with the port that it printed.\n"
_SECONDS = 30
"""How long a connection may take to ask something."""


class Server(ThreadingMixIn, TCPServer):
    """The server of one preview. Raises ``OSError`` if the port cannot be used; port 0 is any free port."""

    daemon_threads = True
    block_on_close = False
    # On Windows this would let two programs listen at one port.
    allow_reuse_address = os.name != "nt"
    allow_reuse_port = False
    request_queue_size = 32

    def __init__(self, frame: Frame, say: Language, port: int) -> None:
        self.frame, self.say = frame, say
        self.token, self._door = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self._at_the_door = threading.Lock()
        self.showing = Showing()
        super().__init__((HOST, port), _Handler)

    def server_bind(self) -> None:
        if exclusive := getattr(socket, "SO_EXCLUSIVEADDRUSE", None):  # only Windows has it, and needs it
            self.socket.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        super().server_bind()

    @property
    def port(self) -> int:
        port: int = self.server_address[1]
        return port

    @property
    def address(self) -> str:
        """The address to open; without the token in it, no one gets an answer."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    @property
    def door(self) -> str:
        """An address that leads to the other one, once: other users can see how a browser was started."""
        return f"http://{HOST}:{self.port}/{self._door}"

    def opens(self, path: str) -> bool:
        """Whether a path is that of the door, which closes behind whoever comes first."""
        with self._at_the_door:
            if not self._door or not _same(path, self._door):
                return False
            self._door = ""
            return True

    def show(self, made: Made) -> None:
        """Show something else from now on."""
        self.showing = self.showing.after(made)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is nothing to report."""

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Answer in the background until the end of the block."""
        thread = threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = _SECONDS

    def version_string(self) -> str:
        return "fii"

    def do_GET(self) -> None:
        hosts = self.headers.get_all("Host") or []
        if len(hosts) != 1 or hosts[0].lower() not in self._own_names():
            self._answer(HTTPStatus.MISDIRECTED_REQUEST, _TEXT, _MOVED.encode(), _NOTHING)
            return
        _, _, path = self.path.partition("/")
        token, slash, name = path.partition("/")
        showing = self.server.showing  # once: it may be replaced meanwhile
        if not slash and self.server.opens(token):
            self._answer(HTTPStatus.SEE_OTHER, _TEXT, b"", _NOTHING)
        elif not slash or not _same(token, self.server.token):
            self._not_found()
        elif name == "":
            self._answer(HTTPStatus.OK, _HTML, self.server.frame.page, self.server.frame.policy)
        elif name == "state":
            told = as_json(showing.record(self.server.say), indent=None).encode()
            self._answer(HTTPStatus.OK, _JSON, told, _NOTHING)
        elif name.startswith("page/") and (page := _page(showing, name.removeprefix("page/"))) is not None:
            self._answer(HTTPStatus.OK, _HTML, page, PAGE_POLICY)
        else:
            self._not_found()

    def _own_names(self) -> tuple[str, ...]:
        """The names under which this machine calls itself: another name would be somebody else's page."""
        return tuple(f"{name}:{self.server.port}" for name in (HOST, "localhost"))

    def _not_found(self) -> None:
        self._answer(HTTPStatus.NOT_FOUND, _TEXT, b"not found\n", _NOTHING)

    def _answer(self, status: HTTPStatus, kind: str, content: bytes, policy: str) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(content)),
            "Content-Security-Policy": policy,
        }
        for name, value in (headers | _HEADERS).items():
            self.send_header(name, value)
        if status == HTTPStatus.SEE_OTHER:
            self.send_header("Location", f"/{self.server.token}/")
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Any request that is not understood, and any method but GET."""
        self.close_connection = True
        status = HTTPStatus(code)
        if status == HTTPStatus.NOT_IMPLEMENTED:
            status = HTTPStatus.METHOD_NOT_ALLOWED
        self._answer(status, _TEXT, b"", _NOTHING)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the library
        """The terminal is for the user, and addresses contain the token."""


def _page(showing: Showing, quoted: str) -> bytes | None:
    """The page with a name; names are looked up in memory, so no name leads to a file."""
    return showing.made.pages.get(unquote(quoted, "utf-8", "surrogateescape"))


def _same(one: str, other: str) -> bool:
    """Whether two words are the same, in a time that does not tell how much of them is."""
    return secrets.compare_digest(one.encode("utf-8", "replace"), other.encode())
