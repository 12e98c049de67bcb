"""Single measurements: a program is started, loaded and stopped, and what it did is kept for the results."""

import os
import shutil
import sys
import threading
from dataclasses import asdict, dataclass

from . import load, machine
from .bodies import Bodies
from .figures import Figure
from .options import Skipped
from .processes import Forgewire, Peer, ProcessFailed, run_floor

MICROSECONDS = 1_000_000


@dataclass(frozen=True)
class Run:
    """What one measurement of a server gave."""

    per_second: float
    p50_milliseconds: float
    p99_milliseconds: float
    max_milliseconds: float
    cpu_microseconds: float
    # The same of the load generator, which shares the machine.
    generator_cpu_microseconds: float
    peak_mebibytes: float
    # Of Forgewire's dispatches: the most that waited, how many were handled a second.
    pending: float = 0
    handled_per_second: float = 0
    # Times from receipt to start, as pairs of milliseconds and a count.
    delays: tuple = ()


class Bench:
    """All that the rows measure with."""

    def __init__(self, options):
        self.options = options
        self.bodies = Bodies(options)
        # Every measurement, by what was measured.
        self.samples = {}
        # Told of each daemon's process id.
        self.on_start = lambda pid: None
        # The rate of row 1, once it is known.
        self.maximum = None
        self._tools = {}

    def require(self):
        """Raises Skipped if nothing can be measured at all."""
        load.require()
        if not self.options.daemon.exists():
            raise Skipped(f"{self.options.daemon} is not built")

    def floor_program(self):
        """The compiled floor; raises Skipped where there is none."""
        return self._tool("floor", machine.floor)

    def peer_python(self):
        """The Python that runs the peer; raises Skipped where there is none."""
        return self._tool("peer", machine.peer_python)

    def floor(self, name="floor"):
        """One run of the floor: events a second, and microseconds of CPU an event."""
        program = self.floor_program()
        folder = self._fresh(name)
        rate, cpu = run_floor(program, self.bodies.one(), folder)
        self._keep(name, {"per_second": rate, "cpu_microseconds": cpu})
        return rate, cpu

    def peer(self, name="peer"):
        """One run of the Python peer."""
        python = self.peer_python()
        folder = self._fresh(name)
        with Peer(self.options.baselines, python, folder) as server:
            run = self._load(server, self.bodies.at_goal(), self.options.duration)
            server.stop()
            self._check_stored(server, run[1].requests)
        self._keep(name, asdict(run[0]))
        return run[0]

    def forgewire(self, name, bodies=None, seconds=None, posting=None, folder=None, **how):
        """One run of the daemon, with an empty outbox if no folder with another is given.

        `posting` is what `load.run` takes besides; `how` is `paused`, by default true, and `settings` of
        both listeners.
        """
        bodies, seconds = bodies or self.bodies.at_goal(), seconds or self.options.duration
        is_fresh = folder is None
        fresh = self._fresh(name)
        folder = folder or fresh
        with Forgewire(self.options, folder, **how) as server:
            self.on_start(server.pid)
            # Counting a large backlog is work; there it is counted at the end alone.
            with _Watch(server.pending if is_fresh else None) as watch:
                run, loaded = self._load(server, bodies, seconds, **(posting or {}))
            handled = server.delivered() / loaded.seconds
            pending = max(watch.seen or [server.pending()])
            delays = server.stop_with_delays()
            if is_fresh:
                self._check_stored(server, loaded.requests)
        run = Run(**{**asdict(run), "pending": pending, "handled_per_second": handled, "delays": delays})
        self._keep(name, asdict(run))
        return run

    def sync(self):
        """How long `fdatasync` takes."""
        figure = machine.sync_milliseconds(self._fresh("sync"))
        self._keep("fdatasync", {"median_milliseconds": figure.median, "milliseconds": figure.samples})
        return figure.median

    def keep(self, name, sample):
        """Keeps a sample that a row took itself."""
        self._keep(name, sample)

    def clean(self):
        """Removes the databases of the last run."""
        shutil.rmtree(self.options.folder / "run", ignore_errors=True)

    def _load(self, server, bodies, seconds, **how):
        before = server.cpu_seconds()
        loaded = load.run(server.port, bodies, seconds, **how)
        cpu = server.cpu_seconds() - before
        run = Run(
            loaded.per_second,
            loaded.p50_milliseconds,
            loaded.p99_milliseconds,
            loaded.max_milliseconds,
            cpu / loaded.requests * MICROSECONDS,
            loaded.generator_cpu_seconds / loaded.requests * MICROSECONDS,
            server.peak_mebibytes(),
        )
        return run, loaded

    def _fresh(self, name):
        # What an earlier measurement left to be written must not be written during this one.
        self.clean()
        os.sync()
        print(f"  {name}", file=sys.stderr, flush=True)
        return self.options.fresh_folder("outbox")

    @staticmethod
    def _check_stored(server, answered):
        stored = server.stored()
        if stored < answered:
            raise ProcessFailed(f"{server.name} answered {answered} deliveries and stored {stored}")

    def _keep(self, name, sample):
        self.samples.setdefault(name, []).append(sample)

    def _tool(self, name, make):
        if name not in self._tools:
            try:
                self._tools[name] = make(self.options)
            except Skipped as reason:
                self._tools[name] = reason
        if isinstance(self._tools[name], Skipped):
            raise self._tools[name]
        return self._tools[name]


class _Watch:
    """Looks at a number every second, and at the end, while something else is done."""

    def __init__(self, look):
        self.seen = []
        self._look, self._ended = look, threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        if self._look is not None:
            self._thread.start()
        return self

    def __exit__(self, kind, *_):
        if self._look is None:
            return
        self._ended.set()
        self._thread.join()
        if kind is None:
            self.seen.append(self._look())

    def _run(self):
        while not self._ended.wait(1):
            self.seen.append(self._look())


def figure(runs, key):
    """One value of each run."""
    return Figure([getattr(run, key) for run in runs])
