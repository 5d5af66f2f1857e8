"""Extract every text that users read into the Dutch catalogue, keep existing translations, and compile it.

``--check`` writes nothing, and exits 1 if the catalogue lacks a text, or holds one that is no longer used.
Texts are found in the syntax tree, because Babel's own extractor does not look inside f-strings.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from catalogue import PO, ROOT, compile_catalogue

_ONE = {"msg", "say", "N_", "field", "_"}
_MANY = "count"

Id = str | tuple[str, str]


def texts() -> set[Id]:
    """Every translatable text in the program and the templates."""
    found: set[Id] = set()
    for path in (*(ROOT / "src").rglob("*.py"), *(ROOT / "templates").rglob("*.j2")):
        found |= texts_in(path)
    return found


def texts_in(path: Path) -> set[Id]:
    """Every translatable text in a module or a template."""
    read = _in_python if path.suffix == ".py" else _in_template
    return set(read(path.read_text(encoding="utf-8")))


def _in_python(source: str) -> Iterator[Id]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        words = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if name in _ONE and words and isinstance(node.args[0], ast.Constant):
            yield words[0]
        elif name == _MANY and len(words) == 2:
            yield words[0], words[1]


def _in_template(source: str) -> Iterator[Id]:
    for call in Environment().parse(source).find_all(nodes.Call):
        if (
            isinstance(call.node, nodes.Name)
            and call.node.name == "_"
            and isinstance(call.args[0], nodes.Const)
        ):
            yield str(call.args[0].value)


def renewed(catalogue: Catalog, found: set[Id]) -> Catalog:
    """A catalogue of these texts, with the Dutch that a catalogue already has."""
    then = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date, so that the same texts give the same bytes
    new = Catalog(locale="nl", fuzzy=False, creation_date=then, revision_date=then)
    for id_ in sorted(found, key=str):
        known = catalogue.get(id_ if isinstance(id_, str) else id_[0])
        fits = known is not None and isinstance(known.string, str) == isinstance(id_, str)
        new.add(id_, known.string if known and fits else ("" if isinstance(id_, str) else ("", "")))
    return new


def untranslated(catalogue: Catalog) -> list[Any]:
    """The texts without Dutch."""
    return [
        m.id
        for m in catalogue
        if m.id and not (m.string if isinstance(m.string, str) else all(m.string or ()))
    ]


def same(one: Catalog, other: Catalog) -> bool:
    """Whether two catalogues say the same; versions of Babel write the same in different lines."""
    return _pairs(one) == _pairs(other)


def _pairs(catalogue: Catalog) -> dict[Any, Any]:
    return {m.id: (m.string, m.fuzzy) for m in catalogue if m.id}


def main() -> int:
    catalogue = read_po(io.BytesIO(PO.read_bytes()), locale="nl")
    new = renewed(catalogue, texts())
    missing = untranslated(new)
    for each in missing:
        print(f"not translated: {each}")
    if "--check" in sys.argv:
        current = same(catalogue, new)
        if not current:
            print("the catalogue is out of date: run make words")
        return int(bool(missing) or not current)
    text = io.BytesIO()
    write_po(text, new, width=0, omit_header=True)
    PO.write_text(f"{_HEADER}\n{text.getvalue().decode()}", encoding="utf-8")
    compile_catalogue()
    return int(bool(missing))


_HEADER = """msgid ""
msgstr ""
"Language: nl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

if __name__ == "__main__":
    sys.exit(main())
