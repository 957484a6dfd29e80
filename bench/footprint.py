"""Start to ready, idle memory, size of the binary."""

import statistics
import time

import harness
from harness import say

IDLE_SECONDS = 5


def run():
    say("footprint")
    starts, first = [], None
    folder = harness.fresh("footprint")
    for number in range(harness.ROUNDS + 1):
        with harness.alfa(folder) as server:
            if number:
                starts.append(server.ready_seconds)
            else:
                # The first start makes the database and signs the sandbox's account in.
                first = server.ready_seconds
                time.sleep(IDLE_SECONDS)
                idle = server.memory_bytes()
    with harness.peer(harness.fresh("peer-footprint")) as peer:
        peer_start = peer.ready_seconds
        time.sleep(1)
        peer_idle = peer.memory_bytes()
    return {
        "first_start_seconds": first,
        "start_seconds": statistics.median(starts),
        "idle_bytes": idle,
        "binary_bytes": harness.ALFA.stat().st_size,
        "peer_start_seconds": peer_start,
        "peer_idle_bytes": peer_idle,
    }
