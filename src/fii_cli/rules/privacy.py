"""Personal data in the file: git does not forget, and reports are passed on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from fii_cli.analysis.counts import sides_of
from fii_cli.analysis.published import reported_of
from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import Message, msg
from fii_cli.personal import holds_bsn, holds_email, holds_iban, holds_telephone
from fii_cli.rules.base import Circumstances, rule, rule_of_text
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import START
from fii_cli.yaml.passages import Passage

PERSONAL = "FII9"
"""The prefix of the codes of findings about personal data."""
_ROLES_FIRST = msg("roles before names: no personal data in the file")


def file_stem(path: str) -> str:
    """The name of a file without its folders and its YAML extension."""
    return re.sub(r"\.ya?ml$", "", re.split(r"[/\\]", path)[-1])


@rule_of_text("FII901", Severity.ADVICE)
def email_in_text(passages: Sequence[Passage], path: str) -> Iterator[Finding]:
    here = msg("this contains an e-mail address")
    yield from _found(passages, path, holds_email, here, msg("the file name contains an e-mail address"))


@rule_of_text("FII902", Severity.ADVICE)
def telephone_in_text(passages: Sequence[Passage], path: str) -> Iterator[Finding]:
    here = msg("this contains a telephone number")
    in_name = msg("the file name contains a telephone number")
    yield from _found(passages, path, holds_telephone, here, in_name)


@rule_of_text("FII903", Severity.ADVICE)
def iban_in_text(passages: Sequence[Passage], path: str) -> Iterator[Finding]:
    here = msg("this contains a bank account number")
    in_name = msg("the file name contains a bank account number")
    yield from _found(passages, path, holds_iban, here, in_name)


@rule_of_text("FII904", Severity.ADVICE)
def bsn_in_text(passages: Sequence[Passage], path: str) -> Iterator[Finding]:
    here = msg("this contains a citizen service number (BSN)")
    in_name = msg("the file name contains a citizen service number (BSN)")
    yield from _found(passages, path, holds_bsn, here, in_name)


@rule("FII905", Severity.ADVICE, "assessments")
def small_group_counted(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    thresholds = circumstances.thresholds
    for index, assessment in enumerate(trajectory.assessments):
        if not assessment.of_people:
            continue
        spreads = {
            item: sides_of(circumstances.handbook, assessment.instrument, item, counts)
            for item, counts in assessment.counts.items()
            if any(counts.values())
        }
        few = [item for item, spread in spreads.items() if spread.kept_back(thresholds)]
        published = [
            item
            for item in assessment.published
            if (n := reported_of(circumstances.handbook, assessment, item).n) and thresholds.keep_back(n)
        ]
        for part, items, what in (
            (
                "counts",
                few,
                msg("the answers of fewer than {n} people are counted here", n=thresholds.smallest),
            ),
            (
                "published",
                published,
                msg("a result of fewer than {n} people is recorded here", n=thresholds.smallest),
            ),
        ):
            if not items:
                continue
            yield Finding(
                ("assessments", index, part, items[0]),
                what,
                msg(
                    "remove them: in a small group answers can be traced to a person; if these are not "
                    "people, write counted: organisations or programmes"
                ),
                label=msg("fii shows no shares for such a small group"),
                about=assessment.instrument,
                at_key=True,
            )


@rule("FII906", Severity.ADVICE, "people", "organisations")
def person_in_file_name(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if not trajectory.people:
        return
    from fii_cli.editions.outsiders import holds_full_name  # not needed in a file without people

    if holds_full_name(trajectory, circumstances.file_name):
        yield Finding(
            (),
            msg("the file name contains the name or the id of a person"),
            msg("give the file another name; git remembers what was committed"),
            label=_ROLES_FIRST,
            span=START,
        )


def _found(
    passages: Sequence[Passage], path: str, holds: Callable[[str], bool], here: Message, in_name: Message
) -> Iterator[Finding]:
    if holds(file_stem(path)):
        hint = msg("give the file another name; git remembers what was committed")
        yield Finding((), in_name, hint, label=_ROLES_FIRST, span=START)
    for passage in passages:
        if holds(passage.text):
            yield Finding(
                passage.route,
                here,
                msg("remove it, and store it where others cannot see it; git remembers what was committed"),
                label=_ROLES_FIRST,
                about=passage.about,
                at_key=passage.at_key,
                span=passage.span,
            )
