-- For wrk: asks for WRK_PATH with its %d replaced by numbers that are scattered over 1..WRK_MOST in a fixed order,
-- and prints the result as one line of JSON (latencies in microseconds).
local template = os.getenv("WRK_PATH")
local most = tonumber(os.getenv("WRK_MOST"))
local at = 0

function request()
  at = (at + 7919) % most
  return wrk.format("GET", string.format(template, at + 1))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests": %d, "duration_us": %d, "p50_us": %d, "p99_us": %d, "errors": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
