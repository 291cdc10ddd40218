"""What keeps the house in order: the sqlc plugin, the generators and the checker."""
