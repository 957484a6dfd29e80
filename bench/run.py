"""`make bench`: measures side by side in one run and writes docs/benchmarks.md.

BENCH_SIZE (contacts, default 100,000; the goals are stated for 1,000,000), BENCH_MESSAGES, BENCH_ROUNDS, BENCH_SECONDS;
BENCH_ONLY=uploads,reads,sending,footprint,ai runs some of the parts and prints them without writing the page.
"""

import json
import os

import ai
import footprint
import harness
import reads
import report
import sending
import uploads

SIZE = int(os.environ.get("BENCH_SIZE", "100000"))
PARTS = {"uploads": lambda: uploads.run(SIZE), "reads": reads.run, "sending": sending.run, "footprint": footprint.run, "ai": ai.run}


def main():
    only = [name for name in os.environ.get("BENCH_ONLY", "").split(",") if name]
    unknown = set(only) - set(PARTS)
    if unknown:
        raise SystemExit(f"BENCH_ONLY knows {', '.join(PARTS)}, not {', '.join(unknown)}")
    harness.WORK.mkdir(parents=True, exist_ok=True)
    results = {name: run() for name, run in PARTS.items() if not only or name in only}
    (harness.TARGET / "bench" / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False))
    page = report.page(results)
    print(page)
    if only:
        print("Some parts only: docs/benchmarks.md stays as it is.")
    else:
        (harness.ROOT / "docs" / "benchmarks.md").write_text(page)


main()
