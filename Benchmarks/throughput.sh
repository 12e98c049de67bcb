#!/usr/bin/env bash
# Durable deliveries a second: 32 connections post signed pull requests to the optimised daemon on loopback.
# Needs wrk, openssl and curl, and `make build` before. BODY names a compact GitHub pull_request body; without it
# one of about 24 kB is made. LISTENERS is the listeners section of the configuration, by default none, as `{}`.
# DURATION is in seconds.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$PWD/.build/release/forgewire
seconds=${DURATION:-8}
daemon=
folder=$(mktemp -d)
trap 'kill $daemon 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT

export SECRET=benchmark-secret
if [ -z "${BODY:-}" ]; then
    export BODY=$folder/body.json
    user='{"login":"octocat","id":21031067,"type":"User","url":"https://api.example/users/octocat","site_admin":false}'
    repository='"id":186853002,"full_name":"acme/app","private":false,"html_url":"https://example/acme/app"'
    links=$(for n in $(seq 170); do printf '{"name":"link-%s","user":%s},' "$n" "$user"; done)
    printf '%s' '{"action":"opened","number":2,"pull_request":{"id":279147437,"number":2,"title":"Update the README",' \
        '"state":"open","draft":false,"merged":false,"body":"A small change.","user":' "$user" ',"links":[' \
        "${links%,}" '],"head":{"ref":"changes","sha":"ec26c3e57ca3a959ca5aad62de7213c562f8c821","repo":{' \
        "$repository" '}},"base":{"ref":"main","sha":"f95f852bd8fca8fcc58a9a2d6c842781e32a215e","repo":{' \
        "$repository" '}}},"repository":{' "$repository" '},"sender":' "$user" '}' > "$BODY"
fi
SIGNATURE=sha256=$(openssl dgst -sha256 -hmac "$SECRET" -r "$BODY" | cut -d' ' -f1)
export SIGNATURE

cat > "$folder/forgewire.yml" <<CONFIGURATION
ingest: { listen: ["127.0.0.1:18787"] }
admin: { listen: "127.0.0.1:18788" }
outbox: { path: $folder/outbox.db }
sources: { github: { provider: github, secrets: ["env:SECRET"] } }
listeners: ${LISTENERS:-{\}}
CONFIGURATION
"$binary" serve --config "$folder/forgewire.yml" > /dev/null 2> "$folder/log" &
daemon=$!
for _ in $(seq 100); do
    curl --silent --fail http://127.0.0.1:18788/readyz > /dev/null && break
    sleep 0.1
done

echo "body: $(wc -c < "$BODY") bytes"
wrk -t1 -c32 -d"${seconds}s" --latency -s Benchmarks/deliveries.lua http://127.0.0.1:18787
curl --silent http://127.0.0.1:18788/metrics | grep 'outcome="delivered"' || true
grep VmHWM "/proc/$daemon/status"
