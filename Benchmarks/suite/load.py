"""Runs wrk, and reads what it measured."""

import json
import math
import os
import resource
import secrets
import shutil
import subprocess
from dataclasses import dataclass

from .options import TOP, Skipped

SCRIPT = TOP / "Benchmarks" / "load.lua"
# A request that takes longer than this counts as failed.
TIMEOUT_SECONDS = 10


@dataclass(frozen=True)
class Load:
    """What was answered, and how fast."""

    requests: int
    seconds: float
    p50_milliseconds: float
    p99_milliseconds: float
    max_milliseconds: float
    # What the load generator itself takes of the machine.
    generator_cpu_seconds: float

    @property
    def per_second(self):
        """Answers a second."""
        return self.requests / self.seconds


class LoadFailed(Exception):
    """Not every request was answered with 2xx."""


def require():
    """Raises Skipped if there is no load generator."""
    if shutil.which("wrk") is None:
        raise Skipped("wrk is not installed")


def run(port, bodies, seconds, connections=32, rate=None, ids="time"):
    """Posts the bodies of an index for so long, over so many connections, `rate` a second at most."""
    environment = dict(os.environ, BODIES=str(bodies), SEED=str(secrets.randbits(48)), IDS=ids)
    if rate is not None:
        environment["RATE"] = f"{rate:.3f}"
    command = [
        "wrk", "-t1", f"-c{connections}", f"-d{math.ceil(seconds)}s", f"--timeout={TIMEOUT_SECONDS}s",
        "-s", str(SCRIPT), f"http://127.0.0.1:{port}",
    ]
    before = _children_seconds()
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    generator = _children_seconds() - before
    line = next((line for line in result.stdout.splitlines() if line.startswith("{")), None)
    if result.returncode != 0 or line is None:
        raise LoadFailed(f"wrk: {(result.stderr or result.stdout).strip()[-300:]}")
    measured = json.loads(line)
    if measured["failed"] > 0 or measured["requests"] == 0:
        raise LoadFailed(f"{measured['failed']} of {measured['requests']} requests were not accepted")
    return Load(
        measured["requests"],
        measured["seconds"],
        measured["p50Milliseconds"],
        measured["p99Milliseconds"],
        measured["maxMilliseconds"],
        generator,
    )


def _children_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
