"""Deletes the embedded database and everything else in the home folder, after asking."""

from __future__ import annotations

import argparse
import shutil
import sys

from nexus_hub.platform.config import settings
from nexus_hub.platform.server import EmbeddedServer


def main() -> int:
    """Ask, then delete the home folder; refuse while the database in it is in use."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--yes", action="store_true", help="do not ask")
    given = parser.parse_args()
    home = settings().home.absolute()
    if not (home / "postgres").is_dir():
        print(f"nothing to delete in {home}")
        return 0
    if EmbeddedServer(home).is_running():
        print(f"the database in {home} is in use: end nexus first", file=sys.stderr)
        return 1
    if not given.yes and input(f"delete {home} with everything taken in? [y/N] ") != "y":
        print("kept")
        return 1
    shutil.rmtree(home)
    print(f"deleted {home}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
