"""Personal data as people write it: found in every form and place, and nothing else is taken for it.

All numbers are made up, or from ranges that are kept free for examples.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import fii_cli
from conftest import Fii
from fii_cli.analysis.counts import Thresholds
from fii_cli.personal import (
    holds_bsn,
    holds_email,
    holds_iban,
    holds_personal,
    holds_telephone,
    may_hold_personal,
)
from fii_cli.resources import EXAMPLES, examples
from fii_cli.yaml.passages import passages_in
from fii_cli.yaml.read import read
from helpers import DAY, HEAD, NL, codes, diagnostics, judged

COMMANDS = Path(fii_cli.__file__).parent / "commands"

TELEPHONES = """
06-12345678
T06-12345678
jan, m0612345678
06 12345678
0612345678
06 12 34 56 78
06-12-34-56-78
06-12-34 56 78
06.12.34.56.78
06/12345678
06 - 12 34 56 78
06 1234 5678
0612 345 678
061 234 56 78
(06) 12345678
(06)12345678
(0)6 12345678
06-98765432
bel 06-12345678.
tel.0612345678
tel0612345678
tel:0612345678
T. 06 12345678
jan_06-12345678
wethouder-0612345678
06-12345678/06-87654321
06-12345678/79
in 2025 0612345678
10-03-2025 06-12345678
+31 6 12345678
+31612345678
+31 (0)6-12 34 56 78
+31(0)612345678
+ 31 6 12345678
+31.6.12345678
+316-12345678
+31 6 2012 3456
tel:+31612345678
tel+31612345678
0031 6 12345678
0031612345678
00 31 6 12345678
31612345678
31 6 12345678
010-1234567
(010) 1234567
bel 020 123 45 67!
088-1234567
0475 12 34 56
0470 12 34 56
tel. 012345678
mobiel 612345678
telefoon: 0170 1234567
+44 7700 900123
+44 (0)7700 900123
0044 7700 900123
+1 202 555 0143
+1 (202) 555-0143
+1-202-555-0143
+1.202.555.0143
+49 170 1234567
+32 470 12 34 56
+33 6 12 34 56 78
+61 491 570 156
https://wa.me/31612345678
""".strip().splitlines()

TELEPHONES_BY_WORD = [
    "06\u201112345678",  # non-breaking hyphen
    "06\u201012345678",
    "06\u201212345678",  # figure dash
    "06\u201312345678",  # en dash
    "06\u201412345678",
    "06\u201512345678",
    "06\u221212345678",  # minus
    "06\ufe6312345678",
    "06\xa012345678",  # hard space
    "06\u200912345678",  # thin space
    "06\u202f12\u202f34\u202f56\u202f78",  # narrow hard space
    "06\u300012345678",
    "06\t12345678",
    "06\n12345678",
    "06\u00b712\u00b734\u00b756\u00b778",
    "06\u204412345678",
    "06\u00ad12345678",  # soft hyphen
    "06\u200b12345678",  # a space without width
    "\u202a+31 6 12345678\u202c",  # as a phone copies it
    "\uff10\uff16\uff0d\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",  # full width
    "\u0660\u0666\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",  # Arabic-Indic
    "\u2070\u2076\xb9\xb2\xb3\u2074\u2075\u2076\u2077\u2078",  # superscript
    "0\ufe0f\u20e36\ufe0f\u20e3 12345678",  # keycaps
    "\u2776\u2777 06 1234 567\u277d",  # digits in a ring
    "\uff0b31612345678",
]

NO_TELEPHONES = """
dam06-12345678
FM0612345678
KvK 12345678
KvK 01234567
KvK-nummer 0123 4567
KvK 01234567 89
RSIN 012345678
RSIN 0123.45.678
RSIN 001234567
btw NL001234567B01
vestigingsnummer 000012345678
vestigingsnummer 0000 1234 5678
OIN 00000001234567890000
AGB 06012345
AGB-code 01-012345 en 02
AGB 06123456 78
dossier A0612345678
ISBN 978-90-6665-123-4
ISBN 0-306-40615-2
ISBN 0306406152
ISBN-10: 0306406152
ISSN 0167-8329
0000-0002-1825-0097
https://example.org/0612345678
https://example.org/a/0612345678?b=0687654321
www.example.org/0612345678
example.org/a/0612345678
https://doi.org/10.1002/0470013192
doi 10.1002/0470013192.ch1
10.1186/1748-5908-4-50
bewijs/2025-03-10-notulen.pdf
bewijs/20250310/06-notulen-2025.pdf
git@github.com:x/y
6 november 2025 om 0830
06-11-2025
06-11-2025 80.000 euro
06.11.2025 12.500
06/11/2025 - 07/11/2025
06/11/25 - 07/11/25
06/25/2025 80
06 11 2025 80
06-11-25 0830
06-11-25 08:30-10:00
06-11-25 08.30 uur
bel 06-11-2025 om 10 uur
bel 06-11-25 0830
2025-03-10 06:12
2025-03-10T06:12:34+02:00
2025-01-10 2025-02-10
2024-01-10 tot 2024-12-31
01-10-2025 1234
20250310061234
06:15-07:45
06.15-07.45 uur
2024-2027
06-2025 2026
01-2025 06-2025
80.000 euro in 2025-2028
80.000.000 euro
€ 1.234.567.890
+43.000.000 euro
+43 000 000 euro
+1.234.567,00
0,123456789
0.1234567890
n=1234567890
1000000000 stappen
12,5% van 1234567890
+1 +2 +1 +2 +1 +1 +2 +1
01 02 03 04 05
06 07 08 09 10
1 2 3 4 5 6 7 8 9 10 11 12
3511 AB 12
v0.12.34.5678
1.0.0612345678
10.0.0.1
192.168.010.0123
52.0907 5.1214
2a.cultuur, 5c.selectie, III.D.2
550e8400-e29b-41d4-a716-446655440000
0612345678abcdef0612345678abcdef
NL91 ABNA 0417 1643 01
DE89 3704 0044 0532 0130 00
112, 14 030, 0800-1234 en 0900 1234567
""".strip().splitlines()

ACCOUNTS = """
NL91ABNA0417164300
nl91abna0417164300
Nl91 Abna 0417 1643 00
naar NL91 ABNA 0417 1643 00.
nl91 abna 0417 1643 00 ten name van de stichting
NL 91 ABNA 0417 1643 00
NL91 ABNA 0417164300
NL91.ABNA.0417.1643.00
NL91-ABNA-0417-1643-00
NL91_ABNA_0417164300
NL91 - ABNA - 0417 1643 00
IBANNL91ABNA0417164300
IBAN:NL91ABNA0417164300
(NL91ABNA0417164300)
BE68 5390 0754 7034
be68 5390 0754 7034
DE89 3704 0044 0532 0130 00
GB29 NWBK 6016 1331 9268 19
""".strip().splitlines()

ACCOUNTS_BY_WORD = [
    "NL91\xa0ABNA\xa00417\xa01643\xa000",
    "NL91\u202fABNA\u202f0417\u202f1643\u202f00",
    "NL91\u2013ABNA\u20130417\u20131643\u201300",
    "\uff2e\uff2c\uff19\uff11ABNA0417164300",
    "NL\u0669\u0661ABNA0417164300",
]

NO_ACCOUNTS = """
NL92ABNA0417164300
NL91 ABNA 0417 1643 01
AB12 3456 7890 1234
NL91ABNA
NL91ABNA04171643001
XNL91ABNA0417164300
CFIR III.D.2
in 12 maanden van 1 naar 200000 gezinnen
3f786850e387550fdab836ed7e6dc881de23001b
""".strip().splitlines()

CITIZENS = """
BSN 111222333
bsn 111.222.333
bsn 111 222 333
bsn 111-222-333
bsn 1112.22.333
bsn: 111222333
bsn=111222333
bsn111222333
bsn_111222333
bsn is 111222333
het bsn van deze cliënt is 111222333
bsnnr 111222333
bsnnr. 111222333
bsn-nr. 111222333
BSN nr 111222333
BSN nummer 111222333
BSN-nummer: 111222333
bsnnummer 111222333
B.S.N. 111222333
b.s.n 111 222 333
B S N 111222333
burgerservicenummer: 111.222.333
burgerservicenummers 111222333
burger service nummer 111222333
burger-service-nummer 111222333
burgerservicenr 111222333
sofinummer 1112.22.333
sofi-nummer 111222333
sofi 111222333
sociaal-fiscaal nummer 111222333
citizen service number 111222333
citizen-service number 111222333
social security number 111222333
111 222 333 (bsn)
111222333 (burgerservicenummer)
111222333 is het BSN
bsn 12345672
RSIN 123456782, bsn 111222333
""".strip().splitlines()

CITIZENS_BY_WORD = [
    "bsn 111\u2013222\u2013333",
    "bsn\xa0111\xa0222\xa0333",
    "bsn \uff11\uff11\uff11\uff12\uff12\uff12\uff13\uff13\uff13",
    "bsn \u0661\u0661\u0661\u0662\u0662\u0662\u0663\u0663\u0663",
    "bsn 11122233\xb3",
]

NO_CITIZENS = """
111222333
aanvraag 111222333
RSIN 111222333
RSIN 111222333, geen bsn bekend
KvK 12345678 (geen bsn)
fiscaal nummer 111222333
bsn 123456789
bsn 000000000
bsn 1112223334
aanvraag A111222333 met bsn
bsn op 20250310
bsn vanaf 2025-03-10
absnt 111222333
bsn x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x 111222333
""".strip().splitlines()

ADDRESSES = """
mail a.b-c+d@voorbeeld.example.org.
(x@y.nl)
<jan@voorbeeld.nl>
mailto:jan@voorbeeld.nl
mailto:jan%40voorbeeld.nl
JAN@VOORBEELD.NL
o'brien@voorbeeld.nl
"jan de vries"@voorbeeld.nl
jan(at)voorbeeld.nl
jan [at] voorbeeld.nl
@jan@mastodon.example
jan@sub.voorbeeld.nl: hij weet ervan
jan@bücher.example
jan@xn--bcher-kva.example
用户@例子.公司
राम@उदाहरण.भारत
jan＠voorbeeld.nl
jan@voorbeeld。nl
https://example.org/?aan=jan@voorbeeld.nl
""".strip().splitlines()

NO_ADDRESSES = """
@voorbeeld
@voorbeeld.nl
groep 4 @ school
a@b
5b.app-werkt
git@github.com:x/y
git@host:path
git@gitlab.example.org:team/traject.git
ssh://git@gitlab.example.org/x/y.git
deploy@host.example.org:team/traject.git
actions/checkout@v4.1.0
pip@23.2
@types/node@1.2.3
icon@2x.png
3 voor @2.50
https://example.org/@naam.van/iets
""".strip().splitlines()


@pytest.mark.parametrize("text", TELEPHONES + TELEPHONES_BY_WORD)
def test_a_telephone_number_is_seen(text: str) -> None:
    assert holds_telephone(text)
    assert holds_telephone(f"gebeld: {text}; later meer")


@pytest.mark.parametrize("text", NO_TELEPHONES)
def test_what_is_no_telephone_number(text: str) -> None:
    assert not holds_telephone(text)


@pytest.mark.parametrize("text", ACCOUNTS + ACCOUNTS_BY_WORD)
def test_a_bank_account_number_is_seen(text: str) -> None:
    assert holds_iban(text)


@pytest.mark.parametrize("text", NO_ACCOUNTS)
def test_what_is_no_bank_account_number(text: str) -> None:
    assert not holds_iban(text)


@pytest.mark.parametrize("text", CITIZENS + CITIZENS_BY_WORD)
def test_a_citizen_service_number_is_seen_beside_its_word(text: str) -> None:
    assert holds_bsn(text)


@pytest.mark.parametrize("text", NO_CITIZENS)
def test_nine_digits_alone_or_of_an_organisation_are_no_citizen_service_number(text: str) -> None:
    assert not holds_bsn(text)


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_email_address_is_seen(text: str) -> None:
    assert holds_email(text)


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_email_address(text: str) -> None:
    assert not holds_email(text)


@pytest.mark.parametrize(
    "text",
    [text for text in NO_TELEPHONES + NO_ACCOUNTS + NO_CITIZENS + NO_ADDRESSES if text not in ACCOUNTS],
)
def test_what_is_of_no_kind_at_all(text: str) -> None:
    assert not holds_personal(text)


# --- what it loads ------------------------------------------------------------------------------------------


def test_the_libraries_are_loaded_where_something_looks_like_a_number() -> None:
    script = (
        "import sys\n"
        "from fii_cli.personal import holds_personal\n"
        "from pathlib import Path\n"
        "holds_personal(Path(sys.argv[1]).read_text(encoding='utf-8'))\n"
        "print(*sorted(name for name in ('phonenumbers', 'stdnum') if name in sys.modules))\n"
        "holds_personal('06-12345678'), holds_personal('bsn 111222334')\n"
        "print(*sorted(name for name in ('phonenumbers', 'stdnum') if name in sys.modules))\n"
    )
    file = str(EXAMPLES / "thuis-leren-verzonnen.yaml")
    done = subprocess.run([sys.executable, "-c", script, file], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["", "phonenumbers stdnum"]


# --- where it looks -----------------------------------------------------------------------------------------

EVERYWHERE = """\
# een regel vooraf: 06-12345678
fii: 1
title: Proef 06-12345678
language: nl
entry: {commission: gevraagd, date: 2025-01}  # achter een waarde, 06-12345678
organisations:
  - id: fictie-0612345678
    name: Fictie # 06-12345678
    funders: [B, 06-12345678]
summary: |  # bij een blok 06-12345678
  een # 06-12345678 in het blok
# na het blok 06-12345678
people:
  - {id: a, role: "directeur # 06-12345678"}
assessments:
  - instrument: stoplicht
    date: 2025-02-01
    ratings:
      2a.cultuur: {value: groen, note: 06-12345678}
      06-12345678: groen
"""


def test_personal_data_is_found_in_every_text_key_id_and_comment() -> None:
    found = [d.span.line for d in diagnostics(EVERYWHERE) if d.code == "FII902"]
    lines = [n for n, line in enumerate(EVERYWHERE.splitlines(), 1) if "12345678" in line]
    assert found == [n - ("in het blok" in EVERYWHERE.splitlines()[n - 1]) for n in lines]


def test_a_comment_is_pointed_at_where_it_stands() -> None:
    text = HEAD + "summary: iets  # bel 06-12345678\n"
    (found,) = diagnostics(text)
    line = text.splitlines().index("summary: iets  # bel 06-12345678") + 1
    assert (found.span.line, found.span.column) == (line, 16)
    assert found.span.end_column == 16 + len("# bel 06-12345678")


@pytest.mark.parametrize("line", ["summary: iets#06-12", "summary: 'een # hek'", "summary: a  # gewoon"])
def test_what_a_comment_is_and_is_not(line: str) -> None:
    comments = [p.text for p in passages_in(read(f"{HEAD}{line}\n")) if p.span]
    assert comments == (["# gewoon"] if "gewoon" in line else [])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_are_found_with_every_line_ending_and_by_both_parsers(
    end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def comments() -> list[tuple[str, int]]:
        return [(p.text, p.span.line) for p in passages_in(read(EVERYWHERE.replace("\n", end))) if p.span]

    fast = comments()
    monkeypatch.setattr("fii_cli.yaml.events.C_PARSER", None)
    assert comments() == fast
    assert [line for _, line in fast] == [1, 5, 8, 10, 12]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("jan@voorbeeld.nl.yaml", "FII901"),
        ("trajecten/0612345678.yaml", "FII902"),
        ("jan_06-12345678.yml", "FII902"),
        ("NL91ABNA0417164300.yaml", "FII903"),
        ("bsn-111222333.yaml", "FII904"),
        ("2025-03-10-samen-leren.yaml", None),
        ("jan@voorbeeld.nl/plan.yaml", None),
        ("jan@voorbeeld.nl\\plan.yaml", None),
        ("-", None),
    ],
)
def test_the_name_of_a_file_is_looked_at_as_well(name: str, code: str | None) -> None:
    found = judged(HEAD, path=name).diagnostics
    assert [d.code for d in found] == ([code] if code else [])
    assert all((d.span.line, d.span.column) == (1, 1) for d in found)


def test_an_item_that_nobody_answered_is_no_small_group() -> None:
    text = HEAD + (
        "assessments:\n  - {instrument: midi, date: 2025-01-01, responses: 9, counts: {'17': {'4': COUNT}}}\n"
    )
    assert "FII905" not in codes(text.replace("COUNT", "0"))
    few = Thresholds().smallest
    assert "FII905" in codes(text.replace("COUNT", "1"))
    assert "FII905" in codes(text.replace("COUNT", str(few - 1)))
    assert "FII905" not in codes(text.replace("COUNT", str(few)))


def test_a_finding_can_be_accepted_by_what_it_lies_in() -> None:
    text = HEAD + (
        "organisations:\n"
        "  - {id: meldpunt, name: Meldpunt 06-12345678}\n"
        "  - {id: fictie, name: Fictie 06-12345678}\n"
    )
    assert codes(text) == ["FII902", "FII902"]
    accepted = "accepted: [{rule: FII902, about: meldpunt, reason: het nummer is openbaar}]\n"
    assert [d.about for d in diagnostics(text + accepted) if d.code == "FII902"] == ["fictie"]


@pytest.mark.parametrize("name", sorted(examples()))
def test_no_example_holds_personal_data(name: str) -> None:
    assert not [code for code in codes(examples()[name], DAY) if code.startswith("FII9")]


@pytest.mark.parametrize("where", ["comment", "id", "name of the file"])
def test_no_edition_for_others_while_it_stands_anywhere(fii: Fii, here: Path, where: str) -> None:
    name = "jan@voorbeeld.nl.yaml" if where == "name of the file" else "a.yaml"
    more = {
        "comment": "# jan@voorbeeld.nl\n",
        "id": "people: [{id: jan@voorbeeld.nl, role: directeur}]\n",
        "name of the file": "",
    }
    Path(name).write_text(HEAD + more[where], encoding="utf-8")
    done = fii("report", name, "--audience", "client")
    assert done.code == 1
    assert "FII901" in done.err
    assert not list(here.glob("*.html"))
    assert fii("portfolio", "--audience", "public", "--output", "site/").code == 1
    pages = "".join(page.read_text(encoding="utf-8") for page in Path("site").iterdir())
    assert "FII901" in pages
    assert "jan@voorbeeld" not in pages


# --- what comes after a writing command ---------------------------------------------------------------------

FILLED = """\
fii: 1
title: Bij Jan Jansen thuis
language: nl
entry: {commission: gevraagd, date: 2024-01, origin: Jan Jansen vroeg erom}
organisations: [{id: jansen-bv, name: Jansen BV, roles: [receiving]}]
people: [{id: jan-jansen, role: directeur, organisation: jansen-bv}]
visits: [{phase: implementeren, entered: 2024-02-01, via: entry}]
versterken: {key_people: [{person: jan-jansen}]}
checklist: [{id: 5a.jansen, subphase: 5a, question: doet Jansen mee?}]
assessments:
  - {instrument: stoplicht, date: 2024-03-04, ratings: {5a.klein-team: rood, 5a.jansen: rood}}
actions: [{id: jansen-bellen, what: Jan Jansen bellen}]
"""
COMMITS = [
    (("add", "F", "log", "text=Jan Jansen was er"), "traject: logboek"),
    (("add", "F", "contact", "person=jan-jansen", "note=Jan Jansen belt"), "traject: contact"),
    (("add", "F", "action", "what=Jansen bellen", "owner=jan-jansen"), "traject: actie"),
    (("add", "F", "person", "role=Jansen zelf"), "traject: persoon"),
    (("add", "F", "organisation", "name=Jansen"), "traject: organisatie"),
    (("add", "F", "step", "cycle=jansen", "step=check", "text=Jansen"), "traject: stap check"),
    (("add", "F", "accepted", "rule=FII701", "reason=Jansen"), f"traject: {NL('accepted')} FII701"),
    (("add", "F", "measurement", "indicator=jansen", "what=Jansen", "value=2"), "traject: meting"),
    (("set", "F", "title", "Naar Jansen"), "traject: title"),
    (("set", "F", "people.jan-jansen.level", "management"), "traject: people level"),
    (("set", "F", "people.jan-jansen.name", "Jan Jansen"), "traject: people name"),
    (("set", "F", "versterken.key_people.jan-jansen.why", "Jansen"), "traject: versterken key_people why"),
    (
        ("set", "F", "assessments.last.ratings.5a.klein-team.note", "Jansen"),
        "traject: assessments ratings 5a.klein-team note",
    ),
    (("set", "F", "assessments.last.ratings.5a.jansen", "groen"), "traject: assessments ratings"),
    (
        ("assess", "F", "--set", "5a.jansen=groen", "--note", "5a.jansen=Jansen", "--by", "Jansen"),
        f"traject: lichten {date.today()} (1 groen)",
    ),
    (
        ("done", "F", "jansen-bellen", "--helped", "ja", "--note", "Jansen"),
        f"traject: actie klaar ({NL('helped: {answer}', answer='ja')})",
    ),
    (
        ("advance", "F", "--decision", "bijsturen", "--by", "Jansen", "--reason", "Jansen"),
        "traject: implementeren (bijsturen)",
    ),
    (("plan", "F", "champions", "--owner", "jan-jansen"), "traject: champions"),
]


@pytest.fixture
def in_git(here: Path) -> Path:
    (here / ".git").mkdir()
    return here


@pytest.mark.parametrize(("words", "message"), COMMITS)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_commit_message_holds_no_text_of_people(
    fii: Fii, in_git: Path, words: tuple[str, ...], message: str, lang: str
) -> None:
    Path("traject.yaml").write_text(FILLED, encoding="utf-8")
    done = fii(*(word if word != "F" else "traject.yaml" for word in words), lang=lang)
    assert done.code == 0, done.err
    (line,) = [line for line in done.err.splitlines() if "git commit" in line]
    assert shlex.split(line.partition(": ")[2])[-1] == message


def test_every_writing_command_has_its_commit_message_tried() -> None:
    told = {path.stem for path in COMMANDS.glob("*.py") if "commit=" in path.read_text(encoding="utf-8")}
    assert told - {words[0] for words, _ in COMMITS} == {
        "import_answers",
        "import_ratings",
        "import_workbook",
    }


def test_a_file_whose_name_is_personal_data_is_not_named(fii: Fii, in_git: Path) -> None:
    accepted = "accepted: [{rule: FII901, reason: het adres is openbaar}]\n"
    Path("meldpunt@voorbeeld.nl.yaml").write_text(HEAD + accepted, encoding="utf-8")
    done = fii("add", "meldpunt@voorbeeld.nl.yaml", "log", "text=besproken", lang="nl")
    assert done.err.splitlines()[-2].endswith("git commit -m logboek")


def _next(said: str) -> list[str]:
    """The lines that say what to do, of which the last is the next step."""
    return [line for line in said.splitlines() if line.startswith(("to commit", "next step"))]


def test_personal_data_that_came_is_taken_back_first(fii: Fii, in_git: Path) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    done = fii("add", "a.yaml", "log", "text=Gebeld met J. op 06-12345678", lang="en")
    assert done.code == 0
    assert "FII902 this contains a telephone number" in done.err
    assert _next(done.err) == ["next step: fii undo a.yaml"]
    assert fii("undo", "a.yaml").code == 0
    assert Path("a.yaml").read_text(encoding="utf-8") == HEAD


def test_a_command_to_copy_names_a_file_with_spaces(fii: Fii, in_git: Path) -> None:
    Path("een plan.yaml").write_text(HEAD, encoding="utf-8")
    done = fii("add", "een plan.yaml", "log", "text=bel 06-12345678", lang="en")
    assert _next(done.err) == ["next step: fii undo 'een plan.yaml'"]
    assert fii("undo", "een plan.yaml").code == 0
    done = fii("add", "een plan.yaml", "log", "text=besproken", lang="en")
    assert _next(done.err)[0] == "to commit: git add 'een plan.yaml' && git commit -m 'een plan: logboek'"


def test_a_second_number_is_taken_back_as_well(fii: Fii, in_git: Path) -> None:
    Path("a.yaml").write_text(f"{HEAD}log: [{{date: 2025-01, text: 06-12345678}}]\n", encoding="utf-8")
    done = fii("add", "a.yaml", "log", "text=06-87654321", lang="en")
    assert _next(done.err) == ["next step: fii undo a.yaml"]


@pytest.mark.parametrize("more", ["summary: bel 06-12345678\n", "# bel 06-12345678\n"])
def test_personal_data_that_was_there_is_mended_before_anything_is_committed(
    fii: Fii, in_git: Path, more: str
) -> None:
    Path("a.yaml").write_text(HEAD + more, encoding="utf-8")
    done = fii("add", "a.yaml", "log", "text=besproken", lang="en")
    assert _next(done.err) == [
        "next step: fix FII902 on line 5 with fii set or in an editor, then commit",
    ]
    assert "12345678" not in done.err


def test_a_file_with_a_personal_name_gets_another_name_before_anything_is_committed(
    fii: Fii, in_git: Path
) -> None:
    Path("06-12345678.yaml").write_text(HEAD, encoding="utf-8")
    done = fii("add", "06-12345678.yaml", "log", "text=besproken", lang="en")
    assert _next(done.err) == ["next step: rename the file, then commit"]


def test_a_file_that_is_called_after_a_person_gets_another_name_as_well(fii: Fii, in_git: Path) -> None:
    text = f"# eerst een regel\n{HEAD}people: [{{id: pietje-puk, role: wethouder}}]\n"
    Path("pietje-puk.yaml").write_text(text, encoding="utf-8")
    assert "pietje-puk.yaml:1:1: FII906" in fii("check", "--format", "concise").out
    done = fii("add", "pietje-puk.yaml", "log", "text=besproken", lang="en")
    assert _next(done.err) == ["next step: rename the file, then commit"]


def test_when_it_has_gone_the_commit_is_suggested(fii: Fii, in_git: Path) -> None:
    Path("a.yaml").write_text(f"{HEAD}summary: bel 06-12345678\n", encoding="utf-8")
    done = fii("set", "a.yaml", "summary", "bel de directeur", lang="en")
    assert _next(done.err) == [
        "to commit: git add a.yaml && git commit -m 'a: summary'",
        "next step: fii check a.yaml",
    ]


def test_what_the_team_lives_with_does_not_stand_in_the_way(fii: Fii, in_git: Path) -> None:
    accepted = "accepted: [{rule: FII902, reason: het nummer is openbaar}]\n"
    Path("a.yaml").write_text(f"{HEAD}summary: bel 06-12345678\n{accepted}", encoding="utf-8")
    done = fii("add", "a.yaml", "log", "text=besproken", lang="en")
    assert "to commit: git add a.yaml && git commit -m 'a: logboek'" in done.err


SURE = (TELEPHONES, TELEPHONES_BY_WORD, ACCOUNTS, ACCOUNTS_BY_WORD, CITIZENS, CITIZENS_BY_WORD, ADDRESSES)


def test_the_first_look_lets_no_personal_data_pass() -> None:
    """Most texts are not asked for each kind: what the first look lets pass must be none of them."""
    alarming = [text for texts in SURE for text in texts]
    assert len(alarming) > 150
    assert [text for text in alarming if not may_hold_personal(text)] == []
    for text in ("2025-03-10", "2a.cultuur", "groen", "stoplicht", "overleg met het team", "FII904"):
        assert not may_hold_personal(text)
