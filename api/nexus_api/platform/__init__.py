"""The status resource of long work."""
