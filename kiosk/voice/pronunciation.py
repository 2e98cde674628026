# ruff: noqa: SIM905 - look-alike dashes and quotes are the matter here; word lists stay in lines
"""How French and English things are said: rules in order, and the lexicon of acronyms.

A rule is a pattern and what replaces it. Two laws, held by property tests: what a rule writes
must not be its own trigger (a text gone through twice does not change), and no pattern may look
twice at a long run of characters (hence the look-behinds and possessive repeats).
"""

import re
from collections.abc import Callable

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_MONTHS_FR = ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre").split()
_MONTHS_EN = ("January February March April May June July August September October November December").split()

# Said letter by letter by everybody. eSpeak would try to say several of them as words.
_SPELLED = (
    "AAH ACS ACTP AEEH AESH AJ AJPP ALD ALF ALS ANTS APA APC API APL ARE ARS ASE ASI ASS BAFA CB"
    " CCAS CDD CDI CE CEAM CESF CFA CIAS CIVI CLIC CMG CMI CMU CNI CNIL CPAM CPF CRA CSS CV C2S"
    " DDFIP DGFIP DRFIP DPE EDF FSL GRDF HLM HT IJ IUT IVG JDC LEP LSF MDPH MJD MSA NIR"
    " OFII ONACVG PDF PMI PMR PMU PTZ PV QF QR RDV RGPD RIB RQTH RSA RTT SDF SMS SNCF SVP TGV TIG"
    " TTC TVA UE URL USB VAE VTC"
).split()
_AS_WORDS_FR = {
    "AGESSA": "Agessa",
    "ALUR": "Alur",
    "AMELI": "Améli",
    "ASPA": "Aspa",
    "ASSEDIC": "Assédic",
    "ATSEM": "Atsem",
    "BAFA": "Bafa",
    "CAF": "Caf",
    "CARSAT": "Carsate",
    "CERFA": "Cerfa",
    "CESU": "Césu",
    "CLIC": "Clic",
    "CNAF": "Cnaf",
    "CNAV": "Cnav",
    "CNIL": "Cnil",
    "CROUS": "Crousse",
    "DALO": "Dalo",
    "DDFIP": "D D Fip",
    "DGFIP": "D G Fip",
    "DRFIP": "D R Fip",
    "EHPAD": "Épade",
    "ESAT": "Ésate",
    "FALC": "Falc",
    "GIR": "Gir",
    "INSEE": "Insé",
    "IRCEM": "Ircem",
    "OFII": "Ofi",
    "OFPRA": "Ofpra",
    "PACS": "Pax",
    "Pacs": "Pax",
    "PUMA": "Puma",
    "RDV": "rendez-vous",
    "RIB": "Rib",
    "SAMU": "Samu",
    "SIREN": "Sirène",
    "SIRET": "Siret",
    "SMIC": "Smic",
    "SVP": "s'il vous plaît",
    "URSSAF": "Urssaf",
    "VISALE": "Visale",
}
_AS_WORDS_EN = {"CAF": "Caf", "CERFA": "Cerfa", "PACS": "Pacs", "RIB": "Rib"}

# In French eSpeak reads single letters well; in English a lone "A" becomes the article, dots help.
LEXICON_FR = {word: " ".join(word) for word in _SPELLED} | _AS_WORDS_FR
LEXICON_EN = {word: ".".join(word) for word in _SPELLED} | _AS_WORDS_EN

_ABBREVIATIONS_FR = {
    "Mme": "Madame",
    "Mmes": "Mesdames",
    "Mlle": "Mademoiselle",
    "Mlles": "Mesdemoiselles",
    "Dr": "Docteur",
    "St": "Saint",
    "Ste": "Sainte",
    "c.-à-d.": "c'est-à-dire",
    "p. ex.": "par exemple",
    "par ex.": "par exemple",
    "art.": "article",
    "av.": "avenue",
    "bd": "boulevard",
    "bd.": "boulevard",
    "cf.": "voir",
    "env.": "environ",
    "max.": "maximum",
    "réf.": "référence",
    "tél.": "téléphone",
    "Tél.": "Téléphone",
}
# Public service lines with four digits, said two by two; other numbers of four digits are read
# as numbers unless the words before them say that it is to be dialled.
_SHORT_NUMBERS = (
    "3101 3103 3114 3117 3133 3230 3237 3400 3404 3616 3631 3635 3636 3646 3699 3900 3903 3915"
    " 3919 3928 3929 3938 3939 3949 3957 3960 3966 3975 3977 3985 3989 3994 3995"
).split()


def _pairs(digits: str) -> str:
    return ", ".join(digits[i : i + 2] for i in range(0, len(digits), 2))


def _phone(match: re.Match[str]) -> str:
    start = f"plus 33, {match['first']}" if match["abroad"] else f"0{match['first']}"
    return f"{start}, {_pairs(re.sub(r'[ .-]', '', match['rest']))}"


def _free_phone(match: re.Match[str]) -> str:
    # Written by threes or by twos, closed up or not: 0 800 123 456, 0800123456, 0 810 20 10 00.
    if match["trios"]:
        digits = match["trios"].replace(" ", "")
        return f"0, {match['head']}, {digits[:3]}, {digits[3:]}"
    return f"0, {match['head']}, {_pairs(match['twos'].replace(' ', ''))}"


def _amount(cent: str, singular: frozenset[str]) -> Callable[[re.Match[str]], str]:
    def say(match: re.Match[str]) -> str:
        whole = re.sub(r"[ .,]", "", match["whole"]).lstrip("0") or "0"
        cents = (match["part"] or "").ljust(2, "0")
        euros = "euro" if whole in singular else "euros"
        if cents == "00":
            return f"{whole} {euros}"
        if whole == "0":
            return f"{int(cents)} {cent}{'' if int(cents) == 1 else 's'}"
        return f"{whole} {euros} {cents}"

    return say


def _date(months: list[str], first: str) -> Callable[[re.Match[str]], str]:
    def say(match: re.Match[str]) -> str:
        day, month = int(match["day"]), int(match["month"])
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return match.group()
        year = match.groupdict().get("year")
        words = [first if day == 1 else str(day), months[month - 1], *([year] if year else [])]
        return " ".join(words)

    return say


def _hours_fr(match: re.Match[str]) -> str:
    hour = int(match["hour"])
    minutes = match["minutes"]
    unit = "heure" if hour <= 1 else "heures"
    return f"{hour} {unit}" + (f" {minutes}" if minutes and minutes != "00" else "")


def _hours_en(match: re.Match[str]) -> str:
    hour = int(match["hour"])
    minutes = match["minutes"]
    shown = hour % 12 or 12
    half = "am" if hour < 12 else "pm"
    return f"{shown} " + (f"{minutes} " if minutes and minutes != "00" else "") + half


def _web(dot: str, slash: str, dash: str, at: str) -> Callable[[re.Match[str]], str]:
    spoken = {".": dot, "/": slash, "-": dash, "@": at, "_": " "}

    def say(match: re.Match[str]) -> str:
        address = re.sub(r"^(?i:https?://|mailto:)", "", match.group()).rstrip("/")
        tail = ""
        while address and address[-1] in ".,;:!?…)'’\"":  # belongs to the sentence
            address, tail = address[:-1], address[-1] + tail
        address = address.rstrip("/")
        words = re.sub(r"[./@_-]", lambda mark: f" {spoken[mark.group()]} ", address)
        return " ".join(words.split()) + tail

    return say


def _words(table: dict[str, str]) -> Rule:
    by_length = sorted(table, key=len, reverse=True)
    choices = "|".join(re.escape(word) for word in by_length)
    return (
        re.compile(rf"(?<![\w.@-])(?:{choices})(?![\w@])(?!\.\w)"),
        lambda match: table[match.group()],
    )


def _thousands(match: re.Match[str]) -> str:
    return match.group().replace(" ", "")


_DOMAINS = "fr|com|org|net|eu|info|gov|uk|be|ch|de|es|it|re|nc|pf|bzh|paris|alsace|corsica|europa"
# The look-behind allows one start per run, and possessive repeats no second thought about it.
_EMAIL = re.compile(r"(?<![\w.+@-])(?:mailto:)?[\w.+-]++@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?<![\w.@/-])(?:https?://\S++|(?:www\.)?(?:[a-z0-9-]+\.)+"
    rf"(?:{_DOMAINS})(?![\w@-])(?:/[^\s,;)»]*+)?)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w,.+/])(?:(?P<abroad>(?:\+|00) ?33 ?(?:\(0\) ?)?)|0)(?P<first>[1-9])"
    r"(?P<rest>(?:[ .-]?\d\d){4})(?!\w)(?![ .-]?\d\d(?!\w))"
)
_FREE_PHONE = re.compile(r"(?<![\w,.])0 ?(?P<head>8\d\d) ?(?:(?P<trios>\d{3} ?\d{3})|(?P<twos>\d\d \d\d \d\d))(?!\w)")
_SHORT = re.compile(rf"(?<![\w,.*])({'|'.join(_SHORT_NUMBERS)})(?![\w,*])(?!\.\d)(?! ?(?:€|euro))")
_PART = r"(?:[,.](?P<part>\d{1,2})(?!\d))?"
_EUROS = r" ?(?:€|(?:EUR|euros?)(?!\w))"
_AMOUNT_FR = re.compile(r"(?<![\w.,])(?P<whole>\d{1,3}(?:[ .]\d{3}){1,4}(?!\d)|\d++)" + _PART + _EUROS)
_WHOLE_EN = r"(?P<whole>\d{1,3}(?:[ ,]\d{3}){1,4}(?!\d)|\d++)"
_AMOUNT_EN = re.compile(r"(?<![\w.,])" + _WHOLE_EN + _PART + _EUROS)
_AMOUNT_EN_BEFORE = re.compile(r"(?<!\w)€ ?" + _WHOLE_EN + _PART)
_DATE = re.compile(r"(?<![\w/.,-])(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:1[5-9]|20|21)\d\d)(?![\w/])")
_ISO_DATE = re.compile(r"(?<![\w/.,-])(?P<year>(?:1[5-9]|20|21)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w/-])")
_SHORT_DATE = re.compile(r"(?<![\w/.,-])(?P<day>0[1-9]|[12]\d|3[01])/(?P<month>0[1-9]|1[0-2])(?![\w/])(?!,\d)")
_HOUR = r"(?<![\w.,:])(?P<hour>[01]?\d|2[0-4])"
_HOUR_H = re.compile(_HOUR + r" ?[hH](?: ?(?P<minutes>[0-5]\d))?(?!\w)")
_HOUR_COLON = re.compile(_HOUR + r":(?P<minutes>[0-5]\d)(?![\w:])(?!,\d)")
_THOUSANDS = re.compile(r"(?<![\w.,])(?<!\d )[1-9]\d{0,2}(?: \d{3}){1,4}(?!\w)(?! \d)")

# Last of each language: marks become pauses, and pauses do not pile up.
_MARKS: tuple[Rule, ...] = (
    (re.compile(r"[«»“”„\"‹›<>{}|\\^~`_¤§¶©®™]"), " "),
    (re.compile(r"[•·—―→⇒►▶■●◦‣∙]|(?<!\S)[–-](?!\S)"), ", "),
    (re.compile(r"…"), "..."),
    (re.compile(r"\*"), " "),
    (re.compile(r"\s+"), " "),
    (re.compile(r" (?=[,.](?:\s|$))"), ""),
    (re.compile(r",(?: ?,)+"), ","),
    (re.compile(r"(?<=[.!?;:]) ?,(?!\d)"), ""),
    (re.compile(r",(?= ?[!?;:])"), ""),
    (re.compile(r"^[, ]+| +$|(?<= ),+ ?$"), ""),
)

# "176 200 €pour": a unit that touches the next word would be said in one with it.
_UNIT_APART: Rule = (re.compile(r"([€%])(?=[^\W\d_])"), r"\1 ")

FRENCH: tuple[Rule, ...] = (
    _UNIT_APART,
    (re.compile("ᵉʳ"), "er"),
    (re.compile("ᵉ"), "e"),
    (re.compile(r"’"), "'"),
    (_EMAIL, _web("point", "barre", "tiret", "arobase")),
    (_ADDRESS, _web("point", "barre", "tiret", "arobase")),
    # Only before a name: "HLM. Le" and the spelled "H L M. Le" end a sentence.
    (re.compile(r"(?<![\w.])(?<![A-Z0-9] )M\.(?= [A-ZÀ-Ý])"), "Monsieur"),
    (re.compile(r"(?<![\w.])(?<![A-Z0-9] )MM\.(?= [A-ZÀ-Ý])"), "Messieurs"),
    _words(_ABBREVIATIONS_FR),
    (re.compile(r"(?<!\w)[nN][°º]s(?!\w) ?"), "numéros "),
    (re.compile(r"(?<!\w)[nN][°º] ?"), "numéro "),
    (re.compile(r"(?<=\d) ?\* ?(?=\d)"), " étoile "),
    (re.compile(r"(?<=touche )\*"), "étoile"),
    (re.compile(r"(?<=touche )#"), "dièse"),
    # "né(e)s", "agent·e·s": inclusive endings cannot be heard, the rest of the word is enough.
    (re.compile(r"(?<=[^\W\d_])\((?:e|s|es|ne|le|te|ve|fe|trice|rice)\)(?=s?(?!\w))"), ""),
    (re.compile(r"(?<=[^\W\d_])[·•](?:e|s|es|ne|le|te|ve|trice|rice)(?:[·•]?s)?(?!\w)"), ""),
    (_FREE_PHONE, _free_phone),
    (_PHONE, _phone),
    (_SHORT, lambda match: f"{match[1][:2]} {match[1][2:]}"),
    (
        re.compile(
            r"(?i:(?<=appelez le )|(?<=appeler le )|(?<=composez le )|(?<=faites le )|(?<=tél )"
            r"|(?<=téléphone )|(?<=téléphone : )|(?<=appel au ))(3\d)(\d\d)(?![\w,])"
        ),
        r"\1 \2",
    ),
    (_DATE, _date(_MONTHS_FR, "1er")),
    (_ISO_DATE, _date(_MONTHS_FR, "1er")),
    (_SHORT_DATE, _date(_MONTHS_FR, "1er")),
    (re.compile(r"(?<!\w)7 ?j(?:ours)? ?/ ?7(?!\w)"), "7 jours sur 7"),
    (re.compile(r"(?<!\w)24 ?h(?:eures)? ?/ ?24(?!\w)"), "24 heures sur 24"),
    (_HOUR_H, _hours_fr),
    (_HOUR_COLON, _hours_fr),
    (_AMOUNT_FR, _amount("centime", frozenset("01"))),
    (re.compile(r"€"), " euros "),
    (_THOUSANDS, _thousands),
    (re.compile(r"(?<=\d) ?%"), " pour cent"),
    (re.compile(r"(?<=\d) ?°C?(?!\w)"), " degrés"),
    (re.compile(r"(?<=\d) ?min(?!\w)"), " minutes"),
    (re.compile(r"(?<!\w)km ?/ ?h(?!\w)"), "kilomètres heure"),
    (re.compile(r" ?/ ?h(?!\w)"), " par heure"),
    (re.compile(r"(?<=\d) ?km(?:²|2(?!\w))"), " kilomètres carrés"),
    (re.compile(r"(?<=\d) ?m(?:²|2(?!\w))"), " mètres carrés"),
    (re.compile(r"(?<!\w)1(?:re|ère)(?!\w)"), "première"),
    (re.compile(r"(?<![\w,.])(\d{1,4})e(?!\w)"), r"\1ème"),
    (
        re.compile(r" ?/ ?(?=(?:mois|an|année|jour|semaine|heure|nuit|personne|enfant)(?!\w))"),
        " par ",
    ),
    (re.compile(r"(?<=\d) ?/ ?(?=\d)"), " sur "),
    (re.compile(r"et ?/ ?ou(?!\w)"), "et, ou"),
    (re.compile(r"(?<=\w) ?/ ?(?=\w)"), " ou "),
    (re.compile(r"/"), " "),
    (re.compile(r"&"), " et "),
    (re.compile(r"(?<=\d) ?– ?(?=\d)"), " à "),
    _words(LEXICON_FR),
    *_MARKS,
)

ENGLISH: tuple[Rule, ...] = (
    _UNIT_APART,
    (re.compile(r"’"), "'"),
    (_EMAIL, _web("dot", "slash", "dash", "at")),
    (_ADDRESS, _web("dot", "slash", "dash", "at")),
    _words({"e.g.": "for example", "i.e.": "that is", "approx.": "about", "tel.": "telephone"}),
    (re.compile(r"(?<!\w)(?:[nN][°º]|No\.(?= ?\d)) ?"), "number "),
    (re.compile(r"(?<=\d) ?\* ?(?=\d)"), " star "),
    (_FREE_PHONE, _free_phone),
    (_PHONE, _phone),
    (_SHORT, lambda match: f"{match[1][:2]} {match[1][2:]}"),
    (_DATE, _date(_MONTHS_EN, "1")),
    (_ISO_DATE, _date(_MONTHS_EN, "1")),
    (_SHORT_DATE, _date(_MONTHS_EN, "1")),
    (re.compile(_HOUR + r":(?P<minutes>[0-5]\d)(?= ?[ap]\.?m)"), r"\g<hour> \g<minutes>"),
    (_HOUR_H, _hours_en),
    (_HOUR_COLON, _hours_en),
    (_AMOUNT_EN_BEFORE, _amount("cent", frozenset("1"))),
    (_AMOUNT_EN, _amount("cent", frozenset("1"))),
    (re.compile(r"€"), " euros "),
    (_THOUSANDS, _thousands),
    (re.compile(r"(?<=\d) ?%"), " percent"),
    (re.compile(r"(?<=\d) ?min(?!\w)"), " minutes"),
    (re.compile(r"(?<=\d) ?m²"), " square metres"),
    (re.compile(r" ?/ ?(?=(?:month|year|day|week|hour|night|person|child)(?!\w))"), " per "),
    (re.compile(r"(?<=\d) ?/ ?(?=\d)"), " out of "),
    (re.compile(r"and ?/ ?or(?!\w)"), "and, or"),
    (re.compile(r"(?<=\w) ?/ ?(?=\w)"), " or "),
    (re.compile(r"/"), " "),
    (re.compile(r"&"), " and "),
    (re.compile(r"(?<=\d) ?– ?(?=\d)"), " to "),
    _words(LEXICON_EN),
    *_MARKS,
)
