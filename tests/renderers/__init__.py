"""The same pages under other renderers."""
