"""The rows of the table: what is measured for each, and what it is held against."""

import os
import shutil
import sys
import time
from pathlib import Path

from . import load
from .figures import Figure, falls, percentile
from .measure import figure
from .options import Skipped
from .processes import Forgewire, ProcessFailed
from .report import SKIPPED, Line, judged, shown

# What the listeners of rows 2, 4 and 6 are configured with: as many attempts at a time as there may be lanes.
SETTINGS = "concurrency: 128"

PEER_TIMES_PAUSED = 3
FLOOR_TIMES_PAUSED = 1.3
PEER_TIMES_RUNNING = 2
# About what is in flight between the answer and the end of an attempt, for both listeners.
PENDING_MAX = 1_000
SYNC_TIMES = 25
P99_MILLISECONDS_LEAST = 5
START_RATE = 500
START_MILLISECONDS = 2
FLOOR_TIMES_CPU = 2
MEMORY_MEBIBYTES = 64
BACKLOG_MEBIBYTES = 16
BACKLOG_TIMES = 1.3
BACKLOG_START_SECONDS = 1
CONNECTIONS = [1, 2, 4, 8, 16, 32, 64, 128, 256]
BODY_BYTES = [2_000, 24_000, 100_000, 500_000, 5_000_000]


def alternate(rounds, steps):
    """Takes each step once a round, each round beginning with another one; gives each step's results."""
    results = {name: [] for name in steps}
    names = list(steps)
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            results[name].append(steps[name]())
    return results


def throughput(bench):
    """Rows 1, 2 and 5, measured together; keeps the rate that row 3 takes a third of."""
    rows = bench.options.rows
    steps, missing = {}, {}
    if rows & {1, 3, 5}:
        steps["paused"] = lambda: bench.forgewire("listeners paused")
    if 1 in rows:
        steps["spread"] = lambda: bench.forgewire(
            "listeners paused, random ids", bench.bodies.spread(), posting={"ids": "random"}
        )
    if 2 in rows:
        spread = bench.bodies.spread()
        steps["running"] = lambda: bench.forgewire(
            "listeners running", spread, paused=False, settings=SETTINGS
        )
        steps["default"] = lambda: bench.forgewire(
            "listeners running, default settings", spread, paused=False
        )
        steps["lane"] = lambda: bench.forgewire("listeners running, one subject", paused=False)
    for name, wanted, tool, measure in (
        ("peer", {1, 2}, bench.peer_python, bench.peer),
        ("floor", {1, 5}, bench.floor_program, bench.floor),
    ):
        if rows & wanted:
            try:
                tool()
                steps[name] = measure
            except Skipped as reason:
                missing[name] = str(reason)
    runs = alternate(bench.options.rounds, steps)
    rates = {name: figure(runs[name], "per_second") for name in runs if name != "floor"}
    if "floor" in runs:
        rates["floor"] = Figure([rate for rate, _ in runs["floor"]])
    if "paused" in rates:
        bench.maximum = rates["paused"].median
    lines = []
    if 1 in rows:
        lines.append(shown(1, "durable deliveries/s, listeners paused", rates["paused"].text()))
        lines += _answers(runs["paused"])
        for name, title, least in (
            ("peer", "… beside the Python peer", PEER_TIMES_PAUSED),
            ("floor", "… beside the floor", FLOOR_TIMES_PAUSED),
        ):
            lines.append(_times(1, title, rates["paused"], rates, name, least, missing))
        lines += _spread(rates)
    if 2 in rows:
        lines += _running(runs, rates, missing)
    if 5 in rows:
        lines.append(_cpu(runs, missing))
    return lines


def _answers(runs):
    p50, p99 = figure(runs, "p50_milliseconds"), figure(runs, "p99_milliseconds")
    generator = figure(runs, "generator_cpu_microseconds")
    return [
        shown(1, "… answer p50, p99", f"{p50.text(1)}, {p99.text(1)} ms"),
        shown(1, "… CPU of the load generator a delivery", generator.text(0, " µs")),
    ]


def _spread(rates):
    """Row 1 under a harder load, beside the same runs of the others."""
    beside = [
        f"{rates['spread'].over(rates[name]).text()} {title}"
        for name, title in (("peer", "the peer"), ("floor", "the floor")) if name in rates
    ]
    reached = "; ".join([rates["spread"].text(), *beside])
    return [shown(1, "… on 256 subjects, under random ids", reached)]


def _times(row, title, mine, rates, name, least, missing):
    """A line with the ratio of two rates, which has a least."""
    goal = f">= {least}x"
    if name in missing:
        return Line(row, title, goal, missing[name], SKIPPED)
    ratio = mine.over(rates[name])
    return judged(row, title, goal, f"{ratio.text()} of {rates[name].text()}", ratio.median >= least)


def _running(runs, rates, missing):
    pending = figure(runs["running"], "pending")
    handled = figure(runs["running"], "handled_per_second")
    lines = [
        shown(2, f"deliveries/s on 256 subjects, listeners running, {SETTINGS}", rates["running"].text()),
        shown(2, "… dispatches handled a second", handled.text()),
        _times(2, "… beside the Python peer", rates["running"], rates, "peer", PEER_TIMES_RUNNING, missing),
        judged(
            2, "… most dispatches pending", f"<= {PENDING_MAX:,}", pending.text(),
            max(pending.samples) <= PENDING_MAX,
        ),
    ]
    for name, title in (("default", "… with default settings"), ("lane", "… and with one subject, one lane")):
        handled, pending = figure(runs[name], "handled_per_second"), figure(runs[name], "pending")
        reached = f"{rates[name].text()}; handled {handled.median:,.0f}/s, {pending.median:,.0f} pending"
        lines.append(shown(2, title, reached))
    return lines


def _cpu(runs, missing):
    title, goal = "CPU µs a delivery, all threads", f"<= {FLOOR_TIMES_CPU}x the floor"
    mine = figure(runs["paused"], "cpu_microseconds")
    if "floor" in missing:
        return Line(5, title, goal, f"{mine.text()}; {missing['floor']}", SKIPPED)
    floor = Figure([cpu for _, cpu in runs["floor"]])
    ratio = mine.over(floor)
    reached = f"{ratio.text()}: {mine.text()} of {floor.text()}"
    return judged(5, title, goal, reached, ratio.median <= FLOOR_TIMES_CPU)


def answer_times(bench):
    """Row 3: how long answers take at a third of the highest rate."""
    if bench.maximum is None:
        raise ProcessFailed("there is no rate of row 1")
    rate = bench.maximum / 3
    syncs, runs = [], []
    for _ in range(bench.options.rounds):
        syncs.append(bench.sync())
        runs.append(bench.forgewire("a third of the maximum", posting={"rate": rate}))
    sync = Figure(syncs)
    limit = max(SYNC_TIMES * sync.median, P99_MILLISECONDS_LEAST)
    p50, p99, longest = (figure(runs, f"{name}_milliseconds") for name in ("p50", "p99", "max"))
    goal = f"<= {limit:.1f} ms: {SYNC_TIMES} fdatasync, {P99_MILLISECONDS_LEAST} ms"
    return [
        judged(3, f"answer p99 at {rate:,.0f}/s", goal, p99.text(1, " ms"), p99.median <= limit),
        shown(3, "… p50; longest", f"{p50.text(1)}; {longest.text(1)} ms"),
        shown(3, "… answers/s", figure(runs, "per_second").text()),
        shown(3, "… fdatasync of the disk", sync.text(2, " ms")),
    ]


def starts(bench):
    """Row 4: how much later than the answer listeners start."""
    runs = [
        bench.forgewire(
            f"{START_RATE}/s", bench.bodies.spread(), posting={"rate": START_RATE}, paused=False,
            settings=SETTINGS,
        )
        for _ in range(bench.options.rounds)
    ]
    middles = Figure([percentile(run.delays, 0.5) for run in runs])
    late = Figure([percentile(run.delays, 0.99) for run in runs])
    answers = figure(runs, "p50_milliseconds")
    beyond = Figure([start - answer for start, answer in zip(middles.samples, answers.samples)])
    return [
        judged(
            4, f"received to started, p50 at {START_RATE}/s, beyond the answer's",
            f"<= {START_MILLISECONDS} ms", beyond.text(2, " ms"), beyond.median <= START_MILLISECONDS,
        ),
        shown(4, "… started p50; p99", f"{middles.text(2)}; {late.text(2)} ms"),
        shown(4, "… answer p50", answers.text(2, " ms")),
    ]


def backlog(bench):
    """Rows 6, 7 and 8: what a large outbox costs."""
    folder = bench.options.folder / "backlog"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        lines = [shown(min(bench.options.rows & {6, 7, 8}), "large outbox", _fill(bench, folder))]
        # The last of them works off a part of what waits.
        for row, measure in ((7, _costs), (8, _readiness), (6, _memory)):
            if row in bench.options.rows:
                lines += measure(bench, folder)
        return sorted(lines, key=lambda line: line.row)
    finally:
        shutil.rmtree(folder)


def _fill(bench, folder):
    """Delivers small events until there are enough; half of them for each listener, so one dispatch an event."""
    print("  large outbox", file=sys.stderr, flush=True)
    wanted, bodies = bench.options.events, bench.bodies.smallest()
    begin, rate = time.monotonic(), 20_000
    with Forgewire(bench.options, folder, "percent: 50") as server:
        while (missing := wanted - server.accepted()) > 0:
            seconds = min(10, max(1, missing / rate))
            rate = load.run(server.port, bodies, seconds, connections=64).per_second
        events, pending = server.accepted(), server.pending()
        server.stop()
    size = (folder / "outbox.db").stat().st_size / 2**30
    seconds = time.monotonic() - begin
    sample = {"events": events, "pending": pending, "gibibytes": size, "seconds": seconds}
    bench.keep("large outbox", sample)
    return f"{events:,.0f} events, {pending:,.0f} pending, {size:.1f} GiB"


def _costs(bench, folder):
    spread = {"bodies": bench.bodies.spread(), "posting": {"ids": "random"}}
    runs = alternate(
        bench.options.rounds,
        {
            "empty": lambda: bench.forgewire("empty outbox, listeners paused"),
            "large": lambda: bench.forgewire("large outbox, listeners paused", folder=folder),
            "empty spread": lambda: bench.forgewire("empty outbox, random ids", **spread),
            "large spread": lambda: bench.forgewire("large outbox, random ids", folder=folder, **spread),
        },
    )
    lines = []
    for key, title, unit in (("cpu", "CPU a delivery", "µs"), ("wall", "time a delivery", "µs")):
        empty, large, empty_spread, large_spread = (
            _cost(runs[name], key) for name in ("empty", "large", "empty spread", "large spread")
        )
        ratio = large.over(empty)
        reached = f"{ratio.text()}: {large.text()} of {empty.text()} {unit}"
        goal = f"<= {BACKLOG_TIMES}x an empty outbox"
        lines.append(judged(7, f"{title}, large outbox", goal, reached, ratio.median <= BACKLOG_TIMES))
        ratio = large_spread.over(empty_spread)
        reached = f"{ratio.text()}: {large_spread.text()} of {empty_spread.text()} {unit}"
        lines.append(shown(7, "… on 256 subjects, under random ids", reached))
    return lines


def _cost(runs, key):
    if key == "cpu":
        return figure(runs, "cpu_microseconds")
    return Figure([1_000_000 / run.per_second for run in runs])


def _readiness(bench, folder):
    empty = bench.options.folder / "empty"
    shutil.rmtree(empty, ignore_errors=True)
    empty.mkdir()
    try:
        for each in (empty, folder):  # makes the tables, and lets the listeners run
            _start(bench, each, "first start")
        times = alternate(
            bench.options.rounds,
            {
                "empty": lambda: _start(bench, empty, "start, empty outbox"),
                "large": lambda: _start(bench, folder, "start, large outbox"),
            },
        )
    finally:
        shutil.rmtree(empty)
    large, small = Figure(times["large"]), Figure(times["empty"])
    beyond = large.median - small.median
    reached = f"{beyond:.3f} s: {large.text(3)} s beside {small.text(3)}"
    goal = f"<= {BACKLOG_START_SECONDS} s beyond an empty outbox"
    return [judged(8, "start to readyz, large outbox, cold", goal, reached, beyond <= BACKLOG_START_SECONDS)]


def _start(bench, folder, name):
    """Seconds until the daemon is ready; its outbox is not in the page cache when it starts."""
    os.sync()
    for path in folder.glob("outbox.db*"):
        if path.is_file():
            _forget(path)
    with Forgewire(bench.options, folder, paused=False) as server:
        seconds = server.ready_seconds
        server.stop()
    bench.keep(name, {"seconds": seconds})
    return seconds


def _forget(path: Path):
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def _memory(bench, folder):
    how = {"bodies": bench.bodies.spread(), "paused": False, "settings": SETTINGS}
    runs = alternate(
        bench.options.rounds,
        {
            "empty": lambda: bench.forgewire("empty outbox, listeners running", **how),
            "large": lambda: bench.forgewire("large outbox, listeners running", folder=folder, **how),
        },
    )
    empty, large = (figure(runs[name], "peak_mebibytes") for name in ("empty", "large"))
    more = large.median - empty.median
    left = min(run.pending for run in runs["large"])
    return [
        judged(
            6, "most resident memory, 32 connections", f"<= {MEMORY_MEBIBYTES} MiB", empty.text(1, " MiB"),
            empty.median <= MEMORY_MEBIBYTES,
        ),
        judged(
            6, "… more with the large outbox", f"<= {BACKLOG_MEBIBYTES} MiB",
            f"{more:.1f} MiB: {large.text(1)}; at least {left:,.0f} pending", more <= BACKLOG_MEBIBYTES,
        ),
    ]


def shapes(bench):
    """Row 9: how throughput changes with the number of connections, and with the size of bodies."""
    seconds = max(1, bench.options.duration / 2)
    by_count = alternate(
        bench.options.rounds,
        {
            count: lambda count=count: bench.forgewire(
                f"connections: {count}", seconds=seconds, posting={"connections": count}
            )
            for count in CONNECTIONS
        },
    )
    by_size = alternate(
        bench.options.rounds,
        {
            size: lambda size=size: bench.forgewire(f"bytes: {size}", bodies=bench.bodies.of_size(size))
            for size in BODY_BYTES
        },
    )
    rates = {count: figure(runs, "per_second") for count, runs in by_count.items()}
    bytes_per_second = {
        size: Figure([rate * size / 1e6 for rate in figure(runs, "per_second").samples])
        for size, runs in by_size.items()
    }
    return [
        *_series(9, "deliveries/s by connections", "does not fall", rates, 0, "{:,}"),
        *_series(9, "MB/s by bytes of a body", "rises with the size", bytes_per_second, 1, "{:,}"),
    ]


def _series(row, title, goal, series, digits, key_format):
    """A line that judges a series, and one for each of its figures."""
    fallen = falls(series)
    reached = "falls at " + ", ".join(key_format.format(key) for key in fallen) if fallen else "no fall"
    lines = [judged(row, title, goal, f"{reached} beyond the spread", not fallen)]
    for key, each in series.items():
        lines.append(shown(row, "… " + key_format.format(key), each.text(digits)))
    return lines


# The functions that measure, with the rows that each is for; row 3 needs the rate of row 1.
GROUPS = (
    ({1, 2, 3, 5}, throughput),
    ({3}, answer_times),
    ({4}, starts),
    ({6, 7, 8}, backlog),
    ({9}, shapes),
)
