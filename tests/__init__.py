"""What the project promises, as tests that mirror the package."""
