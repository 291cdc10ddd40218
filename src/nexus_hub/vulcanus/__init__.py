"""Turns what is known into one coherent record per object."""
