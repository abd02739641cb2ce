"""One file for each kind of rule that must hold between facts.

A check takes the located facts and yields problems; it never stops at the first, never changes
anything, and knows nothing of files or of what is built from the facts.
"""
