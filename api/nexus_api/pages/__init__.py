"""Pages for people: server-rendered HTML and one stylesheet, no JavaScript."""
