"""Promises about the edition that looks back to the end of 2017."""
