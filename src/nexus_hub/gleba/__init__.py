"""Numbers that must stay fresh, and say their age."""
