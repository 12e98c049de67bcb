#!/usr/bin/env python3
"""Counts the instructions of the microbenchmarks and compares them with the checked-in thresholds.

instructions.py BINARY [NAME ...]: runs each benchmark of BINARY, or those named, under `valgrind --tool=callgrind`,
twice, so that the instructions of the start cancel out. Fails if one needs more than its threshold allows, or has none.
UPDATE=1 writes what was counted into the thresholds instead. They depend on the compiler, so each version has a file.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

# A count may differ by so much: threads take turns at other moments.
TOLERANCE = 0.05


def instructions(binary, name, count):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", binary, name, str(count)]
    run = subprocess.run(command, capture_output=True, text=True)
    match = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not match:
        sys.exit(f"{name} cannot be counted:\n{run.stderr}{run.stdout}")
    return int(match.group(1))


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    binary, wanted = sys.argv[1], sys.argv[2:]
    version = re.search(r"Swift version (\d+\.\d+)", subprocess.check_output(["swift", "--version"], text=True)).group(1)
    path = pathlib.Path(__file__).parent / "Thresholds" / f"{version}.json"
    thresholds = json.loads(path.read_text()) if path.exists() else {}
    failed = []
    print(f"{'instructions each':<32}{'threshold':>12}{'counted':>12}{'change':>9}")
    for line in subprocess.check_output([binary], text=True).splitlines():
        name, count = line.split()
        if wanted and name not in wanted:
            continue
        count = int(count)
        each = (instructions(binary, name, 2 * count) - instructions(binary, name, count)) // count
        threshold = thresholds.get(name)
        change = f"{(each / threshold - 1) * 100:+.1f} %" if threshold else "new"
        print(f"{name:<32}{threshold or '':>12}{each:>12}{change:>9}", flush=True)
        if os.environ.get("UPDATE"):
            thresholds[name] = each
        elif threshold is None or each > threshold * (1 + TOLERANCE):
            failed.append(name)
    if os.environ.get("UPDATE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(thresholds, indent=2, sort_keys=True) + "\n")
    elif failed:
        sys.exit(f"above the threshold, or without one: {', '.join(failed)}; UPDATE=1 takes over what was counted")


if __name__ == "__main__":
    main()
