"""The attacks that `strangers.py` makes."""

import asyncio
import time

import signed

MEBIBYTE = 1 << 20
CONNECTIONS_PER_SECOND, REQUESTS_PER_SECOND = 500, 5000
# The address that the daemon trusts to name its clients.
PROXY = "127.0.0.200"


def head(source="github", extra="", length=None, signature=True):
    """A request head with a signature that is well formed and wrong."""
    name = "X-Hub-Signature-256: sha256=" if source == "github" else "X-Gitea-Signature: "
    lines = f"POST /webhooks/{source} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    if signature:
        lines += name + "ab" * 32 + "\r\n"
    lines += f"Content-Length: {length}\r\n" if length is not None else "Transfer-Encoding: chunked\r\n"
    return (lines + extra + "\r\n").encode()


def forwarded(address):
    """The field in which a proxy names its client."""
    return f"X-Forwarded-For: {address}\r\n"


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

    async def trickled(self):
        """Small bodies, a byte a second, left before they are too slow for everybody."""

        async def behave(reader, writer):
            writer.write(head(length=65536) + bytes(60_000))
            for _ in range(4):
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(1)

        await self.keep(1500, behave)

    async def proxied(self):
        """Bodies that stall behind a proxy, each on a connection that has carried a good delivery."""
        addresses, self.addresses = self.addresses, [PROXY]
        body = bytes(14 * MEBIBYTE)
        numbers = iter(range(1 << 40))

        async def behave(reader, writer):
            number = next(numbers)
            good = signed.delivery("github", b"{}", f"proxied-before-{number}", forwarded("192.0.2.1"))
            writer.write(good)
            await reader.readuntil(b"}")
            extra = forwarded(addresses[number % len(addresses)])
            await self.send_and_stall(reader, writer, head(length=25 * MEBIBYTE, extra=extra), body)

        await self.keep(40, behave)

    async def chunks(self):
        """Bodies in chunks of a byte each, without an end."""
        text, body = head(), b"1\r\na\r\n" * 10_000

        async def behave(reader, writer):
            writer.write(text)
            while not reader.at_eof():
                writer.write(body)
                await writer.drain()

        await self.keep(64, behave)

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


# Name: how many addresses attack, whether good deliveries from an attacker's address get through as well, and whether
# they are hardly slower. To authenticate bodies of 25 MiB is work that nobody can be spared, so forms are the exception.
ATTACKS = {
    "stalled": (8, True, True), "stalled_chunked": (8, True, True), "stalled_small": (8, True, True),
    "dribbled": (8, True, True), "trickled": (8, True, True), "proxied": (8, True, True),
    "idle": (2, True, True), "half_heads": (2, True, True), "full_heads": (2, True, True),
    "pipelined": (8, False, True), "chunks": (8, False, True), "forged": (8, False, True), "unsigned_forms": (8, False, True),
    "forms": (8, False, False),
}


def attack(name, port, addresses):
    """The attackers' process."""
    asyncio.run(getattr(Attack(port, addresses), name)())
