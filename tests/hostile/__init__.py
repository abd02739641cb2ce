"""Data of an enemy: every text field holds code of every language that it may reach."""
