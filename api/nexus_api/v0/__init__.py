"""fatcat's REST API over the catalogue, for its clients as they are."""
