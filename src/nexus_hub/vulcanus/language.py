"""The strategy `language`: the language a record declares, in one form; else told by its script.

Tags are BCP 47 (RFC 5646): the shortest code, scripts and regions in their usual case. A record
that declares no language gets one only where its script alone tells it: no statistics of words,
since titles are short and a wrong language is worse than none.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

from nexus_hub.vulcanus.languages import BY_NAME, BY_THREE, CODES, FORMER
from nexus_hub.vulcanus.plain import Plain
from nexus_hub.vulcanus.strategy import Elements, element

STRATEGY: Final = "language"

LEAST_LETTERS: Final = 12
SHARE: Final = 0.7
"""Of all letters, how many must be of the script; names and formulas of others are normal."""
LONGEST: Final = 2000

SCRIPTS: Final = {
    "ko": ("\uac00-\ud7a3", 0.95),
    "th": ("\u0e00-\u0e7f", 0.95),
    "el": ("\u0370-\u03ff\u1f00-\u1fff", 0.9),
    "he": ("\u0590-\u05ff", 0.85),
    "ka": ("\u10a0-\u10ff", 0.95),
    "hy": ("\u0530-\u058f", 0.95),
    "ta": ("\u0b80-\u0bff", 0.95),
    "te": ("\u0c00-\u0c7f", 0.95),
    "kn": ("\u0c80-\u0cff", 0.95),
    "ml": ("\u0d00-\u0d7f", 0.95),
    "si": ("\u0d80-\u0dff", 0.95),
    "gu": ("\u0a80-\u0aff", 0.95),
    "km": ("\u1780-\u17ff", 0.95),
    "lo": ("\u0e80-\u0eff", 0.95),
    "my": ("\u1000-\u109f", 0.85),
    "zh": ("\u3400-\u9fff", 0.85),
}
"""Scripts that one language is written in, nearly always, and how sure that is.

Cyrillic, Arabic, Devanagari, Bengali and Ethiopic are missing: each is that of many languages.
"""

_KANA: Final = re.compile("[\u3041-\u30ff]")
_OF_SCRIPT: Final = {tag: re.compile(f"[{letters}]") for tag, (letters, _) in SCRIPTS.items()}
_TAG: Final = re.compile(r"<[^<>]*>|&\w+;")
_TAGGED: Final = re.compile(
    r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?", re.IGNORECASE
)


def normal_tag(declared: str) -> str | None:
    """A declared language in the form of BCP 47; None where it is none that is known.

    >>> [normal_tag(said) for said in ("eng", "EN_us", "German", "zh-hans-cn", "iw", "xx", "en-")]
    ['en', 'en-US', 'de', 'zh-Hans-CN', 'he', None, None]
    """
    said = " ".join(declared.split()).casefold()
    if said in BY_NAME:
        return BY_NAME[said]
    found = _TAGGED.fullmatch(said)
    if found is None:
        return None
    code, script, region = found.groups()
    code = FORMER.get(code, BY_THREE.get(code, code))
    if code not in CODES:
        return None
    return "-".join(filter(None, (code, (script or "").title(), (region or "").upper())))


def told_by_script(text: str) -> tuple[str, float] | None:
    """The language that a text is written in, where its script tells, and how sure that is.

    >>> told_by_script("한국어 문헌의 정보학적 연구와 그 응용"), told_by_script("On salt and brine")
    (('ko', 0.95), None)
    """
    if text.isascii():
        return None
    bare = _TAG.sub(" ", text[:LONGEST])
    letters = sum(map(str.isalpha, bare))
    if letters < LEAST_LETTERS:
        return None
    kana, han = len(_KANA.findall(bare)), len(_OF_SCRIPT["zh"].findall(bare))
    if kana and kana + han >= SHARE * letters:
        return ("ja", 0.95) if kana >= 0.1 * letters else None
    counts = Counter({tag: len(script.findall(bare)) for tag, script in _OF_SCRIPT.items()})
    tag, count = counts.most_common(1)[0]
    return (tag, SCRIPTS[tag][1]) if count >= SHARE * letters else None


def read(body: dict[str, Any]) -> list[Any] | None:
    """What there is to say of the language of a record: what it declares, what it is, why."""
    declared = body.get("language")
    if isinstance(declared, str) and declared.strip():
        tag = declared if declared in CODES else normal_tag(declared)
        return [declared, tag, "declared", 1.0] if tag not in (None, declared) else None
    titles = body.get("title")
    texts = [text for text in (titles if isinstance(titles, list) else ()) if type(text) is str]
    abstract = body.get("abstract")
    if isinstance(abstract, str):
        texts.append(abstract[:LONGEST])
    found = told_by_script(" ".join(texts))
    return [None, found[0], "script", found[1]] if found else None


def say(found: list[Any]) -> Elements:
    """The tag in place of what is declared, or where nothing is."""
    declared, tag, rule, sure = found
    if rule == "script":
        evidence = {"rule": "script of title and abstract"}
        return [element("insert", ("language",), tag, sure, evidence, {})]
    evidence = {"rule": "declared, in another form", "declared": declared}
    told = element("update", ("language",), tag, sure, evidence, {})
    return [{**told, "originalValue": declared}]


LANGUAGE: Final = Plain(STRATEGY, read, say)
