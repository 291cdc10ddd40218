"""Settings: from the environment (`NEXUS_...`), then from `nexus.toml` in the home folder."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


def default_home() -> Path:
    """Where data lies unless `NEXUS_HOME` says otherwise."""
    if os.geteuid() == 0:
        return Path("/var/lib/nexus")
    return Path.home() / ".local" / "share" / "nexus"


class Settings(BaseSettings):
    """Everything that can be set, each with its meaning; `nexus doctor` shows and checks them."""

    model_config = SettingsConfigDict(env_prefix="NEXUS_", extra="ignore", frozen=True)

    home: Path = Field(
        default_factory=default_home,
        description="Folder of all that this machine keeps: database, blobs, `nexus.toml`.",
    )
    database_url: str | None = Field(
        default=None,
        description="A PostgreSQL 18 to use instead of the embedded one; its login must be a "
        "member of the roles nexus_owner, nexus_worker, nexus_api and nexus_dba.",
    )
    blob_url: str | None = Field(
        default=None,
        description="Where blobs lie: file://, s3://, gs://, az://; by default in the home.",
    )
    host: str = Field(default="127.0.0.1", description="Address the server listens on.")
    port: int = Field(default=8088, description="Port the server listens on.")
    public_url: str | None = Field(
        default=None, description="How the server is reached from outside, for links in answers."
    )
    client_header: str | None = Field(
        default=None,
        description="Header in which a proxy in front tells the address of who asks, for limits; "
        "of several the last counts. Without it the address of the connection is theirs.",
    )
    country_header: str | None = Field(
        default=None,
        description="Header in which a proxy in front tells the country of who asks, as two "
        "letters (ISO 3166-1), for names with locations by country; without it none is known.",
    )
    open_deposits: bool = Field(
        default=True,
        description="Take deposits from anyone who reaches the server: for loopback addresses.",
    )
    pool_size: int = Field(default=8, ge=1, le=200, description="Connections per process.")
    batch_size: int = Field(
        default=1000, ge=1, le=1000, description="Objects a worker handles in one transaction."
    )
    visibility_s: int = Field(
        default=60, ge=1, description="Seconds until a message of a worker that died is seen again."
    )
    fsync: bool = Field(
        default=True, description="Durable commits of the embedded server; off only for tests."
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="How log lines are written to standard error."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="The least severe log line that is written."
    )
    source_urls: dict[str, str] = Field(
        default_factory=dict,
        description="Other addresses of sources by their name, as JSON; their hosts may lie in "
        "the own network.",
    )
    schedule_syncs: bool = Field(
        default=False, description="Fetch the newest public releases at the times of each source."
    )
    dump_folder: Path | None = Field(
        default=None,
        description="Where a full dump is written every Sunday at 01:41 UTC, each in a folder of "
        "its own; none is where this is not set.",
    )
    dumps_kept: int = Field(
        default=4, ge=1, description="How many of the dumps written by schedule are kept."
    )
    callback_hosts: tuple[str, ...] = Field(
        default=(),
        description="Hosts (`host` or `host:port`) that may be called back though their addresses "
        "are not public; none by default.",
    )
    real_data: Path | None = Field(
        default=None, description="Folder of real data for tests and benchmarks; never required."
    )

    @property
    def blobs(self) -> str:
        """The URL of the blob store in use."""
        return self.blob_url or (self.home / "blobs").absolute().as_uri()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, which wins over `nexus.toml`."""
        home = Path(os.environ.get("NEXUS_HOME") or default_home())
        file = TomlConfigSettingsSource(settings_cls, toml_file=home / "nexus.toml")
        return init_settings, env_settings, file


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
