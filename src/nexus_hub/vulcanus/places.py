"""Countries as affiliation strings name them.

Each row is a code and its names, the first of them ROR's (from GeoNames), the others alternates in
use, big states among them. A word that names several places stands for all of them.
"""

from __future__ import annotations

from typing import Final

from nexus_hub.vulcanus.names import name_key

_COUNTRIES = """
AD andorra; AE united arab emirates|uae|emirates|dubai|abu dhabi; AF afghanistan; AG antigua
and barbuda|antigua; AI anguilla; AL albania|shqiperi; AM armenia; AO angola; AQ antarctica;
AR argentina|republica argentina; AS american samoa; AT austria|osterreich|oesterreich; AU
australia|new south wales|queensland|south australia|western australia|tasmania|australian
capital territory; AW aruba; AX aland|aland islands; AZ azerbaijan; BA bosnia and
herzegovina|bosnia herzegovina|bosnia|bih; BB barbados; BD bangladesh; BE
belgium|belgique|belgie|belgien; BF burkina faso; BG bulgaria; BH bahrain; BI burundi; BJ
benin; BM bermuda; BN brunei|brunei darussalam; BO bolivia; BQ bonaire sint eustatius and
saba|bonaire; BR brazil|brasil; BS bahamas|the bahamas; BT bhutan; BW botswana; BY
belarus|byelarus|republic of belarus; BZ belize; CA canada|ontario|quebec|british
columbia|alberta|manitoba|saskatchewan|nova scotia|new brunswick|newfoundland; CD dr
congo|democratic republic of the congo|democratic republic of congo|drc; CF central african
republic; CG congo republic|republic of the congo|congo brazzaville|congo; CH
switzerland|schweiz|suisse|svizzera; CI ivory coast|cote divoire; CK cook islands; CL chile;
CM cameroon|cameroun; CN china|peoples republic of china|pr china|prc|pr of china|mainland
china|中国|中國; CO colombia; CR costa rica; CU cuba; CV cabo verde|cape verde; CW curacao; CY
cyprus; CZ czechia|czech republic|ceska republika|czechoslovakia; DE
germany|deutschland|federal republic of germany|frg|allemagne|alemania|niemcy|германия; DJ
djibouti; DK denmark|danmark; DM dominica; DO dominican republic|republica dominicana; DZ
algeria|algerie; EC ecuador; EE estonia|eesti; EG egypt|arab republic of egypt; EH western
sahara; ER eritrea; ES spain|espana|espagne|catalonia|catalunya; ET ethiopia; FI
finland|suomi; FJ fiji; FK falkland islands; FM micronesia; FO faroe islands; FR
france|frankreich|francia; GA gabon; GB united kingdom|uk|great
britain|england|scotland|wales|northern ireland|britain|united kingdom of great britain and
northern ireland; GD grenada; GE georgia; GF french guiana|guyane; GG guernsey; GH ghana; GI
gibraltar; GL greenland; GM the gambia|gambia; GN guinea; GP guadeloupe; GQ equatorial guinea;
GR greece|hellas; GT guatemala; GU guam; GW guinea bissau; GY guyana; HK hong kong|hong kong
sar|hongkong|香港; HN honduras; HR croatia|hrvatska; HT haiti; HU hungary|magyarorszag; ID
indonesia; IE ireland|eire|republic of ireland; IL israel; IM isle of man; IN india|bharat; IQ
iraq; IR iran|islamic republic of iran|ir iran; IS iceland; IT italy|italia|italie; JE jersey;
JM jamaica; JO jordan; JP japan|nippon|日本; KE kenya; KG kyrgyzstan|kyrgyz republic; KH
cambodia; KI kiribati; KM comoros; KN st kitts and nevis|saint kitts and nevis; KP north
korea|dprk; KR south korea|korea|republic of korea|rok|s korea|대한민국; KW kuwait; KY cayman
islands; KZ kazakhstan|republic of kazakhstan; LA laos|lao pdr; LB lebanon; LC saint lucia|st
lucia; LI liechtenstein; LK sri lanka; LR liberia; LS lesotho; LT lithuania|lietuva; LU
luxembourg|luxemburg; LV latvia; LY libya; MA morocco|maroc; MC monaco; MD moldova|republic of
moldova; ME montenegro; MG madagascar; MH marshall islands; MK north
macedonia|macedonia|republic of macedonia|fyrom; ML mali; MM myanmar|burma; MN mongolia; MO
macao|macau|macao sar|macau sar; MP northern mariana islands; MQ martinique; MR mauritania; MS
montserrat; MT malta; MU mauritius; MV maldives; MW malawi; MX mexico; MY malaysia; MZ
mozambique|mocambique; NA namibia; NC new caledonia|nouvelle caledonie; NE niger; NG nigeria;
NI nicaragua; NL netherlands|the netherlands|nederland|holland|pays bas|niederlande; NO
norway|norge; NP nepal; NR nauru; NZ new zealand|aotearoa; OM oman|sultanate of oman; PA
panama; PE peru; PF french polynesia; PG papua new guinea; PH philippines|the philippines; PK
pakistan; PL poland|polska; PM saint pierre and miquelon; PR puerto rico; PS
palestine|palestinian territories|palestinian territory|gaza strip|west bank; PT portugal; PW
palau; PY paraguay; QA qatar; RE reunion|la reunion; RO romania; RS serbia|republic of
serbia|serbia and montenegro|srbija; RU russia|russian federation|россия|российская
федерация|ussr; RW rwanda; SA saudi arabia|ksa|kingdom of saudi arabia; SB solomon islands; SC
seychelles; SD sudan; SE sweden|sverige; SG singapore|republic of singapore; SI
slovenia|slovenija; SJ svalbard and jan mayen|svalbard; SK slovakia|slovak republic|slovensko;
SL sierra leone; SM san marino; SN senegal; SO somalia; SR suriname; SS south sudan; ST sao
tome and principe; SV el salvador; SX sint maarten; SY syria|syrian arab republic; SZ
eswatini|swaziland; TC turks and caicos islands; TD chad|tchad; TG togo; TH thailand; TJ
tajikistan; TL timor leste|east timor; TM turkmenistan; TN tunisia|tunisie; TO tonga; TR
turkiye|turkey; TT trinidad and tobago|trinidad|west indies; TV tuvalu; TW taiwan|taiwan
roc|republic of china|roc|臺灣|台湾|台灣; TZ tanzania|united republic of tanzania; UA
ukraine|україна|украина; UG uganda; US united states|usa|us|united states of america|estados
unidos|etats unis; UY uruguay; UZ uzbekistan; VA vatican city|holy see; VC st vincent and
grenadines|saint vincent and the grenadines; VE venezuela; VG british virgin islands; VI us
virgin islands; VN vietnam|viet nam; VU vanuatu; WF wallis and futuna; WS samoa; XK kosovo; YE
yemen; YT mayotte; ZA south africa|republic of south africa|rsa; ZM zambia; ZW zimbabwe
"""

_STATES = (
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|"
    "hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|"
    "michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|"
    "new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|"
    "rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|"
    "west virginia|wisconsin|wyoming|washington dc|district of columbia"
)

# Written in capitals and last in their part of the string: `Ann Arbor, MI`, `Boston, MA 02115`.
STATE_CODES: Final = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "DC",
    ]
)

# A country's name covers its territories, which have codes of their own.
_TERRITORIES = {
    "AU": "CX CC NF",
    "CN": "HK MO",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "GF GP MQ NC PF PM RE WF YT",
    "GB": "AI BM FK GG GI IM JE KY MS TC VG",
    "NL": "AW BQ CW SX",
    "NO": "SJ",
    "NZ": "CK",
    "US": "AS GU MP PR VI",
}


def _countries_by_name() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in " ".join(_COUNTRIES.split()).split("; "):
        code, names = row.split(" ", 1)
        covered = frozenset({code, *_TERRITORIES.get(code, "").split()})
        for name in names.split("|"):
            key = name_key(name)
            found[key] = found.get(key, frozenset()) | covered
    united = frozenset({"US"})
    for name in _STATES.split("|"):
        found[name] = found.get(name, frozenset()) | united
    return found


COUNTRY_BY_NAME: Final = _countries_by_name()
"""Folded name -> the codes (ISO 3166-1 alpha-2) it may mean, states of the US among them."""


def _longest_from() -> dict[str, int]:
    found: dict[str, int] = {}
    for name in COUNTRY_BY_NAME:
        words = name.split()
        found[words[0]] = max(len(words), found.get(words[0], 0))
    return found


LONGEST_FROM: Final = _longest_from()
"""First word -> words in the longest name that begins with it."""
