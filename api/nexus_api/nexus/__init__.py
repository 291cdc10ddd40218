"""Relations over HTTP: lists, what changed, the graph around an object."""
