#!/usr/bin/env bash
# How much others delay a listener, and a repository: the 99th percentile of the time from an event's arrival to
# the end of its delivery, alone and beside others. Needs openssl, curl and sqlite3, and before it
#     swift build -c release --static-swift-stdlib -Xswiftc -use-ld=lld \
#         -Xswiftc -enforce-exclusivity=unchecked --product MisbehavingDaemon
# 1. a listener alone; then beside one that blocks its threads for 5 s an event, and a command that takes as long
# 2. a repository alone; then behind QUEUED events of another one, all for the same listener
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$PWD/.build/release/MisbehavingDaemon
queued=${QUEUED:-5000}
events=${EVENTS:-500}
daemon=
folder=$(mktemp -d)
trap 'stop; rm -rf "$folder"' EXIT

export SECRET=benchmark-secret FORGEWIRE_TEST_BLOCK=5000

# start LISTENERS: serves with an empty outbox.
start() {
    rm -f "$folder"/outbox.db*
    cat > "$folder/forgewire.yml" <<CONFIGURATION
ingest: { listen: ["127.0.0.1:18787"] }
admin: { listen: "127.0.0.1:18788" }
outbox: { path: $folder/outbox.db }
sources: { github: { provider: github, secrets: ["env:SECRET"] } }
dispatcher: { drain: 0s, defaults: { ordering: none } }
listeners: $1
CONFIGURATION
    "$binary" serve --config "$folder/forgewire.yml" > /dev/null 2> "$folder/log" &
    daemon=$!
    for _ in $(seq 100); do
        curl --silent --fail http://127.0.0.1:18788/readyz > /dev/null && return
        sleep 0.1
    done
    cat "$folder/log" >&2
    exit 1
}

# Killed: a thread that blocks does not end sooner.
stop() {
    kill -KILL $daemon 2> /dev/null || true
    wait $daemon 2> /dev/null || true
}

# post REPOSITORY COUNT: one after another, over one connection.
post() {
    local repository='{"id":1,"full_name":"'$1'","private":false}' user='{"id":1,"login":"octocat","type":"User"}'
    local branch='"sha":"ec26c3e57ca3a959ca5aad62de7213c562f8c821","repo":'$repository
    printf '%s' '{"action":"opened","number":2,"pull_request":{"id":2,"number":2,"title":"Update the README",' \
        '"state":"open","draft":false,"merged":false,"user":' "$user" ',"head":{"ref":"changes",' "$branch" \
        '},"base":{"ref":"main",' "$branch" '}},"repository":' "$repository" ',"sender":' "$user" '}' \
        > "$folder/body.json"
    local signature
    signature=$(openssl dgst -sha256 -hmac "$SECRET" -r "$folder/body.json" | cut -d' ' -f1)
    for number in $(seq "$2"); do
        [ "$number" = 1 ] || echo next
        printf '%s\n' 'url = "http://127.0.0.1:18787/webhooks/github"' 'output = "/dev/null"' \
            "data-binary = \"@$folder/body.json\"" 'header = "Content-Type: application/json"' \
            'header = "X-GitHub-Event: pull_request"' "header = \"X-GitHub-Delivery: $1-$number\"" \
            "header = \"X-Hub-Signature-256: sha256=$signature\""
    done > "$folder/requests"
    curl --silent --fail --config "$folder/requests"
}

# query SQL: what the outbox says.
query() { sqlite3 -readonly -cmd '.timeout 5000' "$folder/outbox.db" "$1"; }

# finished LISTENER REPOSITORY COUNT: waits until so many are delivered; prints the 99th percentile in ms.
finished() {
    local these="FROM dispatches AS x JOIN events AS e ON e.id = x.event
        WHERE x.listener = '$1' AND x.repository = '$2' AND x.state = 'delivered'"
    while [ "$(query "SELECT count(*) $these")" -lt "$3" ]; do sleep 0.2; done
    query "SELECT x.finished_at - e.received_at $these ORDER BY 1 LIMIT 1 OFFSET $3 * 99 / 100"
}

# report WHAT ALONE BESIDE: times below 1 ms count as 1 ms.
report() {
    awk -v what="$1" -v alone="$2" -v beside="$3" 'BEGIN {
        printf "%-12s p99 alone %5d ms, beside others %5d ms: %.1f times\n", what, alone, beside,
            (beside > 1 ? beside : 1) / (alone > 1 ? alone : 1)
    }'
}

start '{ recorder: {} }'
post acme/app "$events"
alone=$(finished recorder acme/app "$events")
stop
start '{ recorder: {}, blocking: { timeout: 1h }, sleeper: { command: ["sleep", "5"], timeout: 1h } }'
post acme/app "$events"
report listener "$alone" "$(finished recorder acme/app "$events")"
stop

start '{ program: { command: ["true"] } }'
post acme/quiet 100
alone=$(finished program acme/quiet 100)
stop
start '{ program: { command: ["true"] } }'
post acme/busy "$queued"
post acme/quiet 100
report repository "$alone" "$(finished program acme/quiet 100)"
