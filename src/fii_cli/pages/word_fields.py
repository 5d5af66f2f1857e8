"""The fields of a Word document: text that Word computes, and that may not run or fetch anything."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fii_cli.diagnostics import Refused
from fii_cli.language import msg
from fii_cli.pages.libraries import library

_HARMLESS = """
    = ADVANCE ASK AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT AUTOTEXT AUTOTEXTLIST BIBLIOGRAPHY CITATION COMMENTS
    COMPARE CREATEDATE DATE DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME FILESIZE FILLIN
    FORMCHECKBOX FORMDROPDOWN FORMTEXT GOTOBUTTON HYPERLINK IF INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM
    MERGEFIELD NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE QUOTE REF REVNUM SAVEDATE SECTION
    SECTIONPAGES SEQ SET SHAPE STYLEREF SUBJECT SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC USERADDRESS
    USERINITIALS USERNAME XE
"""
"""The fields that only show, count and refer. Any other field may run or fetch something."""
_NESTED = "\0"
"""A placeholder in an instruction for a nested field, whose result is unknown."""
_WORD = re.compile(rf"=|[A-Za-z]+(?![\w{_NESTED}])")
_ARGUMENT = re.compile(r'\\[a-z*@#!]|["“”][^"“”]*["“”]?|[^\s"“”]+', re.IGNORECASE)
_TAKES_ONE = frozenset(["\\l", "\\o", "\\t", "\\*"])
"""In a link, these are followed by a bookmark, a tip, a window or a format, not by a target."""
_SAFE_LINK = re.compile(r"https?://|mailto:|#", re.IGNORECASE)
_READINGS = (
    frozenset[str](),
    frozenset(["del", "moveFrom"]),
    frozenset(["ins", "moveTo"]),
)
"""The elements to ignore in a document as it is, with its changes accepted, and with its changes rejected."""
_APART = frozenset(["Choice", "Fallback", "txbxContent", "footnote", "endnote", "comment"])
"""A field does not continue into or out of these elements."""
_SHORT = 40
"""The maximum number of characters to show of a rejected field."""
_VML = "{urn:schemas-microsoft-com:"


def hold_link(target: str) -> None:
    """Raise :class:`Refused` if a link target is not a web page, an e-mail address or a bookmark."""
    if not _SAFE_LINK.match(target):
        raise Refused(
            msg(
                "it links to {target}, but links must be http, https or mailto; change or remove it",
                target=target,
            )
        )


def is_xml(raw: bytes) -> bool:
    """Whether a part looks like XML, in any encoding of one or two bytes per character."""
    text = raw.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    return text.startswith(b"<")


def hold_harmless(document: bytes) -> None:
    """Raise :class:`Refused` if a finished document has a field that runs or fetches something.

    The check is on the result, because a template can assemble an instruction from pieces. It reads every
    part that is XML, whatever its name or type in the package.
    """
    etree = library("lxml.etree", "docx")

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        for name in packed.namelist():
            raw = packed.read(name)
            if not is_xml(raw):
                continue
            try:
                root = etree.fromstring(raw, parser)
            except etree.XMLSyntaxError:
                raise Refused(msg("{part} is damaged or has been tampered with", part=name)) from None
            _check_drawings(root)
            for left_out in _READINGS:
                for instruction in _instructions(root, left_out):
                    _check_instruction(instruction)


def _check_drawings(root: Any) -> None:
    """Check VML drawings, which have sources and links outside the relationships of the package."""
    for element in root.iter():
        if not element.tag.startswith(_VML):
            continue
        for name, value in element.attrib.items():
            fetches = name == "src" or (name.startswith(_VML) and name.endswith("}href"))
            if value and name == "href":
                hold_link(value)
            elif value and fetches:
                raise Refused(msg("it links to {target}; embed it in the template", target=value))


def _check_instruction(instruction: str) -> None:
    instruction = instruction.strip()
    if not instruction:
        return
    found = _WORD.match(instruction)
    if not found or found[0].upper() not in _HARMLESS.split():
        first, *_ = instruction.replace(_NESTED, "…").split()
        shown = first[:_SHORT]
        raise Refused(
            msg("it contains the field {field}, which fii does not support; remove it", field=shown)
        )
    if found[0].upper() == "HYPERLINK":
        for target in _targets(instruction[found.end() :]):
            hold_link(target.replace(_NESTED, "…"))


def _targets(arguments: str) -> Iterator[str]:
    skip = False
    for argument in _ARGUMENT.findall(arguments):
        if re.fullmatch(r"\\[^\\]", argument):
            skip = argument.lower() in _TAKES_ONE
        elif skip:
            skip = False
        else:
            yield argument.strip('"“”')


@dataclass
class _Field:
    instruction: str = ""
    told: bool = False
    """Whether its instruction is complete, so that its result follows."""


def _instructions(story: Any, left_out: frozenset[str]) -> Iterator[str]:
    """Every instruction in this part of a document, assembled from its pieces."""
    fields: list[_Field] = []
    yield from _walked(story, fields, left_out)
    for field in fields:  # not ended, which Word tolerates
        yield field.instruction


def _walked(element: Any, fields: list[_Field], left_out: frozenset[str]) -> Iterator[str]:
    for child in element:
        name = child.tag.rsplit("}", 1)[-1]
        if name in left_out:
            continue
        open_ = None
        if fields and not fields[-1].told:
            open_ = fields[-1]
        if name in _APART:
            yield from _instructions(child, left_out)
        elif name == "fldSimple":
            if open_:
                open_.instruction += _NESTED
            yield from _values(child, "instr")
            fields.append(_Field(told=True))
            depth = len(fields)
            yield from _walked(child, fields, left_out)
            for field in fields[depth:]:  # started but not ended inside
                yield field.instruction
            del fields[depth - 1 :]
        elif name == "fldChar":
            kind = next(_values(child, "fldCharType"), "")
            if kind == "begin":
                if open_:
                    open_.instruction += _NESTED
                fields.append(_Field())
            elif kind == "separate" and fields:
                fields[-1].told = True
            elif kind == "end" and fields:
                yield fields.pop().instruction
        elif name in ("instrText", "delInstrText"):
            text = "".join(child.itertext())
            if open_:
                open_.instruction += text
            else:
                yield text
        elif open_ and name in ("t", "delText"):  # Word treats any text there as the instruction
            open_.instruction += "".join(child.itertext())
        else:
            if open_ and name in ("p", "tab", "br", "cr"):
                open_.instruction += " "
            yield from _walked(child, fields, left_out)


def _values(element: Any, name: str) -> Iterator[str]:
    """The values of an attribute, in any namespace."""
    for key, value in element.attrib.items():
        if key.rsplit("}", 1)[-1] == name:
            yield value
