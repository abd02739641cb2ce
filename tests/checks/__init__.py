"""One file of tests for each file of checks."""
