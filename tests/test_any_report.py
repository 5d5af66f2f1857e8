"""Whatever a sound trajectory holds, every edition of its report can be made in every form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, get_args, get_origin

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fii_cli.handbook.load import handbook
from fii_cli.pages.csv import as_csv
from fii_cli.pages.render import render
from fii_cli.pages.xlsx import as_workbook
from fii_cli.report import EDITIONS, report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.json_report import json_report
from fii_cli.report.overview import overview_of
from fii_cli.report.sheets import sheets_of
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REFERS_TO, Record
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.places import closed_values, record_in
from fii_cli.words import LIGHTS
from helpers import DAY, NL, edition, judged

_TEXT = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12).map(str.strip)
_TEXTS = _TEXT.filter(bool)
_DATES = st.one_of(
    st.dates().map(str), st.dates().map(lambda day: str(day)[:7]), st.dates().map(lambda day: str(day)[:4])
)
_LIGHTS = [item.id for phase in handbook().phases for subphase in phase.subphases for item in subphase.items]
_CFIR = [item.id for group in handbook().instrument("cfir").groups for item in group.items]

_Keys = dict[str, st.SearchStrategy[Any]]


def records(record: type[Record]) -> st.SearchStrategy[dict[str, Any]]:
    """Records of a kind, with any of their keys; those that must be there always are."""
    must: _Keys = {}
    may: _Keys = {}
    fields: dict[str, Any] = record.model_fields
    for name, info in fields.items():
        values = _values(record.__name__, name, info)
        if values is not None:
            (must if info.is_required() else may)[name] = values
    return st.fixed_dictionaries(must, optional=may)


def _values(record: str, name: str, info: Any) -> st.SearchStrategy[Any] | None:
    if (record, name) in KNOWN:
        return KNOWN[record, name]
    refers = info.json_schema_extra.get(REFERS_TO)
    if refers:
        return st.sampled_from(["o1", "o2"] if refers == "organisation" else ["p1", "p2"])
    annotation = info.annotation
    many = any(get_origin(part) is tuple for part in (annotation, *get_args(annotation)))
    inner = record_in(annotation)
    if inner:
        one: st.SearchStrategy[Any] = st.deferred(lambda: records(inner))
    elif words := closed_values(annotation):
        one = st.sampled_from(words)
    else:
        parts = {annotation, *get_args(annotation)}
        parts |= {part for each in parts for part in get_args(each)}
        if Date in parts:
            one = _DATES
        elif float in parts:
            one = st.floats(allow_nan=False, allow_infinity=False)
        else:
            one = st.integers(0, 50) if int in parts else _TEXTS
    return st.lists(one, max_size=3) if many else one


def _rated(instrument: str, items: list[str], values: Sequence[str], may: _Keys) -> st.SearchStrategy[Any]:
    """Assessments with an instrument: some of its items, each with one of its values."""
    ratings = st.dictionaries(st.sampled_from(items), st.sampled_from(values), min_size=1, max_size=6)
    must: _Keys = {"instrument": st.just(instrument), "date": _DATES, "ratings": ratings}
    return st.fixed_dictionaries(must, optional=may)


_ratings = st.one_of(
    _rated(
        "stoplicht",
        _LIGHTS,
        LIGHTS,
        {"perspective": st.sampled_from(["giving", "receiving", "both"]), "by": _TEXTS},
    ),
    _rated(
        "cfir",
        _CFIR,
        ["-2", "-1", "0", "1", "2"],
        {"perspective": st.sampled_from(["giving", "receiving"]), "about": st.sampled_from(["o1", "o2"])},
    ),
)
KNOWN: dict[tuple[str, str], st.SearchStrategy[Any] | None] = {
    ("Trajectory", "fii"): st.just(1),
    ("Trajectory", "organisations"): st.just(
        [
            {"id": "o1", "name": "Een", "roles": ["giving"]},
            {"id": "o2", "name": "Twee", "roles": ["candidate"]},
        ]
    ),
    ("Trajectory", "people"): st.just(
        [{"id": "p1", "role": "een"}, {"id": "p2", "role": "twee", "level": "beleid"}]
    ),
    ("Trajectory", "assessments"): st.lists(_ratings, max_size=4),
    ("Trajectory", "accepted"): None,
    ("Trajectory", "checklist"): None,
    ("Action", "strategy"): st.sampled_from(["champions", "time-to-learn"]),
    ("Action", "answers"): st.lists(
        st.sampled_from([f"cfir/{_CFIR[0]}", f"stoplicht/{_LIGHTS[0]}"]), max_size=2
    ),
}


def _unique(data: Any) -> Any:
    """Ids that differ, since a file with two of the same is not sound."""
    if isinstance(data, list):
        for at, each in enumerate(data):
            if isinstance(each, dict) and "id" in each and each["id"] not in ("o1", "o2", "p1", "p2"):
                each["id"] = f"id-{at}"
            _unique(each)
    elif isinstance(data, dict):
        for each in data.values():
            _unique(each)
    return data


@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])
@given(records(Trajectory))
def test_no_sound_trajectory_is_without_a_report(data: dict[str, Any]) -> None:
    judgement = judged(json.dumps(_unique(data), ensure_ascii=False))
    assume(judgement.trajectory is not None and not judgement.errors)
    assert judgement.trajectory
    for audience in EDITIONS:
        basis = basis_of(edition(judgement.trajectory, DAY, audience), handbook())
        report = report_of(basis, NL)
        for paper in (False, True):
            assert render(report, "html", NL, on_paper=paper).endswith("</html>\n")
        assert render(report, "md", NL).startswith("<!-- fii report")
        sheets = sheets_of(basis, NL)
        assert as_workbook(overview_of(report, sheets, NL), sheets, report.mark, report.made_with)
        for sheet in sheets:
            assert as_csv([sheet.heads, *sheet.rows], NL.code)
        assert json.loads(json_report(basis, NL).model_dump_json())
