"""Tests of the operations that compute series from others."""
