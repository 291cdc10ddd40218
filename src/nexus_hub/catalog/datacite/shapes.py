"""What DataCite's metadata looks like: the attributes of a DOI in its REST API and its schema 4.

After the DataCite Metadata Schema 4.6 and the JSON of `/dois` (support.datacite.org), with the
forms of older records: an affiliation or a publisher may be text or an object.
"""

from __future__ import annotations

from typing import Final

from nexus_hub.catalog.crossref_forms import words
from nexus_hub.catalog.drafts import TextOr
from nexus_hub.catalog.shape import (
    INTEGER,
    NUMBER,
    TEXT,
    TEXTS,
    Record,
    Several,
    Shape,
)


def _texts(names: str) -> dict[str, Shape]:
    return dict.fromkeys(words(names), TEXT)


AFFILIATION: Final = TextOr(
    _texts("name affiliationIdentifier affiliationIdentifierScheme schemeUri")
)
NAME_IDENTIFIERS: Final = Several(Record(_texts("nameIdentifier nameIdentifierScheme schemeUri")))
CREATOR: Final[dict[str, Shape]] = {
    **_texts("name nameType givenName familyName lang"),
    "affiliation": Several(AFFILIATION),
    "nameIdentifiers": NAME_IDENTIFIERS,
}
CONTRIBUTOR: Final[dict[str, Shape]] = {**CREATOR, "contributorType": TEXT}
TITLE: Final = _texts("title titleType lang")
PUBLISHER: Final = TextOr(
    _texts("name publisherIdentifier publisherIdentifierScheme schemeUri lang")
)
RELATED: Final = _texts(
    "relatedIdentifier relatedIdentifierType relationType relationTypeInformation "
    "relatedMetadataScheme resourceTypeGeneral schemeType schemeUri"
)
CONTAINER: Final = _texts(
    "type identifier identifierType title volume issue edition number chapterNumber firstPage "
    "lastPage"
)
POINT: Final[dict[str, Shape]] = dict.fromkeys(("pointLongitude", "pointLatitude"), NUMBER)
ITEM: Final[dict[str, Shape]] = {
    **_texts(
        "relatedItemType relationType relationTypeInformation publisher volume issue number "
        "numberType firstPage lastPage edition"
    ),
    "publicationYear": INTEGER,
    "titles": Several(Record(TITLE)),
    "creators": Several(Record(CREATOR)),
    "contributors": Several(Record(CONTRIBUTOR)),
    "relatedItemIdentifier": TextOr(
        _texts(
            "relatedItemIdentifier relatedItemIdentifierType relatedMetadataScheme schemeUri "
            "schemeType"
        )
    ),
    "relatedItemIdentifierType": TEXT,
}
ANY: Final = Shape()

MAPPED: Final[dict[str, Shape]] = {
    "doi": TEXT,
    "url": TEXT,
    "creators": Several(Record(CREATOR)),
    "contributors": Several(Record(CONTRIBUTOR)),
    "titles": Several(Record(TITLE)),
    "publisher": PUBLISHER,
    "publicationYear": INTEGER,
    "dates": Several(Record(_texts("date dateType dateInformation"))),
    "types": Record(_texts("resourceTypeGeneral resourceType bibtex citeproc ris schemaOrg")),
    "subjects": Several(
        TextOr(_texts("subject subjectScheme schemeUri valueUri classificationCode lang"))
    ),
    "language": TEXT,
    "version": TEXT,
    "identifiers": Several(Record(_texts("identifier identifierType"))),
    "alternateIdentifiers": Several(Record(_texts("alternateIdentifier alternateIdentifierType"))),
    "relatedIdentifiers": Several(Record(RELATED)),
    "container": Record(CONTAINER),
    "fundingReferences": Several(
        Record(
            _texts(
                "funderName funderIdentifier funderIdentifierType schemeUri awardNumber awardUri "
                "awardTitle"
            )
        )
    ),
    "rightsList": Several(
        TextOr(_texts("rights rightsUri rightsIdentifier rightsIdentifierScheme schemeUri lang"))
    ),
    "descriptions": Several(TextOr(_texts("description descriptionType lang"))),
}
"""Attributes that become members of a work."""

KEPT: Final[dict[str, Shape]] = {
    "sizes": TEXTS,
    "formats": TEXTS,
    "geoLocations": ANY,
    "relatedItems": Several(Record(ITEM)),
    "contentUrl": ANY,
    "schemaVersion": TEXT,
}
"""Attributes that a work has no member for: kept as they are under `nexus.datacite`."""

DROPPED: Final = frozenset(
    words("""
        citationCount citationsOverTime created downloadCount downloadsOverTime event isActive
        landingPage metadataVersion partCount partOfCount prefix published reason referenceCount
        registered source state suffix updated versionCount versionOfCount viewCount viewsOverTime
        xml
        """)
)
"""Attributes that DataCite's service writes itself, or that say what it shall do: no metadata."""

ATTRIBUTES: Final = Record({**MAPPED, **KEPT, **dict.fromkeys(sorted(DROPPED), ANY)})
"""The attributes of one DOI."""
