# Forgewire: bare `make` lists what there is.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# What the build links against, what `make test` looks into the outbox with.
PACKAGES := libsqlite3-dev libssl-dev pkg-config sqlite3 zlib1g-dev
SWIFT_DIRECTORIES := Sources Tests Listeners Package.swift
PRIVATE := .forgewire
SECRET := $(PRIVATE)/github.secret
BINARY = $(shell swift build -c release --show-bin-path)/forgewire
# How long `make fuzz` takes for each provider, and what it watches; `fuzzer,address` sees more and is slower.
SECONDS := 60
SANITIZERS := fuzzer
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

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
	swift build -c release --product forgewire

.PHONY: test
test: packages ## run all tests
	swift build --build-tests
	swift test --skip-build

.PHONY: check
check: format tidy ## what must hold before tests: format, tidy, no warnings
	swift build --build-tests --explicit-target-dependency-import-check error

.PHONY: format
format: ## say what is not formatted
	swift format lint --strict --parallel --recursive $(SWIFT_DIRECTORIES)

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
