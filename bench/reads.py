"""The reads that a screen asks for: Alfa, the seed's stack and the ceiling on the same data, in turns."""

import data
import harness
from harness import say

READS = [
    ("GET /api/contacts?limit=50", "/api/contacts?limit=50", "one"),
    ("GET /api/contacts/{id}", "/api/contacts/%d", "contacts"),
    ("GET /api/campaigns/{id}/stats", "/api/campaigns/%d/stats", "campaigns"),
    ("GET /api/messages/history", "/api/messages/history?contact_id=%d", "contacts"),
]


def run():
    """Needs the folders that the uploads left."""
    alfa_folder, peer_folder = harness.WORK / "alfa", harness.WORK / "peer"
    say("filling the databases")
    contacts = data.fill_alfa(alfa_folder / "alfa.db")
    if data.fill_peer(peer_folder / "peer.db") != contacts:
        raise RuntimeError("the peer holds another number of contacts")
    most = {"one": 1, "contacts": contacts, "campaigns": data.campaigns_of(contacts)}
    found = {"contacts": contacts, "messages": contacts * data.MESSAGES_PER_CONTACT, "campaigns": most["campaigns"], "rows": []}
    with (
        harness.alfa(alfa_folder) as alfa,
        harness.peer(peer_folder) as peer,
        harness.ceiling(alfa_folder / "alfa.db") as ceiling,
    ):
        servers = {"alfa": alfa, "peer": peer, "ceiling": ceiling}
        for name, path, over in READS:
            say(f"reads: {name}")
            check(servers, path)
            rounds = {who: [] for who in servers}
            for number in range(harness.ROUNDS + 1):
                for who, server in servers.items():
                    one = harness.wrk(server, path, most[over])
                    # The first round warms the caches.
                    if number:
                        rounds[who].append(one)
            found["rows"].append({"name": name, **{who: harness.medians(all_) for who, all_ in rounds.items()}})
        found["alfa_memory_bytes"] = alfa.memory_bytes("VmHWM")
    return found


def check(servers, path):
    """All answer, and with the same number of rows."""
    answers = {}
    for who, server in servers.items():
        status, body = harness.get(server.url + path.replace("%d", "1"))
        if status != 200:
            raise RuntimeError(f"{who} answers {status} to {path}: {body}")
        answers[who] = body
    for_people = [len(answers[who]["items"]) for who in ("alfa", "peer") if "items" in answers[who]]
    if len(set(for_people)) > 1 or (for_people and for_people[0] != len(answers["ceiling"])):
        raise RuntimeError(f"{path}: the lists differ: {for_people}, {len(answers['ceiling'])}")
    if path.endswith("stats"):
        numbers = [{key: answers[who][key] for key in ("total", "sent", "replied", "failed")} for who in ("alfa", "peer")]
        if numbers[0] != numbers[1]:
            raise RuntimeError(f"the statistics differ: {numbers}")
