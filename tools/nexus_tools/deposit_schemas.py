"""Makes `api/schemas/` from the declaration that deposits are read by: both say the same."""

from __future__ import annotations

import json
from pathlib import Path

from nexus_hub.catalog.deposit_schema import documents
from nexus_tools.generated import write


def generate(uri: str, root: Path, check: bool) -> list[str]:
    """Write the schemas of what is deposited, or name those that differ."""
    files = {
        f"api/schemas/{name}": json.dumps(document, indent=1, ensure_ascii=False) + "\n"
        for name, document in documents().items()
    }
    return write(root, files, check=check)
