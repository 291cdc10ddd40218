"""The words a record may use where the catalogue has a list: the rows of four small tables.

The types of releases are those of CSL 1.0.1 (docs.citationstyles.org, appendix III) and nine more;
roles are CSL's name variables. The Fatcat Guide (guide.fatcat.wiki, "Release Entity Reference")
says what each means. A test holds these lists to the tables of the same names.
"""

from __future__ import annotations

from typing import Final

from nexus_hub.catalog.crossref_forms import words

RELEASE_TYPES: Final = (
    *words("""
    article article-journal article-magazine article-newspaper bill book broadcast chapter dataset
    entry entry-dictionary entry-encyclopedia figure graphic interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent
    personal_communication post post-weblog report review review-book song speech thesis treaty
    webpage
    abstract component editorial letter peer_review retraction software standard
    """),
    "stub",
)
"""What a release is."""

RELEASE_STAGES: Final = words("draft submitted accepted published updated retraction")
"""How far a release has come towards publication, and what may come after."""

WITHDRAWN_STATUSES: Final = words("withdrawn retracted concern spam legal safety national-security")
"""Why a release is no longer offered, or no longer trusted."""

CONTRIBUTOR_ROLES: Final = words("""
    author collection-editor composer container-author director editor editorial-director
    editortranslator illustrator interviewer original-author recipient reviewed-author translator
    """)
"""What a contributor did."""

VOCABULARIES: Final = {
    "release_type": RELEASE_TYPES,
    "release_stage": RELEASE_STAGES,
    "withdrawn_status": WITHDRAWN_STATUSES,
    "contributor_role": CONTRIBUTOR_ROLES,
}
"""Every vocabulary under the name of its table in schema `catalog`, which is also its column's."""
