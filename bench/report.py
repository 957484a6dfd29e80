"""The page docs/benchmarks.md from the results of one run."""

import os
import pathlib
import re
import subprocess

import harness

HEAD = """# Benchmarks

Written by `make bench`; do not edit. Each part was measured in one run on one machine, the contestants in turns; figures
are medians. The load generator shares the processor with the servers.

"""

NOTES = """
## How it is measured

- **The seed's stack** (`bench/peers/fastapi`) is FastAPI, SQLAlchemy's ORM and SQLite on one uvicorn worker with uvloop,
  written as a competent team would: indexes, WAL, a commit for each thousand rows of an upload. It keeps no consent, no report by row and no undo.
- **The ceiling** (`bench/ceiling`) is a bare axum handler with one prepared rusqlite statement on Alfa's own database
  file, which writes the columns of Alfa's answers: no access rules, no totals, no cursor, no log.
- **Reads** are asked for by wrk, one thread, {connections} connections, over ids scattered through the whole data; one round of each
  warms the caches and is thrown away.
- **Upload** is one CSV with four spellings of phones and one repeat in a hundred rows, posted by curl. `sqlite3 .import` and
  `psql \\copy` store the rows as they are, without validating, normalising or recognising repeats.
- **Sending** is to a simulated Telegram in a process of its own, over MTProto. Telethon's clock starts after its people have
  been imported and with its text in hand; Alfa's starts when the drafts of all people are approved, and includes every row
  of the durable outbox. The whole way runs from the request to start the dialogs: the audience's planning, the look-ups, a
  text for each person that was checked, and the sending.
- **Replies** are written by people of the simulated Telegram at an even rate, with the settling of bursts at 0 s; the clock runs from
  the request that makes a person write until another connection to the database sees the answer in the outbox. The answers
  are sent meanwhile.
- **The AI chain**: wrk asks Alfa's route for a test call (breaker, limits, a streamed answer, the attempt recorded durably right after it is
  given) and LiteLLM's proxy (one worker, no database); each asks a provider on loopback that answers at once. The overhead
  is the median latency less that of the same load on the provider itself. Check and classifier are called without HTTP, on one thread.
- **The assistant** keeps the figures at a glance and the names until anything is written; after a write the next question reads
  them anew. Throughput is that of the kept ones; latencies stand both ways.
- **Memory** is the resident set as the kernel counts it; for the upload without the pages of mapped files, which are the
  kernel's cache.
"""


def page(results):
    parts = [HEAD + machine()]
    for name, write in [("reads", reads), ("uploads", uploads), ("sending", sending), ("replies", replies), ("footprint", footprint), ("ai", ai), ("assistant", assistant)]:
        if name in results:
            parts.append(write(results[name]) + f"\nMeasured {results[name]['measured']}.\n")
    return "\n".join(parts) + NOTES.format(connections=harness.CONNECTIONS)


def goal(met):
    return "met" if met else "**not met**"


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def mebibytes(count):
    return f"{count / 2**20:.0f} MB"


def reads(found):
    lines = [
        f"\n## Reads: {found['contacts']:,} contacts, {found['messages']:,} messages, {found['campaigns']:,} campaigns\n",
        "Goals: at least 30 × the seed's stack and 0.6 × the ceiling in requests a second, p99 at most a tenth of the seed's.\n",
        "| What | Alfa, req/s | p50, ms | p99, ms | Seed's stack, req/s | p99, ms | Ceiling, req/s | × seed | × ceiling | p99 : seed's |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in found["rows"]:
        alfa, peer, ceiling = row["alfa"], row["peer"], row["ceiling"]
        times, share = alfa["per_second"] / peer["per_second"], alfa["per_second"] / ceiling["per_second"]
        tail = alfa["p99_ms"] / peer["p99_ms"]
        lines.append(
            f"| `{row['name']}` | {number(alfa['per_second'])} | {alfa['p50_ms']:.2f} | {alfa['p99_ms']:.2f} "
            f"| {number(peer['per_second'])} | {peer['p99_ms']:.1f} | {number(ceiling['per_second'])} "
            f"| {times:.1f} ({goal(times >= 30)}) | {share:.2f} ({goal(share >= 0.6)}) | {tail:.3f} ({goal(tail <= 0.1)}) |"
        )
    return "\n".join(lines) + "\n"


def uploads(found):
    alfa, peer, ceiling = found["alfa"], found["peer"], found["sqlite_import"]
    times, share = alfa["per_second"] / peer["per_second"], alfa["per_second"] / ceiling["per_second"]
    memory, bulk = alfa["memory_over_idle_bytes"], found["peer_bulk"]
    lines = [
        f"\n## Upload of {found['rows']:,} rows\n",
        "Goals: at least 10 × the seed's stack and 0.4 × the ceiling; at most 100 MB over idle.\n",
        "| What | Rows/s | Alfa is | Goal |",
        "|---|---|---|---|",
        f"| Alfa, SQLite | {number(alfa['per_second'])} | | memory over idle {mebibytes(memory)}: {goal(memory <= 100 * 2**20)} |",
        f"| The seed's stack, SQLite | {number(peer['per_second'])} | {times:.1f} × | {goal(times >= 10)} |",
        f"| The same with inserts that go past its ORM | {number(bulk['per_second'])} | {alfa['per_second'] / bulk['per_second']:.1f} × | |",
        f"| `sqlite3 .import` | {number(ceiling['per_second'])} | {share:.2f} × | {goal(share >= 0.4)} |",
    ]
    if "psql_copy" in found:
        postgres, copy = found["alfa_postgres"], found["psql_copy"]
        share = postgres["per_second"] / copy["per_second"]
        memory = postgres["memory_over_idle_bytes"]
        lines += [
            f"| Alfa, PostgreSQL | {number(postgres['per_second'])} | | memory over idle {mebibytes(memory)}: {goal(memory <= 100 * 2**20)} |",
            f"| `psql \\copy` | {number(copy['per_second'])} | {share:.2f} × | {goal(share >= 0.4)} |",
        ]
    return "\n".join(lines) + "\n"


def sending(found):
    times = found["ready"] / found["telethon"]
    return "\n".join([
        f"\n## Sending of {found['messages']:,} messages, one account, pacing off\n",
        "Goal: at least Telethon's bare loop, which keeps nothing.\n",
        "| What | Messages/s | Alfa is | Goal |",
        "|---|---|---|---|",
        f"| Alfa, durable outbox, people and texts ready | {number(found['ready'])} | | |",
        f"| Alfa, the whole way: planning, look-ups, texts, sending | {number(found['whole'])} | | |",
        f"| Telethon in a loop | {number(found['telethon'])} | {times:.2f} × | {goal(times >= 1)} |\n",
    ])


def replies(found):
    lines = [
        f"\n## Replies of {found['rows'][0]['replies']:,} people: stored, classified, the answer queued\n",
        "Goal: p99 at most 25 ms at 200 a second.\n",
        "| Replies a second | p50, ms | p99, ms | Goal |",
        "|---|---|---|---|",
    ]
    for row in found["rows"]:
        lines.append(f"| {row['per_second']} | {number(row['p50_ms'])} | {number(row['p99_ms'])} | {goal(row['p99_ms'] <= 25)} |")
    return "\n".join(lines) + "\n"


def footprint(found):
    start, idle, binary = found["start_seconds"], found["idle_bytes"], found["binary_bytes"]
    return "\n".join([
        "\n## Start, memory, size\n",
        "| What | Alfa | Goal | The seed's stack |",
        "|---|---|---|---|",
        f"| Start to ready | {start:.2f} s (the very first: {found['first_start_seconds']:.2f} s) | at most 0.5 s: {goal(start <= 0.5)} | {found['peer_start_seconds']:.2f} s |",
        f"| Idle memory, with the sandbox's simulated Telegram inside | {mebibytes(idle)} | at most 60 MB: {goal(idle <= 60 * 2**20)} | {mebibytes(found['peer_idle_bytes'])} |",
        f"| Binary | {mebibytes(binary)} | at most 60 MB: {goal(binary <= 60 * 2**20)} | |\n",
    ])


def ai(found):
    lines = [
        "\n## AI: the chain before a provider that answers at once, and texts\n",
        "Goal: at most a twentieth of the overhead of LiteLLM's proxy.\n",
        "| Requests at once | Bare, ms | Alfa adds, ms | Alfa, req/s | LiteLLM adds, ms | LiteLLM, req/s | Alfa : LiteLLM | Goal |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in found["chain"]:
        alfa, peer = row["alfa"], row["litellm"]
        share = alfa["overhead_ms"] / peer["overhead_ms"]
        lines.append(
            f"| {row['connections']} | {row['bare']['p50_ms']:.2f} | {alfa['overhead_ms']:.2f} | {number(alfa['per_second'])} "
            f"| {peer['overhead_ms']:.2f} | {number(peer['per_second'])} | {share:.3f} | {goal(share <= 0.05)} |"
        )
    lines += ["\n| For each message | Texts | p50, µs | p99, µs | Mean, µs |", "|---|---|---|---|---|"]
    for name, what in [("check", "Grounding check"), ("classify", "Offline classifier, with the opt-out rule")]:
        one = found["texts"][name]
        lines.append(f"| {what} | {one['texts']:,} | {one['p50_us']:.0f} | {one['p99_us']:.0f} | {one['mean_us']:.0f} |")
    return "\n".join(lines) + "\n"


def assistant(found):
    lines = [
        "\n## The assistant: the snapshot and a question without a provider\n",
        "Goals: p99 at most 10 ms, one after another; at least 200 × the seed's stack in requests a second.\n",
        "| Clients | Payments | What | p50, ms | p99, ms | Goal | After a write: p50, ms | p99, ms | Goal |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for size in found["sizes"]:
        for what, name in (("stats", "snapshot"), ("question", "question")):
            cells = [f"{of['p50_ms']:.2f} | {of['p99_ms']:.2f} | {goal(of['p99_ms'] <= 10)}" for of in (size[what], size[f"{what}_written"])]
            lines.append(f"| {size['clients']:,} | {2 * size['clients']:,} | {name} | {' | '.join(cells)} |")
    lines += ["\n| What, at the smaller size | Alfa, req/s | p99, ms | Seed's stack, req/s | p99, ms | × seed |", "|---|---|---|---|---|---|"]
    for row in found["rows"]:
        alfa, peer = row["alfa"], row["peer"]
        times = alfa["per_second"] / peer["per_second"]
        lines.append(
            f"| `{row['name']}` | {number(alfa['per_second'])} | {alfa['p99_ms']:.2f} | {number(peer['per_second'])} "
            f"| {peer['p99_ms']:.0f} | {times:.1f} ({goal(times >= 200)}) |"
        )
    return "\n".join(lines) + "\n"


def machine():
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())[1]) / 2**20
    system = re.search(r'PRETTY_NAME="(.*)"', pathlib.Path("/etc/os-release").read_text())
    tools = [told("rustc", "--version"), "SQLite " + told("sqlite3", "--version").split()[0], told("psql", "--version")]
    tools += [told("wrk", "--version"), told(harness.TARGET / "venv-fastapi" / "bin" / "python", "--version")]
    pins = [line for name in ("fastapi", "telethon", "litellm") for line in requirements(name)]
    return (
        f"Machine: {cpu[1] if cpu else 'unknown processor'}, {os.cpu_count()} cores, {memory:.0f} GB, {system[1] if system else ''}. "
        f"Tools: {', '.join(tool for tool in tools if tool)}. Peers: {', '.join(pins)}.\n"
    )


def requirements(name):
    return (harness.ROOT / "bench" / "peers" / name / "requirements.txt").read_text().replace("==", " ").split("\n")[:-1]


def told(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    text = (done.stdout or done.stderr).strip().splitlines()
    return re.sub(r" *(\[epoll\].*|\(c\).*|Copyright.*)", "", text[0]) if text else ""
