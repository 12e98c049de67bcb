-- wrk script: posts signed GitHub deliveries in turn, each under an id of its own; for one wrk thread.
-- BODIES names a file with a line a body: its X-Hub-Signature-256, a space, the file that holds it.
-- SEED is another number for each run, so that no id comes twice. IDS=random makes ids as GitLab's and Gitea's
-- are, UUIDs of version 4; by default they are as in GitHub's documentation, of version 1, which has the time
-- first. RATE is how many a second, by default as many as are answered. At the end it prints what was measured
-- as one line of JSON.

local heads, tails = {}, {}
for line in io.lines(os.getenv("BODIES")) do
    local signature, path = line:match("^(%S+) (.+)$")
    local file = assert(io.open(path, "rb"))
    local body = file:read("*a")
    file:close()
    heads[#heads + 1] = table.concat({
        "POST /webhooks/github HTTP/1.1",
        "Host: 127.0.0.1",
        "User-Agent: GitHub-Hookshot/0000000",
        "Accept: */*",
        "Content-Type: application/json",
        "Content-Length: " .. #body,
        "X-GitHub-Event: pull_request",
        "X-GitHub-Hook-ID: 292430182",
        "X-GitHub-Hook-Installation-Target-ID: 79929171",
        "X-GitHub-Hook-Installation-Target-Type: repository",
        "X-Hub-Signature-256: " .. signature,
        "X-GitHub-Delivery: ",
    }, "\r\n")
    tails[#tails + 1] = "\r\n\r\n" .. body
end

local random, format = math.random, string.format
math.randomseed(tonumber(os.getenv("SEED")))

-- RFC 9562, section 5.4.
local function random_id()
    return format("%08x-%04x-4%03x-8%03x-%04x%08x", random(0, 0xffffffff), random(0, 0xffff),
        random(0, 0xfff), random(0, 0xfff), random(0, 0xffff), random(0, 0xffffffff))
end

-- RFC 9562, section 5.1; the time goes on by 100 microseconds with each, in units of 100 nanoseconds.
local node = format("%04x%08x", random(0, 0xffff), random(0, 0xffffffff))
local time = random(0, 2 ^ 31) * 2 ^ 16

local function time_id()
    time = time + 1000
    return format("%08x-%04x-11ef-8000-%s", time % 2 ^ 32, math.floor(time / 2 ^ 32) % 2 ^ 16, node)
end

local next_id = os.getenv("IDS") == "random" and random_id or time_id
local turn = 0

function request()
    turn = turn % #heads + 1
    return heads[turn] .. next_id() .. tails[turn]
end

local rate = tonumber(os.getenv("RATE"))
if rate then
    local ffi = require("ffi")
    ffi.cdef("typedef struct { long seconds, nanoseconds; } moment; int clock_gettime(int, moment *);")
    local moment, monotonic = ffi.new("moment"), 1
    local due

    -- Requests have their moments, whatever connection comes to send them; what is late is caught up with.
    function delay()
        ffi.C.clock_gettime(monotonic, moment)
        local now = tonumber(moment.seconds) * 1000 + tonumber(moment.nanoseconds) / 1e6
        due = (due or now) + 1000 / rate
        return math.max(0, due - now)
    end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(format(
        '{"requests":%d,"seconds":%.6f,"failed":%d,"p50Milliseconds":%.3f,"p99Milliseconds":%.3f,'
            .. '"maxMilliseconds":%.3f}\n',
        summary.requests, summary.duration / 1e6,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
