# `make dev` and `make test` do everything on a fresh Debian bookworm with a Swift toolchain (README.md).
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: help dev build deps test check bench clean

help:
	@echo "make dev    install what is missing, build, run everything in one process on an embedded Kafka"
	@echo "make test   the same set-up, then all tests (KAFKA_HOME or KAFKA_BOOTSTRAP_SERVERS adds the ring against a real Kafka)"
	@echo "make bench  the benchmarks of Benchmarks/ against a real Kafka (KAFKA_HOME)"
	@echo "make check  formatting, warnings as errors, all tests"

deps:
	@scripts/deps

build: deps
	@scripts/build

dev: build
	@exec .build/release/rejoinder dev $(ARGS)

test: deps
	@scripts/test

check: deps
	@scripts/check

bench: build
	@scripts/bench $(ARGS)

clean:
	rm -rf .build Benchmarks/.build
