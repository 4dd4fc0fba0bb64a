"""`demarche doctor`."""

from pathlib import Path

import typer

from flows.cli.doctor.finding import Finding, fail, ok
from flows.cli.options import Config, Csv, DataDir, Json
from flows.cli.output import chosen_format, show_records

MARKS = {"ok": "ok  ", "warn": "warn", "FAIL": "FAIL"}


def doctor(
    data_dir: DataDir = None,
    config: Config = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Check this installation and its data; each finding says how to mend it.

    The exit status is 1 where anything fails. Nothing is changed.

    Example: demarche doctor --data-dir /srv/demarche
    """
    fmt = chosen_format(as_json, as_csv)
    findings = [*_installation(), *_with_settings(config, data_dir)]
    if fmt.kind == "table":
        for finding in findings:
            _print(finding)
    else:
        names = ("check", "status", "detail", "remedy")
        show_records([{n: getattr(finding, n) for n in names} for finding in findings], fmt)
    if any(finding.status == "FAIL" for finding in findings):
        raise typer.Exit(1)


def _installation() -> list[Finding]:
    from flows.cli.doctor import installation as check

    return [
        check.check_python(),
        check.check_packages(),
        check.check_extensions(),
        check.check_prefect(),
    ]


def _with_settings(config: Path | None, data_dir: Path | None) -> list[Finding]:
    from flows.cli.doctor import data as check
    from flows.cli.doctor.installation import check_language, check_registry
    from flows.cli.reading import settings_for
    from flows.settings import SettingsError

    try:
        settings = settings_for(config, data_dir)
    except SettingsError as error:
        return [fail("settings", str(error), "mend that setting; the data were not looked at")]
    findings = [ok("settings", f"data in {settings.data_dir}")]
    findings += [check_registry(settings.entities_folder), check_language(settings.nlp.model)]
    findings += [check.check_folder(settings), check.check_room(settings)]
    finding, lake = check.check_lake(settings)
    findings.append(finding)
    if lake is None:
        return [*findings, check.check_publication(settings, None)]
    with lake:
        return [
            *findings,
            check.check_interrupted(lake, settings),
            check.check_last_run(lake, check.now_utc()),
            check.check_publication(settings, lake),
            check.check_raw(lake, settings),
        ]


def _print(finding: Finding) -> None:
    from flows.cli.output import neutral

    remedy = f" -> {finding.remedy}" if finding.remedy else ""
    text = " ".join(f"{finding.detail}{remedy}".split())
    print(f"{MARKS[finding.status]}  {finding.check}: {neutral(text)}")
