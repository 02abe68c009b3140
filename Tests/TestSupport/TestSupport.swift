// Simulated log and clock for tests.
