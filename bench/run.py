"""`make bench`: measures side by side and writes docs/benchmarks.md.

BENCH_SIZE (contacts, default 100,000; the goals are stated for 1,000,000), BENCH_MESSAGES, BENCH_ROUNDS, BENCH_SECONDS;
BENCH_ONLY=uploads,reads,sending,replies,footprint,ai,assistant measures some of the parts anew; the page keeps the others.
"""

import datetime
import json
import os
import subprocess

import ai
import assistant
import footprint
import harness
import reads
import replies
import report
import sending
import uploads

SIZE = int(os.environ.get("BENCH_SIZE", "100000"))
PARTS = {"uploads": lambda: uploads.run(SIZE), "reads": reads.run, "sending": sending.run, "replies": replies.run, "footprint": footprint.run, "ai": ai.run, "assistant": assistant.run}


RESULTS = harness.TARGET / "bench" / "results.json"


def main():
    only = [name for name in os.environ.get("BENCH_ONLY", "").split(",") if name]
    unknown = set(only) - set(PARTS)
    if unknown:
        raise SystemExit(f"BENCH_ONLY knows {', '.join(PARTS)}, not {', '.join(unknown)}")
    harness.WORK.mkdir(parents=True, exist_ok=True)
    results = json.loads(RESULTS.read_text()) if only and RESULTS.exists() else {}
    for name, run in PARTS.items():
        if not only or name in only:
            results[name] = {**run(), "size": SIZE, "measured": measured()}
            RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False))
    page = report.page(results)
    print(page)
    if set(results) == set(PARTS) and {part["size"] for part in results.values()} == {SIZE}:
        (harness.ROOT / "docs" / "benchmarks.md").write_text(page)
    else:
        print("Not all parts were measured at this size: docs/benchmarks.md stays as it is.")


def measured():
    """The day and the version that was measured."""
    version = subprocess.run(["git", "-C", harness.ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    return f"{datetime.date.today()}, {version or 'unknown version'}"


main()
