"""Routes about identifiers: new ones, what they name, leases."""
