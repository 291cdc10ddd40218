"""Measurements, side by side in one run on the same records; printed, never asserted."""
