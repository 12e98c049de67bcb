#!/usr/bin/env python3
"""What a restart costs those who deliver: the daemon is restarted under load, on a socket that is held for it.

    make restarts               10,000 deliveries over 20 restarts, twice, about a minute

As under systemd's socket activation, the listening socket is handed over to each daemon, and connections wait in
it while there is none. First every delivery has a connection of its own; then connections are kept, and what was
closed before the first byte of an answer is sent again, as a sender has to. Each time, no delivery may fail, be
lost or be stored twice; else the exit code is 1. Options, from the environment:

    DELIVERIES=10000
    RESTARTS=20
    DAEMON          the executable, by default .build/release/forgewire
"""

import os
import queue
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import signed

TOP = Path(__file__).resolve().parents[1]
DAEMON = Path(os.environ.get("DAEMON") or TOP / ".build" / "release" / "forgewire").resolve()
DELIVERIES = int(os.environ.get("DELIVERIES") or 10_000)
RESTARTS = int(os.environ.get("RESTARTS") or 20)
WORKERS = 16
CONFIGURATION = """\
admin: {{ listen: "unix:{folder}/admin" }}
outbox: {{ path: {folder}/outbox.db }}
sources: {{ github: {{ provider: github, secrets: ["env:SECRET"] }} }}
listeners: {{}}
"""


def start(folder, listening):
    """A daemon that takes over the listening socket, as its descriptor 3."""
    number = listening.fileno()
    # The variable has to name the process that reads it, so a shell sets it and becomes the daemon.
    command = (
        f'{{ [ {number} = 3 ] || exec 3<&{number} {number}<&-; }}; '
        f'LISTEN_PID=$$ exec "{DAEMON}" serve --config "{folder}/forgewire.yml"'
    )
    with open(folder / "log", "a") as log:
        return subprocess.Popen(
            ["bash", "-c", command], env=dict(os.environ, SECRET=signed.SECRET, LISTEN_FDS="1"),
            stdout=subprocess.DEVNULL, stderr=log, pass_fds=[number],
        )


class Sender:
    """Sends one delivery after another, on a connection each or on one that it keeps."""

    def __init__(self, address, keeps):
        self._address, self._keeps = address, keeps
        self._socket = None
        self.repeated = 0

    def deliver(self, number):
        body = b'{"zen":"' + b"x" * 2000 + b'"}'
        request = signed.delivery("github", body, number)
        while True:
            answer = self._exchange(request)
            if answer or not self._keeps:
                return answer.split(b" ")[1].decode() if answer else "closed"
            # Closed before the first byte of an answer.
            self.repeated += 1

    def _exchange(self, request):
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=60)
        answer = b""
        try:
            self._socket.sendall(request)
            while b"\r\n\r\n" not in answer or not answer.endswith(b"}"):
                part = self._socket.recv(4096)
                if not part:
                    break
                answer += part
        except (BrokenPipeError, ConnectionResetError):
            pass
        if not self._keeps or not answer or b"Connection: close" in answer:
            self._socket.close()
            self._socket = None
        return answer


def run(name, keeps):
    """One load over all restarts; gives what is broken."""
    folder = TOP / ".build" / "restarts"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    (folder / "forgewire.yml").write_text(CONFIGURATION.format(folder=folder))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(1024)
    address = listening.getsockname()
    work = queue.Queue()
    statuses, repeated = {}, []
    lock = threading.Lock()

    def send():
        sender = Sender(address, keeps)
        while True:
            number = work.get()
            if number is None:
                break
            try:
                status = sender.deliver(number)
            except OSError as error:
                status = type(error).__name__
            with lock:
                statuses[status] = statuses.get(status, 0) + 1
        repeated.append(sender.repeated)

    daemon = start(folder, listening)
    workers = [threading.Thread(target=send, daemon=True) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    begin = time.monotonic()
    for restart in range(RESTARTS + 1):
        for number in range(restart * DELIVERIES // (RESTARTS + 1), (restart + 1) * DELIVERIES // (RESTARTS + 1)):
            work.put(number)
        if restart == RESTARTS:
            break
        # In the middle of them.
        while work.qsize() > DELIVERIES // (RESTARTS + 1) // 2:
            if daemon.poll() is not None:
                return [f"{name}: the daemon has ended, see {folder}/log"]
            time.sleep(0.001)
        daemon.send_signal(signal.SIGTERM)
        code = daemon.wait(60)
        if code != 0:
            return [f"{name}: the daemon ended with {code}, see {folder}/log"]
        daemon = start(folder, listening)
    for _ in workers:
        work.put(None)
    for worker in workers:
        worker.join(120)
    daemon.terminate()
    daemon.wait(60)
    seconds = time.monotonic() - begin
    database = sqlite3.connect(f"file:{folder}/outbox.db?mode=ro", uri=True)
    stored = database.execute("SELECT count(*) FROM deliveries").fetchone()[0]
    print(f"{name}: {DELIVERIES} deliveries over {RESTARTS} restarts in {seconds:.0f} s: {statuses}, "
          f"{sum(repeated)} sent again, {stored} stored", flush=True)
    broken = []
    if statuses != {"202": DELIVERIES}:
        broken.append(f"{name}: not all were answered with 202")
    if stored != DELIVERIES:
        broken.append(f"{name}: {stored} stored")
    return broken


def main():
    broken = run("a connection each", False) + run("kept connections", True)
    for line in broken:
        print(f"BROKEN {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
