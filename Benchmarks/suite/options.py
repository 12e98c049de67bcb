"""What a run is told by its environment, and where its files are."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
ROWS = range(1, 10)


@dataclass(frozen=True)
class Options:
    """The options, each from the variable that is its name in capitals."""

    # Which rows of the table are measured.
    rows: frozenset
    # How often each thing is measured, alternating with the others.
    rounds: int
    # Seconds that each measurement takes; those of row 9's connections take half as long.
    duration: float
    # Events in the outbox of rows 6 to 8.
    events: int
    # The daemon with the listeners that do nothing.
    daemon: Path
    # Where the other programs are that are compared with; optional.
    baselines: Path
    # Where recorded deliveries are; optional.
    corpus: Path
    # Where everything is written, on the disk of the repository.
    folder: Path = TOP / ".build" / "bench"

    @staticmethod
    def read(environment=os.environ):
        """The options of this run; raises ValueError for what cannot be meant."""
        get = environment.get
        rows = frozenset(int(row) for row in (get("ROWS") or ",".join(map(str, ROWS))).split(","))
        if not rows <= set(ROWS):
            raise ValueError(f"ROWS takes numbers from {ROWS[0]} to {ROWS[-1]}")
        options = Options(
            rows=rows,
            rounds=int(get("ROUNDS") or 3),
            duration=float(get("DURATION") or 5),
            events=int(get("EVENTS") or 1_000_000),
            daemon=Path(get("DAEMON") or TOP / ".build" / "release" / "BenchmarkDaemon").resolve(),
            baselines=Path(get("BASELINES") or TOP / ".." / "shared" / "bench").resolve(),
            corpus=Path(get("FORGEWIRE_CORPUS") or TOP / ".." / "shared" / "corpus").resolve(),
        )
        if options.rounds < 1 or options.duration < 1 or options.events < 1:
            raise ValueError("ROUNDS, DURATION and EVENTS are at least 1")
        return options

    def fresh_folder(self, name):
        """An empty folder for one measurement."""
        folder = self.folder / "run" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder


class Skipped(Exception):
    """A part of the suite needs what is not there; the text says what."""
