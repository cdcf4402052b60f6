-- Requests under a key of their own each. Arguments: run name, cookie, path, body. LANE in the body goes round the hall's lanes,
-- because a lane gives at most 9,999 numbers a day.
local threads = 0
function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end
function init(args)
  count = 0
  run, cookie, path, body = args[1], args[2], args[3], args[4]
  lanes = { "A", "H", "E" }
end
function request()
  count = count + 1
  return wrk.format("POST", path, {
    ["Content-Type"] = "application/json", ["Cookie"] = cookie,
    ["Idempotency-Key"] = run .. "-" .. id .. "-" .. count,
  }, (body:gsub("LANE", lanes[count % 3 + 1])))
end
function done(summary, latency)
  io.write(string.format('{"requests":%d,"seconds":%.3f,"bad":%d,"p50_ms":%.3f,"p99_ms":%.3f}\n',
    summary.requests, summary.duration / 1e6, summary.errors.status + summary.errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
