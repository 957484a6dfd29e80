"""What stands between a request and an AI provider that answers at once: Alfa's chain beside LiteLLM's proxy. And what the
check and the classifier cost for each message.

Alfa is asked through its own route for a test call, which goes through the provider's breaker and limits, reads the answer
as a stream and records the attempt durably; LiteLLM through its `/v1/chat/completions`. The overhead is the median latency
less that of the same load on the provider itself."""

import json
import os
import secrets
import subprocess

import harness
from harness import say

LOADS = [1, harness.CONNECTIONS]
TEXT_ROUNDS = 5
KEY = "sk-invented-key-of-the-bench"
# LiteLLM's proxy does not start without a key of its own.
PROXY_KEY = "sk-" + secrets.token_hex(32)
ASK = {
    "model": "bench",
    "messages": [
        {"role": "system", "content": "This is a test of the connection. Answer with the one word: ok"},
        {"role": "user", "content": "ok?"},
    ],
    "max_tokens": 64,
}


def run():
    return {"chain": chain(), "texts": texts()}


def chain():
    with harness.Server([harness.PROVIDER, "{port}"], harness.fresh("provider")) as provider:
        # No limit that would turn somebody away: what is measured is the way, not the queue.
        env = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": provider.url + "/v1", "OPENAI_LIMITS": "parallel=1000"}
        with harness.alfa(harness.fresh("alfa-ai"), **env) as alfa, litellm(provider.url) as proxy:
            contestants = {
                "bare": (provider, "/v1/chat/completions", ASK),
                "alfa": (alfa, "/api/ai/providers/openai/test", {}),
                "litellm": (proxy, "/v1/chat/completions", ASK),
            }
            for who, contestant in contestants.items():
                answers_well(who, *contestant)
            found = [{"connections": load, **measure(contestants, load)} for load in LOADS]
            every_attempt_was_good(alfa)
    for row in found:
        for who in ("alfa", "litellm"):
            row[who]["overhead_ms"] = row[who]["p50_ms"] - row["bare"]["p50_ms"]
    return found


def litellm(provider_url):
    """LiteLLM's proxy, one worker as the seed's stack has, without a database and without telemetry."""
    folder = harness.fresh("litellm")
    model = {"model": "openai/bench", "api_base": provider_url + "/v1", "api_key": KEY}
    config = {
        "model_list": [{"model_name": "bench", "litellm_params": model}],
        "litellm_settings": {"telemetry": False, "set_verbose": False},
        "general_settings": {"master_key": PROXY_KEY},
    }
    # JSON is YAML.
    (folder / "config.yaml").write_text(json.dumps(config))
    binaries = harness.TARGET / "venv-litellm" / "bin"
    command = [binaries / "litellm", "--config", "config.yaml", "--host", "127.0.0.1", "--port", "{port}"]
    # Its table of prices comes with it: nothing is fetched.
    env = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_LOG": "ERROR", "PYTHONDONTWRITEBYTECODE": "", "PATH": f"{binaries}:{os.environ['PATH']}"}
    return harness.Server(command, folder, env, ready_path="/health/liveliness")


def headers(who):
    return {"Authorization": f"Bearer {PROXY_KEY}"} if who == "litellm" else {}


def answers_well(who, server, path, body):
    status, answer = harness.post(server.url + path, body, headers=headers(who))
    good = answer["ok"] if who == "alfa" else answer["choices"][0]["message"]["content"] == "ok"
    if status != 200 or not good:
        raise RuntimeError(f"{who} answers {status}: {answer}")


def measure(contestants, connections):
    rounds = {who: [] for who in contestants}
    for number in range(harness.ROUNDS + 1):
        for who, (server, path, body) in contestants.items():
            say(f"chain, {connections} at once, round {number}: {who}")
            one = harness.wrk_post(server, path, body, connections, headers(who))
            # The first round warms up.
            if number:
                rounds[who].append(one)
    return {who: harness.medians(all_) for who, all_ in rounds.items()}


def every_attempt_was_good(alfa):
    """Alfa answers a test that failed with 200, too: its own record says how they went. What wrk hangs up on at the end of a
    round is abandoned."""
    _, told = harness.get(alfa.url + "/api/ai/providers")
    outcomes = next(item["attempts_by_outcome"] for item in told["items"] if item["name"] == "openai")
    if set(outcomes) - {"abandoned"} != {"ok"} or outcomes.get("abandoned", 0) > 200:
        raise RuntimeError(f"attempts ended so: {outcomes}")


def texts():
    say("check and classifier")
    command = [harness.ALFA.parent / "examples" / "text_costs", str(TEXT_ROUNDS)]
    done = subprocess.run(list(map(str, command)), cwd=harness.ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
