"""The table, and the file with everything that was measured."""

import json
from dataclasses import asdict, dataclass

MET, NOT_MET, SKIPPED, FAILED, SHOWN = "met", "NOT MET", "skipped", "failed", ""
HEAD = ("row", "what", "goal", "reached: median [min–max]", "")


@dataclass(frozen=True)
class Line:
    """A line of the table."""

    row: int
    what: str
    goal: str
    reached: str
    verdict: str


def judged(row, what, goal, reached, is_met):
    """A line with a goal."""
    return Line(row, what, goal, reached, MET if is_met else NOT_MET)


def shown(row, what, reached):
    """A line without a goal."""
    return Line(row, what, "", reached, SHOWN)


def table(lines):
    """The lines as text, in columns."""
    cells = [HEAD] + [(str(line.row), line.what, line.goal, line.reached, line.verdict) for line in lines]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    texts = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in cells]
    texts.insert(1, "  ".join("-" * width for width in widths).rstrip())
    return "\n".join(texts)


def write(path, options, machine, lines, samples):
    """Writes the results as JSON."""
    results = {
        "machine": machine,
        "options": {key: str(value) for key, value in asdict(options).items() if key != "rows"}
        | {"rows": sorted(options.rows)},
        "lines": [asdict(line) for line in lines],
        "samples": samples,
    }
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
