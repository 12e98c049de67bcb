"""The programs that are measured, each started for one measurement and stopped after it."""

import http.client
import json
import os
import re
import socket
import sqlite3
import subprocess
import time
from pathlib import Path

from .bodies import SECRET

LISTENERS = ("no-op-a", "no-op-b")
START_SECONDS = 120
STOP_SECONDS = 120
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
CONFIGURATION = """\
ingest: {{ listen: ["127.0.0.1:{ingest}"] }}
admin: {{ listen: "127.0.0.1:{admin}" }}
outbox: {{ path: outbox.db }}
dispatcher: {{ drain: 5s }}
sources: {{ github: {{ provider: github, secrets: ["env:SECRET"] }} }}
listeners: {{ {listeners} }}
"""


class ProcessFailed(Exception):
    """A program did not start, or did not end as it should."""


class _Server:
    """A process that serves HTTP on loopback until it is told to end."""

    def __init__(self, name, command, folder, environment, port, ready_path):
        self.name, self.port, self.folder = name, port, folder
        self._log = open(folder / "log", "ab")
        self._output = open(folder / "output", "wb")
        begin = time.monotonic()
        self._process = subprocess.Popen(
            command, cwd=folder, env=dict(os.environ, **environment),
            stdin=subprocess.DEVNULL, stdout=self._output, stderr=self._log,
        )
        try:
            self._wait_until_ready(ready_path, begin + START_SECONDS)
        except BaseException:
            self.kill()
            raise
        self.ready_seconds = time.monotonic() - begin

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    @property
    def pid(self):
        """The process."""
        return self._process.pid

    def cpu_seconds(self):
        """What all threads have used until now, in user and system mode."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def peak_mebibytes(self):
        """The most memory that was resident until now."""
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{self.pid}/status").read_text())
        return int(found.group(1)) / 1024

    def stop(self):
        """Ends the process in order, and gives what it printed."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise ProcessFailed(f"{self.name} did not stop within {STOP_SECONDS} s") from None
        self.kill()
        return (self.folder / "output").read_text()

    def kill(self):
        """Ends the process if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._log.close()
        self._output.close()

    def _wait_until_ready(self, path, limit):
        port, target = path
        while time.monotonic() < limit:
            if self._process.poll() is not None:
                break
            if _answers(port, target):
                return
            time.sleep(0.002)
        log = (self.folder / "log").read_text(errors="replace").strip()[-500:]
        raise ProcessFailed(f"{self.name} did not become ready: {log}")


class Forgewire(_Server):
    """The daemon with two listeners that do nothing."""

    def __init__(self, options, folder, settings="", paused=True):
        ingest, self._admin = _free_ports(2)
        listeners = ", ".join(f"{name}: {{ {settings} }}" for name in LISTENERS)
        (folder / "forgewire.yml").write_text(
            CONFIGURATION.format(ingest=ingest, admin=self._admin, listeners=listeners)
        )
        super().__init__(
            "BenchmarkDaemon", [str(options.daemon), "forgewire.yml"], folder, {"SECRET": SECRET}, ingest,
            (self._admin, "/readyz"),
        )
        self._tell("pause" if paused else "resume")

    def pending(self):
        """Dispatches that wait or run."""
        metrics = _get(self._admin, "/metrics")
        return sum(float(value) for value in re.findall(r"^forgewire_pending\{.*\} (\S+)$", metrics, re.M))

    def accepted(self):
        """Deliveries that this process accepted."""
        metrics = _get(self._admin, "/metrics")
        found = re.search(r'^forgewire_ingest_requests_total\{.*outcome="accepted".*\} (\S+)$', metrics, re.M)
        return float(found.group(1)) if found else 0

    def delivered(self):
        """Dispatches that this process has handed to their listeners."""
        metrics = _get(self._admin, "/metrics")
        found = re.findall(r'^forgewire_dispatches_total\{.*outcome="delivered".*\} (\S+)$', metrics, re.M)
        return sum(map(float, found))

    def stop_with_delays(self):
        """Ends the daemon; gives the times from receipt to start as pairs of milliseconds and a count."""
        steps = []
        for line in self.stop().splitlines():
            measured = json.loads(line)
            # A step stands for the times in its middle.
            half = measured["stepMicroseconds"] / 2
            steps += [((begin + half) / 1000, count) for begin, count in measured["steps"]]
        return sorted(steps)

    def stored(self):
        """Deliveries in the outbox of the daemon, which has stopped."""
        return _count(self.folder / "outbox.db", "SELECT count(*) FROM deliveries")

    def _tell(self, command):
        for name in LISTENERS:
            status, answer = _control(self.folder, command, {"listener": name})
            if status != 200:
                raise ProcessFailed(f"{command} {name}: {status} {answer}")


class Peer(_Server):
    """The daemon that a Python team would write, with group commit."""

    def __init__(self, baselines, python, folder):
        (port,) = _free_ports(1)
        command = [
            str(python), "-m", "uvicorn", "--app-dir", str(baselines), "peer_python:app",
            "--port", str(port), "--loop", "uvloop", "--http", "httptools",
            "--no-access-log", "--log-level", "warning",
        ]
        environment = {
            "PEER_DB": str(folder / "peer.db"), "PEER_GROUP": "1", "SECRET": SECRET,
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        super().__init__("the Python peer", command, folder, environment, port, (port, "/"))

    def stored(self):
        """Events in the database of the peer, which has stopped."""
        return _count(self.folder / "peer.db", "SELECT count(*) FROM events")


def run_floor(program, body, folder, batch=32, total=25_600):
    """Runs the floor: events a second, and microseconds of CPU an event."""
    result = subprocess.run(
        [str(program), str(body), str(batch), str(total), str(folder / "floor.db")],
        capture_output=True, text=True,
    )
    found = re.search(r"events_per_second=(\S+) cpu_us_per_event=(\S+)", result.stdout)
    if result.returncode != 0 or found is None:
        raise ProcessFailed(f"floor: {(result.stderr or result.stdout).strip()}")
    return float(found.group(1)), float(found.group(2))


class _UnixConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket; reached through its folder's descriptor, since such addresses are short."""

    def __init__(self, folder, name):
        super().__init__("localhost", timeout=START_SECONDS)
        self._folder, self._name = folder, name

    def connect(self):
        descriptor = os.open(self._folder, os.O_PATH)
        try:
            self.sock = socket.socket(socket.AF_UNIX)
            self.sock.connect(f"/proc/self/fd/{descriptor}/{self._name}")
        finally:
            os.close(descriptor)


def _control(folder, command, request):
    """Has the daemon do what `forgewire` commands do, once its control socket is there."""
    limit = time.monotonic() + START_SECONDS
    while True:
        connection = _UnixConnection(folder, "outbox.db.sock")
        try:
            connection.request(
                "POST", f"/v1/{command}", json.dumps(request), {"Content-Type": "application/json"}
            )
            response = connection.getresponse()
            return response.status, response.read().decode()
        except OSError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.002)
        finally:
            connection.close()


def _get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def _answers(port, path):
    """Whether something answers there, and not that it is not ready."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _count(path, statement):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return database.execute(statement).fetchone()[0]
    finally:
        database.close()
