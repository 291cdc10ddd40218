"""Vocabularies of affiliation strings, in the comparable form of `names`."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP_WORDS: Final = _words(
    """
    & a al all am an and at au aux by d da dall das de degli dei del dell della delle dem den der
    des di die do dos du e el en et for from fuer fur i im in l la las le les los na nell och of
    og on sull the to und van vom von w with y z zu zum zur
    """
)
"""Articles and prepositions: two names that differ in these alone are one."""

GENERIC_WORDS: Final = _words(
    """
    abuse academy accounting address administration advanced aeronautics affairs affiliated ageing
    agency aging agricultural agriculture air alcohol alcoholism allergy analysis anatomy animal
    anthropology applied architecture army art arthritis arts association astronomy atmospheric
    author authority automation aviation bank biochemistry bioengineering bioinformatics
    biological biology biomedical biophysics biostatistics biotechnology blood board botany brain
    bureau business campus cancer cardiology care catalysis catalytic cell cellular census center
    central chair chemical chemistry child children childrens city clinic clinical clinics college
    commerce commission communication community company comprehensive computational computer
    computing confederation consortium control corporation corresponding council country critical
    crop cultural culture cybernetics data defence defense dental dentistry department dermatology
    development diabetes digestive digital disease diseases division drug earth east eastern
    ecological ecology economic education electrical electronic emergency employment energy
    engineering entomology environment environmental epidemiology evaluation evolution
    evolutionary excellence experimental eye facility faculty family federal federation finance
    financial first fisheries fishery food force foreign forest forestry foundation fundamental
    gas general genetic genetics geography geology government graduate great group gynaecology
    gynecology haematology health heart hematology higher history hospital hospitals human
    humanities imaging immunology incorporated industrial industry infectious informatics
    information innovation institute institutes institution intensive interior internal
    international justice key kidney labor laboratory labour land law league library life limited
    linguistics literature lung main management marine maritime material materials mathematical
    mathematics mechanical medical medicine member mental metallurgy microbiology military mining
    ministry modern molecular musculoskeletal museum music nanoscience nanotechnology national
    natural naval navy network neurological neurology neuroscience neurosciences new normal north
    northern nuclear nursing nutrition observatory obstetrics occupational ocean oceanic office
    oil old oncology ophthalmology organisation organization orthopaedic orthopaedics orthopedic
    orthopedics otolaryngology paediatric paediatrics pathology pedagogical pediatric pediatrics
    people peoples petroleum pharmaceutical pharmacology pharmacy philosophy physical physics
    physiology planning plant police policy political polymer polytechnic post postgraduate
    present preventative preventive primary private program programme provincial psychiatry
    psychology public pulmonology pure quality quantum radiation radiology regenerative regional
    rehabilitation research robotics royal rural safety school science second section sector
    security service services skin social society sociology software soil south southern space
    special sport sports state station statistical statistics structural studies study surgery
    sustainable system systems teacher teachers teaching team technical technology
    telecommunication theoretical theory third tourism toxicology trade training translational
    transplantation transport trauma tropical trust union unit universities university urban
    urology veterinary virology vocational water welfare west western women womens world youth
    zoology
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

EXTENDING_WORDS: Final = _words(
    """
    agricultural american catholic central christian east eastern european federal fifth first
    fourth general great imperial international islamic medical metropolitan national new normal
    north northern old open pedagogical polytechnic royal second sixth south southern state
    technical third west western women womens
    """
)
"""Words that, directly before a name, make it another name."""
