#!/usr/bin/env python3
"""Says where the processor's time of the daemon goes, stage by stage, under the load of the suite's first row.

profile.py: starts the daemon with two paused listeners, loads it, and samples its stacks with `perf`, which has to be
allowed to (as root, or with kernel.perf_event_paranoid at most 1). A sample belongs to the first stage of the list that
its thread and one of its frames fit.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from suite.measure import Bench
from suite.options import Options, Skipped

# Before these seconds the daemon starts.
WARM_UP_SECONDS = 2
SAMPLE_SECONDS = 4
SAMPLES_PER_SECOND = 2999

LOOPS, WRITER, CHECKPOINTS = "event loops", "writer", "checkpoints"
THREADS = ((r"^NIO-", LOOPS), (r"^outbox-writer", WRITER), (r"overcommit|checkpointer", CHECKPOINTS))
# The thread, what to call the stage, and what one of the frames has to match.
STAGES = (
    (LOOPS, "signature", r"libcrypto|HMACSHA256|authenticate"),
    (LOOPS, "compression of the payload", r"libisal|PayloadCompressor"),
    (LOOPS, "JSON", r"JSONParser|JSONDocument"),
    (LOOPS, "mapping to typed events", r"9Providers.*(6events4from|GitHub)"),
    (LOOPS, "rows: event JSON, headers", r"DeliveryRow|EventJSON|6OutboxAAC6accept"),
    (LOOPS, "reading the socket", r"\bread \(|ksys_read|readFromSocket.*Socket4read"),
    (LOOPS, "answers, with the kernel's sending", r"__write|ksys_write|writeToSocket|AnswerWriter"),
    (LOOPS, "waiting for events", r"epoll"),
    (LOOPS, "HTTP, routing, the rest", r""),
    (WRITER, "sync of the log", r"fdatasync"),
    (WRITER, "write to the log", r"pwrite"),
    (WRITER, "reads of the file", r"pread"),
    (WRITER, "SQLite", r"libsqlite3"),
    (WRITER, "statements, batches, answers handed back", r""),
    (CHECKPOINTS, "log into the file", r""),
)
OTHERS = ("others", "")


def sample(process, folder):
    """Samples the stacks of a process and gives them, each with the name of its thread."""
    data = folder / "perf.data"
    command = ["perf", "record", "-F", str(SAMPLES_PER_SECOND), "-g", "-p", str(process), "-o", str(data)]
    recorded = subprocess.run([*command, "--", "sleep", str(SAMPLE_SECONDS)], capture_output=True, text=True)
    if recorded.returncode != 0:
        raise Skipped(f"perf: {recorded.stderr.strip()[-300:]}")
    command = ["perf", "script", "-i", str(data), "-F", "comm,ip,sym,dso"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [each.split("\n", 1) for each in text.strip().split("\n\n") if "\n" in each]


def stage(thread, frames):
    """The stage that a sample belongs to."""
    kind = next((name for pattern, name in THREADS if re.search(pattern, thread.strip())), None)
    for wanted, name, pattern in STAGES:
        if kind == wanted and re.search(pattern, frames):
            return wanted, name
    return OTHERS


def stacks_under_load(bench):
    """The stacks of the daemon under load, and what the load measured."""
    stacks, failures, threads = [], [], []

    def watch(process):
        time.sleep(WARM_UP_SECONDS)
        try:
            with tempfile.TemporaryDirectory() as folder:
                stacks.extend(sample(process, Path(folder)))
        except (Skipped, subprocess.CalledProcessError) as failure:
            failures.append(failure)

    def begin(process):
        threads.append(threading.Thread(target=watch, args=[process]))
        threads[0].start()

    bench.on_start = begin
    try:
        run = bench.forgewire("profile")
    finally:
        for thread in threads:
            thread.join()
        bench.clean()
    if failures:
        raise Skipped(str(failures[0]))
    return stacks, run


def main():
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    duration = {"DURATION": str(WARM_UP_SECONDS + SAMPLE_SECONDS + 1)}
    bench = Bench(Options.read(dict(os.environ, **duration)))
    try:
        bench.require()
        if shutil.which("perf") is None:
            raise Skipped("perf is not installed")
        stacks, run = stacks_under_load(bench)
    except Skipped as reason:
        sys.exit(f"no profile: {reason}")
    counts = Counter(stage(*each) for each in stacks)
    if not counts:
        sys.exit("no profile: perf gave no samples")
    total = sum(counts.values())
    print(f"{run.cpu_microseconds:.0f} µs a delivery, {total:,} samples")
    print(f"{'thread':<13}{'stage':<42}{'share':>7}{'µs':>7}")
    for wanted, name in [*((each[0], each[1]) for each in STAGES), OTHERS]:
        share = counts[wanted, name] / total
        print(f"{wanted:<13}{name:<42}{100 * share:>6.1f}%{share * run.cpu_microseconds:>7.1f}")


if __name__ == "__main__":
    main()
