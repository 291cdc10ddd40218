"""Makes `api/openapi.json` from the code of the API, so that the contract cannot drift from it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from nexus_api.app import create_app
from nexus_api.openapi import document
from nexus_hub.platform.config import Settings
from nexus_tools.generated import write


def generate(uri: str, root: Path, check: bool) -> list[str]:
    """Write the contract of the HTTP surface, or name it when it differs."""
    with tempfile.TemporaryDirectory(prefix="nexus-") as home:
        app = create_app(Settings(home=Path(home), database_url=uri))
        text = json.dumps(document(app), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    return write(root, {"api/openapi.json": text}, check=check)
