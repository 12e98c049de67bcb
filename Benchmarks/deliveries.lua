-- wrk script: one signed GitHub delivery after another, each with an id of its own.
-- BODY names the file to post, SIGNATURE is its X-Hub-Signature-256.

local file = assert(io.open(os.getenv("BODY"), "rb"))
local body = file:read("*a")
file:close()

local count = 0

function request()
    count = count + 1
    return wrk.format("POST", "/webhooks/github", {
        ["Content-Type"] = "application/json",
        ["X-GitHub-Event"] = "pull_request",
        ["X-GitHub-Delivery"] = string.format("%08x-0000-4000-8000-%012x", count * 2654435761 % 4294967296, count),
        ["X-Hub-Signature-256"] = os.getenv("SIGNATURE"),
    }, body)
end
