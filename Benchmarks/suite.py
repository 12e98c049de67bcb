#!/usr/bin/env python3
"""The end-to-end benchmarks: what Forgewire has to reach, and what it reaches on this machine, in one table.

    make bench                  all rows, about ten minutes
    ROWS=1,3 make bench         only these

Each thing is measured several times, in turn with the others, so that what else the machine does falls on all
of them; the table has medians, and the least and the greatest in brackets. All samples are in
`.build/bench/results.json`. The exit code is 1 if a goal is not met, something failed, or something was
skipped although the programs to compare with are there. `Benchmarks/README.md` says how each row is taken.

Options, from the environment:

    ROWS=1,2,…,9    the rows to measure
    ROUNDS=3        how often each thing is measured
    DURATION=5      seconds that each measurement takes
    EVENTS=1000000  events in the large outbox of rows 6 to 8
    DAEMON          the daemon, by default .build/release/BenchmarkDaemon
    BASELINES       the folder with the programs to compare with, by default ../shared/bench
    FORGEWIRE_CORPUS  the folder with recorded deliveries, by default ../shared/corpus
"""

import os
import signal
import sys
import traceback

from suite import machine, report, rows
from suite.load import LoadFailed
from suite.measure import Bench
from suite.options import Options, Skipped
from suite.processes import ProcessFailed

# What a machine with nothing else to do stays below.
LOAD_AVERAGE_MAX = 1


def measure(bench):
    """Every line of the rows that were asked for; what fails or is skipped has a line that says so."""
    lines = []
    wanted = bench.options.rows
    for numbers, group in rows.GROUPS:
        asked = sorted(numbers & wanted)
        if not asked:
            continue
        print(f"row {', '.join(map(str, asked))}", file=sys.stderr, flush=True)
        try:
            bench.require()
            lines += group(bench)
        except Skipped as reason:
            lines += [report.Line(row, "the whole row", "", str(reason), report.SKIPPED) for row in asked]
        except (LoadFailed, ProcessFailed, OSError) as error:
            lines += [report.Line(row, "the whole row", "", str(error), report.FAILED) for row in asked]
        except Exception as error:
            traceback.print_exc()
            lines += [report.Line(row, "the whole row", "", repr(error), report.FAILED) for row in asked]
    return sorted(lines, key=lambda line: line.row)


def exit_code(bench, lines):
    """1 if anything is not as it should be."""
    verdicts = {line.verdict for line in lines}
    if verdicts & {report.NOT_MET, report.FAILED}:
        return 1
    if report.SKIPPED in verdicts and bench.options.baselines.exists():
        print(f"skipped although {bench.options.baselines} is there", file=sys.stderr)
        return 1
    return 0


def main():
    # What was started is stopped when the suite is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        options = Options.read()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 64
    options.folder.mkdir(parents=True, exist_ok=True)
    load_average = os.getloadavg()[0]
    bench = Bench(options)
    try:
        lines = measure(bench)
    finally:
        bench.clean()
    description = machine.description(options, load_average)
    report.write(options.folder / "results.json", options, description, lines, bench.samples)
    print(report.table(lines))
    if load_average > LOAD_AVERAGE_MAX:
        print(f"the load average was {load_average:.1f} before: something else uses this machine")
    if not bench.bodies.is_recorded:
        print(f"{options.corpus} is not there: the bodies are made up")
    return exit_code(bench, lines)


if __name__ == "__main__":
    sys.exit(main())
