"""Measurements of the builder against its floor, side by side in one run. Never a timed test."""
