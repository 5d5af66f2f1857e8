"""What distinguishes two groups of organisations in words, and how much that says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fii_cli.analysis.compared import Compared
from fii_cli.analysis.distinguishes import Verdict
from fii_cli.language import N_, Language

if TYPE_CHECKING:
    from fii_cli.handbook.models import Construct

_FOUND: dict[Verdict, str] = {
    "strongly": N_("Distinguishes strongly: {items}."),
    "weakly": N_("Distinguishes weakly: {items}."),
}


def found_in_words(
    compared: Compared,
    say: Language,
    item_name: Callable[[Construct], str],
    organisation_name: Callable[[str], str],
) -> tuple[str, ...]:
    """What distinguishes the groups strongly and weakly, and which organisation breaks a pattern."""
    lines = []
    for verdict, words in _FOUND.items():
        if items := [item_name(each.item) for each in compared.items if each.verdict == verdict]:
            lines.append(say(words, items=", ".join(items)))
    if not lines:
        lines.append(say("Nothing distinguishes the two groups."))
    for each in compared.items:
        if each.exceptions:
            who = f" {say('or')} ".join(map(organisation_name, each.exceptions))
            lines.append(say("{item} would distinguish without {id}.", item=item_name(each.item), id=who))
    return tuple(lines)


def caution(compared: Compared, say: Language) -> str:
    """How much the verdicts say."""
    return say(
        "This rule is fii's own, fitted to one published table (Varsi et al., 2015). Ratings of {n} "
        "organisations are no statistics.",
        n=len(compared.low) + len(compared.high),
    )
