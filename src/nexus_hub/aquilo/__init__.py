"""Everything that leaves: documents, formats and search."""
