"""Languages of ISO 639-1: their codes of two letters, those of three, and their English names.

After the registers of ISO 639 (id.loc.gov/vocabulary/iso639-2) and IANA's registry of language
subtags (RFC 5646), which has the codes of two letters in tags wherever there are any.
"""

from __future__ import annotations

from typing import Final

_LANGUAGES: Final = """
    aa aar Afar; ab abk Abkhazian; ae ave Avestan; af afr Afrikaans; ak aka Akan; am amh Amharic;
    an arg Aragonese; ar ara Arabic; as asm Assamese; av ava Avaric; ay aym Aymara;
    az aze Azerbaijani; ba bak Bashkir; be bel Belarusian; bg bul Bulgarian; bi bis Bislama;
    bm bam Bambara; bn ben Bangla; bo bod/tib Tibetan; br bre Breton; bs bos Bosnian;
    ca cat Catalan; ce che Chechen; ch cha Chamorro; co cos Corsican; cr cre Cree;
    cs ces/cze Czech; cu chu Church Slavic; cv chv Chuvash; cy cym/wel Welsh; da dan Danish;
    de deu/ger German; dv div Divehi; dz dzo Dzongkha; ee ewe Ewe; el ell/gre Greek;
    en eng English; eo epo Esperanto; es spa Spanish; et est Estonian; eu eus/baq Basque;
    fa fas/per Persian; ff ful Fula; fi fin Finnish; fj fij Fijian; fo fao Faroese;
    fr fra/fre French; fy fry Western Frisian; ga gle Irish; gd gla Scottish Gaelic;
    gl glg Galician; gn grn Guarani; gu guj Gujarati; gv glv Manx; ha hau Hausa; he heb Hebrew;
    hi hin Hindi; ho hmo Hiri Motu; hr hrv Croatian; ht hat Haitian Creole; hu hun Hungarian;
    hy hye/arm Armenian; hz her Herero; ia ina Interlingua; id ind Indonesian;
    ie ile Interlingue; ig ibo Igbo; ii iii Sichuan Yi; ik ipk Inupiaq; io ido Ido;
    is isl/ice Icelandic; it ita Italian; iu iku Inuktitut; ja jpn Japanese; jv jav Javanese;
    ka kat/geo Georgian; kg kon Kongo; ki kik Kikuyu; kj kua Kuanyama; kk kaz Kazakh;
    kl kal Kalaallisut; km khm Khmer; kn kan Kannada; ko kor Korean; kr kau Kanuri;
    ks kas Kashmiri; ku kur Kurdish; kv kom Komi; kw cor Cornish; ky kir Kyrgyz; la lat Latin;
    lb ltz Luxembourgish; lg lug Ganda; li lim Limburgish; ln lin Lingala; lo lao Lao;
    lt lit Lithuanian; lu lub Luba-Katanga; lv lav Latvian; mg mlg Malagasy; mh mah Marshallese;
    mi mri/mao Māori; mk mkd/mac Macedonian; ml mal Malayalam; mn mon Mongolian; mr mar Marathi;
    ms msa/may Malay; mt mlt Maltese; my mya/bur Burmese; na nau Nauru; nb nob Norwegian Bokmål;
    nd nde North Ndebele; ne nep Nepali; ng ndo Ndonga; nl nld/dut Dutch;
    nn nno Norwegian Nynorsk; no nor Norwegian; nr nbl South Ndebele; nv nav Navajo;
    ny nya Nyanja; oc oci Occitan; oj oji Ojibwa; om orm Oromo; or ori Odia; os oss Ossetic;
    pa pan Punjabi; pi pli Pali; pl pol Polish; ps pus Pashto; pt por Portuguese; qu que Quechua;
    rm roh Romansh; rn run Rundi; ro ron/rum Romanian; ru rus Russian; rw kin Kinyarwanda;
    sa san Sanskrit; sc srd Sardinian; sd snd Sindhi; se sme Northern Sami; sg sag Sango;
    si sin Sinhala; sk slk/slo Slovak; sl slv Slovenian; sm smo Samoan; sn sna Shona;
    so som Somali; sq sqi/alb Albanian; sr srp Serbian; ss ssw Swati; st sot Southern Sotho;
    su sun Sundanese; sv swe Swedish; sw swa Swahili; ta tam Tamil; te tel Telugu; tg tgk Tajik;
    th tha Thai; ti tir Tigrinya; tk tuk Turkmen; tl tgl Tagalog; tn tsn Tswana; to ton Tongan;
    tr tur Turkish; ts tso Tsonga; tt tat Tatar; tw twi Twi; ty tah Tahitian; ug uig Uyghur;
    uk ukr Ukrainian; ur urd Urdu; uz uzb Uzbek; ve ven Venda; vi vie Vietnamese; vo vol Volapük;
    wa wln Walloon; wo wol Wolof; xh xho Xhosa; yi yid Yiddish; yo yor Yoruba; za zha Zhuang;
    zh zho/chi Chinese; zu zul Zulu
"""
"""Two letters, three letters (terminological before bibliographic), name."""

_OTHER_NAMES: Final = {
    "bengali": "bn",
    "castilian": "es",
    "farsi": "fa",
    "flemish": "nl",
    "mandarin": "zh",
    "norwegian bokmal": "nb",
    "oriya": "or",
    "portuguese (brazil)": "pt-BR",
    "simplified chinese": "zh-Hans",
    "chinese (simplified)": "zh-Hans",
    "traditional chinese": "zh-Hant",
    "chinese (traditional)": "zh-Hant",
    "slovene": "sl",
    "valencian": "ca",
}
FORMER: Final = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr"}
"""Codes that were withdrawn, and those in their place (IANA, `Preferred-Value`)."""

_READ: Final = [entry.split(maxsplit=2) for entry in _LANGUAGES.replace("\n", " ").split(";")]

CODES: Final = frozenset(code for code, _, _ in _READ)
"""The codes of two letters."""

BY_THREE: Final = {three: code for code, threes, _ in _READ for three in threes.split("/")}
"""The codes of two letters by those of three."""

BY_NAME: Final = {name.casefold(): code for code, _, name in _READ} | _OTHER_NAMES
"""Tags by English names, in lower case."""
