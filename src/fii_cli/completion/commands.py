"""What each parameter of each command takes.

It is a table apart from the commands, because loading a command takes longer than people like to wait.
"""

from __future__ import annotations

from collections.abc import Mapping

from fii_cli.completion.parameters import (
    ANSWERS,
    COMMISSION,
    EDITIONS,
    LANGUAGES,
    SHELLS,
    SIDES,
    VERDICTS,
    Options,
    Parameters,
    any_file,
    facts,
    is_kind,
    is_path,
    is_strategy,
    kinds,
    new_values,
    set_paths,
    tables,
    trajectories,
    trajectories_and_reports,
)
from fii_cli.completion.paths import files_ending_in, folders
from fii_cli.completion.values import (
    barriers,
    codes,
    codes_and_terms,
    examples,
    free,
    groups,
    instruments,
    item_and_evidence,
    item_and_owner,
    item_and_rating,
    item_and_text,
    items,
    open_actions,
    organisations,
    outcomes,
    persons,
    phases,
    plannable,
    questionnaires,
    subphases,
    terms,
    who,
    words,
)

GENERAL: Options = {
    "--lang": LANGUAGES,
    "--color": words("auto", "always", "never"),
    "--help": None,
    "-h": None,
}
"""The options of every command, and of fii without one."""
_MEETING: Options = {
    "--format": words("text", "md", "html", "docx"),
    "--output": any_file,
    "-o": any_file,
    "--audience": EDITIONS,
    "--force": None,
    "--json": None,
}
"""What ``fii agenda`` and ``fii minutes`` share."""
COMMANDS: Mapping[str, Parameters] = {
    "new": Parameters(
        (trajectories,),
        {
            "--title": free,
            "--commission": COMMISSION,
            "--commissioner": free,
            "--receiving": free,
            "--no-receiving": None,
            "--giving": free,
            "--origin": free,
            "--date": free,
            "--language": LANGUAGES,
            "--example": examples,
            "--dry-run": None,
        },
        many=("--receiving",),
    ),
    "entry": Parameters(
        (),
        {"--commission": COMMISSION, "--receiving": None, "--no-receiving": None, "--json": None},
        file=True,
    ),
    "guide": Parameters((terms,), {"--search": free, "--json": None}, repeated=True),
    "status": Parameters(
        (trajectories,), {"--as-of": free, "--no-cache": None, "--json": None}, repeated=True
    ),
    "assess": Parameters(
        (),
        {
            "--instrument": instruments,
            "--domain": groups,
            "--phase": phases,
            "--subphase": subphases,
            "--item": items,
            "--due": None,
            "--set": item_and_rating,
            "--note": item_and_text,
            "--evidence": item_and_evidence,
            "--action": item_and_text,
            "--owner": item_and_owner,
            "--before": item_and_text,
            "--by": who,
            "--perspective": SIDES,
            "--about": organisations,
            "--date": free,
            "--lines": None,
            "--dry-run": None,
        },
        file=True,
        many=("--subphase", "--item", "--set", "--note", "--evidence", "--action", "--owner", "--before"),
    ),
    "advance": Parameters(
        (),
        {
            "--to": phases,
            "--decision": VERDICTS,
            "--by": who,
            "--reason": free,
            "--date": free,
            "--organisation": organisations,
            "--phase": phases,
            "--beside": None,
            "--dry-run": None,
        },
        file=True,
    ),
    "add": Parameters((kinds, facts), {"--dry-run": None}, file=True, repeated=True, is_own=is_kind),
    "set": Parameters((set_paths, new_values), {"--dry-run": None}, file=True, is_own=is_path),
    "done": Parameters(
        (open_actions,),
        {"--helped": ANSWERS, "--note": free, "--date": free, "--dry-run": None},
        file=True,
    ),
    "merge": Parameters(
        (trajectories,),
        {"--output": any_file, "-o": any_file}
        | dict.fromkeys(("--driver", "--force", "--json", "--dry-run")),
        repeated=True,
    ),
    "undo": Parameters((), {"--dry-run": None}, file=True),
    "score": Parameters(
        (),
        {"--instrument": instruments, "--against": trajectories, "--since": free}
        | {"--as-of": free, "--json": None},
        file=True,
    ),
    "barriers": Parameters((), {"--instrument": instruments, "--as-of": free, "--json": None}, file=True),
    "diff": Parameters(
        (trajectories,),
        {"--since": free, "--audience": EDITIONS, "--format": words("text", "markdown", "html")}
        | {"--as-of": free, **dict.fromkeys(("--staged", "--textconv", "--no-cache", "--json"))},
        repeated=True,
    ),
    "strategies": Parameters(
        (),
        {
            "--for": barriers,
            "--phase": phases,
            "--all": None,
            "--why": None,
            "--list": None,
            "--as-of": free,
            "--json": None,
        },
        file=True,
        many=("--for",),
    ),
    "questionnaire": Parameters(
        (instruments,),
        {
            "--format": words("html", "docx", "md", "csv", "xlsx"),
            "--for": trajectories,
            "--name": free,
            "--perspective": SIDES,
            "--output": any_file,
            "-o": any_file,
            "--force": None,
        },
    ),
    "import": Parameters(
        (tables,),
        {
            "--instrument": questionnaires,
            "--perspective": SIDES,
            "--about": organisations,
            "--by": who,
            "--date": free,
            "--allow-empty": None,
            "--title": free,
            "--other-wording": None,
            "--as": words("actions", "ratings"),
            "--add-organisations": None,
            "--sheet": free,
            "--yes": None,
            "--json": None,
            "--dry-run": None,
        },
        file=True,
        repeated=True,
    ),
    "workbook": Parameters(
        (),
        {
            "--output": any_file,
            "-o": any_file,
            "--audience": EDITIONS,
            "--instrument": instruments,
            "--force": None,
            "--discard": None,
            "--json": None,
        },
        file=True,
    ),
    "plan": Parameters(
        (plannable,),
        {"--owner": persons, "--due": free, "--answers": barriers, "--dry-run": None},
        file=True,
        repeated=True,
        many=("--answers",),
        is_own=is_strategy,
    ),
    "compare": Parameters(
        (trajectories,),
        {
            "--instrument": instruments,
            "--low": organisations,
            "--high": organisations,
            "--by": outcomes,
            "--at": free,
            "--as-of": free,
            "--json": None,
        },
        repeated=True,
    ),
    "trend": Parameters(
        (trajectories,),
        {"--format": words("text", "json", "csv", "html", "md"), "--audience": EDITIONS}
        | {"--as-of": free, "--no-cache": None, "--json": None},
        repeated=True,
    ),
    "check": Parameters(
        (trajectories,),
        {
            "--format": words("text", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown"),
            "--json": None,
            "--as-of": free,
            "--fail-on": words("error", "advice", "info"),
            "--strict": None,
            "--select": codes,
            "--ignore": codes,
            "--since": free,
            "--force-exclude": None,
            "--fix": None,
            "--dry-run": None,
            "--stdin-filename": trajectories,
            **dict.fromkeys(("--jobs", "-j"), free),
            "--scheduler": free,
            "--no-cache": None,
        },
        repeated=True,
        many=("--select", "--ignore"),
    ),
    "explain": Parameters((codes_and_terms,), {"--json": None}),
    "report": Parameters(
        (trajectories,),
        {
            "--format": words("html", "md", "docx", "xlsx", "pdf", "csv", "json"),
            "--output": any_file,
            "-o": any_file,
            "--audience": EDITIONS,
            "--as-of": free,
            "--since": free,
            "--template": files_ending_in(".docx"),
            "--full": None,
            "--force": None,
            "--check": None,
            "--dry-run": None,
            **dict.fromkeys(("--jobs", "-j"), free),
        },
        repeated=True,
    ),
    "due": Parameters(
        (trajectories,),
        {"--format": words("text", "md", "ics"), "--audience": EDITIONS, "--as-of": free, "--json": None},
        repeated=True,
    ),
    "agenda": Parameters((), {**_MEETING, "--as-of": free, "--since": free}, file=True),
    "minutes": Parameters((), {**_MEETING, "--on": free, "--as-of": free}, file=True),
    "preview": Parameters(
        (trajectories,),
        {"--audience": EDITIONS, "--as-of": free, "--port": free}
        | {"--phone": None, "--open": None, "--json": None},
        repeated=True,
    ),
    "portfolio": Parameters(
        (trajectories_and_reports,),
        {"--format": words("text", "html", "md", "json", "csv", "parquet"), "--output": any_file}
        | {"-o": any_file, "--force": None, "--audience": EDITIONS, "--as-of": free}
        | {"--sort": words("need", "phase", "name"), "--no-cache": None}
        | dict.fromkeys(("--jobs", "-j"), free),
        repeated=True,
    ),
    "init": Parameters(
        (folders,),
        {
            "--forge": words("github", "gitlab", "forgejo", "none"),
            "--yes": None,
            "--dry-run": None,
            "--due": None,
            "--git": None,
        },
    ),
    "schema": Parameters(
        (),
        {
            "--of": words("trajectory", "settings", "report"),
            "--output": any_file,
            "-o": any_file,
            "--dry-run": None,
        },
    ),
    "upgrade": Parameters((), {"--dry-run": None}, file=True),
    "completion": Parameters((words(*SHELLS),), {}),
}
