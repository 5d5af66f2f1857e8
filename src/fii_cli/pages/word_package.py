"""The package of a Word document: check a template, and remove from a document what reveals its template."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat

from fii_cli.diagnostics import Refused
from fii_cli.language import msg
from fii_cli.pages.word_fields import hold_link, is_xml

_MEGABYTES, _PARTS = 100, 5000
"""The maximum unpacked size of a template, and the maximum number of parts."""
_KEPT = frozenset(
    [
        "officeDocument",
        "core-properties",
        "styles",
        "stylesWithEffects",
        "settings",
        "fontTable",
        "font",
        "theme",
        "themeOverride",
        "numbering",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "image",
        "hyperlink",
        "chart",
        "chartStyle",
        "chartColorStyle",
        "chartUserShapes",
        "diagramData",
        "diagramLayout",
        "diagramQuickStyle",
        "diagramColors",
        "diagramDrawing",
    ]
)
"""The kinds of parts that determine the look of a document."""
_LEFT = frozenset(
    [
        "thumbnail",
        "extended-properties",
        "custom-properties",
        "classificationlabels",
        "customXml",
        "customXmlProps",
        "webSettings",
        "comments",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "people",
        "glossaryDocument",
        "attachedTemplate",
        "mailMergeSource",
        "mailMergeHeaderSource",
        "mailMergeRecipientData",
        "transform",
        "printerSettings",
        "keyMapCustomizations",
        "attachedToolbars",
        "vbaProject",
        "origin",
        "documenttasks",
    ]
)
"""The kinds of parts that reveal the template and its authors; they are removed."""
_BEHIND_A_CHART = frozenset(["package", "oleObject"])
"""The workbook behind a chart, which the chart does not need; elsewhere these are embedded objects."""
_ENCODINGS = ("utf-8", "utf-16", "us-ascii")
_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset(
    f"{_MAIN}{name}"
    for name in [
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "dataBinding",
        "placeholder",
        "attachedTemplate",
        "rsids",
        "rsid",
        "docVars",
        "mailMerge",
        "attachedSchema",
        "saveThroughXslt",
        "writeProtection",
    ]
) | {
    "{http://schemas.microsoft.com/office/word/2010/wordml}docId",
    "{http://schemas.microsoft.com/office/word/2012/wordml}docId",
    "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}externalData",
}
_EDITING = re.compile(
    re.escape(_MAIN)
    + r"(?:rsid\w*|date)|\{http://schemas.microsoft.com/office/word/2010/wordml\}(?:para|text)Id"
)
"""Attributes that reveal when and in which session something was written."""
_PATH = re.compile(r"(?:file:|[A-Za-z]:[\\/]|\\\\|/).*[\\/]")


def is_document(raw: bytes) -> bool:
    """Whether this is a Word document, valid or not."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return "word/document.xml" in packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def hold_sound(template: bytes) -> None:
    """Raise :class:`Refused` if a template is not packed as a word processor would pack it.

    A document type in XML can fetch files and expand without limit; with a duplicate name, programs read
    different parts.
    """
    with zipfile.ZipFile(io.BytesIO(template)) as packed:
        parts = packed.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > _MEGABYTES * 10**6 or len(parts) > _PARTS:
            raise Refused(msg("it is larger than {size} MB when unpacked", size=_MEGABYTES))
        seen = set()
        for part in parts:
            name = part.filename
            known = name.casefold()
            if known in seen or _leads_out(name) or not _is_plain(packed.read(part)):
                raise Refused(msg("{part} is damaged or has been tampered with", part=name))
            seen.add(known)


def _leads_out(name: str) -> bool:
    """Whether a part would be unpacked outside the target folder, on any system."""
    return ".." in PurePosixPath(name).parts or re.match(r"/|.*[\\:]", name) is not None


def _is_plain(raw: bytes) -> bool:
    """Whether a part is not XML, or is XML without a document type, in a common encoding."""
    if not is_xml(raw):
        return not raw.startswith(b"\x4c\x6f\xa7\x94")  # "<?xm" in EBCDIC
    parser = expat.ParserCreate()
    strange: list[object] = []

    def document_type(*told: object) -> None:
        strange.append(told)

    def declaration(_version: str, encoding: str | None, _alone: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            strange.append(encoding)

    parser.StartDoctypeDeclHandler = document_type
    parser.XmlDeclHandler = declaration
    try:
        parser.Parse(raw, True)
    except expat.ExpatError:
        return False
    return not strange


def leave_the_template_behind(document: Any) -> None:
    """Remove everything that reveals the template from a python-docx document, except its body and styles.

    Raises :class:`Refused` if the document has a part or an external link that is not supported.
    """
    package = document.part.package
    _unlink(package)
    for part in list(package.iter_parts()):
        _unlink(part)
    for part in package.iter_parts():
        element = getattr(part, "_element", None)
        if element is not None:
            _clean(element)
        elif part.content_type.endswith("xml"):
            part._blob = _cleaned(part.blob)
    properties = package.core_properties._element
    for child in list(properties):
        properties.remove(child)


def _unlink(source: Any) -> None:
    """Remove the links to parts that are dropped, and reject links of an unknown kind."""
    left = _LEFT
    if getattr(source, "content_type", "").endswith("chart+xml"):
        left |= _BEHIND_A_CHART
    for id_, link in list(source.rels.items()):
        kind = link.reltype.rsplit("/", 1)[-1]
        if kind in left:
            del source.rels[id_]
        elif kind not in _KEPT:
            raise Refused(msg("it contains {kind}, which fii does not support; remove it", kind=kind))
        elif link.is_external and kind != "hyperlink":
            raise Refused(msg("it links to {target}; embed it in the template", target=link.target_ref))
        elif link.is_external:
            hold_link(link.target_ref)


def _clean(root: Any) -> None:
    """Remove from XML what reveals its authors: their names, their files, and times of writing."""
    for element in list(_elements(root)):
        if element.tag in _GONE:
            _remove(element)
            continue
        for name, value in element.attrib.items():
            if _EDITING.fullmatch(name):
                del element.attrib[name]
            elif name in (f"{_MAIN}author", f"{_MAIN}initials"):
                element.set(name, "fii")
            elif name in ("name", "descr", "title") and element.tag.endswith(("}docPr", "}cNvPr")):
                element.set(name, _PATH.sub("", value))


def _elements(root: Any) -> Iterator[Any]:
    return (each for each in root.iter() if isinstance(each.tag, str))


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _cleaned(raw: bytes) -> bytes:
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml

    root = parse_xml(raw)
    _clean(root)
    return serialize_part_xml(root)
