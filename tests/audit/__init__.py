"""Whether the tests would notice: mutants, branches and long runs, for `make audit`."""
