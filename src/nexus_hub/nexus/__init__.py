"""How objects relate: one row per relation, told from both sides."""
