"""The versioned engine: ident, revision, edit, editgroup and changelog."""
