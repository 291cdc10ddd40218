"""NEXUS: one versioned, enriched, attributed record of every research object."""

__version__ = "0.1.0"
