"""How generated source is set: docstrings, names, ruff's form."""

from __future__ import annotations

import re
import subprocess
import tempfile
import textwrap
from pathlib import Path

from ruff.__main__ import find_ruff_bin

from nexus_tools.sqlc_request import CodegenError

WIDTH = 100


def docstring(lines: list[str], indent: str) -> str:
    """Lines as a docstring, wrapped to the line length.

    >>> docstring(["Say so."], "")
    '\"\"\"Say so.\"\"\"\\n'
    """
    wrapped = [
        part for line in lines for part in textwrap.wrap(line, WIDTH - len(indent) - 6) or [""]
    ]
    text = "\n".join(wrapped).strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if text.endswith('"'):
        text += " "
    if "\n" in text:
        text += "\n"
    return textwrap.indent(f'"""{text}"""', indent) + "\n"


def member_name(label: str) -> str:
    """An enum label as a constant's name.

    >>> member_name("in-progress"), member_name("2nd")
    ('IN_PROGRESS', 'N2ND')
    """
    name = re.sub(r"\W+", "_", label).strip("_").upper() or "EMPTY"
    return f"N{name}" if name[0].isdigit() else name


def mentions(text: str, name: str) -> bool:
    """Whether source uses a name, its own strings and attributes apart."""
    return re.search(rf"(?<![\w.\"]){name}(?![\w\"])", _CONSTANT.sub("", text)) is not None


def formatted(files: dict[str, str]) -> dict[str, str]:
    """The files as `ruff format` leaves them; raises CodegenError on source that is not Python."""
    with tempfile.TemporaryDirectory(prefix="nexus-") as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        command = [find_ruff_bin(), "format", "--isolated", "--quiet", "--no-cache", "."]
        options = ["--target-version", "py311", "--line-length", str(WIDTH)]
        done = subprocess.run(
            [*command, *options], cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise CodegenError(f"what was generated is not Python: {done.stderr.strip()}")
        return {name: (Path(folder) / name).read_text(encoding="utf-8") for name in files}


_CONSTANT = re.compile(r'""".*?(?<!\\)"""', re.DOTALL)
