"""Stock Firefox for Playwright: a program that Playwright starts in place of Firefox.

Playwright speaks WebDriver BiDi, and so does Firefox. But a Firefox with long support lacks some of
the newest commands of the module `emulation`, without which Playwright opens no page. This program
starts Firefox and relays all messages; a missing command of this module is answered as if it had
changed nothing, which is true.
"""

import asyncio
import json
import re
import sys

from websockets.asyncio.client import connect
from websockets.asyncio.server import serve

UNLIMITED = {"max_size": None, "compression": None}
LISTENING = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")


async def main(firefox, *words):
    """Start Firefox, and relay until it ends."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(firefox, *words, stderr=pipe)
    while line := await process.stderr.readline():
        if found := LISTENING.search(line):
            break
    else:
        return await process.wait()
    address = found[1].decode()

    async def relay(playwright):
        async with connect(address + playwright.request.path, **UNLIMITED) as browser:
            asked = {}
            await asyncio.gather(to(browser, playwright, asked), back(browser, playwright, asked))

    async with serve(relay, "127.0.0.1", 0, **UNLIMITED) as server:
        port = server.sockets[0].getsockname()[1]
        print(f"WebDriver BiDi listening on ws://127.0.0.1:{port}", file=sys.stderr, flush=True)
        while await process.stderr.readline():
            pass
        return await process.wait()


async def to(browser, playwright, asked):
    """Relay commands, and remember the names of those that may be missing."""
    async for message in playwright:
        command = json.loads(message)
        if command["method"].startswith("emulation."):
            asked[command["id"]] = command["method"]
        await browser.send(message)
    await browser.close()


async def back(browser, playwright, asked):
    """Relay answers and events."""
    async for message in browser:
        answer = json.loads(message)
        name = asked.pop(answer.get("id"), None)
        if name and answer.get("error") == "unknown command":
            message = json.dumps({"type": "success", "id": answer["id"], "result": {}})
        await playwright.send(message)
    await playwright.close()


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:])))
