"""Routes of deposits."""
