"""Routes that read: works in their formats, lists of them, organisations."""
