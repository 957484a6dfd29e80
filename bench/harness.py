"""Processes under measurement, the load generator and medians."""

import contextlib
import json
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
WORK = TARGET / "bench" / "work"
ALFA = pathlib.Path(os.environ.get("ALFA_BIN", TARGET / "release" / "alfa"))
CEILING = TARGET / "bench" / "release" / "alfa-bench-ceiling"
PROVIDER = TARGET / "bench" / "release" / "alfa-bench-provider"

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "5"))
CONNECTIONS = 16
# The totals of a database that was filled behind the back of Alfa are made anew at its first start.
START_TIMEOUT_SECONDS = 900


def say(text):
    print(text, flush=True)


def fresh(name):
    """An empty folder for one contestant."""
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def get(url, timeout=30):
    """Status and JSON (or text) of an answer."""
    return send(urllib.request.Request(url), timeout)


def post(url, body, timeout=600, headers=None):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})})
    return send(request, timeout)


def send(request, timeout):
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            status, text = answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        status, text = refusal.code, refusal.read()
    with contextlib.suppress(ValueError):
        return status, json.loads(text)
    return status, text.decode(errors="replace")


def ask(connection, method, path, body=None):
    """What an open connection answers; anything but success ends the run."""
    connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
    answer = connection.getresponse()
    told = answer.read()
    if answer.status >= 300:
        raise RuntimeError(f"{path}: {answer.status} {told[:200]}")
    return told


def upload(url, file, timeout=3600):
    """Posts the file as curl does; the answer and the seconds it took."""
    started = time.monotonic()
    command = ["curl", "-sS", "--fail-with-body", "--max-time", str(timeout), "-F", f"file=@{file}", url]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"upload: {done.stdout} {done.stderr}")
    return json.loads(done.stdout), time.monotonic() - started


class Process:
    """A program under measurement; ends with the `with` block."""

    def __init__(self, command, folder, env=None):
        self.log = folder / "stdout.log"
        self.started = time.monotonic()
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                [str(part) for part in command], cwd=folder, env={**os.environ, **(env or {})}, stdout=log, stderr=log
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.terminate()
        try:
            self.child.wait(30)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()

    def wait_until(self, is_ready, what):
        """Seconds from the start until `is_ready` says so."""
        while time.monotonic() - self.started < START_TIMEOUT_SECONDS:
            with contextlib.suppress(OSError):
                if is_ready():
                    return time.monotonic() - self.started
            if self.child.poll() is not None:
                break
            time.sleep(0.002)
        raise RuntimeError(f"{what} does not start:\n" + self.log.read_text(errors="replace")[-2000:])

    def memory_bytes(self, field="VmRSS"):
        """Memory as the kernel counts it: VmRSS now, RssAnon without mapped files, VmHWM at its highest."""
        for line in pathlib.Path(f"/proc/{self.child.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024
        raise RuntimeError(f"no {field}")


class Server(Process):
    """A program that answers HTTP on a port of its own."""

    def __init__(self, command, folder, env=None, port=None, ready_path="/ready"):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__([str(part).replace("{port}", str(self.port)) for part in command], folder, env)
        self.ready_seconds = self.wait_until(lambda: get(self.url + ready_path, 2)[0] == 200, str(command[0]))


def alfa(folder, **env):
    """`alfa serve` in the folder."""
    port = free_port()
    return Server([ALFA, "serve"], folder, {"PORT": str(port), "LOG_LEVEL": "warn", **env}, port)


def peer(folder, module="app"):
    """The seed's stack on one uvicorn worker: `app`, or `crm` for its other side."""
    uvicorn = TARGET / "venv-fastapi" / "bin" / "uvicorn"
    command = [uvicorn, f"{module}:app", "--port", "{port}", "--workers", "1", "--no-access-log", "--log-level", "warning"]
    return Server(command, folder, {"PYTHONPATH": str(ROOT / "bench" / "peers" / "fastapi")})


def ceiling(database):
    return Server([CEILING, database, "{port}"], fresh("ceiling"))


def wrk(server, path, most):
    """One round of load on a path whose %d runs over 1..most."""
    return load(server, "paths.lua", CONNECTIONS, {"WRK_PATH": path, "WRK_MOST": str(most)})


def wrk_post(server, path, body, connections, headers):
    """One round of the same POST again and again."""
    return load(server, "post.lua", connections, {"WRK_PATH": path, "WRK_BODY": json.dumps(body)}, headers)


def load(server, script, connections, settings, headers=None):
    """One round by wrk; any error ends the run."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "30s", "-s", str(ROOT / "bench" / script)]
    command += [part for name, value in (headers or {}).items() for part in ("-H", f"{name}: {value}")] + [server.url]
    env = {**os.environ, **settings}
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=SECONDS + 60, check=True)
    found = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("RESULT ")).removeprefix("RESULT "))
    if found["errors"]:
        raise RuntimeError(f"{server.url} {settings['WRK_PATH']}: {found['errors']} errors in {found['requests']} requests")
    return {
        "per_second": found["requests"] / (found["duration_us"] / 1e6),
        "p50_ms": found["p50_us"] / 1000,
        "p99_ms": found["p99_us"] / 1000,
    }


def medians(rounds):
    """The median of each figure over the rounds."""
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
