"""Promises about built pages, kept in a real browser."""
