"""Works to write in every format: odd ones made up here, and the real ones where they are."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nexus_hub.aquilo import csl
from nexus_hub.aquilo.members import text
from nexus_hub.catalog.crossref import read_work

CROID = "01jexample0000000000000000"
EVERY = 1 if os.environ.get("NEXUS_FAULTS") == "long" else 40
"""Each how many-th real work is taken; all of them in the long run."""


def odd(**members: Any) -> dict[str, Any]:
    """A work with whatever is odd about it."""
    return {
        "DOI": "10.5555/odd",
        "type": "journal-article",
        "title": ["A plain title"],
        "container-title": ["Journal of Odd Things"],
        "publisher": "Odd & Sons",
        "volume": "12",
        "issue": "3",
        "page": "101-119",
        "ISSN": ["1234-5679"],
        "issued": {"date-parts": [[2021, 3, 4]]},
        "author": [{"family": "Lovelace", "given": "Ada"}],
    } | members


ODD = (
    odd(),
    odd(title=["On $E = mc^2$ & 50% of {braces}, #1_2 ~ \\alpha"]),
    odd(title=["The <i>E. coli</i> of H<sub>2</sub>O and x<sup>2</sup> < y > z"]),
    odd(title=["<mml:math><mml:mi>x</mml:mi></mml:math> \"quoted\" 'single' </script>"]),
    odd(title=["Война и мир"], author=[{"family": "Толстой", "given": "Лев Николаевич"}]),
    odd(title=["红楼梦研究"], author=[{"family": "曹", "given": "雪芹"}], language="zh"),
    odd(title=["Żółć, Ångström, ñandú, Đặng"], author=[{"family": "Żak-Ó Néill", "given": "Ewa"}]),
    odd(author=[{"family": "de la Cruz", "given": "Juana Inés"}, {"name": "A, B and C Group"}]),
    odd(author=[{"family": "King", "given": "M. L.", "suffix": "Jr."}, {"given": "Plato"}]),
    odd(author=[{"family": "Anderson and Sons", "given": "B, C"}, {"family": "O'Brien & Co"}]),
    odd(title=["ER  - \r\nTY  - BOOK"], author=[{"family": "AU  - Eve", "given": "X"}]),
    odd(title=["@article{evil, title={x}}"], publisher="A \\ B {C"),
    odd(DOI="10.1002/(sici)1096<297::aid>3.0.co;2-a", page="e1234", issue=None, volume=None),
    odd(author=[], editor=[], title=["Nobody's work"]),
    odd(author=[], title=[], issued={}),
    odd(title=["Control \x01\x0b characters \ufffe in 𝒜 \U0001f600 titles"]),
    odd(issued={"date-parts": [[987]]}, page="iv-xii, 3"),
    odd(type="dissertation", institution=[{"name": "Universität Zürich"}], degree=["PhD"]),
    odd(type="book-chapter", ISBN=["9783527627523"], ISSN=[], editor=[{"family": "Żeromski"}]),
    odd(license=[{"URL": 'https://e.org/a b<c>"d'}, {"URL": "not a link"}, {"URL": None}]),
    odd(author=[{"family": "A", "ORCID": "http://orcid.org/0000-0002-1825-0097"}] * 2),
    odd(
        reference=[{"key": "1", "DOI": "10.5555/<x>"}, {"key": "2", "unstructured": "A & B"}],
        funder=[{"name": "Fonds", "DOI": "10.13039/1"}, {"name": "Fonds", "DOI": "10.13039/1"}],
        abstract="<jats:title>Abstract</jats:title><jats:p>a &lt; b &amp; c</jats:p>",
    ),
)


def real(folder: Path, every: int = EVERY) -> Iterator[dict[str, Any]]:
    """Real works as they would be stored: of all, each so many-th."""
    with gzip.open(folder / "crossref" / "works.jsonl.gz") as lines:
        for n, line in enumerate(lines):
            if n % every == 0:
                yield read_work(line)[0]


def plain_title(body: dict[str, Any]) -> str:
    """What a format without markup says of the title."""
    return csl.plain(csl.item(body).get("title", ""))


def names(body: dict[str, Any], role: str = "author") -> list[dict[str, str]]:
    """The names of a role as the record has them."""
    out = []
    for one in body.get(role) or ():
        parts = {part: text(one.get(part)) for part in ("family", "given", "suffix", "name")}
        if parts["family"]:
            out.append({k: v for k, v in parts.items() if v and k != "name"})
        elif parts["name"] or parts["given"]:
            out.append({"literal": parts["name"] or parts["given"]})
    return out
