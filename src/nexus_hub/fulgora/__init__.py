"""Collects public data, keeps every version of every row, answers what it has."""
