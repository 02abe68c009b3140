-- wrk script of the system benchmark. MODE=post: requests of demo.echo, 200 bytes each, and how many were answered 202.
-- MODE=get: the status of the jobs whose ids stand in the file IDS, one a line, and how many were answered 200.
local mode = os.getenv("MODE") or "post"
local ids, next_id = {}, 0
threads = {}
expected = 0

function setup(thread) table.insert(threads, thread) end

function init()
  if mode == "get" then
    for line in io.lines(os.getenv("IDS")) do ids[#ids + 1] = "GET /status/" .. line .. " HTTP/1.1\r\nHost: localhost\r\n\r\n" end
  end
end

local post = wrk.format("POST", "/requests/demo.echo", {["Host"] = "localhost", ["Content-Type"] = "application/json"}, '{"text":"' .. string.rep("x", 189) .. '"}')

function request()
  if mode == "post" then return post end
  next_id = next_id % #ids + 1
  return ids[next_id]
end

local wanted = mode == "post" and 202 or 200
function response(status) if status == wanted then expected = expected + 1 end end

-- RESULT requests-as-expected seconds p50-ms p99-ms others
function done(summary, latency)
  local count = 0
  for _, thread in ipairs(threads) do count = count + thread:get("expected") end
  local e = summary.errors
  io.write(string.format("RESULT %d %.3f %.2f %.2f %d\n", count, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    summary.requests - count + e.connect + e.read + e.write + e.timeout))
end
