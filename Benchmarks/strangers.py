#!/usr/bin/env python3
"""What strangers can do to those who may deliver: attacks beside good deliveries, on loopback.

    make strangers              all attacks, about ten minutes
    ATTACKS=stalled,idle make strangers

The daemon runs with its default limits. Up to 8 addresses (127.0.0.2 and following) attack; they make at most
5,000 requests and 500 connections a second together. Meanwhile good deliveries come, one connection each, from
an address of their own and, where the promise says so, from an attacker's. Each attack has to leave

- every good delivery answered with 202,
- the 99th percentile of `forgewire_ingest_duration_seconds` of these deliveries at most 5 times the quiet one,
- at most inFlightBytes + connections x headerBytes + 64 MiB resident,
- at most 32 MiB more resident than at the start, 30 s after it.

The exit code is 1 if one of these is broken. Options, from the environment:

    ATTACKS         names of attacks; all by default
    GOOD=1000       good deliveries beside each attack
    DAEMON          the executable, by default .build/release/forgewire
"""

import asyncio
import hashlib
import hmac
import json
import multiprocessing
import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
DAEMON = Path(os.environ.get("DAEMON") or TOP / ".build" / "release" / "forgewire").resolve()
GOOD = int(os.environ.get("GOOD") or 1000)
SECRET = "a-secret-of-the-benchmark"
MEBIBYTE = 1 << 20
IN_FLIGHT, CONNECTIONS, HEADER = 256 * MEBIBYTE, 2048, 32 * 1024
RESIDENT_MAX = IN_FLIGHT + CONNECTIONS * HEADER + 64 * MEBIBYTE
RETURNED_MAX = 32 * MEBIBYTE
SLOWER_MAX = 5
CONNECTIONS_PER_SECOND, REQUESTS_PER_SECOND = 500, 5000
# Beyond these the machine's own loopback and this program are what is measured.
ATTACKERS = [f"127.0.0.{number}" for number in range(2, 10)]
GOOD_ADDRESS = "127.0.0.77"
CONFIGURATION = """\
ingest: {{ listen: ["127.0.0.1:{ingest}"] }}
admin: {{ listen: "127.0.0.1:{admin}" }}
outbox: {{ path: {folder}/outbox.db }}
sources:
  good: {{ provider: github, secrets: ["env:SECRET"] }}
  github: {{ provider: github, secrets: ["env:SECRET"] }}
  gitea: {{ provider: gitea, secrets: ["env:SECRET"] }}
listeners: {{}}
"""


def head(source="github", extra="", length=None, signature=True):
    """A request head with a signature that is well formed and wrong."""
    name = "X-Hub-Signature-256: sha256=" if source == "github" else "X-Gitea-Signature: "
    lines = f"POST /webhooks/{source} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    if signature:
        lines += name + "ab" * 32 + "\r\n"
    lines += f"Content-Length: {length}\r\n" if length is not None else "Transfer-Encoding: chunked\r\n"
    return (lines + extra + "\r\n").encode()


class Pace:
    """No more than so many a second."""

    def __init__(self, per_second):
        self._step, self._next = 1 / per_second, time.monotonic()

    async def wait(self):
        self._next = max(self._next + self._step, time.monotonic() - 0.1)
        delay = self._next - time.monotonic()
        if delay > 0:
            await asyncio.sleep(delay)


class Attack:
    """One attacker's connections, kept up until the process is ended."""

    def __init__(self, port, addresses):
        self.port, self.addresses = port, addresses
        self.connections = Pace(CONNECTIONS_PER_SECOND)
        self.requests = Pace(REQUESTS_PER_SECOND)

    async def open(self, number):
        await self.connections.wait()
        address = self.addresses[number % len(self.addresses)]
        return await asyncio.open_connection("127.0.0.1", self.port, local_addr=(address, 0))

    async def keep(self, count, behave):
        """So many connections that behave in some way, each opened anew when it is over."""

        async def one(number):
            while True:
                try:
                    reader, writer = await self.open(number)
                    try:
                        await behave(reader, writer)
                    finally:
                        writer.transport.abort()
                except (OSError, asyncio.IncompleteReadError):
                    pass

        await asyncio.gather(*(one(number) for number in range(count)))

    async def send_and_stall(self, reader, writer, *parts):
        for part in parts:
            writer.write(part)
            await writer.drain()
        await reader.read()

    # The attacks.

    async def stalled(self):
        body = bytes(14 * MEBIBYTE)
        await self.keep(40, lambda r, w: self.send_and_stall(r, w, head(length=25 * MEBIBYTE), body))

    async def stalled_chunked(self):
        body = b"100000\r\n" + bytes(MEBIBYTE) + b"\r\n"
        await self.keep(400, lambda r, w: self.send_and_stall(r, w, head(), body))

    async def stalled_small(self):
        await self.keep(1500, lambda r, w: self.send_and_stall(r, w, head(length=65536), bytes(65000)))

    async def dribbled(self):
        async def behave(reader, writer):
            writer.write(head(length=25 * MEBIBYTE) + bytes(512 * 1024))
            while True:
                writer.write(bytes(20 * 1024))
                await writer.drain()
                await asyncio.sleep(1)

        await self.keep(500, behave)

    async def idle(self):
        async def behave(reader, writer):
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            await reader.read()
            await asyncio.sleep(60)

        async def silent(reader, writer):
            await reader.read()

        await asyncio.gather(self.keep(1300, silent), self.keep(700, behave))

    async def half_heads(self):
        text = head(length=10)[:-4] + b"\r\nX-Filler: " + b"y" * (30 * 1024)
        await self.keep(2048, lambda r, w: self.send_and_stall(r, w, text))

    async def full_heads(self):
        extra = "".join(f"X-{number:03}: {'y' * 120}\r\n" for number in range(220))
        await self.keep(2048, lambda r, w: self.send_and_stall(r, w, head(length=65536, extra=extra), b"{"))

    async def pipelined(self):
        request = b"POST /webhooks/none HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n" * 1500

        async def behave(reader, writer):
            writer.write(request)
            await writer.drain()
            await reader.read()

        await self.keep(64, behave)

    async def forged(self):
        async def behave(reader, writer):
            await self.requests.wait()
            writer.write(head(length=20_000) + bytes(20_000))
            await reader.read()

        await self.keep(64, behave)

    async def forms(self):
        text = head("gitea", length=25 * MEBIBYTE).replace(b"application/json", b"application/x-www-form-urlencoded")
        body = b"a&" * (25 * MEBIBYTE // 2)

        async def behave(reader, writer):
            writer.write(text)
            writer.write(body)
            await writer.drain()
            await reader.read()

        await self.keep(8, behave)

    async def unsigned_forms(self):
        text = head("gitea", length=25 * MEBIBYTE, signature=False)
        body = b"a&" * (25 * MEBIBYTE // 2)
        await self.keep(8, lambda r, w: self.send_and_stall(r, w, text, body))


# Name: how many addresses attack, and whether good deliveries from an attacker's address get through as well.
ATTACKS = {
    "stalled": (8, True), "stalled_chunked": (8, True), "stalled_small": (8, True), "dribbled": (8, True),
    "idle": (2, True), "half_heads": (2, True), "full_heads": (2, True), "pipelined": (8, False),
    "forged": (8, False), "forms": (8, False), "unsigned_forms": (8, False),
}


def attack(name, port, addresses):
    """The attackers' process."""
    asyncio.run(getattr(Attack(port, addresses), name)())


class Daemon:
    """The daemon with its default limits."""

    def __init__(self, folder):
        self.ingest, self.admin = 18787, 18788
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("outbox.db*"):
            old.unlink()
        (folder / "forgewire.yml").write_text(
            CONFIGURATION.format(ingest=self.ingest, admin=self.admin, folder=folder)
        )
        self._log = open(folder / "log", "w")
        self._process = subprocess.Popen(
            [str(DAEMON), "serve", "--config", str(folder / "forgewire.yml")],
            env=dict(os.environ, SECRET=SECRET), stdout=subprocess.DEVNULL, stderr=self._log,
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


async def deliver(port, address, count, name):
    """Good deliveries, one connection each, at 200 a second; gives the statuses and the seconds each took."""
    pace = Pace(200)
    statuses, seconds, tasks = {}, [], []

    async def one(number):
        body = json.dumps({"zen": "x" * 9000, "number": number}).encode()
        digest = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        request = (
            "POST /webhooks/good HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nX-GitHub-Event: ping\r\n"
            f"X-GitHub-Delivery: {name}-{number}\r\nX-Hub-Signature-256: sha256={digest}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body
        begin = time.monotonic()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
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
    addresses, includes_same = ATTACKS[name]
    attackers = ATTACKERS[:addresses]
    process = multiprocessing.Process(target=attack, args=(name, daemon.ingest, attackers), daemon=True)
    daemon.forget_peak()
    process.start()
    time.sleep(3)
    before = daemon.durations()
    results = [("another address", *asyncio.run(deliver(daemon.ingest, GOOD_ADDRESS, GOOD, name)))]
    after = daemon.durations()
    if includes_same:
        same = asyncio.run(deliver(daemon.ingest, attackers[0], GOOD, name + "-same"))
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
    share = percentile(before, after, 0.99)
    print(f"  duration p99 {1000 * share:.1f} ms (quiet {1000 * quiet:.1f} ms), "
          f"resident at most {peak / MEBIBYTE:.0f} MiB")
    if share > SLOWER_MAX * quiet:
        broken.append(f"{name}: p99 {1000 * share:.1f} ms is more than {SLOWER_MAX} times {1000 * quiet:.1f} ms")
    if peak > RESIDENT_MAX:
        broken.append(f"{name}: {peak / MEBIBYTE:.0f} MiB resident")
    return broken


def main():
    names = [name for name in (os.environ.get("ATTACKS") or ",".join(ATTACKS)).split(",") if name]
    folder = TOP / ".build" / "strangers"
    daemon = Daemon(folder)
    broken = []
    try:
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
            broken += measure(daemon, name, quiet)
            time.sleep(float(os.environ.get("REST") or 30))
            now = daemon.resident()
            print(f"  30 s later {now / MEBIBYTE:.0f} MiB", flush=True)
            if now > start + RETURNED_MAX:
                broken.append(f"{name}: {(now - start) / MEBIBYTE:.0f} MiB more than at the start")
    finally:
        daemon.stop()
    for line in broken:
        print(f"BROKEN {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
