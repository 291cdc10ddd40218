"""Takes deposits in and keeps every byte received."""
