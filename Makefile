# Forgewire: bare `make` lists what there is.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# What the build links against, what `make test` looks into the outbox with.
PACKAGES := libisal-dev libsqlite3-dev libssl-dev pkg-config sqlite3 strace zlib1g-dev
# What `make bench` loads and compares with; without them it says what it skips.
BENCH_PACKAGES := gcc python3-venv wrk
# With Swift's own libraries in the executable: it is faster by a twentieth, and runs where there is no Swift.
# Exclusive access to memory is checked by the compiler and, where that cannot tell, by the debug builds that the tests
# run. The release checks it in listeners' modules alone, see Package.swift: that takes 4 % less than everywhere.
RELEASE := -c release --static-swift-stdlib -Xswiftc -use-ld=lld -Xswiftc -enforce-exclusivity=unchecked
# What `make unit` checks the units with; verifying takes no running systemd.
UNIT_PACKAGES := systemd
SWIFT_DIRECTORIES := Sources Tests Listeners Benchmarks Package.swift
PRIVATE := .forgewire
SECRET := $(PRIVATE)/github.secret
BINARY = $(shell swift build $(RELEASE) --show-bin-path)/forgewire
# How long `make fuzz` takes for each provider, and what it watches; `fuzzer,address` sees more and is slower.
SECONDS := 60
SANITIZERS := fuzzer
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build $(SECRET) ## build optimised and serve Config/forgewire.yml on loopback
	@printf '%s\n' \
	  '' \
	  'Forgewire takes deliveries of GitHub at http://127.0.0.1:8787/webhooks/github' \
	  'In a second shell:' \
	  '  .build/release/forgewire send --source github --sample pull_request.opened' \
	  "  sqlite3 -readonly $(PRIVATE)/outbox.db 'select * from recent_events'" \
	  '  .build/release/forgewire events' \
	  'The secret for the webhook form at GitHub is in $(SECRET). Stop with Control-C.' \
	  ''
	@exec "$(BINARY)" serve --config Config/forgewire.yml

.PHONY: build
build: packages ## build the optimised executable, .build/release/forgewire
	swift build $(RELEASE) --product forgewire

.PHONY: test
test: packages ## run all tests
	swift build --build-tests
	swift test --skip-build

.PHONY: check
check: format unit tidy ## what must hold before tests: format, the units, tidy, no warnings
	swift build --build-tests --explicit-target-dependency-import-check error

.PHONY: format
format: ## say what is not formatted
	swift format lint --strict --parallel --recursive $(SWIFT_DIRECTORIES)

.PHONY: unit
unit: ## check systemd's units
	@command -v systemd-analyze > /dev/null \
	  || $(MAKE) --no-print-directory packages PACKAGES="$(UNIT_PACKAGES)"
	@systemd/verify.sh

.PHONY: fix
fix: ## format the sources
	swift format --in-place --parallel --recursive $(SWIFT_DIRECTORIES)

.PHONY: tidy
tidy: packages ## the rules that the compiler does not know
	swift build --build-tests
	swift test --skip-build --filter TidyTests

.PHONY: fuzz
fuzz: packages ## have each provider take mutated requests, SECONDS=60 for each
	FORGEWIRE_FUZZ=1 swift build -c release --product Fuzzing --scratch-path .build/fuzz-build \
	  --sanitize fuzzer -Xswiftc -sanitize=$(SANITIZERS)
	@Tests/Fuzzing/fuzz.sh .build/fuzz-build/release/Fuzzing $(SECONDS)

.PHONY: bench
bench: packages ## measure what has a goal, ten minutes; ROWS=1,3 for some rows of the table
	-@$(MAKE) --no-print-directory packages PACKAGES="$(BENCH_PACKAGES)"
	FORGEWIRE_BENCHMARKS=1 swift build $(RELEASE) --product BenchmarkDaemon
	@Benchmarks/suite.py

.PHONY: strangers
strangers: build ## attack the daemon on loopback beside good deliveries, ten minutes
	@ulimit -n $$(ulimit -Hn); Benchmarks/strangers.py

.PHONY: restarts
restarts: build ## restart the daemon under load, on a held socket, one minute
	@Benchmarks/restarts.py

.PHONY: profile
profile: packages ## say where the processor's time goes, stage by stage; needs perf
	-@$(MAKE) --no-print-directory packages PACKAGES=wrk
	-@$(MAKE) --no-print-directory packages PACKAGES=linux-perf
	FORGEWIRE_BENCHMARKS=1 swift build $(RELEASE) --product BenchmarkDaemon
	@Benchmarks/profile.py

.PHONY: instructions
instructions: packages ## count the instructions of the hot paths, against the checked-in thresholds
	@$(MAKE) --no-print-directory packages PACKAGES=valgrind
	FORGEWIRE_BENCHMARKS=1 swift build $(RELEASE) --product Microbenchmarks
	@Benchmarks/instructions.py "$(dir $(BINARY))Microbenchmarks"

.PHONY: coverage
coverage: packages ## write the tables of what each forge gives into README.md
	swift build --build-tests
	FORGEWIRE_COVERAGE=write swift test --skip-build --filter CoverageTests

.PHONY: packages
packages: ## install the system packages that are missing
	@missing=; for package in $(PACKAGES); do \
	  dpkg-query --show --showformat='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  $(SUDO) apt-get update -qq; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	fi

# Private to the user: it holds the secret and the outbox.
$(SECRET):
	@umask 077; mkdir -p $(PRIVATE); \
	od -An -N32 -tx1 /dev/urandom | tr -d ' \n' > $(SECRET).new; \
	mv $(SECRET).new $(SECRET)
