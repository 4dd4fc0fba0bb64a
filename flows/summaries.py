"""What a run did, in words: for the terminal, for programs and as Prefect's artifact."""

import json

from flows.publishing import Published, Summary


def summary_lines(summary: Summary) -> list[str]:
    """Return the lines that a person reads at the end of a run."""
    counts = summary.counts
    states = ", ".join(f"{counts[name]} {name}" for name in counts if name != "items")
    head = (
        f"run {summary.run_id} {summary.status}: "
        f"{counts['items']} items ({states}) in {summary.seconds:.1f} s"
    )
    lines = [head]
    if counts["rejected"]:
        lines.append("what was rejected and why: demarche rejects")
    return lines + (publication_lines(summary.published) if summary.published else [])


def summary_line(summary: Summary) -> str:
    """Return the same as one line, for a log of runs."""
    counts = summary.counts
    states = ", ".join(f"{counts[name]} {name}" for name in counts if name != "items")
    told = publication_lines(summary.published) if summary.published else []
    notes = [line for line in told if not line.startswith(" ")]  # no sample rows
    return "; ".join(
        [
            f"{summary.status.replace('_', ' ')}: {counts['items']} items ({states}) "
            f"in {summary.seconds:.1f} s, run {summary.run_id}",
            *notes,
        ]
    )


def publication_lines(published: Published) -> list[str]:
    """Return what the checks found and what became of the publication."""
    lines = [
        f"check {finding.name} ({finding.severity}), {finding.offending} times: {finding.meaning}"
        for finding in published.findings
    ]
    if published.has_failed:
        sample = next(f for f in published.findings if f.severity == "fail").sample
        lines += [f"  {json.dumps(row, default=str, ensure_ascii=False)}" for row in sample]
        lines.append("not published: the publication stays as it was")
    elif published.is_new and published.manifest is not None:
        lines.append(f"published snapshot {published.manifest.snapshot_id}")
    else:
        lines.append("nothing new to publish")
    return lines


def summary_markdown(summary: Summary) -> str:
    """Return the run's counts as a Markdown table, with what the checks found."""
    head = f"# Run {summary.run_id}: {summary.status}\n\n| what | items |\n|---|---:|\n"
    rows = "".join(f"| {name} | {count} |\n" for name, count in summary.counts.items())
    notes = "".join(f"- {line}\n" for line in summary_lines(summary)[1:])
    return f"{head}{rows}\n{notes}"
