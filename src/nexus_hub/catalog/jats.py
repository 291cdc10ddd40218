"""Abstracts: from the plain text or light HTML that people write to Crossref's JATS, and back."""

from __future__ import annotations

import re
from html import escape, unescape

_BREAK = re.compile(
    r"</?p(?:\s[^<>]*)?>|<br\s*/?>(?:\s*<br\s*/?>)*|\r?\n[ \t]*\r?\n\s*", re.IGNORECASE
)
_INLINE = re.compile(r"<(/?)(i|em|b|strong|sub|sup)\s*>", re.IGNORECASE)
_JATS = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold", "sub": "sub", "sup": "sup"}
_HTML = {"italic": "i", "bold": "b", "sub": "sub", "sup": "sup"}
_TAG = re.compile(r"<(/?)(?:jats:)?([\w-]+)(?:\s[^<>]*)?>")


def to_jats(text: str) -> str:
    """Text as JATS: a paragraph for each that it has, `i b sub sup` kept, all else text.

    What is JATS already stays as it is.

    >>> to_jats("Salt < pepper.")
    '<jats:p>Salt &lt; pepper.</jats:p>'
    >>> to_jats("A.\\n\\n<i>E. coli</i> &amp; <b>more")[19:]
    '<jats:p><jats:italic>E. coli</jats:italic> &amp; <jats:bold>more</jats:bold></jats:p>'
    """
    if text.lstrip().startswith("<jats:"):
        return text
    paragraphs = [_paragraph(part) for part in _BREAK.split(text) if part.strip()]
    return "".join(f"<jats:p>{paragraph}</jats:p>" for paragraph in paragraphs)


def from_jats(jats: str) -> str:
    """JATS as text: paragraphs with an empty line between, `i b sub sup` as HTML has them.

    >>> from_jats("<jats:p>A &lt; B.</jats:p><jats:p><jats:italic>E.</jats:italic></jats:p>")
    'A < B.\\n\\n<i>E.</i>'
    """
    text = re.sub(r"</(?:jats:)?(?:p|title)>\s*", "\n\n", jats)
    return unescape(_TAG.sub(_as_html, text)).strip()


def _as_html(tag: re.Match[str]) -> str:
    name = _HTML.get(tag[2])
    return f"<{tag[1]}{name}>" if name else ""


def _paragraph(text: str) -> str:
    """One paragraph with balanced marks."""
    out: list[str] = []
    opened: list[str] = []
    end = 0
    for mark in _INLINE.finditer(text):
        out.append(_plain(text[end : mark.start()]))
        end = mark.end()
        name = _JATS[mark[2].lower()]
        if not mark[1]:
            opened.append(name)
            out.append(f"<jats:{name}>")
        elif opened and opened[-1] == name:
            opened.pop()
            out.append(f"</jats:{name}>")
    out.append(_plain(text[end:]))
    out += [f"</jats:{name}>" for name in reversed(opened)]
    return "".join(out).strip()


def _plain(text: str) -> str:
    return escape(unescape(text), quote=False)
