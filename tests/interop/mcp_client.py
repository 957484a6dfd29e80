"""The Model Context Protocol's own Python client against `alfa serve`: the demo business asked through its tools.

ALFA_BIN names the program. The last line is `N passed, N failed`.
"""

import asyncio
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from mcp import ClientSession, MCPError
from mcp.client.streamable_http import streamable_http_client

ALFA = os.environ["ALFA_BIN"]
START_TIMEOUT_SECONDS = 60
passed, failed = 0, 0


def check(what, holds):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
    print("ok" if holds else "FAILED", what)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


async def talk(url):
    async with streamable_http_client(url) as (read, write), ClientSession(read, write) as session:
        hello = await session.initialize()
        check("the server says who it is", hello.server_info.name == "alfa")
        tools = (await session.list_tools()).tools
        names = {tool.name for tool in tools}
        check("tools are listed with their schemas", len(tools) > 30 and all(tool.input_schema["type"] == "object" for tool in tools))
        check("all of them only read", all(tool.annotations and tool.annotations.read_only_hint for tool in tools))
        check("the four kinds are there", {"clients_count", "bookings_count", "revenue_total", "campaign_funnel"} <= names)
        count = await session.call_tool("clients_count", {})
        check("clients are counted", not count.is_error and count.structured_content["total_clients"] == 320)
        money = await session.call_tool("revenue_total", {"from": "2020-01-01", "to": "2020-12-31"})
        check("an empty period is a zero", money.structured_content["revenue"] == 0 and money.structured_content["period"]["to"] == "2020-12-31")
        which = await session.call_tool("load_by_trainer", {"staff": "Соколов"})
        check("namesakes are asked about", which.is_error and len(which.structured_content["candidates"]) == 2)
        try:
            await session.call_tool("revenue_total", {"from": "yesterday"})
            check("a bad argument is refused", False)
        except MCPError as refusal:
            check("a bad argument is refused by name", "from" in str(refusal))


def main():
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        env = {**os.environ, "PORT": str(port), "DATABASE_URL": f"sqlite:///{pathlib.Path(folder)}/alfa.db", "LOG_LEVEL": "warn", "LANG": "en"}
        # The address of the simulated Telegram is the other clients' matter.
        env.pop("SIMULATOR", None)
        subprocess.run([ALFA, "demo"], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([ALFA, "serve"], cwd=folder, env=env, stdout=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + START_TIMEOUT_SECONDS
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=2).close()
                    break
                except OSError:
                    if time.monotonic() > deadline or server.poll() is not None:
                        raise
                    time.sleep(0.05)
            asyncio.run(talk(f"http://127.0.0.1:{port}/mcp"))
        finally:
            server.terminate()
            server.wait(30)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
