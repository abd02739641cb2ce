"""Builds into which a fault is brought: what readers must never see, and editors are told."""
