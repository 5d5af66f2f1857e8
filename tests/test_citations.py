"""A citation speaks the language of its reader, in its dates and versions too; a DOI is a link everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from conftest import Fii
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import authors_of, cite, cited, dated, link_of, published_in, title_of
from fii_cli.handbook.grounds import TOUCHES, ground_of
from fii_cli.handbook.load import handbook
from fii_cli.handbook.models import OURS, Reference, Source, Text
from fii_cli.language import Language
from fii_cli.resources import CONTENT
from helpers import EN, HEAD, NL

BOOK = handbook()
DUTCH = re.compile(
    r"\b(e\.a|z\.d|reds?)\.|\b(versie|geraadpleegd|bijgewerkt|en|uit|bij|over|het|van de)\b|"
    r"\b(januari|februari|maart|mei|juni|juli|augustus|oktober)\b"
)
ENGLISH = re.compile(
    r"\bet al\.|\bn\.d\.|\(eds?\.\)|\b(version|accessed|updated)\b|"
    r"\b(January|February|March|May(?!, C)|June|July|August|October)\b"
)
DOI = re.compile(r"\bdoi\b|\b10\.\d{4,}/", re.IGNORECASE)


def sources() -> set[Source]:
    """Every source that the content cites."""
    found = set()
    for path in CONTENT.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"\bsource: +\"?([a-z0-9-]+/[^\",}\n]+(?:, deel \d)?)", text))
        for several in re.findall(r"\bsources: +\[([^]]+)\]", text):
            found |= {each.strip(' "') for each in several.split(",")}
    return found - {OURS, "work/part` in the content refers to these entries."}


def work(**keys: str | Text) -> Reference:
    plain = {
        "id": "x",
        "language": "nl",
        "authors": "Jansen, J.",
        "year": "2020",
        "title": "T",
        "publisher": "P",
    }
    return Reference.model_validate({**plain, **keys})


def whole(each: Reference, say: Language) -> str:
    """What a list of sources says of a work beside its title."""
    return f"{dated(authors_of(each, say), each, say)}. {published_in(each, say)}"


def test_every_citation_of_the_content_speaks_both_languages() -> None:
    assert len(sources()) > 120
    for source in sources():
        names = {each.strip() for found in cited(source, BOOK) for each in re.split(r"[,&]", found.authors)}
        for say, other in ((EN, DUTCH), (NL, ENGLISH)):
            shown = cite(source, BOOK, say)
            for name in sorted(names, key=len, reverse=True):
                shown = shown.replace(name, "")
            assert not other.search(shown), shown
            assert not DOI.search(shown), shown


def test_every_part_that_is_words_has_english() -> None:
    """A part is cited in Dutch; in English no word of it is left, but for names and numbers."""
    same = {"MIDI", "clusters", "pcatR"}
    for source in sources():
        words = set(re.findall(r"[^\W\d_]{2,}", re.sub(r"\bin [a-z-]+-\d{4}", "", source.partition("/")[2])))
        shown = cite(source, BOOK, EN).partition("), ")[2]
        assert not {word for word in words - same if re.search(rf"\b{word}\b", shown)}, source


def test_every_work_speaks_both_languages() -> None:
    for each in BOOK.references.values():
        assert not re.search(r"\b(e\.a|z\.d)\.", whole(each, EN)), each.id
        assert not ENGLISH.search(whole(each, NL)), each.id
        for say in (NL, EN):
            assert not DOI.search(whole(each, say)), each.id
        assert link_of(each) == "" or re.fullmatch(r"https?://[a-z.-]+\.[a-z]+/\S+[\w/)]", link_of(each))


@pytest.mark.parametrize(
    ("keys", "dutch", "english"),
    [
        ({"authors": "Allen e.a."}, "Allen e.a. (2020). P", "Allen et al. (2020). P"),
        ({"authors": "Allen et al."}, "Allen e.a. (2020). P", "Allen et al. (2020). P"),
        ({"authors": "Bos, A. (red.)"}, "Bos, A. (red.) (2020). P", "Bos, A. (ed.) (2020). P"),
        (
            {"authors": "Bos, A., & Vos, B. (eds.)"},
            "Bos, A., & Vos, B. (reds.) (2020). P",
            "Bos, A., & Vos, B. (eds.) (2020). P",
        ),
        ({"year": "z.d."}, "Jansen, J. (z.d.). P", "Jansen, J. (n.d.). P"),
        ({"year": "n.d."}, "Jansen, J. (z.d.). P", "Jansen, J. (n.d.). P"),
        (
            {"publisher": "Review, March-April 2022"},
            "Jansen, J. (2020). Review, maart-april 2022",
            "Jansen, J. (2020). Review, March-April 2022",
        ),
        (
            {"publisher": "Movisie, versie 2, geraadpleegd op 24 mei 2026"},
            "Jansen, J. (2020). Movisie, versie 2, geraadpleegd op 24 mei 2026",
            "Jansen, J. (2020). Movisie, version 2, accessed 24 May 2026",
        ),
        ({"publisher": "May & Sons"}, "Jansen, J. (2020). May & Sons", "Jansen, J. (2020). May & Sons"),
        (
            {"publisher": Text(nl="samenvatting", en="summary")},
            "Jansen, J. (2020). samenvatting",
            "Jansen, J. (2020). summary",
        ),
    ],
)
def test_a_work_however_it_is_written(keys: dict[str, str | Text], dutch: str, english: str) -> None:
    assert whole(work(**keys), NL) == dutch
    assert whole(work(**keys), EN) == english


@pytest.mark.parametrize(
    ("publisher", "rest"),
    [
        ("Science, 14, 42, doi 10.1186/s13012-019-0892-4", "Science, 14, 42"),
        ("Science, doi: 10.1186/s13012-019-0892-4; CC BY 4.0", "Science; CC BY 4.0"),
        ("Science. https://doi.org/10.1186/s13012-019-0892-4", "Science."),
        ("Science, http://dx.doi.org/10.1186/s13012-019-0892-4.", "Science."),
        ("DOI 10.1186/s13012-019-0892-4", ""),
    ],
)
def test_a_doi_is_one_kind_of_link_however_it_is_written(publisher: str, rest: str) -> None:
    each = work(publisher=publisher)
    assert link_of(each) == "https://doi.org/10.1186/s13012-019-0892-4"
    assert published_in(each, NL) == rest


@pytest.mark.parametrize(
    ("authors", "dutch", "english"),
    [
        ("Jansen, J.", "Jansen (2020)", "Jansen (2020)"),
        ("Jansen, J., & Van der Vos, B. A.", "Jansen & Van der Vos (2020)", "Jansen & Van der Vos (2020)"),
        ("Jansen, J., Vos, B., & Bos, C.", "Jansen e.a. (2020)", "Jansen et al. (2020)"),
        ("Jansen, J., Vos, B., e.a.", "Jansen e.a. (2020)", "Jansen et al. (2020)"),
        ("Jansen, Vos & Bos", "Jansen e.a. (2020)", "Jansen et al. (2020)"),
        ("Jansen & Vos", "Jansen & Vos (2020)", "Jansen & Vos (2020)"),
        (
            "Werkplaats Noord, Oost en West",
            "Werkplaats Noord, Oost en West (2020)",
            "Werkplaats Noord, Oost en West (2020)",
        ),
    ],
)
def test_more_than_two_authors_are_shortened(authors: str, dutch: str, english: str) -> None:
    book = Handbook({"references": [work(authors=authors).model_dump()]}.__getitem__, lambda folder: ())
    assert cite("x/tabel 1", book, NL) == f"{dutch}, tabel 1"
    assert cite("x/tabel 1", book, EN) == f"{english}, table 1"


def test_a_work_in_another_work_names_both() -> None:
    assert (
        cite("meadows-2022/in fii-2022, deel 2", BOOK, EN)
        == "Meadows (2022), in Broekhuizen & Mak (2022), part 2"
    )


def test_a_work_of_which_we_saw_no_authors_is_cited_by_what_it_is() -> None:
    assert cite("pmc-11446052/tabel 4", BOOK, NL) == "onderzoek PMC11446052 in PubMed Central, tabel 4"
    assert cite("pmc-11446052/tabel 4", BOOK, EN) == "study PMC11446052 in PubMed Central, table 4"
    assert cite("boendermaker-ypa/samenvatting", BOOK, EN) == "study at Youth Protection Amsterdam, abstract"


def test_a_package_is_cited_by_its_authors_and_not_by_an_account() -> None:
    assert cite("pcatr-package/pcatR", BOOK, EN) == "Li & Park (2026), pcatR"
    for each in BOOK.references.values():
        assert not re.search(r"JaeManP|PMC\d|pcatR", each.authors), each.id


HINDERED = """\
visits:
  - {phase: implementeren, entered: 2025-01, via: entry}
assessments:
  - {instrument: cfir, date: 2025-01-20, ratings: {III.D.2: {value: -2, note: past niet}, IV.B: -1}}
"""


@pytest.mark.parametrize(("lang", "other"), [("nl", ENGLISH), ("en", re.compile(r"\b(e\.a|z\.d)\."))])
def test_every_form_of_a_report_cites_in_its_language(
    fii: Fii, here: Path, lang: str, other: re.Pattern[str]
) -> None:
    text = f"{HEAD}{HINDERED}".replace("language: nl", f"language: {lang}", 1)
    (here / "a.yaml").write_text(text, encoding="utf-8")
    for wanted in ("md", "html", "docx"):
        name = f"a.{wanted}"
        assert (
            fii("report", "a.yaml", "--format", wanted, "--output", name, "--as-of", "2025-03-10").code == 0
        )
        shown = "\n".join(told(here / name))
        abbreviated = {"nl": "Allen e.a. (2023)", "en": "Allen et al. (2023)"}[lang]
        assert not other.search(shown), wanted
        assert abbreviated in shown, wanted
        assert "https://doi.org/10.1186/s43058-023-00500-9" in shown, wanted
        assert not re.search(r"\bdoi:? *10\.", shown, re.IGNORECASE), wanted
    assert '<a href="https://doi.org/10.1186/s43058-023-00500-9">' in (here / "a.html").read_text(
        encoding="utf-8"
    )


def told(path: Path) -> Iterator[str]:
    """The text of a page, in whatever form."""
    if path.suffix != ".docx":
        yield path.read_text(encoding="utf-8")
        return
    with ZipFile(path) as file:
        yield re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())


@pytest.mark.parametrize(
    ("lang", "shown"), [("nl", "Waltz e.a. (2019), tabel 2"), ("en", "Waltz et al. (2019), table 2")]
)
def test_the_terminal_cites_in_the_language_that_was_asked_for(fii: Fii, lang: str, shown: str) -> None:
    assert shown in " ".join(fii("guide", "champions", lang=lang).out.split())


def test_the_chapter_on_implementing_is_credited_to_its_author() -> None:
    told = cite(BOOK.rule("FII803").source, BOOK, NL)
    assert told == "Boendermaker (2022), in Broekhuizen & Mak (2022), deel 2"
    assert (
        cite("fixsen-2019/in boendermaker-2022", BOOK, EN) == "Fixsen et al. (2019), in Boendermaker (2022)"
    )


NOT_SEEN = {
    *("pmc-11446052", "boendermaker-ypa"),
    *("pmc-10612159", "pmc-9853037", "act-smart"),
}
"""The works of which we saw a text without its authors, mostly without title and year too: they say so."""
FIRST_AUTHOR_SEEN = {"weiner-2017", "kirk-2020"}
"""The works of which we saw only the first author."""
NOT_ONLINE = {
    *("broekhuizen-2022", "van-yperen-2017"),
    *("damschroder-2015", "bertram-2015", "boendermaker-regeer-2018", "boendermaker-2020", "meadows-2022"),
    *("ryan-deci-2018", "minson-gino-2022", "gray-2016", "nji-implementatie", "veerman-van-yperen-2008"),
    *("boendermaker-ypa", "act-smart"),
}
"""The works that we know from the guide or from a text without an address: they have a publisher."""


def test_every_work_has_authors_a_year_a_title_and_a_link() -> None:
    for each in BOOK.references.values():
        if each.id in NOT_SEEN:
            assert each.authors == "", each.id
            assert re.fullmatch(r"(\d{4})?", each.year), each.id
            assert re.search(r"\b[Ww]ij zagen|zagen wij\b", published_in(each, NL)), each.id
            assert re.search(r"\b[Ww]e (saw|did not see)\b", published_in(each, EN)), each.id
        else:
            assert len(each.authors) > 4, each.id
            assert ("e.a." in each.authors) is (each.id in FIRST_AUTHOR_SEEN), each.id
            assert re.fullmatch(r"\d{4}|z\.d\.", each.year), each.id
            assert isinstance(each.title, str), each.id
            assert "…" not in each.title, each.id
        for say in (NL, EN):
            assert len(title_of(each, say)) > 5, each.id
            assert published_in(each, say), each.id
        assert bool(link_of(each)) is (each.id not in NOT_ONLINE), each.id


def test_drivers_cite_the_work_that_has_nine_of_them() -> None:
    drivers = BOOK.instrument("drivers")
    assert len(drivers.items) == 9
    assert cite(drivers.source, BOOK, EN) == "National Implementation Research Network (n.d.), framework 3"


def test_a_level_that_rests_on_a_tier_in_a_package_says_so() -> None:
    links = [link for each in BOOK.catalogue.by_barrier.values() for link in each if link.level]
    tiers = 0
    for link in links:
        told = ground_of(link, BOOK, EN)
        alone = link.percent is None and any("pcatr" in source for source in link.sources)
        assert ("(as a tier in an R package)" in told) is alone
        tiers += alone
    for page in ("method.nl.md", "method.en.md"):
        text = (CONTENT.parent / "docs" / page).read_text(encoding="utf-8")
        assert f"{tiers} van die niveaus" in text or f"{tiers} of those levels" in text


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("IV.C.B", "III.D.2"),
        ("III.D.2", "II.A"),
        ("IV.R.A", "III.E.1"),
        ("IV.R.B", "III.E.1"),
        ("IV.C.C", "III.E.2"),
        ("III.J.1", "III.E.2"),
    ],
)
def test_a_construct_that_was_relocated_or_split_is_not_called_the_same(later: str, earlier: str) -> None:
    touch = next(each for each in BOOK.touches(f"cfir-2022/{later}") if each.to == f"cfir/{earlier}")
    assert TOUCHES[touch.basis] == "partly relocated or split in another version"


def test_no_effect_is_taken_from_a_superseded_review() -> None:
    cited_now = {source for source in sources() if re.search(r"doumit|flodgren-2011", source)}
    assert cited_now == set()
    meetings = BOOK.catalogue.effects["educational-meetings"]
    assert meetings
    assert not any("complex" in each.text.en for each in meetings)
