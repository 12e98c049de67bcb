#!/usr/bin/env python3
"""What strangers can do to those who may deliver: attacks beside good deliveries, on loopback.

    make strangers              all attacks, about ten minutes
    ATTACKS=stalled,idle make strangers

The daemon runs with its default limits. Up to 8 addresses (127.0.0.2 and following) attack; they make at most
5,000 requests and 500 connections a second together. Meanwhile good deliveries come, one connection each, from
an address of their own and, where the promise says so, from an attacker's. Each attack has to leave

- every good delivery answered with 202,
- the 99th percentile of `forgewire_ingest_duration_seconds` of these deliveries at most 5 times the quiet one, in one
  of at most three rounds, all of which are printed: a slow disk shows in single rounds, also in quiet ones (but not
  beside forms of 25 MiB with a wrong signature, which have to be looked at),
- at most inFlightBytes + connections x headerBytes + 64 MiB resident,
- at most 32 MiB more resident than at the start, 30 s after it.

"authentic" is no attack: eight senders of authentic bodies of 25 MiB, which are as expensive to read as can be, may
take it 64 MiB further, and have to get all of them through; they repeat those that were refused with 503.

The exit code is 1 if one of these is broken. Options, from the environment:

    ATTACKS         names of attacks; all by default
    GOOD=1000       good deliveries beside each attack
    REST=30         seconds between an attack and the look at the memory
    DAEMON          the executable, by default .build/release/forgewire
"""

import asyncio
import json
import multiprocessing
import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import signed
from attacks import ATTACKS, MEBIBYTE, PROXY, Pace, attack, forwarded

TOP = Path(__file__).resolve().parents[1]
DAEMON = Path(os.environ.get("DAEMON") or TOP / ".build" / "release" / "forgewire").resolve()
GOOD = int(os.environ.get("GOOD") or 1000)
REST = float(os.environ.get("REST") or 30)
IN_FLIGHT, CONNECTIONS, HEADER = 256 * MEBIBYTE, 2048, 32 * 1024
RESIDENT_MAX = IN_FLIGHT + CONNECTIONS * HEADER + 64 * MEBIBYTE
RESIDENT_MAX_AUTHENTIC = RESIDENT_MAX + 64 * MEBIBYTE
RETURNED_MAX = 32 * MEBIBYTE
SLOWER_MAX, ROUNDS_MAX = 5, 3
# Beyond these the machine's own loopback and this program are what is measured.
ATTACKERS = [f"127.0.0.{number}" for number in range(2, 10)]
GOOD_ADDRESS = "127.0.0.77"
CONFIGURATION = """\
ingest: {{ listen: ["127.0.0.1:{ingest}"], trustedProxies: ["{proxy}/32"] }}
admin: {{ listen: "127.0.0.1:{admin}" }}
outbox: {{ path: {folder}/outbox.db }}
sources:
  good: {{ provider: github, secrets: ["env:SECRET"] }}
  github: {{ provider: github, secrets: ["env:SECRET"] }}
  gitea: {{ provider: gitea, secrets: ["env:SECRET"] }}
listeners: {{}}
"""


class Daemon:
    """The daemon with its default limits."""

    def __init__(self, folder):
        self.ingest, self.admin = 18787, 18788
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("outbox.db*"):
            old.unlink()
        (folder / "forgewire.yml").write_text(
            CONFIGURATION.format(ingest=self.ingest, admin=self.admin, folder=folder, proxy=PROXY)
        )
        self._log = open(folder / "log", "w")
        self._process = subprocess.Popen(
            [str(DAEMON), "serve", "--config", str(folder / "forgewire.yml")],
            env=dict(os.environ, SECRET=signed.SECRET), stdout=subprocess.DEVNULL, stderr=self._log,
        )
        limit = time.monotonic() + 30
        while not self._is_ready():
            if time.monotonic() > limit or self._process.poll() is not None:
                sys.exit(f"the daemon did not start, see {folder}/log")
            time.sleep(0.05)

    def _is_ready(self):
        try:
            return self.get("/readyz") is not None
        except OSError:
            return False

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.admin}{path}", timeout=30) as answer:
            return answer.read().decode()

    def resident(self, key="VmRSS"):
        text = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.search(key + r":\s+(\d+) kB", text).group(1)) * 1024

    def forget_peak(self):
        Path(f"/proc/{self._process.pid}/clear_refs").write_text("5")

    def durations(self):
        """The histogram of the good deliveries' source, as cumulative counts."""
        found = re.findall(
            r'^forgewire_ingest_duration_seconds_bucket\{(?=.*source="good").*le="([^"]+)".*\} (\d+)$',
            self.get("/metrics"), re.M,
        )
        return {float(limit): int(count) for limit, count in found}

    def stop(self):
        self._process.terminate()
        self._process.wait(60)
        self._log.close()


async def deliver(port, address, count, name, proxy=None):
    """Good deliveries, one connection each, at 200 a second; gives the statuses and the seconds each took.

    With a proxy they come from its address, and it names theirs.
    """
    pace = Pace(200)
    statuses, seconds, tasks = {}, [], []

    async def one(number):
        body = json.dumps({"zen": "x" * 9000, "number": number}).encode()
        request = signed.delivery("good", body, f"{name}-{number}", forwarded(address) if proxy else "")
        begin = time.monotonic()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(proxy or address, 0))
            writer.write(request)
            line = await asyncio.wait_for(reader.readline(), 30)
            status = line.split()[1].decode() if line else "closed"
            writer.transport.abort()
        except (OSError, asyncio.TimeoutError, IndexError) as error:
            status = type(error).__name__
        statuses[status] = statuses.get(status, 0) + 1
        seconds.append(time.monotonic() - begin)

    for number in range(count):
        await pace.wait()
        tasks.append(asyncio.create_task(one(number)))
    await asyncio.gather(*tasks)
    return statuses, sorted(seconds)


def p99(values):
    return values[max(0, int(len(values) * 0.99) - 1)]


def percentile(before, after, share):
    """Where the share of what came since is reached, within its bucket as Prometheus's histogram_quantile."""
    counts = [(limit, after[limit] - before.get(limit, 0)) for limit in sorted(after)]
    wanted = share * max((count for _, count in counts), default=0)
    begin, below = 0.0, 0
    for limit, count in counts:
        if count >= wanted:
            return begin if count == below else begin + (limit - begin) * (wanted - below) / (count - below)
        begin, below = limit, count
    return float("inf")


def measure(daemon, name, quiet):
    """One attack with its good deliveries; gives what is broken."""
    addresses, includes_same, is_quick = ATTACKS[name]
    attackers = ATTACKERS[:addresses]
    process = multiprocessing.Process(target=attack, args=(name, daemon.ingest, attackers), daemon=True)
    daemon.forget_peak()
    process.start()
    time.sleep(3)
    proxy = PROXY if name == "proxied" else None
    results, shares = [], []
    # As for the quiet ones: what else the machine does shows in single rounds.
    while not shares or (is_quick and min(shares) > SLOWER_MAX * quiet and len(shares) < ROUNDS_MAX):
        before = daemon.durations()
        of_round = f"{name}-{len(shares)}"
        results.append(("another address", *asyncio.run(deliver(daemon.ingest, GOOD_ADDRESS, GOOD, of_round, proxy))))
        shares.append(percentile(before, daemon.durations(), 0.99))
    if includes_same:
        same = asyncio.run(deliver(daemon.ingest, attackers[0], GOOD, name + "-same", proxy))
        results.append(("the same address", *same))
    process.kill()
    process.join()
    peak = daemon.resident("VmHWM")
    broken = []
    for whose, statuses, seconds in results:
        good = statuses.get("202", 0)
        print(f"  {whose}: {good} of {GOOD} got 202 {'' if good == GOOD else statuses}, "
              f"p99 of the whole exchange {1000 * p99(seconds):.1f} ms")
        if good < GOOD:
            broken.append(f"{name}: {GOOD - good} deliveries from {whose} failed")
    share = min(shares)
    print(f"  duration p99 {', '.join(f'{1000 * share:.1f}' for share in shares)} ms (quiet {1000 * quiet:.1f} ms), "
          f"resident at most {peak / MEBIBYTE:.0f} MiB")
    if is_quick and share > SLOWER_MAX * quiet:
        broken.append(f"{name}: p99 {1000 * share:.1f} ms is more than {SLOWER_MAX} times {1000 * quiet:.1f} ms")
    if peak > RESIDENT_MAX:
        broken.append(f"{name}: {peak / MEBIBYTE:.0f} MiB resident")
    return broken


async def deliver_large(port):
    """Authentic bodies of 25 MiB, eight at once, each sent until it is taken; gives the statuses."""
    statuses = {}
    body = b'{"zen":[' + b"0," * ((25 * MEBIBYTE - 40) // 2) + b"0]}"

    async def send(number):
        for turn in range(4):
            source = "gitea" if number % 2 else "github"
            request = signed.delivery(source, body, f"large-{number}-{turn}", form=source == "gitea")
            status = None
            while status in (None, "503", "closed"):
                if status:
                    await asyncio.sleep(1)
                reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(GOOD_ADDRESS, 0))
                try:
                    writer.write(request)
                    line = await asyncio.wait_for(reader.readline(), 120)
                    status = line.split()[1].decode() if line else "closed"
                except ConnectionError:
                    # Refused while it was sent, and the answer was lost with the rest.
                    status = "closed"
                statuses[status] = statuses.get(status, 0) + 1
                writer.transport.abort()

    await asyncio.gather(*(send(number) for number in range(8)))
    return statuses


def measure_large(daemon):
    """What large authentic deliveries need; gives what is broken."""
    daemon.forget_peak()
    statuses = asyncio.run(deliver_large(daemon.ingest))
    peak = daemon.resident("VmHWM")
    print(f"  32 deliveries of 25 MiB, 8 at once: {statuses}, resident at most {peak / MEBIBYTE:.0f} MiB")
    broken = []
    if statuses.get("202") != 32 or set(statuses) - {"202", "503", "closed"}:
        broken.append("authentic: not all were taken")
    if peak > RESIDENT_MAX_AUTHENTIC:
        broken.append(f"authentic: {peak / MEBIBYTE:.0f} MiB resident")
    return broken


def main():
    names = [name for name in (os.environ.get("ATTACKS") or ",".join([*ATTACKS, "authentic"])).split(",") if name]
    folder = TOP / ".build" / "strangers"
    daemon = Daemon(folder)
    broken = []
    try:
        os.sync()  # what others have written is not for the daemon to wait for
        # What else the disk does shows in single runs; the least is what the daemon can do.
        quiet = float("inf")
        for name in ("warm-up", "quiet", "quiet-again"):
            before = daemon.durations()
            statuses, seconds = asyncio.run(deliver(daemon.ingest, GOOD_ADDRESS, GOOD, name))
            took = percentile(before, daemon.durations(), 0.99)
            quiet = min(quiet, took)
            start = daemon.resident()
            print(f"{name}: {statuses}, p99 of the whole exchange {1000 * p99(seconds):.1f} ms, "
                  f"duration p99 {1000 * took:.1f} ms, resident {start / MEBIBYTE:.0f} MiB", flush=True)
        for name in names:
            print(name, flush=True)
            broken += measure_large(daemon) if name == "authentic" else measure(daemon, name, quiet)
            time.sleep(REST)
            now = daemon.resident()
            print(f"  {REST:.0f} s later {now / MEBIBYTE:.0f} MiB", flush=True)
            if now > start + RETURNED_MAX:
                broken.append(f"{name}: {(now - start) / MEBIBYTE:.0f} MiB more than at the start")
    finally:
        daemon.stop()
    for line in broken:
        print(f"BROKEN {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
