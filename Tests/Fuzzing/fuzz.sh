#!/usr/bin/env bash
# fuzz.sh BINARY SECONDS: has each provider take mutated requests for so many seconds; see `make fuzz`.
#
# A provider's folder is .build/fuzz/<provider>: `seeds` and `dictionary` are made of its samples, `corpus`
# grows from run to run, what is in `failures` is tried first, `log` is what libFuzzer wrote.
set -euo pipefail
cd "$(dirname "$0")/../.."

binary=$1
seconds=$2
folder=.build/fuzz
failed=()

# A crash is libFuzzer's, which keeps the input then; Swift's own report is for the second look.
export SWIFT_BACKTRACE=enable=no
report=enable=yes,interactive=no,color=no,threads=crashed,registers=none,images=none,limit=24
# AddressSanitizer reports itself, and takes what Swift does for its report for a fault.
if grep -q __asan_init "$binary"; then report=$SWIFT_BACKTRACE; fi

rm -rf "$folder"/*/seeds
FORGEWIRE_FUZZ_SEEDS=$folder "$binary"
for seeds in "$folder"/*/seeds; do
    place=${seeds%/seeds}
    provider=${place##*/}
    export FORGEWIRE_FUZZ_PROVIDER=$provider
    mkdir -p "$place/corpus" "$place/failures"
    # What one input may have and cost is far above what any sample needs.
    options=(-max_len=16384 -timeout=10 -rss_limit_mb=2048 "-artifact_prefix=$place/failures/")
    status=0
    "$binary" "${options[@]}" "-max_total_time=$seconds" "-dict=$place/dictionary" -print_final_stats=1 \
        "$place/corpus" "$seeds" "$place/failures" > "$place/log" 2>&1 || status=$?
    if [ "$status" = 0 ]; then
        sed -n "s/^stat::number_of_executed_units: */$provider: no failure; requests: /p" "$place/log"
        continue
    fi
    # How libFuzzer ends after Control-C.
    [ "$status" != 72 ] || exit 130

    failed+=("$provider")
    input=$(sed -n 's/.*Test unit written to //p' "$place/log" | tail -n 1)
    if [ -z "$input" ]; then
        tail -n 20 "$place/log" >&2
        echo "$provider: FAILED with status $status, but no input was kept; see $place/log" >&2
        continue
    fi
    FORGEWIRE_FUZZ_SHOW=1 SWIFT_BACKTRACE=$report "$binary" "${options[@]}" "$input" >&2 || true
    cat >&2 <<MESSAGE

$provider: FAILED with the input $input
The request made of it and what happened stand above. Add the body to Tests/ProvidersTests as a regression
case, then mend the cause: the next run tries this input first.

MESSAGE
done

if [ "${#failed[@]}" != 0 ]; then
    echo "failed: ${failed[*]}" >&2
    exit 1
fi
