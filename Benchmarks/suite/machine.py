"""What the figures depend on beside Forgewire: the programs compared with, the disk, the versions."""

import os
import platform
import re
import shutil
import subprocess
import sys
import time

from .figures import Figure
from .options import TOP, Skipped

PEER_PACKAGES = ("uvicorn", "uvloop", "httptools", "starlette", "msgspec")
SYNC_COUNT = 200
SYNC_BYTES = 32 * 1024


def floor(options):
    """The floor, compiled."""
    source = _baseline(options, "floor.c")
    program = options.folder / "floor"
    command = ["cc", "-O2", str(source), "-o", str(program), "-lsqlite3", "-lcrypto"]
    _run(command, "floor.c does not compile")
    return program


def peer_python(options):
    """A Python with what the peer imports, in an environment of its own."""
    _baseline(options, "peer_python.py")
    environment = options.folder / "venv"
    python = environment / "bin" / "python"
    if not python.exists():
        _run([sys.executable, "-m", "venv", "--clear", str(environment)], "no virtual environment")
    imports = "import " + ", ".join(PEER_PACKAGES)
    if subprocess.run([str(python), "-c", imports], capture_output=True).returncode != 0:
        install = [str(python), "-m", "pip", "install", "--quiet", *PEER_PACKAGES]
        _run(install, "no Python packages for the peer")
    return python


def sync_milliseconds(folder):
    """How long `fdatasync` takes after a write into a file that is long enough, as SQLite's log mostly is."""
    path = folder / "sync"
    block = os.urandom(SYNC_BYTES)
    times = []
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    try:
        os.write(descriptor, block * SYNC_COUNT)
        os.fsync(descriptor)
        os.lseek(descriptor, 0, os.SEEK_SET)
        for _ in range(SYNC_COUNT):
            os.write(descriptor, block)
            begin = time.perf_counter()
            os.fdatasync(descriptor)
            times.append((time.perf_counter() - begin) * 1000)
    finally:
        os.close(descriptor)
        path.unlink()
    return Figure(times)


def description(options, load_average):
    """The machine, the commit and the versions, for the results."""
    cpu = re.search(r"model name\s*: (.*)", _text("cat", "/proc/cpuinfo") or "")
    venv = options.folder / "venv" / "bin" / "python"
    return {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": _text("git", "-C", str(TOP), "describe", "--always", "--dirty", "--abbrev=40"),
        "cpu": cpu.group(1) if cpu else platform.machine(),
        "cores": os.cpu_count(),
        "memoryBytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "kernel": platform.release(),
        "fileSystem": _text("stat", "--file-system", "--format=%T", str(options.folder)),
        "loadAverage": load_average,
        "versions": {
            "swift": _first_line(_text("swift", "--version")),
            "cc": _first_line(_text("cc", "--version")),
            "sqlite": _text("pkg-config", "--modversion", "sqlite3"),
            "openssl": _text("pkg-config", "--modversion", "openssl"),
            "wrk": _first_line(_text("wrk", "-v")),
            "python": platform.python_version(),
            "peer": (_text(str(venv), "-m", "pip", "freeze") or "").split(),
        },
    }


def _baseline(options, name):
    path = options.baselines / name
    if not path.exists():
        raise Skipped(f"{os.path.relpath(path, TOP)} is not there")
    return path


def _run(command, problem):
    if shutil.which(command[0]) is None:
        raise Skipped(f"{problem}: {command[0]} is not installed")
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        lines = (result.stderr or result.stdout).strip().splitlines() or [""]
        raise Skipped(f"{problem}: {lines[-1]}")


def _text(*command):
    """What a program prints, None if there is no such program."""
    try:
        result = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return None
    return (result.stdout or result.stderr).strip()


def _first_line(text):
    return text.splitlines()[0] if text else None
