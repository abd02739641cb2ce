"""Readers given what nobody would write: they answer with values or problems, and in time."""
