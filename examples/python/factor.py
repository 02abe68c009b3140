#!/usr/bin/env python3
"""A worker in Python: reads one request, writes JSON lines. No library, no Kafka.

    rejoinder worker --schemas examples/schemas --operation primes.factor -- python3 examples/python/factor.py
"""
import json
import sys


def say(**line):
    print(json.dumps(line), flush=True)


def main():
    work = json.load(sys.stdin)
    number = work["request"]["number"]
    print(f"attempt {work['attempt']} at {number}", file=sys.stderr)  # to the worker's log
    if number < 1:
        # A declared error of the operation: its name, and its fields as details.
        say(error={"code": "NotPositive", "message": f"{number} is not positive", "retryable": False, "details": {"number": number}})
        return
    rest, candidate, factors = number, 2, []
    while candidate * candidate <= rest:
        while rest % candidate == 0:
            factors.append(candidate)
            rest //= candidate
            say(part=candidate)
        candidate += 1
        if candidate % 100_000 == 0:
            # As often as you like: at most ten a second are sent.
            say(progress={"fraction": min(candidate / max(rest**0.5, 1), 1), "message": f"tried up to {candidate}"})
    if rest > 1:
        factors.append(rest)
        say(part=rest)
    say(result={"number": number, "factors": factors})


main()
