"""Merging three versions: every trap, random edits, and two clones with plain git."""

from __future__ import annotations

from random import Random

import pytest

from fii_cli.changes.conflict import keep_ours, keep_theirs
from fii_cli.changes.facts import facts_changed
from fii_cli.edits.apply import applied
from fii_cli.edits.merged import comments_left, merge_documents
from fii_cli.yaml.read import read
from helpers import HEAD
from merging import both_ways, conclusions, errors, facts, in_other_layouts, merged, source, with_comments
from random_edits import BASE, PERIODS, edited, edits

TEXT = (
    HEAD
    + """\
organisations:
  - {id: krijgt, name: Stichting, roles: [receiving]}
people:
  - {id: leider, role: projectleider}
  - {id: wet, role: wethouder}
visits:
  - {phase: implementeren, entered: 2025-01-06, via: entry}
versterken:
  key_people:
    - {person: wet, contacts: [{date: 2025-01-10, note: kort}]}
borgen:
  indicators:
    - id: af
      what: afgemaakt
      measurements:
        - {date: 2025-01-01, value: 12}
assessments:
  - instrument: stoplicht
    date: 2025-01-20
    ratings:
      5a.mandaat: {value: rood, note: nog niet}
      5a.klein-team: groen
  - {instrument: midi, date: 2025-01-21, responses: 12, counts: {"23": {"2": 7, "4": 5}, "24": {"1": 12}}}
actions:
  - {id: bellen, what: Bellen, answers: [cfir/III.D.2], status: open}
  # later
  - {id: schrijven, what: Schrijven}
log:
  - {date: 2025-01-08, text: Kennisgemaakt.}
"""
)
LOG = "  - {date: 2025-01-08, text: Kennisgemaakt.}\n"
BELLEN = "  - {id: bellen, what: Bellen, answers: [cfir/III.D.2], status: open}\n"
SCHRIJVEN = "  # later\n  - {id: schrijven, what: Schrijven}\n"
VISIT = "  - {phase: implementeren, entered: 2025-01-06, via: entry}\n"
ASSESSED = "assessments:\n"
HERE, THERE = ("what: Schrijven", "what: Opschrijven"), ("status: open", "status: klaar")


def changed(*pairs: tuple[str, str], text: str = TEXT) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def reasons(base: str | None, ours: str, theirs: str) -> list[str]:
    """The reasons of the conflicts, the same whichever side is called ours."""
    one, other = merged(base, ours, theirs), merged(base, theirs, ours, keep_theirs)
    found = sorted(str(each.reason) for each in one.conflicts)
    assert found == sorted(each.reason for each in other.conflicts)
    return found


# --- both stay ----------------------------------------------------------------------------------------------


def test_what_both_add_to_the_end_of_a_list_stays_in_the_order_of_dates() -> None:
    ours = changed((LOG, LOG + "  - {date: 2025-02-10, text: Van Anna.}\n"))
    theirs = changed((LOG, LOG + "  - date: 2025-02-05  # bij de koffie\n    text: Van Bram.\n"))
    for one, other in ((ours, theirs), (theirs, ours)):
        done = merged(TEXT, one, other)
        assert not done.conflicts
        assert done.document.text.index("Van Bram.") < done.document.text.index("Van Anna.")
        assert "2025-02-05  # bij de koffie\n    text: Van Bram.\n" in done.document.text


def test_of_one_date_the_key_decides_the_order_and_not_the_side() -> None:
    ours = changed((LOG, LOG + "  - {date: 2025-02-10, text: B.}\n"))
    theirs = changed((LOG, LOG + "  - {date: 2025-02-10, text: A.}\n"))
    one, other = merged(TEXT, ours, theirs).document.text, merged(TEXT, theirs, ours).document.text
    assert one == other
    assert one.index("text: A.") < one.index("text: B.")


def test_a_list_with_the_newest_first_stays_so() -> None:
    base = changed((LOG, "  - {date: 2025-01-09, text: Nieuw.}\n" + LOG))
    ours = changed(("log:\n", "log:\n  - {date: 2025-03-01, text: O.}\n"), text=base)
    theirs = changed(("log:\n", "log:\n  - {date: 2025-02-01, text: T.}\n"), text=base)
    assert merged(base, ours, theirs).document.text.index("O.}") < merged(
        base, ours, theirs
    ).document.text.index("T.}")
    assert merged(base, ours, theirs).document.text == merged(base, theirs, ours).document.text


def test_different_items_of_the_same_new_assessment_join() -> None:
    record = "{instrument: stoplicht, date: 2025-03-01, by: Anna, ratings: {5c.selectie: groen%s}}"
    new = f"assessments:\n  - {record}\n"
    ours, theirs = (
        changed((ASSESSED, new % ", 5a.mandaat: rood")),
        changed((ASSESSED, new % ", 5b.evalueren: rood")),
    )
    done = merged(TEXT, ours, theirs)
    assert not done.conflicts
    assert "{5c.selectie: groen, 5a.mandaat: rood, 5b.evalueren: rood}" in done.document.text


def test_words_of_a_list_are_a_set() -> None:
    ours = changed(("[cfir/III.D.2]", "[cfir/III.D.2, midi/4]"))
    theirs = changed(("[cfir/III.D.2]", "[midi/4, midi/23]"))
    done = merged(TEXT, ours, theirs)
    assert not done.conflicts
    assert "answers: [midi/4, midi/23]" in done.document.text


def test_the_short_and_the_long_form_of_a_rating_are_the_same_value() -> None:
    ours = changed(("5a.klein-team: groen", "5a.klein-team: {value: groen}"))
    theirs = changed(("5a.klein-team: groen", "5a.klein-team: oranje"))
    assert reasons(TEXT, ours, theirs) == []


def test_the_same_change_on_both_sides_is_made_once() -> None:
    ours = changed((LOG, LOG + "  - {date: 2025-02-10, text: Gebeld.}\n"), ("status: open", "status: klaar"))
    theirs = changed(
        (LOG, LOG + '  - {date: 2025-02-10, text: "Gebeld."}\n'), ("status: open", "status: klaar")
    )
    done = merged(TEXT, ours, theirs)
    assert not done.conflicts
    assert done.document.text == ours


# --- conflicts ----------------------------------------------------------------------------------------------

UNITS = {
    "a value": ("what: Bellen", "what: Mailen", "what: Appen"),
    "a rating with its note": ("note: nog niet", "note: bijna", "note: nooit"),
    "a rating and its note": ("{value: rood, note: nog niet}", "groen", "{value: rood, note: anders}"),
    "a measurement": ("value: 12}", "value: 13}", "value: 12, n: 30}"),
    "a result": (
        "status: open}",
        "status: open, result: {date: 2025-02-01, helped: ja}}",
        "status: open, result: {date: 2025-02-01, helped: ja, note: x}}",
    ),
    "counts of an item": ('"2": 7', '"2": 8', '"2": 9'),
    "counts and responses": ("responses: 12", "responses: 13", "responses: 14"),
    "a contact of one day": ("note: kort", "note: lang", "note: heel lang"),
    "two new values": (
        "what: Schrijven}",
        "what: Schrijven, due: 2025-03}",
        "what: Schrijven, due: 2025-04}",
    ),
}


@pytest.mark.parametrize("unit", UNITS)
def test_one_unit_that_both_change_is_a_conflict(unit: str) -> None:
    old, here, there = UNITS[unit]
    assert reasons(TEXT, changed((old, here)), changed((old, there))) == ["value"]


def test_responses_and_counts_are_one_unit() -> None:
    assert reasons(TEXT, changed(("responses: 12", "responses: 13")), changed(('"1": 12', '"1": 11'))) == [
        "value"
    ]


@pytest.mark.parametrize(
    ("gone", "new"),
    [
        ((BELLEN, ""), ("status: open", "status: bezig")),
        ((", note: kort", ""), (", note: kort", ", note: lang")),
        (("      5a.mandaat: {value: rood, note: nog niet}\n", ""), ("value: rood", "value: groen")),
    ],
)
def test_what_one_side_removed_and_the_other_changed_is_a_conflict(
    gone: tuple[str, str], new: tuple[str, str]
) -> None:
    assert reasons(TEXT, changed(gone), changed(new)) in (["removed"], ["value"])


def test_a_removed_record_takes_its_comment_with_it_and_the_rest_stays() -> None:
    done = merged(TEXT, changed(("status: open", "status: bezig")), changed((SCHRIJVEN, "")))
    assert not done.conflicts
    assert done.document.text == changed((SCHRIJVEN, ""), ("status: open", "status: bezig"))


def test_two_new_records_with_one_key_join_field_by_field() -> None:
    ours = changed((SCHRIJVEN, SCHRIJVEN + "  - {id: nieuw, what: Nieuw, due: 2025-03}\n"))
    theirs = changed((SCHRIJVEN, SCHRIJVEN + "  - {id: nieuw, what: Nieuw, owner: wet}\n"))
    done = merged(TEXT, ours, theirs)
    assert not done.conflicts
    assert "{id: nieuw, what: Nieuw, due: 2025-03, owner: wet}" in done.document.text
    assert reasons(TEXT, ours, changed(("what: Nieuw", "what: Anders"), text=theirs)) == ["value"]


TWICE = changed(
    ("{date: 2025-01-10, note: kort}", "{date: 2025-01-10, note: een}, {date: 2025-01-10, note: twee}")
)


def test_doubles_are_paired_by_equal_content() -> None:
    ours, theirs = (
        changed(("note: een", "note: 1"), text=TWICE),
        changed(("note: twee", "note: 2"), text=TWICE),
    )
    done = merged(TWICE, ours, theirs)
    assert not done.conflicts
    assert {each.note for each in facts(done.document.text).versterken.key_people[0].contacts} == {"1", "2"}  # type: ignore[union-attr]


def test_what_remains_of_doubles_is_a_conflict() -> None:
    ours, theirs = (
        changed(("note: een", "note: 1"), text=TWICE),
        changed(("note: een", "note: 2"), text=TWICE),
    )
    assert reasons(TWICE, ours, theirs) == ["double"]


def test_two_measurements_on_one_date_are_a_conflict() -> None:
    one = "value: 12}\n        - {date: 2025-02-01, value: %s}"
    assert reasons(TEXT, changed(("value: 12}", one % 1)), changed(("value: 12}", one % 2))) == ["value"]


def test_two_assessments_of_one_day_of_which_the_last_one_counts_are_a_conflict() -> None:
    new = "assessments:\n  - {instrument: stoplicht, date: 2025-03-01, by: %s, ratings: {5c.selectie: %s}}\n"
    ours = changed((ASSESSED, new % ("Anna", "groen")))
    assert reasons(TEXT, ours, changed((ASSESSED, new % ("Bram", "rood")))) == ["order"]
    assert reasons(TEXT, ours, changed((ASSESSED, new % ("Bram", "groen")))) == []
    assert (
        reasons(TEXT, ours, changed((ASSESSED, (new % ("Bram", "rood")).replace("5c.sel", "5b.sel")))) == []
    )


def test_an_assessment_after_another_one_of_that_day_stays_after_it() -> None:
    later = "  - {instrument: stoplicht, date: 2025-01-20, by: Aad, ratings: {5a.klein-team: rood}}\n"
    theirs = changed(("  - {instrument: midi", later + "  - {instrument: midi"))
    done = merged(TEXT, changed((LOG, LOG + "  - {date: 2025-02-10, text: x}\n")), theirs)
    assert not done.conflicts
    assert done.document.text.index("5a.klein-team: groen") < done.document.text.index("5a.klein-team: rood")


FIRST = "  - {instrument: stoplicht, date: 2025-03-01, by: Anna, ratings: {5c.selectie: groen}}\n"
SECOND = (
    "  - {instrument: stoplicht, date: 2025-03-01, by: Bram, ratings: {5c.selectie: rood}}  # later die dag\n"
)
THIRD = "  - {instrument: stoplicht, date: 2025-03-01, by: Cas, ratings: {5c.selectie: oranje}}\n"


def _made(*records: str) -> str:
    return changed((ASSESSED, ASSESSED + "".join(records)))


def test_an_order_that_one_side_changed_is_the_order_whichever_side_that_is() -> None:
    base, turned = _made(FIRST, SECOND), _made(SECOND, FIRST)
    other = changed(HERE, text=base)
    for ours, theirs in ((turned, other), (other, turned), (turned, base), (base, turned)):
        done = merged(base, ours, theirs)
        assert not done.conflicts
        assert done.document.text == (changed(HERE, text=turned) if other in (ours, theirs) else turned)


def test_an_order_inside_a_record_that_one_side_changed_is_the_order() -> None:
    made = "entry, decisions: [{{date: 2025-03-01, decision: {}}}, {{date: 2025-03-01, decision: {}}}]}}"
    base, turned = (
        changed(("entry}", made.format(*each))) for each in (("door", "pauze"), ("pauze", "door"))
    )
    other = changed(HERE, text=base)
    for ours, theirs in ((turned, other), (other, turned)):
        done = merged(base, ours, theirs)
        assert not done.conflicts
        assert done.document.text == changed(HERE, text=turned)


def test_an_order_that_one_side_changed_stays_with_what_the_other_added_and_removed() -> None:
    base = _made(FIRST, SECOND, THIRD)
    turned = _made(THIRD, FIRST, SECOND)
    new = THIRD.replace("5c.selectie", "5b.evalueren").replace("Cas", "Dik")
    other = _made(FIRST, new, SECOND.replace("rood", "oranje"), THIRD)
    for ours, theirs in ((turned, other), (other, turned)):
        done = merged(base, ours, theirs)
        assert not done.conflicts
        made = facts(done.document.text).assessments
        assert [each.by for each in made if each.by and each.by != "Dik"] == ["Cas", "Anna", "Bram"]
        assert "Dik" in [each.by for each in made]
        assert done.document.text.count("# later die dag") == 1


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        (TEXT, _made(FIRST, SECOND), _made(SECOND, FIRST)),
        (_made(FIRST, SECOND, THIRD), _made(SECOND, FIRST, THIRD), _made(FIRST, THIRD, SECOND)),
    ],
)
def test_an_order_that_both_sides_changed_is_a_conflict(base: str, ours: str, theirs: str) -> None:
    assert reasons(base, ours, theirs) == ["order"]
    assert merged(base, ours, theirs).document.text == ours
    assert merged(base, ours, theirs, keep_theirs).document.text == theirs
    assert merged(base, theirs, ours).document.text == theirs
    assert merged(base, theirs, ours, keep_theirs).document.text == ours


@pytest.mark.parametrize("seed", range(60))
def test_random_orders_of_one_day_conclude_the_same_both_ways(seed: int) -> None:
    random = Random(seed)

    def light(who: str) -> str:
        ratings = ", ".join(
            f"{item}: {random.choice(['rood', 'oranje', 'groen'])}"
            for item in random.sample(["5c.selectie", "5a.klein-team", "5a.mandaat"], 2)
        )
        return f"  - {{instrument: stoplicht, date: 2025-03-01, by: {who}, ratings: {{{ratings}}}}}\n"

    was = [light(who) for who in ("Anna", "Bram", "Cas")]
    sides = []
    for who in ("Dik", "Eva"):
        side = random.sample(was, 3) if random.random() < 0.7 else [*was]
        if random.random() < 0.3:
            side.remove(random.choice(side))
        if random.random() < 0.4:
            side.insert(random.randint(0, len(side)), light(who))
        sides.append(_made(*side))
    base, (ours, theirs) = _made(*was), sides
    one, other = merged(base, ours, theirs), merged(base, theirs, ours, keep_theirs)
    lights, others = (conclusions(each.document.text).by_subject["light"] for each in (one, other))
    assert lights == others
    assert {each.about_order for each in one.conflicts} == {each.about_order for each in other.conflicts}
    assert len(one.conflicts) == len(other.conflicts)
    if not one.conflicts and ours != base != theirs:
        assert facts(one.document.text).assessments != facts(base).assessments


def test_an_order_that_decides_nothing_stays_as_it_is() -> None:
    low = (BELLEN + SCHRIJVEN, SCHRIJVEN + BELLEN)
    assert merged(TEXT, changed(HERE), changed(low)).document.text == changed(HERE)
    assert merged(TEXT, changed(low), changed(HERE)).document.text == changed(low, HERE)


# --- sound alone, not together ------------------------------------------------------------------------------


def test_both_advance_is_a_conflict() -> None:
    def advanced(day: str, phase: str) -> str:
        left = VISIT.replace("entry}", f"entry, decisions: [{{date: {day}, decision: door}}]}}")
        return changed((VISIT, f"{left}  - {{phase: {phase}, entered: {day}, via: forward}}\n"))

    done = merged(TEXT, advanced("2025-03-01", "borgen"), advanced("2025-03-05", "versterken"))
    assert {each.reason for each in done.conflicts} <= {"order", "together"}
    assert done.document.text == advanced("2025-03-01", "borgen")
    done = merged(TEXT, advanced("2025-03-01", "borgen"), advanced("2025-03-05", "versterken"), keep_theirs)
    assert facts(done.document.text) == facts(advanced("2025-03-05", "versterken"))


def test_one_removes_a_person_whom_the_other_names_and_both_edits_are_named() -> None:
    ours = changed(("  - {id: leider, role: projectleider}\n", ""), ("status: open", "status: bezig"))
    theirs = changed(("what: Schrijven", "what: Schrijven, owner: leider"), (LOG, ""))
    (conflict,) = merged(TEXT, ours, theirs).conflicts
    assert conflict.reason == "together"
    assert [each.before.id for each in conflict.ours] == ["leider"]
    assert [each.after for each in conflict.theirs] == ["leider"]
    assert conflict.because is not None
    assert conflict.because.code == "FII022"
    here = merged(TEXT, ours, theirs)
    assert "leider" not in here.document.text
    assert "Kennisgemaakt" not in here.document.text
    there = merged(TEXT, ours, theirs, keep_theirs)
    assert "owner: leider" in there.document.text
    assert "{id: leider, role: projectleider}" in there.document.text
    assert "status: bezig" in there.document.text


def test_without_a_version_that_both_know_what_differs_is_a_conflict() -> None:
    assert reasons(None, TEXT, TEXT) == []
    assert reasons(None, TEXT, changed(("what: Bellen", "what: Mailen"))) == ["value"]
    assert reasons(None, TEXT, changed((LOG, LOG + "  - {date: 2025-02-10, text: x}\n"))) == []


# --- the text -----------------------------------------------------------------------------------------------


def test_nothing_new_in_theirs_leaves_every_byte_of_ours() -> None:
    ours = BASE.replace("\n", "\r\n").replace("Bellen", "Mailen")
    assert merged(BASE, ours, BASE).document.text == ours


def test_theirs_comes_with_the_line_endings_and_the_indentation_of_ours() -> None:
    ours = TEXT.replace("\n", "\r\n")
    theirs = changed(
        (LOG, LOG + "  # na afloop\n  -   date: 2025-02-10\n      text: |\n        een\n        twee\n")
    )
    done = merged(TEXT, ours, theirs).document.text
    assert done == theirs.replace("\n", "\r\n")
    flat = TEXT.replace("\n  - {date: 2025-01-08", "\n- {date: 2025-01-08")
    done = merged(TEXT, flat, theirs).document.text
    assert "\n# na afloop\n-   date: 2025-02-10\n    text: |\n      een\n      twee\n" in done
    assert facts(done).log[1].text == "een\ntwee\n"


def test_a_section_comes_with_its_comments_and_goes_with_them() -> None:
    section = (
        "signaleren:\n  # de vraag van de directie\n  question:\n    statement: >-\n      Hoe\n      dan?  \n"
    )
    theirs = changed(("versterken:", section + "versterken:"))
    done = merged(TEXT, TEXT, theirs)
    assert done.document.text == theirs
    back = merged(theirs, theirs, TEXT)
    assert back.document.text == TEXT


def test_the_last_item_takes_its_list_with_it() -> None:
    done = merged(TEXT, TEXT, changed(("log:\n" + LOG, "")))
    assert "log:" not in done.document.text
    again = merged(changed(("log:\n" + LOG, "")), changed(("log:\n" + LOG, "log: []\n")), TEXT)
    assert facts(again.document.text) == facts(TEXT)


REMARKS = {
    "changed": (("# later", "# veel later"), ("# later", "# later")),
    "removed": (("  # later\n", ""), ("# later", "# later")),
    "added above": ((BELLEN, f"  # eerst\n{BELLEN}"), ("# later", "# later")),
    "added beside": ((BELLEN, BELLEN.replace("\n", "  # eerst\n")), ("# later", "# later")),
    "added beside a list": (("actions:\n", "actions:  # alles\n"), ("# later", "# later")),
    "added below a list": ((LOG, f"{LOG}  # wordt vervolgd\n"), ("# later", "# later")),
    "added below the file": ((LOG, f"{LOG}# einde\n"), ("# later", "# later")),
    "added above the file": (("fii: 1\n", "# verzonnen\n\nfii: 1\n"), ("# later", "# later")),
    "added above a section": (
        ("actions:\n", "\n# de acties\nactions:\n"),
        ("actions:\n", "\n# de acties\nactions:\n"),
    ),
    "both added": (("  # later\n", "  # later\n  # B\n"), ("  # later\n", "  # A\n  # later\n")),
}
BOTH = {"both added": ("  # later\n", "  # A\n  # later\n  # B\n")}


@pytest.mark.parametrize("remark", REMARKS)
def test_comments_of_both_sides_come_along_where_git_would_see_a_conflict(remark: str) -> None:
    theirs, ours = REMARKS[remark]
    expected = changed(BOTH.get(remark, theirs), HERE, THERE)
    for one, other in ((ours, theirs), (theirs, ours)):
        done = merged(TEXT, changed(one, HERE), changed(other, THERE))
        if remark == "added above a section":  # and the blank line that is in ours
            assert done.document.text.count("# de acties\nactions:\n") == 1
        else:
            assert done.document.text == expected
        assert not comments_left(read(TEXT), read(changed(one)), read(changed(other)), done.document)


def test_of_a_comment_that_both_changed_ours_stays_and_theirs_is_told() -> None:
    ours, theirs = changed(("# later", "# nu"), HERE), changed(("# later", "# nooit"), THERE)
    done = merged(TEXT, ours, theirs)
    assert done.document.text == changed(("# later", "# nu"), HERE, THERE)
    assert comments_left(read(TEXT), read(ours), read(theirs), done.document) == ("# nooit",)


def test_a_comment_that_one_side_removed_and_the_other_changed_is_kept() -> None:
    ours, theirs = changed(("  # later\n", ""), HERE), changed(("# later", "# nooit"), THERE)
    assert "# nooit" in merged(TEXT, ours, theirs).document.text
    assert "# nooit" in merged(TEXT, theirs, ours).document.text


KLAAR = (
    "{id: bellen, what: Bellen, answers: [cfir/III.D.2], status: open}\n",
    "\n".join(
        ("id: bellen", "    what: Bellen", "    answers: [cfir/III.D.2]", "    status: open  # sinds mei", "")
    ),
)


@pytest.mark.parametrize("ours", ["# sinds mei", "# sinds juni"])
def test_a_comment_goes_with_its_value(ours: str) -> None:
    base = changed(KLAAR)
    here = changed(("# sinds mei", ours), ("what: Bellen", "what: Mailen"), text=base)
    there = changed(("open  # sinds mei", "klaar  # sinds juli"), text=base)
    for one, other in ((here, there), (there, here)):
        done = merged(base, one, other)
        assert done.document.text == changed(
            ("open  # sinds mei", "klaar  # sinds juli"), ("what: Bellen", "what: Mailen"), text=base
        )
        left = comments_left(read(base), read(one), read(other), done.document)
        assert left == (() if ours == "# sinds mei" else (ours,))


def test_a_comment_follows_what_it_is_about_to_another_layout() -> None:
    ours = changed(KLAAR).replace("  # sinds mei", "").replace("\n", "\r\n")
    theirs = changed((BELLEN, f"  # eerst\n{BELLEN}"), (LOG, LOG + "      # diep\n"))
    done = merged(TEXT, ours, theirs).document.text
    assert done == ours.replace("  - id: bellen", "  # eerst\r\n  - id: bellen") + "      # diep\r\n"


@pytest.mark.parametrize(
    ("corrected", "remark"),
    [
        (("id: schrijven", "id: brief"), ("# later", "# veel later")),
        (("2025-01-08", "2025-01-09"), (LOG, f"  # bij de koffie\n{LOG}")),
        (("2025-01-08", "2025-01-09"), ("text: Kennisgemaakt.}", "text: Kennisgemaakt.}  # bij de koffie")),
    ],
)
def test_a_comment_stays_with_a_record_whose_key_the_other_side_corrected(
    corrected: tuple[str, str], remark: tuple[str, str]
) -> None:
    ours, theirs = changed(corrected), changed(remark, THERE)
    both = changed(remark, corrected, THERE)
    for done in (merged(TEXT, ours, theirs), merged(TEXT, theirs, ours)):
        assert not done.conflicts
        assert done.document.text == both
        assert not comments_left(read(TEXT), read(ours), read(theirs), done.document)


def test_a_comment_at_what_was_removed_goes_and_is_told() -> None:
    theirs = changed(("# later", "# veel later"))
    done = merged(TEXT, changed((SCHRIJVEN, "")), theirs)
    assert "later" not in done.document.text
    assert comments_left(read(TEXT), read(TEXT), read(theirs), done.document) == ("# veel later",)


def test_a_trajectory_without_text_is_written_as_fii_writes() -> None:
    after = facts(changed((LOG, LOG + "  - {date: 2025-02-10, text: nieuw}\n"), ("value: 12", "value: 12.5")))
    here = source(TEXT)
    text = applied(here.document, here.trajectory, after).text
    assert text == changed((LOG, LOG + "  - {date: 2025-02-10, text: nieuw}\n"), ("value: 12", "value: 12.5"))


def test_theirs_may_be_a_trajectory_without_text() -> None:
    ours = changed((LOG, LOG + "  - {date: 2025-02-10, text: Van Anna.}\n"))
    theirs = facts(changed((LOG, LOG + "  - {date: 2025-02-05, text: Uit een tabel.}\n"), (SCHRIJVEN, "")))
    done = merge_documents(facts(TEXT), source(ours), theirs, errors, keep_ours)
    assert not done.conflicts
    new = "  - {date: 2025-02-05, text: Uit een tabel.}\n"
    assert done.document.text == changed((SCHRIJVEN, ""), (LOG, LOG + new), text=ours)


# --- random edits -------------------------------------------------------------------------------------------

PORTIONS = 20


@pytest.mark.parametrize("portion", range(4))
def test_no_comment_is_lost_or_doubled(portion: int) -> None:
    for seed in range(portion * 25, portion * 25 + 25):
        assert not with_comments(seed)


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_random_edits_lose_nothing_and_are_the_same_both_ways(portion: int) -> None:
    """Five hundred pairs of edits of every kind; make merge-fuzz takes ten thousand."""
    for seed in range(portion * 25, portion * 25 + 25):
        outcome = both_ways(seed)
        assert outcome is None or not outcome.wrong


def test_random_edits_change_what_studies_and_a_roll_out_have() -> None:
    """Every kind of key that these have is changed in some of the random versions that are merged."""
    changed: set[str] = set()
    for seed in range(150):
        made = edited(read(BASE), edits(Random(seed), "anna", most=6))
        found = () if errors(made) else facts_changed(facts(BASE), facts(made.text))
        changed |= {repr(step) for each in found for step in (*each.place, each.after)}
    told = "\n".join(changed)
    assert {"'published_in'", "'published'", "'distinguish'", "'rollout'", "'III'"} <= changed
    assert all(each in told for each in (*PERIODS, "'regio/west.yaml'"))


@pytest.mark.parametrize("portion", range(4))
def test_the_layout_of_the_sides_makes_no_difference(portion: int) -> None:
    for seed in range(portion * 25, portion * 25 + 25):
        assert not in_other_layouts(seed)
