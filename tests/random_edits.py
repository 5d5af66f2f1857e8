"""Ordinary edits of every kind to one trajectory, drawn at random: what two colleagues do to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from fii_cli.diagnostics import Route
from fii_cli.edits.drop import dropped
from fii_cli.edits.write import append, put
from fii_cli.yaml.document import Document, value_at

BASE = """\
# Alles hierin is verzonnen.
fii: 1
title: Proef
language: nl
summary: >-
  Een aanpak aan huis,
  voor ouders.

organisations:
  - {id: geeft, name: Innovatieplatform, roles: [giving]}
  - id: krijgt
    name: Stichting Voorbeeld
    roles: [receiving, commissioner]
  # nog in gesprek
  - {id: derde, name: Welzijn, roles: [candidate]}

people:
  - {id: leider, role: projectleider, organisation: krijgt}
  - {id: wet, role: wethouder}
  # nieuw sinds januari
  - id: manager
    role: lijnmanager
    organisation: krijgt
  - {id: vrij, role: adviseur}

entry: {commission: gevraagd, date: 2024-01, receiving_organisation: krijgt}

visits:
  - phase: verkennen
    entered: 2024-01-10
    via: entry
    decisions:
      - {date: 2024-06-01, decision: bijsturen, reason: eerst praten}
      - {date: 2024-09-01, decision: door}
  - {phase: implementeren, entered: 2024-09-01, via: skip, reason: het kan}

signaleren:
  commissioner: {organisation: krijgt, contact: leider}
  question:
    statement: Hoe helpen we ouders?

verkennen:
  shortlist:
    - {organisation: derde, culture: lerend}
  ownership:
    shared_goal: samen verder
    roadmap:
      - {id: groep, what: groep opleiden, by: krijgt, due: 2025-02-15}
      # het draaiboek is van het platform
      - id: draaiboek
        what: draaiboek overdragen
        by: geeft

innoveren:
  adaptations:
    - {id: om-de-week, date: 2024-12-01, what: om de week, fidelity: onbekend}

versterken:
  key_people:
    - person: wet
      why: beslist
      contacts:
        - {date: 2024-10-02, present: ja}
        - {date: 2024-12-02, present: nee, note: ziek}
    - {person: manager, contacts: [{date: 2025-01-04}]}

implementeren:
  team:
    members:
      - {person: leider, competencies: [inhoud]}
  cycles:
    - id: ronde-1
      plan: {date: 2024-10-01, text: kleiner beginnen}
      do: {date: 2024-11-01, text: gedaan}

borgen:
  indicators:
    - id: af
      what: afgemaakte trajecten
      measurements:
        - {date: 2024-11-01, value: 10}
        - {date: 2025-01-01, value: 12, n: 20}
        - {date: 2025-01-01, organisation: krijgt, value: 7}

assessments:
  - instrument: stoplicht
    date: 2024-10-01
    by: kernteam
    ratings:
      5a.mandaat: rood
      5a.klein-team: {value: oranje, note: bijna}
  - {instrument: stoplicht, date: 2025-01-20, ratings: {5a.mandaat: oranje, 5c.selectie: groen}}
  - instrument: midi
    date: 2025-01-21
    responses: 12
    counts:
      "23": {"2": 7, "4": 5}
      "24": {"1": 2, "5": 10}
  - instrument: cfir
    date: 2024-09/2024-11
    about: krijgt
    ratings:
      III: -1
      III.D.2: {value: -2, note: past niet}
  - instrument: midi
    date: 2024-06/2024-08
    published_in: verzonnen onderzoek, tabel 2
    published:
      "11": {shares: {hinders: 9, neutral: 15, helps: 76}}
      "12": {n: 33, mean: 4.1, sd: 0.7}

actions:
  # eerst dit
  - {id: bellen, what: Bellen, answers: [cfir/III.D.2], owner: leider, status: open}
  - id: schrijven
    what: Schrijven
    owner: wet  # die wil graag
    since: 2025-01-02

costs:
  - {phase: implementeren, what: coaching, hours: 40, per: jaar, paid_by: geeft}
  - phase: borgen
    what: kwaliteit
    amount: 1200  # geschat

accepted:
  - {rule: FII211, reason: dat weten we}

distinguish: {instrument: cfir, low: [derde], high: [krijgt]}

# elk heeft een eigen bestand
rollout:
  - {trajectory: regio/noord.yaml, organisation: derde}
  - report: regio/zuid.fii.json

log:
  - {date: 2024-01-08, text: Kennisgemaakt.}
  - date: 2024-12-08
    text: |
      Een lang verhaal
      over twee regels.
"""


@dataclass(frozen=True)
class Edit:
    """An edit that can be made to any version of the file; ``None`` where it has nothing to change."""

    name: str
    made: Callable[[Document], Document | None]


def _find(document: Document, route: Route, **key: Any) -> int | None:
    for at, each in enumerate(value_at(document.data, route) or ()):
        if isinstance(each, dict) and all(each.get(name) == value for name, value in key.items()):
            return at
    return None


def _into(route: Route, fact: dict[str, Any]) -> Callable[[Document], Document]:
    def made(document: Document) -> Document:
        return append(document, route, fact)

    return made


def _set(route: Route, value: Any, **key: Any) -> Callable[[Document], Document | None]:
    """Set a value; with a key, of the record in the list at the start of the route, before the rest."""

    def made(document: Document) -> Document | None:
        here = _here(document, route, key)
        return None if here is None else put(document, here, value)

    return made


def _remove(route: Route, **key: Any) -> Callable[[Document], Document | None]:
    def made(document: Document) -> Document | None:
        here = _here(document, route, key)
        if here is None or value_at(document.data, here) is None:
            return None
        return dropped(document, here)

    return made


def _here(document: Document, route: Route, key: dict[str, Any]) -> Route | None:
    if "*" not in route:
        return route
    star = route.index("*")
    at = _find(document, route[:star], **key)
    return None if at is None else (*route[:star], at, *route[star + 1 :])


def _below(
    route: Route, inner: Route, fact: dict[str, Any], **key: Any
) -> Callable[[Document], Document | None]:
    def made(document: Document) -> Document | None:
        here = _here(document, (*route, "*"), key)
        return None if here is None else append(document, (*here, *inner), fact)

    return made


def _comment(random: Random) -> Callable[[Document], Document | None]:
    from fii_cli.yaml.read import read

    words = f"# opmerking {random.randrange(10_000)}"
    heading = random.choice(["organisations:", "actions:", "log:", "borgen:"])

    def made(document: Document) -> Document | None:
        if f"\n{heading}" not in document.text:
            return None
        return read(document.text.replace(f"\n{heading}", f"\n{words}\n{heading}", 1))

    return made


KINDS: dict[str, Callable[[Random, str], Callable[[Document], Document | None]]] = {}


def kind(make: Callable[[Random, str], Callable[[Document], Document | None]]) -> Any:
    KINDS[make.__name__] = make
    return make


def _day(random: Random) -> str:
    return f"2025-0{random.randint(1, 9)}-{random.randint(10, 28)}"


PEOPLE = ("leider", "wet", "manager", "vrij")
ITEMS = ("5a.mandaat", "5a.klein-team", "5c.selectie", "5b.evalueren")
LIGHTS = ("rood", "oranje", "groen")


@kind
def log(random: Random, me: str) -> Any:
    fact = {
        "date": _day(random),
        "text": random.choice(["Gebeld.", f"Gesproken door {me}.", "Er was #ruzie: ja"]),
    }
    if random.random() < 0.3:
        return _remove(
            ("log", "*"), text=random.choice(["Kennisgemaakt.", "Een lang verhaal\nover twee regels.\n"])
        )
    return _into(("log",), fact)


@kind
def log_wording(random: Random, me: str) -> Any:
    return _set(("log", "*", "by"), random.choice(["Anna", me]), text="Kennisgemaakt.")


@kind
def person(random: Random, me: str) -> Any:
    if random.random() < 0.4:
        return _remove(("people", "*"), id=random.choice(PEOPLE))
    if random.random() < 0.4:
        return _set(("people", "*", "role"), random.choice(["directeur", me]), id=random.choice(PEOPLE))
    id_ = random.choice(["nieuw", f"nieuw-{me}"])
    return _into(("people",), {"id": id_, "role": random.choice(["arts", me]), "organisation": "krijgt"})


@kind
def organisation(random: Random, me: str) -> Any:
    choice = random.random()
    if choice < 0.3:
        return _into(("organisations",), {"id": f"org-{me}", "name": "Nog een"})
    if choice < 0.5:
        return _remove(("organisations", "*"), id="derde")
    roles = random.choice([["giving", "third"], ["third"], ["giving", "funder"]])
    return _set(("organisations", "*", "roles"), roles, id="geeft")


@kind
def action(random: Random, me: str) -> Any:
    id_ = random.choice(["bellen", "schrijven"])
    choice = random.random()
    if choice < 0.3:
        made = {"id": random.choice(["doen", f"doen-{me}"]), "what": "Doen, met een komma"}
        return _into(("actions",), made | ({"owner": random.choice(PEOPLE)} if random.random() < 0.6 else {}))
    if choice < 0.4:
        return _remove(("actions", "*"), id=id_)
    if choice < 0.55:
        return _set(("actions", "*", "status"), random.choice(["bezig", "klaar"]), id=id_)
    if choice < 0.65:
        return _set(("actions", "*", "due"), _day(random), id=id_)
    if choice < 0.75:
        answers = random.choice([["cfir/III.D.2", "midi/4"], ["midi/4"], ["midi/23", "cfir/III.D.2"]])
        return _set(("actions", "*", "answers"), answers, id="bellen")
    if choice < 0.85:
        return _remove(("actions", "*", "since"), id="schrijven")
    result = {"date": _day(random), "helped": random.choice(["ja", "nee"])}
    return _set(("actions", "*", "result"), result, id=id_)


@kind
def lights(random: Random, me: str) -> Any:
    choice = random.random()
    items = random.sample(ITEMS, random.randint(1, 2))
    ratings = {item: random.choice(LIGHTS) for item in items}
    if choice < 0.45:
        day = random.choice(["2025-03-01", _day(random)])
        by = random.choice([{}, {"by": me}, {"by": "kernteam"}])
        return _into(("assessments",), {"instrument": "stoplicht", "date": day, **by, "ratings": ratings})
    day = random.choice(["2024-10-01", "2025-01-20"])
    route = ("assessments", "*", "ratings", items[0])
    if choice < 0.6:
        return _remove(route, date=day)
    if choice < 0.7:
        return _remove(("assessments", "*"), date=day)
    rated: Any = random.choice(LIGHTS)
    if random.random() < 0.5:
        rated = {"value": rated, "note": f"zegt {me}"}
    return _set(route, rated, date=day)


@kind
def counts(random: Random, me: str) -> Any:
    if random.random() < 0.3:
        return _set(("assessments", "*", "responses"), 13, instrument="midi")
    item = random.choice(["23", "24"])
    return _set(("assessments", "*", "counts", item), {"2": random.randint(1, 3), "4": 5}, instrument="midi")


PERIODS = ("2024-09/2024-11", "2025-02/2025-04", "2025-03-01/2025-03-21")
MADE_IN = ("2024-06/2024-08", "2025-01/2025-02")


@kind
def period(random: Random, me: str) -> Any:
    """Ratings gathered in a period, also of a domain as a whole, and a measurement over a period."""
    choice = random.random()
    ratings = {"III": random.choice([-2, 0, 1]), random.choice(["II", "III.C"]): random.choice([-1, 2])}
    if choice < 0.3:
        made = {
            "instrument": "cfir",
            "date": random.choice(PERIODS),
            "about": random.choice(["krijgt", "derde"]),
        }
        return _into(("assessments",), {**made, "ratings": ratings})
    if choice < 0.4:
        return _set(("assessments", "*", "date"), random.choice(PERIODS), instrument="cfir")
    if choice < 0.5:
        fact = {"date": random.choice(PERIODS), "value": random.randint(1, 99)}
        return _below(("borgen", "indicators"), ("measurements",), fact, id="af")
    item = random.choice(["III", "III.D.2", "II"])
    if choice < 0.65:
        return _remove(("assessments", "*", "ratings", item), instrument="cfir")
    rated: Any = random.choice([-1, 0, "M", {"value": 1, "note": f"zegt {me}"}])
    return _set(("assessments", "*", "ratings", item), rated, instrument="cfir")


@kind
def published(random: Random, me: str) -> Any:
    """Published results: shares, a mean, the number of answers, and where they are from."""
    choice = random.random()
    item = random.choice(["11", "12", "13"])
    key: dict[str, Any] = {"date": "2024-06/2024-08"}
    route: Route = ("assessments", "*", "published")
    hinders = random.randint(1, 40)
    results: list[dict[str, Any]] = [
        {"shares": {"hinders": hinders, "neutral": 20, "helps": 80 - hinders}},
        {"mean": random.randint(10, 50) / 10, "sd": 0.5},
        {"n": random.randint(10, 40), "shares": {"hinders": 25, "neutral": 0, "helps": 75}, "mean": 4},
    ]
    if choice < 0.2:
        found = {"instrument": "midi", "date": random.choice(MADE_IN), "by": random.choice([me, "onderzoek"])}
        where = {"published_in": f"verzonnen, door {me}", "published": {item: random.choice(results)}}
        return _into(("assessments",), found | where)
    if choice < 0.5:
        return _set((*route, item), random.choice(results), **key)
    if choice < 0.7:
        return _set((*route, "12", random.choice(["mean", "sd", "n"])), random.randint(1, 5), **key)
    if choice < 0.8:
        return _remove((*route, item), **key)
    if choice < 0.9:
        return _set((*route, "11", "shares", random.choice(["hinders", "neutral"])), 12, **key)
    return _set(
        ("assessments", "*", random.choice(["published_in", "responses"])), random.choice([31, 34]), **key
    )


@kind
def rolled_out(random: Random, me: str) -> Any:
    choice = random.random()
    if choice < 0.4:
        member: dict[str, Any] = random.choice(
            [{"trajectory": "regio/west.yaml"}, {"report": f"regio/{me}.fii.json"}]
        )
        if random.random() < 0.5:
            member["organisation"] = random.choice(["krijgt", "derde"])
        return _into(("rollout",), member)
    if choice < 0.6:
        who = random.choice(["krijgt", "derde"])
        return _set(("rollout", "*", "organisation"), who, report="regio/zuid.fii.json")
    if choice < 0.7:
        return _remove(("rollout",))
    if choice < 0.85:
        return _remove(("rollout", "*"), trajectory="regio/noord.yaml")
    return _remove(("rollout", "*"), report="regio/zuid.fii.json")


@kind
def distinguished(random: Random, me: str) -> Any:
    choice = random.random()
    if choice < 0.2:
        return _remove(("distinguish",))
    if choice < 0.4:
        by: dict[str, Any] = random.choice([{"by": "adoptie"}, {"by": "af", "at": 9}, {"high": ["krijgt"]}])
        return _set(("distinguish",), {"instrument": random.choice(["cfir", "cfir2"]), **by})
    if choice < 0.6:
        return _set(("distinguish", "instrument"), random.choice(["cfir", "cfir2"]))
    groups = random.choice([["derde"], ["krijgt"], ["derde", "geeft"], "geeft"])
    return _set(("distinguish", random.choice(["low", "high"])), groups)


@kind
def contact(random: Random, me: str) -> Any:
    who = random.choice(["wet", "manager"])
    if random.random() < 0.6:
        fact = {"date": random.choice(["2025-02-02", _day(random)]), "note": f"gesproken, door {me}"}
        return _below(("versterken", "key_people"), ("contacts",), fact, person=who)
    if random.random() < 0.4:
        return _remove(("versterken", "key_people", "*"), person=who)
    if random.random() < 0.4:
        return _new_key_person(random.choice(PEOPLE), me)
    return _set(
        ("versterken", "key_people", "*", "support"), random.choice(["steunend", "neutraal"]), person=who
    )


def _new_key_person(who: str, me: str) -> Any:
    """Somebody who is a key person already is not added again."""

    def made(document: Document) -> Document | None:
        route: Route = ("versterken", "key_people")
        if _find(document, route, person=who) is not None:
            return None
        return _into(route, {"person": who, "why": me})(document)

    return made


@kind
def contact_gone(random: Random, me: str) -> Any:
    def made(document: Document) -> Document | None:
        at = _find(document, ("versterken", "key_people"), person="wet")
        if at is None:
            return None
        return _remove(("versterken", "key_people", at, "contacts", "*"), date="2024-12-02")(document)

    return made


@kind
def measurement(random: Random, me: str) -> Any:
    if random.random() < 0.6:
        fact = {"date": random.choice(["2025-03-01", _day(random)]), "value": random.randint(1, 99)}
        return _below(("borgen", "indicators"), ("measurements",), fact, id="af")
    if random.random() < 0.3:
        return _into(("borgen", "indicators"), {"id": f"meet-{me}", "what": "iets anders"})
    return _set(
        ("borgen", "indicators", 0, "measurements", "*", "value"), random.randint(1, 99), date="2025-01-01"
    )


@kind
def adaptation(random: Random, me: str) -> Any:
    route: Route = ("innoveren", "adaptations")
    if random.random() < 0.5:
        return _into(route, {"id": f"anders-{me}", "date": _day(random), "what": f"anders, door {me}"})
    said = random.choice(["kern-behouden", "kern-veranderd"])
    return _set((*route, "*", "fidelity"), said, id="om-de-week")


@kind
def cost(random: Random, me: str) -> Any:
    if random.random() < 0.4:
        return _into(
            ("costs",), {"phase": "borgen", "what": f"iets, door {me}", "hours": random.randint(1, 9)}
        )
    if random.random() < 0.2:
        return _remove(("costs", "*"), what="kwaliteit")
    key, value = random.choice([("hours", 60), ("amount", 900), ("note", me), ("paid_by", "krijgt")])
    return _set(("costs", "*", key), value, what=random.choice(["coaching", "kwaliteit"]))


@kind
def task(random: Random, me: str) -> Any:
    route: Route = ("verkennen", "ownership", "roadmap")
    id_ = random.choice(["groep", "draaiboek"])
    choice = random.random()
    if choice < 0.3:
        return _into(
            route, {"id": f"taak-{me}", "what": "nog iets", "by": random.choice(["krijgt", "derde"])}
        )
    if choice < 0.6:
        return _set((*route, "*", "done"), _day(random), id=id_)
    if choice < 0.75:
        return _remove((*route, "*"), id=id_)
    return _set((*route, "*", "what"), f"anders: {me}", id=id_)


@kind
def value(random: Random, me: str) -> Any:
    choices: list[tuple[Route, list[Any]]] = [
        (("title",), ["Nieuw", f"Van {me}"]),
        (("summary",), [f"Kort, van {me}.", "Kort."]),
        (("signaleren", "question", "statement"), [f"Wat wil {me}?"]),
        (("signaleren", "question", "goal"), ["rust", f"doel {me}"]),
        (("signaleren", "boundaries", "money"), ["80.000 euro", f"meer voor {me}"]),
        (("signaleren", "boundaries", "realistic"), ["ja", "nee"]),
        (("verkennen", "ownership", "kick_off"), ["2024-05-01", "2024-06-01"]),
        (("verkennen", "ownership", "meeting", "every"), ["maandelijks", "wekelijks"]),
        (("verkennen", "ownership", "meeting", "agenda"), ["beide", "inhoudelijk"]),
        (("innoveren", "balance", "complexity"), ["hoog", "laag"]),
        (("innoveren", "method", "database"), [{"name": "NJi", "level": "geen"}, {"name": "NJi"}]),
        (("implementeren", "team", "mandate"), ["veel", f"zegt {me}"]),
        (("implementeren", "training", "turnover", "left"), [1, 2]),
        (("entry", "origin"), ["een vraag", f"{me} vroeg het"]),
    ]
    route, words = random.choice(choices)
    return _set(route, random.choice(words))


@kind
def gone(random: Random, me: str) -> Any:
    route = random.choice(
        [
            ("summary",),
            ("signaleren", "question"),
            ("signaleren",),
            ("verkennen", "shortlist"),
            ("accepted",),
            ("implementeren", "cycles"),
            ("borgen",),
        ]
    )
    return _remove(route)


@kind
def cycle(random: Random, me: str) -> Any:
    step = random.choice(["do", "check", "act"])
    if random.random() < 0.3:
        return _into(("implementeren", "cycles"), {"id": random.choice(["ronde-2", f"ronde-{me}"])})
    words = {"date": _day(random), "text": f"zoals {me} zei"}
    return _set(("implementeren", "cycles", "*", step), words, id="ronde-1")


@kind
def decision(random: Random, me: str) -> Any:
    day = _day(random)
    word = random.choice(["bijsturen", "bijsturen", "pauze", "door"])

    def made(document: Document) -> Document | None:
        at = _find(document, ("visits",), phase="implementeren")
        if at is None:
            return None
        document = append(document, ("visits", at, "decisions"), {"date": day, "decision": word})
        if word == "door":
            visit = {"phase": random.choice(["borgen", "versterken"]), "entered": day, "via": "forward"}
            document = append(document, ("visits",), visit)
        return document

    return made


@kind
def accepted(random: Random, me: str) -> Any:
    rule = random.choice(["FII211", "FII221"])
    return _into(("accepted",), {"rule": rule, "about": random.choice(["wet", "leider"]), "reason": me})


@kind
def session(random: Random, me: str) -> Any:
    route: Route = random.choice(
        [("versterken", "support", "sessions"), ("implementeren", "training", "sessions")]
    )
    fact = {"date": random.choice(["2025-03-01", _day(random)])}
    fact |= {"outcome": me} if "support" in route else {"what": random.choice(["basis", me])}
    return _into(route, fact)


@kind
def member(random: Random, me: str) -> Any:
    return _into(
        ("implementeren", "team", "members"), {"person": random.choice(PEOPLE), "competencies": ["inhoud"]}
    )


@kind
def ended(random: Random, me: str) -> Any:
    """Somebody left or ended, or another one receives as well."""
    choice = random.random()
    if choice < 0.3:
        return _set(("entry", "receiving_organisation"), random.choice(["krijgt", ["krijgt", "derde"]]))
    if choice < 0.6:
        return _set(("organisations", "*", "until"), _day(random), id=random.choice(["derde", "geeft"]))
    if choice < 0.7:
        return _remove(("organisations", "*", "until"), id="derde")
    return _set(("people", "*", "until"), _day(random), id=random.choice(PEOPLE))


@kind
def own_team(random: Random, me: str) -> Any:
    route: Route = ("implementeren", "teams")
    if random.random() < 0.6:
        member = {"person": random.choice(PEOPLE)}
        return _into(route, {"organisation": random.choice(["krijgt", "geeft"]), "members": [member]})
    return _set((*route, "*", "mandate"), f"zegt {me}", organisation="krijgt")


@kind
def remark(random: Random, me: str) -> Any:
    return _comment(random)


def edits(random: Random, me: str, most: int = 3) -> list[Edit]:
    """One to three edits of one person."""
    names = random.choices(list(KINDS), k=random.randint(1, most))
    return [Edit(name, KINDS[name](random, me)) for name in names]


def edited(document: Document, made: list[Edit]) -> Document:
    """The document after these edits, of which those that have nothing to change are left out."""
    from fii_cli.diagnostics import Refused

    for each in made:
        try:
            document = each.made(document) or document
        except Refused:
            continue
    return document
