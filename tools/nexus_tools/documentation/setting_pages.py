"""The settings, from their model."""

from __future__ import annotations

from typing import Any

from nexus_tools.documentation import markdown

INTRODUCTION = (
    "Each setting is an environment variable, or a line of `nexus.toml` in the home folder under "
    "its lower-case name without the prefix; the environment wins. The home folder is "
    "`~/.local/share/nexus`, for root `/var/lib/nexus`, unless `NEXUS_HOME` says otherwise. "
    "`nexus doctor` shows and checks what is in force."
)


def pages() -> dict[str, str]:
    """The page of all settings."""
    from nexus_hub.platform.config import Settings

    prefix = str(Settings.model_config.get("env_prefix", ""))
    rows = [
        (markdown.code(f"{prefix}{name}".upper()), _default(field), field.description)
        for name, field in Settings.model_fields.items()
    ]
    table = markdown.table(["variable", "default", "meaning"], rows)
    return {"settings.md": markdown.page("Settings", INTRODUCTION, table)}


def _default(field: Any) -> str:
    if field.default_factory is not None or field.default is None:
        return ""
    return markdown.code(str(field.default))
