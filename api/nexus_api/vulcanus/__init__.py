"""The route that says why a record says what it says."""
