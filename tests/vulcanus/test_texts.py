"""Texts are found by sets of words: each set is looked up by itself, however many there are."""

from __future__ import annotations

import random
from typing import Any

from nexus_hub.vulcanus.queries import matched_text as q
from nexus_hub.vulcanus.texts import array

FILL = """
INSERT INTO vulcanus.matched_text (strategy, inputs_index, text_hash, text, terms, answer)
SELECT 'affiliation-ror', 1, uuidv7(), t.terms, t.terms::integer[], uuidv7()
FROM unnest(%s::text[]) AS t (terms)
"""
SCANS = """
SELECT i.idx_scan FROM pg_stat_user_indexes AS i WHERE i.indexrelname = 'matched_text_terms_idx'
"""


def test_sets_by_the_thousand_are_looked_up_each_by_itself(fresh_database: Any) -> None:
    draw = random.Random(5)
    texts = [tuple(draw.sample(range(3_000), 12)) for _ in range(8_000)]
    sets = [*{tuple(sorted(text[:2])) for text in texts[:5_000]}, (1, 2, 3_001)]
    with fresh_database.connect(None) as owner:
        owner.execute(FILL, [list(map(array, texts))])
        owner.execute("ANALYZE vulcanus.matched_text")
    with fresh_database.connect() as connection:
        rows = q.matched_text_list_with(
            connection, strategy="affiliation-ror", index=2, sets=list(map(array, sets))
        )
        connection.execute("SELECT pg_stat_force_next_flush()")
    expected = [text for text in texts if any(map(set(text).issuperset, _near(sets, text)))]
    assert sorted(row.text for row in rows) == sorted(map(array, expected))
    with fresh_database.connect(None) as owner:
        assert owner.execute(SCANS).fetchall() == [(len(sets),)]


def _near(sets: list[tuple[int, ...]], text: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [one for one in sets if one[0] in text]
