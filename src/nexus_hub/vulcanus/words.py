"""Vocabularies of affiliation strings, in the comparable form of `names`."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP_WORDS: Final = _words(
    """
    & a al all am an and at au aux by d da dall das de degli dei del dell della delle dem den der
    des di die do dos du e el en et for from fuer fur i im in l la las le les los na nell och of
    og on studi sull the to und van vom von w with y z zu zum zur
    """
)
"""Articles and prepositions: two names that differ in these alone are one."""

GENERIC_WORDS: Final = _words(
    """
    abuse academy accelerator accounting address administration adolescent adult advanced
    aeronautics affairs affiliated ageing agency aging agrarian agri agricultural agriculture agro
    agronomy air alcohol alcoholism allergy anaesthesiology analysis anatomy anesthesiology animal
    anthropology applied aquaculture aquatic archaeology architectural architecture army art
    arthritis artificial arts association astronomy astrophysics atmospheric atomic author
    authority automation aviation bacterial bank behavior behavioral behaviour behavioural bio
    biochemistry biodiversity bioengineering bioinformatics biological biology biomedical
    biophysics bioscience biosciences biostatistics biotechnology blood board botany brain branch
    building bureau business campus cancer cardiology cardiovascular care catalysis catalytic cell
    cells cellular census center central ceramic cerebrovascular chair chemical chemistry chest
    child children childrens city climate climatology clinic clinical clinics coal coastal
    cognitive college colloid commerce commission communication community company comparative
    complex comprehensive computation computational computer computing confederation conservation
    consortium construction control cooperation corporation corresponding cosmology council
    country critical crop crystallography cultural culture cultures cybernetics dairy data defence
    defense demography dental dentistry department dermatology development developmental diabetes
    digestive digital discrete disease diseases division drug dynamics earth east eastern eco
    ecological ecology economic education elderly electric electrical electronic emergency
    employment endocrinology energy engineering entomology environment environmental
    epidemiological epidemiology ethics ethnography ethnology evaluation evolution evolutionary
    excellence experimental exploration eye facility faculty family federal federation fetal
    finance financial first fisheries fishery fluid food force foreign forest forestry foundation
    freshwater fruit fundamental gas gastroenterology general genetic genetics genome genomic
    genomics geography geological geology geometry geophysical geophysics geoscience geosciences
    geriatric geriatrics gerontology glass government graduate grain great green group gynaecology
    gynecology haematology health hearing heart hematology hepatology high higher history
    horticultural horticulture hospital hospitals human humanities hydraulic hydrology hygiene
    image imaging immunology incorporated industrial industry infant infectious informatics
    information injury innovation institute institutes institution integrated integrative
    intelligence intelligent intensive interdisciplinary interface interfaces interior internal
    international iron isotope justice key kidney labor laboratory labour land language languages
    laser law league learning legal library life limited limnology linguistic linguistics
    literature livestock lung machine main management marine maritime material materials maternal
    mathematical mathematics mechanical mechanics mechanism mechanisms medical medicine member
    mental metabolic metabolism metal metallurgy meteorological meteorology micro microbiology
    microelectronics microscopy military mind mining ministry modeling modelling modern molecular
    multidisciplinary musculoskeletal museum music nano nanoscience nanotechnology national
    natural naval navy neonatal nephrology network neurological neurology neuroscience
    neurosciences new normal north northern nuclear numerical nursing nutrition observatory
    obstetrics occupational ocean oceanic office oil old oncology ophthalmic ophthalmology optical
    optics organ organisation organization orthopaedic orthopaedics orthopedic orthopedics
    otolaryngology paediatric paediatrics pain paper parasitology particle pathology peace
    pedagogical pediatric pediatrics people peoples peptide perinatal petroleum pharmaceutical
    pharmacology pharmacy philosophy photonics physical physics physiology planning plant plasma
    polar police policy political polymer polytechnic post postgraduate poultry power present
    preventative prevention preventive primary private probability process processing program
    programme protein proteins proteomics provincial psychiatry psychology public pulmonology pure
    quality quantum radiation radiology reactor regenerative regional rehabilitation religion
    religious renewable reproductive research resource resources respiratory rheumatology robotics
    royal rubber rural safety sanitary school science second section sector security seismology
    sensors service services sexual signal simulation skin sleep social society sociology software
    soil south southern space special spectroscopy speech sport sports state station statistical
    statistics steel stem strategic stress stroke structural structures studies study surface
    surgery sustainable synthesis system systems teacher teachers teaching team technical
    technology telecommunication textile theology theoretical theory thermal third thoracic timber
    tissue topology tourism toxicology trade training translational transplantation transport
    trauma tropical trust tuberculosis union unit universities university urban urology vaccine
    vaccines vascular vegetable veterinary viral virology virus vision vocational water welfare
    west western women womens wood world youth zoology
    """
)
"""Words that thousands of names share; a name of these alone proves nothing."""

UNIT_WORDS: Final = _words(
    """
    campus chair clinic college department dept division faculty field graduate group laboratory
    program programme school section service team unit ward
    """
)
"""What parts of an organisation are called: behind its name they continue it."""

HEAD_WORDS: Final = _words(
    """
    academy agency center clinic clinics company corporation council foundation health hospital
    hospitals incorporated infirmary institute institutes limited ministry museum observatory
    press trust university
    """
)
"""What organisations of their own are called: behind a name they make another name."""

OWNED_HEADS: Final = _words(
    """
    academy center clinic clinics college department faculty health hospital hospitals institute
    institutes laboratory medicine museum observatory school
    """
)
"""What a university has of its own and calls by its name."""

EXTENDING_WORDS: Final = _words(
    """
    agricultural american catholic central christian east eastern european federal fifth first
    fourth general great imperial international islamic medical metropolitan national new normal
    north northern old open pedagogical polytechnic royal second sixth south southern state
    technical third west western women womens
    """
)
"""Words that, directly before a name, make it another name."""


LEGAL_FORMS: Final = _words(
    "incorporated limited corporation company gmbh ag sa plc llc bv nv spa oy ab"
)
"""What may end a company's name or be left away."""

FIELDS: Final = _words(
    "business dental divinity engineering law medical nursing pharmacy veterinary"
)
"""What stands between a university's name and `School`."""

TELLING: Final = EXTENDING_WORDS | _words(
    """
    clinic college community hospital hospitals press school science society technical technology
    """
)
"""Words that make another name of a name, wherever they stand in it."""

GOVERNMENT_WORDS: Final = _words(
    "city government municipal municipality peoples province provincial republic state"
)
"""What the name of a region's authority may have or not."""
