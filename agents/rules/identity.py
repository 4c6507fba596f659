"""Whose document it is: sex, age, birth date, name, record number, and organs that only one sex has.

Questions: ``patient.sex``, ``patient.age`` (years at the document's date), ``patient.age_span`` (``40..44``), ``patient.birthdate`` (ISO; ``a or b`` where day
and month could be the other way round), ``patient.name`` (``surname,given``), ``patient.surname``, ``patient.record``
(``hospital:4471902``, ``nhs:...``; digits and letters only), ``patient.organ``. Relatives, doctors and addressees are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agents.rules.ages_told import ages_told
from agents.rules.context import Context
from agents.rules.measures import dates
from agents.rules.names import full_name
from agents.rules.persons import persons_told
from agents.rules.reading import Reading, Sentence
from agents.rules.relatives import NEAR_RELATIVE, RELATIVE, may_be_relative, of_relative
from agents.rules.text import near, places
from agents.rules.timing import either_way, sentence_at
from panel.opinion import Certainty, Finding, Value

_FEMALE = {"woman", "lady", "female", "girl", "f", "mrs", "ms", "miss", "she", "her", "housewife", "mother", "grandmother", "widow", "spinster"}
_MALE = {"man", "gentleman", "male", "boy", "m", "mr", "he", "his", "father", "grandfather", "widower", "bachelor", "chap", "gent"}
_IS_RELATIVE = re.compile(rf"[\s,(-]+(?:his|her|the patient's)\s+(?:\w+\s+)?{RELATIVE}\b|\s+(?:\w+\s+)?(?:friend|brother|sister|cousin|neighbour|neighbor|donor|colleague|aunt|uncle|niece|nephew)\b")  # "a man of 85, his father"
_OTHER_TIME = re.compile(r"\b(?:when|since|at|until|before|her|his|another|unrelated)\s+(?:\w+\s+){0,2}$")
_PERSON = r"(?P<sex>woman|lady|female|girl|spinster|gentleman|man|male|boy|bachelor|chap|gent|(?:mother|father)(?=\sof\s(?:one|two|three|four|five|six|seven|eight|\d)\b))\b"
_YEARS_OLD = re.compile(rf"(?P<age>[0-9](?<![\d.].)(?:(?<=1)\d{{1,2}}|\d?))[ -]?(?:years?|yrs?|y)[./]?[ -]?(?:old\b|o\b(?!/)|of age\b)\.?(?:,?\s+(?:[a-z][\w-]*\s+){{0,4}}?{_PERSON})?", re.I)
_SHORT = re.compile(
    r"(?P<age>[1-9](?<![\w./-].)(?:(?<=1)[89]|(?<=[2-9])\d|(?<=1)0\d))\s?(?P<unit>yo|y/o|y\.o\.|yrs?|y)?[,/]?(?P<gap>\s?)(?P<sex>[FM]|female|male)\b(?![-/+\d]|(?i:\s(?:three|two|3|2)-?\s?way|\s(?:\w+\s)?(?:catheter|foley|irrigation|sheath|resectoscope|cystoscope|ureteroscope|drain|stent|tube|chest|nasogastric|ng\b|amplatz|bougie|dilator|tiemann))|\s?-?(?:FDG|PSMA|PET|fluor|choline|DOTA|NaF))"
)
_SET_OFF = re.compile(r"(?:,| with\b|\.)(?! (?:no|stable|post|on|disease|after|since|follow))")  # "36 M, lump": no months
_SHORT_LEAD = re.compile(r"(?:\A|[\n(]|[.:;,]\s|\b[Pp]t\s|\s\s)\s*\Z")
# A note that begins with whom it is about: "Fit woman, three pregnancies", "Elderly gentleman with".
_OPENS = re.compile(rf"(?:Re:?\s|PC:?\s|HPC:?\s)?(?:An?\s)?(?:[\w-]+,?\s){{0,3}}?{_PERSON}(?:\spatient)?(?=,|\s(?:with|who|in\s(?:his|her)|aged|of\s\d|referred|presenting|presents|seen|from|living)\b|\.\s)", re.I)
_SEX_FIELD = re.compile(r"\b(?:[Ss]ex|SEX|[Gg]ender|GENDER)\s*(?:[:=|-]\s*(?P<sex>[Ff]emale|[Mm]ale|FEMALE|MALE|[FM]|[Ww]oman|[Mm]an)|\s(?P<word>[Ff]emale|[Mm]ale|FEMALE|MALE))\b")
_AGE_FIELD = re.compile(r"\b(?:Age|AGE)(?:\s*/\s*[Ss]ex)?\s*[:=|]\s*(?P<age>1?\d{1,2})\b(?:\s*(?:y\w*)?\s*[/,]?\s*(?P<sex>[FM])\b)?|\bAge\s+(?P<years>[1-9]\d)\s*[,;/]\s*(?P<beside>[Ff]emale|[Mm]ale|[FM])\b|\b(?:woman|man|lady|gentleman|patient),?\s+aged\s+(?P<aged>1?\d{1,2})\b")
_TITLED = re.compile(
    r"(?P<title>M(?<!\w.)(?:rs|r|s|iss))\.?\s+(?P<name>[A-Z][\w'’-]*)(?P<dot>\.?)"
    r"(?:,?\s+\(?(?P<age>[2-9]\d)\b(?=,|\)|\s+years))?(?!\s*(?:,|\()?\s*(?:consultant|surgeon|registrar|FRCS))(?!['’]s)"
)
# A title is the patient's where the letter says so; colleagues carry one too ("as Mr Lind proposed", "Miss Obi: ...").
_TITLE_LEAD = re.compile(
    r"(?:\bre:?\s+|\b(?:patient|lady|gentleman|woman|man|pleasure (?:of (?:seeing|meeting)|to (?:see|meet|review))|asking (?:me|us) to see|referr(?:ing|ed|al of)|Name:|Pt):?,?\s+|\b(?:your|our|this|the above) (?:pleasant |delightful |mutual )?patient,?\s+"
    r"|(?:\A|[\n.;:]\s*|\b(?:I|we|also|have|today|and|kindly|you|thank(?:s| you) for)\s+)(?:just\s+|recently\s+|have\s+)?(?:had the pleasure of (?:seeing|meeting)|operated on|saw|seen|seeing|met|reviewed|assessed|admitted|examined|counselled)\s+)\Z",
    re.I,
)
_LINE_LEAD = re.compile(r"(?:\A|\n)[ \t]*\Z")
_MORE_NAMES = re.compile(r"(?:[ \t]+(?!DOB|MRN|NHS|Hosp)[A-Z][\w'’-]+){0,2}")
_OF_PATIENT = re.compile(
    r"[.,]?[ \t]*(?:\n[ \t]*(?:DOB|MRN|NHS|[Hh]osp(?:ital)?|[Bb]orn|[Dd]ate of [Bb]irth)\b|\(?\d{2}\b(?!\s?(?:mm|cm|mg|%)|[:./]\d)|(?:DOB|MRN|NHS|[Hh]osp(?:ital)?|born)\b|aged\b"
    r"|(?:is an? (?!consultant|surgeon|colleague)|is (?:\d|well|recover|now|making|fit|keen|aware|home)|was (?:admitted|referred|seen|reviewed|diagnosed|discharged|discussed|well)"
    r"|an? (?:[a-z-]+ ){1,5}(?:of|aged) \d{2}\b|attend|present(?:s|ed) (?:to|with|at)|(?:came|comes) (?:to (?:the )?clinic|to see|with (?:his|her)|back|today|up|in)\b|return|remains|feels|lives|tolerated|underwent|had (?:an?|her|his)\b|has (?:an?|been (?:well|diagnosed|admitted|troubled|referred|on)|had|recovered|now|done well|no)\b))"
)
_THIS = re.compile(rf"\b(?:[Tt]his|[Oo]ur|[Tt]he above)\s+(?:(?!\d)[\w-]+\s+){{0,3}}?{_PERSON}|\b[Aa] (?P<patient>female|male) patient\b|\b[Aa] (?:[a-z]+ )?(?P<status>widower|widow|housewife)\b|\b(?:(?:work(?:s|ed|ing)|employed) as an?|[Rr]etired|[Ff]ormer) (?:[a-z-]+ )?(?P<trade>(?:post|fire|police|fisher|sales|business|sea|crafts|milk|dust|work|trades|sports|service|rail|gas|bar|door|camera|draughts)(?:wo)?man)\b|\b[Tt]his (?:[a-z-]+ )?(?P<parent>(?:grand)?(?:mother|father)) of (?:two|three|four|five|six|seven|eight|\d)\b")
_BORN = re.compile(r"\b(?:DOB|D\.O\.B\.?|[Dd]ate of [Bb]irth|DATE OF BIRTH|[Bb]irth ?date|[Bb]orn(?: on)?(?: the)?|d\.o\.b\.?|D\.o\.[Bb]|dob|(?<=[\s(,])b(?=\. ?\d)|geb(?:oren)?(?: am)?|[Gg]eburtsdatum|f\u00f8dt|f\u00f6dd|n\u00e9e? le)\b\.?\s*(?:\([A-Za-z/. -]{2,14}\)\s*)?[:=|]?\s*(?=\d|[A-Z][a-z]{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))")
_SEX_BESIDE = re.compile(r"[ \t,;/|(]{1,6}(?:[Ss]ex:?\s*)?(?P<sex>[FM]|[Ff]emale|[Mm]ale)\b(?![-/.:])")
_RECORD = re.compile(
    r"\b(?P<kind>MRN|[Hh]ospital\s*(?:[Nn]o|[Nn]umber|num|ID|#)|HOSPITAL NO|[Hh]osp\.?\s*(?:[Nn]o|[Nn]umber|[Nn]r)|NHS(?:\s*(?:[Nn]o|NO|[Nn]umber|NUMBER))?|[Mm]edical record (?:no|number)|[Pp]atient (?:ID|id|no|number)|[Uu]nit (?:no|number)|CHI(?: (?:no|number))?|PID|UHID|URN|[Rr]eg(?:istration)?\.? ?(?:no|No|number)|CR ?[Nn]o|[Cc]hart (?:no|number)|(?:[Pp]atient |[Hh]ospital )?[Rr]ecord (?:no|number)|RECORD NO|[Ff]older (?:no|number)|[Ff]ile (?:no|number))"
    r"\b\.?\s*[:#=]?\s*(?P<v>(?:[A-Z]{1,3}[- ]?)?\d(?:[ -]?\d){4,13})(?!\d)"
)
_AFTER_IT = re.compile(r"\b(?:previous|prior|post|status post|s/p|had (?:an?|her|his)|underwent|after|following|surgically absent,?|evidence of|known|pmhx?:?|psh:?|past (?:medical|surgical) history:?(?: of)?|(?<!family )history of|h/o)\s+(?:an?\s+|total\s+|radical\s+|abdominal\s+|vaginal\s+|laparoscopic\s+|robotic\s+|her\s+|his\s+){0,3}$")  # in lower case
_OWN_NUMBERS = ("uhid", "urn", "reg", "cr")  # numbers beside the hospital's own
_PRONOUN = re.compile(r"(?P<sex>[HS](?:(?<=\A.)|(?<=[.!?\n]\s.)|(?<=\n.))(?:(?<=H)(?:er|e|is)|(?<=S)he))\b")
_PRONOUN_ENDS = 4  # letters of "she "
_BESIDE = 30
_HE, _SHE = re.compile(r"\b(?:he|his|him|himself)\b"), re.compile(r"\b(?:she|her|hers|herself)\b")  # in lower case
_DOCTOR = re.compile(r"\b(?:Dr|Prof|Mr|Mrs|Miss|Ms)\b")
# The patterns from here on are for lower case.
_ORGAN = re.compile(
    r"\b(?P<organ>uterus|ovaries|ovary|endometrium|cervix uteri|uterine cervix|vagina|prostate|seminal vesicles?|testes|testis|scrotum|hysterectomy|prostatectomy|womb|vaginal vault|uterine (?:body|cavity|corpus)|myometrium|fallopian tubes?|epididymis|epididymides)\b"
)
# A specimen by the title of its report.
_ORGAN_TITLED = re.compile(r"\b(?:(?P<prostate>prostat(?:e|ic|ectomy)|TRUS|TURP)|(?P<testis>orchid?ectomy|testis|testicular|testicle)|(?P<uterus>hysterectomy|uterus|endometri\w+|TAH)|(?P<ovary>ovar(?:y|ian)|oophorectomy|BSO|adnexa\w*))\b", re.I)
_OF_ANOTHER_ORGAN = re.compile(r"\b(?:metasta\w+|bladder|cysto|rectum|rectal|bowel|colon|omentum|liver|review|MDT)\b|\bcysto", re.I)
_ORGAN_STEMS = ("uter", "ovar", "endometrium", "vagina", "prostat", "vesicle", "testes", "testis", "scrotum", "hysterect", "womb", "myometr", "fallop", "epididym")
_ORGAN_NAME = {"vaginal vault": "vagina", "uterine body": "uterus", "uterine cavity": "uterus", "uterine corpus": "uterus", "ovaries": "ovary", "testes": "testis", "seminal vesicle": "seminal vesicles", "cervix uteri": "uterine cervix", "womb": "uterus", "myometrium": "uterus", "fallopian tubes": "fallopian tube", "epididymides": "epididymis"}
_STATE = re.compile(
    r"(?:\s+gland)?\s*(?:\s(?:symmetric(?:al)?|enlarged|atrophic|unremarkable|normal|bulky|anteverted|retroverted)\b|,\s+(?:\w+\s+){0,2}(?:biops|core|turp|resect)|:|\s(?:is|are|appears?|was|were|shows?|measures?|contains?|normal|atrophic|enlarged|unremarkable|symmetric(?:al)?|homogeneous|indent\w*|slim|smooth|bulky|small|of (?:normal|usual|average|postmenopausal)|with(?:in normal| an? (?:thin|normal|thick|small|regular))|both |not enlarged|without|in (?:normal|situ)|anteverted|retroverted|preserved|clear|\d+\s?(?:g|ml|cc|cm)\b)|\s*(?:and|,)\s+\w+\s+(?:is|are)\b|\s*(?:(?:and|,)\s+(?:\w+\s+){1,3})?(?:attached|adherent|uninvolved|included|submitted|removed en bloc)\b)"
)
_DESCRIBED = re.compile(r"\b(?:normal|anteverted|retroverted|ante?flexed|retroflexed|atrophic|bulky|enlarged|unremarkable|fibroid|myomatous|postmenopausal|involuted|heterogeneous|calcified)\s+$")
# What the patterns that have no first letter of their own are looked for beside.
_NUMBER = re.compile(r"[0-9](?:(?:[ -]?\d){4}|[ -]?[yY]|\s?[,/]?\s?(?:F|M|female|male))")
_PERSONS = ("man", "lady", "male", "girl", "boy", "widow", "housewife", "mother", "father", "spinster", "bachelor", "chap", "gent")
_BIRTH = ("birth", "born", "dob", "d.o.b", "b.", "geb", "f\u00f8dt", "f\u00f6dd", "n\u00e9")
_NOT_OWN = re.compile(r"\b(?:origin|primary (?:site|from)|differential|spread from|metasta\w+ (?:from|to)|screen\w*|absent|removed|surgically|cancer (?:in|of)|previous|former|no )\b")


def identity_findings(reading: Reading) -> Iterator[Finding]:
    """What a document says of whom it is about."""
    numbers = [number.start() for number in _NUMBER.finditer(reading.text)]
    yield from _labels(reading, numbers)
    yield from _persons(reading, numbers)
    yield from _titled(reading)
    yield from _pronouns(reading)
    yield from _organs(reading)
    for value, start, end in full_name(reading.text):
        yield _finding(reading, "name", value, start, end)


def _finding(reading: Reading, what: str, value: Value, start: int, end: int, *, certainty: Certainty = "stated") -> Finding:
    sentence = sentence_at(reading, start)
    low, high = start, end
    if sentence is not None and sentence.start <= start and end <= sentence.end:
        quote = reading.quote(sentence, (start, end))
        low, high = quote.start, quote.end
    return Finding(
        question=f"patient.{what}",
        value=value,
        unit="years" if what == "age" else None,
        date=reading.date,
        certainty=certainty,
        evidence=(reading.evidence(low, high),),
    )


def _sex(word: str) -> str | None:
    low = word.lower()
    return "female" if low in _FEMALE else "male" if low in _MALE else None


def _not_patient(reading: Reading, start: int, end: int) -> bool:
    """Whether a relative, or another time of life, is spoken of."""
    sentence = sentence_at(reading, start)
    if sentence is None or start < sentence.start:
        return False
    context = sentence.context(start, end)
    if context & (Context.FAMILY | Context.HYPOTHETICAL) and sentence.section != "body":
        return True
    lead = reading.low[sentence.start : start]
    return bool(NEAR_RELATIVE.search(lead) or _OTHER_TIME.search(lead) or _IS_RELATIVE.match(reading.low, end)) or of_relative(reading.low, start)


def _labels(reading: Reading, numbers: list[int]) -> Iterator[Finding]:
    """Fields of a heading: sex, age, birth date, record number."""
    text, low = reading.text, reading.low
    for match in near(_SEX_FIELD, text, places(low, "sex", "gender"), 0, 40):
        yield _finding(reading, "sex", _sex(match["sex"] or match["word"]) or "unknown", *match.span())
    for match in near(_AGE_FIELD, text, places(text, "Age", "AGE", "aged"), 20, 50):
        if _not_patient(reading, *match.span()):
            continue
        yield _finding(reading, "age", int(match["age"] or match["aged"] or match["years"]), *match.span())
        sex = match["sex"] or match["beside"]
        if sex:
            yield _finding(reading, "sex", _sex(sex) or "unknown", *match.span())
    for match in near(_BORN, text, places(low, *_BIRTH), 10, 40):
        if match.group()[0] in "Bb" and _not_patient(reading, *match.span()):
            continue
        dated = next(iter(dates(text, match.end(), min(len(text), match.end() + 52), None)), None)
        if dated is None or dated.start > match.end() + 2:
            continue
        yield _finding(reading, "birthdate", either_way(text, dated), match.start(), dated.end)
        beside = _SEX_BESIDE.match(text, dated.end)
        if beside:
            yield _finding(reading, "sex", _sex(beside["sex"]) or "unknown", dated.start, beside.end())
    for match in near(_RECORD, text, numbers, 60, 40):
        name = match["kind"].upper()
        kind = "nhs" if name.startswith(("NHS", "CHI")) else next((own for own in _OWN_NUMBERS if name.startswith(own.upper())), "hospital")
        yield _finding(reading, "record", f"{kind}:{re.sub(r'[^a-z0-9]', '', match['v'].lower())}", *match.span())


def _persons(reading: Reading, numbers: list[int]) -> Iterator[Finding]:
    """"67-year-old woman", "67F", "this gentleman"."""
    text = reading.text
    for match in near(_YEARS_OLD, text, numbers, 2, 90):
        if _not_patient(reading, *match.span()):
            continue
        yield _finding(reading, "age", int(match["age"]), *match.span())
        if match["sex"]:
            yield _finding(reading, "sex", _sex(match["sex"]) or "unknown", *match.span())
    for match in near(_SHORT, text, numbers, 2, 24):
        if (match["gap"] and not match["unit"] and not _SET_OFF.match(text, match.end())) or not _SHORT_LEAD.search(text[max(0, match.start() - 8) : match.start()]):
            continue  # "24 M" may be months or a stage
        span = match.start("age"), match.end()
        if not _not_patient(reading, *span):
            yield _finding(reading, "age", int(match["age"]), *span)
            yield _finding(reading, "sex", _sex(match["sex"]) or "unknown", *span)
    for person in persons_told(reading.low):
        if not _not_patient(reading, person.start, person.end) and not of_relative(reading.low, person.start + _PRONOUN_ENDS):
            yield _finding(reading, "age", person.age, person.start, person.end)
            if person.sex:
                yield _finding(reading, "sex", person.sex, person.start, person.end)
    for told in ages_told(reading.low, reading.date):
        if not _not_patient(reading, told.start, told.end):
            about = told.low != told.high
            yield _finding(reading, "age_span" if about else "age", f"{told.low}..{told.high}" if about else told.low, told.start, told.end)
    opening = _OPENS.match(text, len(text) - len(text.lstrip()))
    if opening and not _not_patient(reading, opening.start(), opening.end()) and not NEAR_RELATIVE.search(opening.group().lower()):
        yield _finding(reading, "sex", _sex(opening["sex"]) or "unknown", *opening.span())
    for match in near(_THIS, text, places(reading.low, *_PERSONS), 90, 24):
        word = match["sex"] or (match["trade"] and re.sub(r".*?(wo)?man$", r"\1man", match["trade"])) or match["patient"] or match["status"] or match["parent"]
        if not _not_patient(reading, match.start(), match.end()) and not NEAR_RELATIVE.search(match.group().lower()):
            yield _finding(reading, "sex", _sex(word) or "unknown", *match.span())


def _titled(reading: Reading) -> Iterator[Finding]:
    """"Re: Mrs Hargreaves", "I saw Mrs T., 37,"; never "Dear Mr Khan"."""
    text = reading.text
    for match in _TITLED.finditer(text):
        if not _titled_patient(text, match):
            continue
        line_start = text.rfind("\n", 0, match.start("title")) + 1
        if re.search(r"\b(?:Dear|cc|copy|by|with|from|surgeon|consultant|Dr|Prof)\b", text[line_start : match.start("title")], re.I):
            continue
        span = match.start("title"), match.end()
        yield _finding(reading, "sex", _sex(match["title"]) or "unknown", *span)
        if match["age"]:
            yield _finding(reading, "age", int(match["age"]), *span)
        name = match["name"].lower()
        if len(name) > 2 and not match["dot"] and name.isalpha() and _surname_ends(text, match.end("name")):
            yield _finding(reading, "surname", name, *span)


def _titled_patient(text: str, match: re.Match[str]) -> bool:
    """Whether the title is the patient's: led by words for one, or at the head of a line that goes on about one."""
    if _TITLE_LEAD.search(text, max(0, match.start() - 40), match.start()):
        return True
    if not _LINE_LEAD.search(text, max(0, match.start() - 12), match.start()):
        return False
    more = _MORE_NAMES.match(text, match.end())
    return bool(match["age"]) or bool(_OF_PATIENT.match(text, more.end() if more else match.end()))


def _surname_ends(text: str, at: int) -> bool:
    """Whether no second name follows ("Mrs Moira HARGREAVES" is no Mrs Moira)."""
    return not re.match(r"[ \t]+[A-Z][A-Za-z'’-]+", text[at : at + 24])


def _pronouns(reading: Reading) -> Iterator[Finding]:
    """Sentences that begin with He or She, when there are several and nobody else is spoken of that way."""
    starts = places(reading.text, "He", "She", "His")
    hits = [hit for hit in (_PRONOUN.match(reading.text, at) for at in starts) if hit]
    if not hits:
        yield from _only_pronouns(reading)
    if not hits or len({_sex(h["sex"]) for h in hits}) > 1:
        return
    if any(_someone_else(reading, h.start()) for h in hits):
        return
    if len(hits) < 2 and ((_HE.search(reading.low) and _SHE.search(reading.low)) or _OTHERS.search(reading.text) or may_be_relative(reading.low, 0, len(reading.low), woman=_sex(hits[0]["sex"]) == "female") or NEAR_RELATIVE.search(reading.low, hits[0].end(), hits[0].end() + _BESIDE)):
        return  # one alone is the patient's where nobody else is named
    first = hits[0]
    yield _finding(reading, "sex", _sex(first["sex"]) or "unknown", first.start(), first.end(), certainty="inferred")


def _only_pronouns(reading: Reading) -> Iterator[Finding]:
    """A he or a she within sentences, said twice or more of the one person that the document speaks of."""
    found = [list(pronoun.finditer(reading.low)) for pronoun in (_HE, _SHE)]
    told = next((f for f in found if len(f) > 1), None)
    if told is None or all(found) or _OTHERS.search(reading.text) or may_be_relative(reading.low, 0, len(reading.low), woman=told is found[1]):
        return
    yield _finding(reading, "sex", "female" if told is found[1] else "male", *told[0].span(), certainty="inferred")


_OTHERS = re.compile(r"\b(?:Dr|Prof|Mr|Mrs|Miss|Ms|(?<!retired )(?<!former )(?<!as a )(?<!is a )[Nn]urse|[Ss]urgeon|[Dd]octor|GP|[Cc]olleague|[Ss]ister|[Cc]onsultant|[Pp]hysician|[Rr]adiologist|[Pp]athologist|[Oo]ncologist|[Ii]nterpreter|[Cc]arer|CNS)\b")


def _someone_else(reading: Reading, at: int) -> bool:
    """Whether the sentence before is about a relative or another doctor."""
    start = max(0, at - 130)
    return bool(may_be_relative(reading.low, start, at, woman=reading.text.startswith(("S", "Her"), at)) or _DOCTOR.search(reading.text[start:at]))


def _organs(reading: Reading) -> Iterator[Finding]:
    """Organs described as the patient's own."""
    described = reading.document.kind in ("radiology", "pathology", "surgery")
    titled = _ORGAN_TITLED.search(reading.document.title) if reading.document.kind == "pathology" else None
    if titled and reading.sentences and not _OF_ANOTHER_ORGAN.search(reading.document.title):
        first = reading.sentences[0]
        yield _finding(reading, "organ", next(name for name, form in titled.groupdict().items() if form), first.start, min(first.end, first.start + 1), certainty="inferred")
    stems = _ORGAN_STEMS if described else ("prostatectomy", "hysterectomy")
    for match in near(_ORGAN, reading.low, places(reading.low, *stems), 10, 24):
        sentence = sentence_at(reading, match.start())
        if sentence is None or match.start() < sentence.start or not _own(reading, sentence, match):
            continue
        organ = match["organ"]
        yield _finding(reading, "organ", _ORGAN_NAME.get(organ, organ), *match.span())


def _had(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the operation is told as one that the patient had."""
    low = reading.low
    if _HE.search(low) and _SHE.search(low):
        return False  # a husband or wife is spoken of as well
    if sentence.section == "family" or sentence.context(*match.span()) & (Context.FAMILY | Context.NEGATED | Context.HYPOTHETICAL | Context.UNCERTAIN):
        return False
    return bool(_AFTER_IT.search(low, sentence.start, match.start())) and not NEAR_RELATIVE.search(low, sentence.start, sentence.end)


def _own(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    if match["organ"].endswith("ectomy") and _had(reading, sentence, match):
        return True
    if sentence.context(*match.span()) or sentence.section in ("indication", "technique", "history", "family"):
        return False
    if match["organ"].endswith("ectomy"):
        return sentence.section in ("procedure_note", "specimen")
    low, start, end = reading.low, sentence.start, sentence.end
    if not _STATE.match(low, match.end(), end) and not _DESCRIBED.search(low, start, match.start()):
        return False
    return not _NOT_OWN.search(low, start, end) and not NEAR_RELATIVE.search(low, start, end)
