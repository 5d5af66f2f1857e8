"""What a package index shows of fii beside pyproject.toml: links, and a README in which no link is dead.

No host is known in the repository. Whoever builds a package names it: ``FII_URL`` is the address of the
repository, and ``FII_FILES`` the one below which its forge shows the files of this version.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_FENCE = re.compile(r"(^```.*?^```\n?)", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^()\s]+)\)")
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|!\[[^\]]*\]\([^)]*\))*)\]\(([^()\s]+)\)")
_ELEMENT = re.compile(r'(<(?:img|source|a)\b[^>]*?\b(?:src|srcset|href)=")([^"]+)("[^>]*>)')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


def files_of(version: str, environ: Mapping[str, str]) -> str:
    """The address below which the files of a version are, or an empty string if nobody named one."""
    url = environ.get("FII_URL", "").rstrip("/")
    return environ.get("FII_FILES", "").rstrip("/") or (f"{url}/blob/v{version}" if url else "")


def urls(version: str, environ: Mapping[str, str]) -> dict[str, str]:
    """The links of the project by their name; SARIF links to Documentation."""
    url, files = environ.get("FII_URL", "").rstrip("/"), files_of(version, environ)
    found = {"Repository": url, "Issues": url and f"{url}/issues"}
    found |= {"Documentation": files and f"{files}/docs", "Changelog": files and f"{files}/CHANGELOG.md"}
    return {name: each for name, each in found.items() if each}


def long_description(readme: str, files: str) -> str:
    """The README with each address in full; if nobody named one, its words without links and pictures."""
    parts = _FENCE.split(readme)
    return "".join(part if part.startswith("```") else _in_full(part, files) for part in parts)


def _in_full(text: str, files: str) -> str:
    def image(found: re.Match[str]) -> str:
        shown = _address(found[2], _raw(files))
        return f"![{found[1]}]({shown})" if shown else ""

    def link(found: re.Match[str]) -> str:
        led = _address(found[2], files)
        return f"[{found[1]}]({led})" if led else found[1]

    def element(found: re.Match[str]) -> str:
        is_link = found[1].startswith("<a")
        led = _address(found[2], files if is_link else _raw(files))
        return f"{found[1]}{led}{found[3]}" if led else "<a>" if is_link else ""

    for pattern, written in ((_IMAGE, image), (_LINK, link), (_ELEMENT, element)):
        text = pattern.sub(written, text)
    return text


def _address(target: str, files: str) -> str:
    """Where a link of the README leads, seen from anywhere; empty if nobody knows."""
    if _ELSEWHERE.match(target):
        return target
    return f"{files}/{target.removeprefix('./')}" if files else ""


def _raw(files: str) -> str:
    """Where a forge hands over a file itself, which a picture needs, and not the page that shows it."""
    return re.sub(r"/(?:blob|src)/", "/raw/", files)
