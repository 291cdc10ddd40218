"""Mints, encodes, resolves and locks the identifiers of research objects."""
