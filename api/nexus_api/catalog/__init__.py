"""Routes to objects, their revisions, and what changed."""
