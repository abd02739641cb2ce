"""Promises about the first report: its facts, its built pages, and numbers typed by hand."""
