"""What cannot be stored of what lists of works are asked by."""

from __future__ import annotations

TERM = "INSERT INTO aquilo.term (term, member, path, form, is_grouped) VALUES "
FILTER = (
    "INSERT INTO aquilo.filter (filter, takes, term, form, fragment, example, description) VALUES "
)
IMPOSSIBLE = {
    "term_is_kebab_case": [TERM + "('Odd=', 'x', '$', 'flag', false)"],
    "term_form_is_known": [TERM + "('odd', 'x', '$', 'odd', false)"],
    "grouped_term_has_a_value": [TERM + "('odd', 'x', '$', 'flag', true)"],
    "word_code_is_kebab_case": ["INSERT INTO aquilo.word_path VALUES ('a/b', 'x', '$')"],
    "filter_is_kebab_case": [FILTER + "('Odd', 'text', NULL, NULL, 'true', '', '')"],
    "filter_takes_what_is_known": [FILTER + "('odd', 'odd', NULL, NULL, 'true', '', '')"],
    "filter_term_has_a_form": [FILTER + "('odd', 'text', 'odd', NULL, 'true', '', '')"],
    "sort_takes_what_is_known": ["INSERT INTO aquilo.sort VALUES ('odd', 'd.odd', 'odd', '')"],
    "collection_is_known": ["INSERT INTO aquilo.listed VALUES ('odd', '1', 'x', '', '')"],
}
