"""The examples in the docstrings of the code generator."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = ["sqlc_schema", "sqlc_text", "sqlc_types", "sqlc_writing"]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(f"nexus_tools.{name}"))
    assert tried > 0
    assert failed == 0
