"""The HTTP surface: Litestar controllers, one package per room that owns the rows."""
