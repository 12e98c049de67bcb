#!/usr/bin/env bash
# What a backlog costs: resident memory, time to `readyz` and time of a claim with 10,000 and with 1,000,000 pending
# dispatches, in one run. Needs curl and sqlite3, and `make build` before. BINARY names another executable.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=${BINARY:-$PWD/.build/release/forgewire}
daemon=
folder=$(mktemp -d)
trap 'kill $daemon 2> /dev/null || true; wait 2> /dev/null || true; rm -rf "$folder"' EXIT

export SECRET=benchmark-secret
cat > "$folder/forgewire.yml" <<CONFIGURATION
ingest: { listen: ["127.0.0.1:18787"] }
admin: { listen: "127.0.0.1:18788" }
outbox: { path: $folder/outbox.db }
dispatcher: { drain: 5s }
sources: { github: { provider: github, secrets: ["env:SECRET"] } }
listeners: { sink: { command: ["/bin/true"] } }
CONFIGURATION

# start: serves, and prints the milliseconds until it is ready.
start() {
    local begin
    begin=$(date +%s%N)
    "$binary" serve --config "$folder/forgewire.yml" > /dev/null 2> "$folder/log" &
    daemon=$!
    for _ in $(seq 1000); do
        curl --silent --fail http://127.0.0.1:18788/readyz > /dev/null && break
        sleep 0.01
    done
    echo $((($(date +%s%N) - begin) / 1000000)) > "$folder/ready"
}

stop() {
    kill -TERM $daemon
    wait $daemon
}

# fill COUNT: pending dispatches of a thousand repositories, a hundred of each repository's in one lane.
fill() {
    sqlite3 "$folder/outbox.db" > /dev/null <<SQL
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
BEGIN;
WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < $1)
INSERT INTO deliveries (id, source, provider, delivery_id, received_at, headers, verified_by, payload_bytes, payload)
SELECT id, 'github', 'github', 'delivery-' || id, 1790000000000 + id, '{}', 'benchmark', 2, x'7b7d' FROM n;
INSERT INTO events (id, delivery, ordinal, kind, repository, subject, schema, received_at, event)
SELECT id, id, 0, 'unknown', 'acme/app-' || (id % 1000), 'issue/' || (id / 100000), 1, received_at,
    '{"id":' || id || ',"schema":1,"kind":"unknown","deliveryId":"delivery-' || id || '"}' FROM deliveries;
INSERT INTO dispatches (event, listener, next_attempt_at, source, repository, subject, position, lane, place)
SELECT id, 'sink', received_at, 'github', repository, subject, id << 20,
    'github' || char(10) || repository || char(10) || subject, 2 FROM events;
UPDATE dispatches SET place = 1, turn = source || char(10) || repository
WHERE position IN (SELECT min(position) FROM dispatches GROUP BY lane);
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
SQL
}

for count in 10000 1000000; do
    rm -f "$folder"/outbox.db*
    start  # makes the tables
    "$binary" pause sink --config "$folder/forgewire.yml" > /dev/null
    stop
    fill $count
    start
    ready=$(cat "$folder/ready")
    idle=$(awk '/VmRSS/ { print $2 }' "/proc/$daemon/status")
    "$binary" resume sink --config "$folder/forgewire.yml" > /dev/null
    begun=$(date +%s)
    while [ $(($(date +%s) - begun)) -lt "${DURATION:-10}" ]; do sleep 0.5; done
    delivered=$(curl --silent http://127.0.0.1:18788/metrics \
        | awk '/^forgewire_dispatches_total.*delivered/ { print $2 }')
    peak=$(awk '/VmHWM/ { print $2 }' "/proc/$daemon/status")
    printf '%8d pending: ready after %d ms, resident %d KiB idle, %d KiB at most; %s commands run in %d s\n' \
        $count "$ready" "$idle" "$peak" "${delivered:-0}" "${DURATION:-10}"
    stop
done
