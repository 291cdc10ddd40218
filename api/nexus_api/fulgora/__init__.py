"""Routes of public data: the sources, their releases, every row as it was."""
