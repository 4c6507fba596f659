"""Which organs were operated on or sampled, or are to be, and whether that tells where the tumour is.

``low`` is the text in lower case."""

from __future__ import annotations

from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.reading import Sentence
from agents.rules.text import words

_DROP = Context.NEGATED | Context.FAMILY | Context.HISTORICAL | Context.HYPOTHETICAL | Context.OLD
_OPERATION = words(r"\w+(?:ectomy|otomy|oplasty)\b|\b(?:re-?)?excision|\b(?:re-?)?resection|\bbiops|\bcores?\b|\bclearance\b|\bpunch\b|\bshave\b|\bturbt?\b")
_OPERATED = (
    words(r"[^,;.:()]{0,30}(?:" + _OPERATION.pattern + ")"),
    words(r"\s*[,:]\s*(?:[\w-]+\s){0,4}(?:" + _OPERATION.pattern + ")"),
    words("(?:" + _OPERATION.pattern + r")\w*[\s,:-]+(?:left|right|lt|rt|l|r)\.?\s+$|\bturbt?\s+$"),
    words(r"[^,;.:()]{0,30}\b(?:delivered|removed|excised|resected|extracted|taken out|amputated|extirpated|enucleated|sacrificed)\b"),
    words(r"\b(?:removal of|removed|removing|excised|resected|taking out|took out|extirpation of|ablation of|amputation of|loss of|lose)\s+(?:the\s+|his\s+|her\s+|your\s+)?(?:(?:left|right|lt|rt|l|r|whole|entire)\s+){0,2}$"),
    words("(?:" + _OPERATION.pattern + r")\w*\s+(?:of|from|for)\s+(?:the\s+|a\s+)?(?:[\w-]+\s+){0,3}$"),
    words(r"\b(?:received|submitted|labelled|labeled|marked|designated|inscribed)\b[^.;:]{0,30}$"),
    words(r"[^.;:]{0,16}\b(?:weigh(?:s|ing|ed)|in formalin|received|submitted)\b"),
)


def received(low: str, sentence: Sentence) -> bool:
    """Whether a sentence of a pathology report says what came to the laboratory."""
    return _RECEIVED.search(low, sentence.start, sentence.end) is not None


_RECEIVED = words(r"\b(?:received|submitted|labelled|labeled|weigh(?:s|ing|ed))\b")


def operation_named(low: str, sentence: Sentence) -> bool:
    """Whether an operation or sampling is named at all."""
    return _OPERATION.search(low, sentence.start, sentence.end) is not None


def operated(low: str, sentence: Sentence, place: Mention) -> bool:
    """Whether it is this organ that was operated on or sampled, not one named beside it."""
    if _OPERATION.search(low, place.start, place.end):
        return True
    after = low[place.end : min(sentence.end, place.end + 40)]
    before = low[max(sentence.start, place.start - 40) : place.start]
    if any(_OPERATED[i].match(after) for i in (0, 1, 3, 7)):
        return True
    return any(_OPERATED[i].search(before) for i in (2, 4, 5, 6))


def side_operated(low: str, sentence: Sentence, side: Mention) -> bool:
    """Whether the side is said of an operation on the organ itself ("Left WLE", "right thoracotomy") and holds."""
    if not _LONE.match(low, side.end) or sentence.context(side.start, side.end) & _DROP:
        return False
    return not (_HEALTHY.search(low, sentence.start, sentence.end) or _PROPHYLACTIC.search(low, max(sentence.start, side.start - 60), side.end + 40))


_LONE = words(
    r"[\s-]+(?:(?:sided|radical|simple|partial|total|completion|posterolateral|anterolateral|lateral|muscle[- ]sparing|open|lap(?:aroscopic)?|robotic|robot[- ]assisted|vats|uniportal|sleeve|awake|wire[- ]guided|inguinal|subtotal|skin[- ]sparing|modified)[\s-]+){0,3}"
    r"(?:wle|wide (?:local )?excision|re-?excision|bcs|lumpectomy|mastectomy|quadrantectomy|thoracotomy|thoracoscopy|vats|pneumonectomy|bilobectomy|lobectomy|orchidectomy|orchiectomy|nephrectomy|nephro-?ureterectomy|craniotomy|adrenalectomy|oophorectomy|parotidectomy|hemithyroidectomy|thyroid lobectomy|hemiglossectomy|tonsillectomy|cordectomy|maxillectomy|hemimandibulectomy)\b"
)


def set_aside(low: str, sentence: Sentence, place: Mention) -> bool:
    """Whether the operated or sampled organ does not tell where the tumour is: it was healthy, or never to be operated on."""
    context = sentence.context(place.start, place.end) & _DROP
    if context & ~Context.HYPOTHETICAL or (context and _CONDITIONAL.search(low, sentence.start, place.start)):
        return True  # "I explained that the operation is a right lower lobectomy" names the side, "if" does not
    if _OF_BENIGN.match(low, place.end, sentence.end) and not _CANCER.search(low, sentence.start, sentence.end):
        return True
    if _FOR_GERM.search(low, sentence.start, sentence.end) and not _CANCER.search(low, sentence.start, sentence.end):
        return True
    return bool(_HEALTHY.search(low, sentence.start, sentence.end) or _PROPHYLACTIC.search(low, max(sentence.start, place.start - 60), place.end + 40))


_CONDITIONAL = words(r"\b(?:if|should(?! (?:have|undergo|proceed|be offered|now))|unless|in case|lest|were to|had (?:he|she|there|it)|asked|wondered|wished|risks?|chance|might|could)\b")
NODE_SURGERY = words(r"(?:[\w-]+\s+){0,3}(?:dissection|sampling|biopsy|clearance|removal|lymphadenectomy|slnb)\b")
_PROPHYLACTIC = words(r"\b(?:risk[- ]?reduc\w+|prophyla\w+|symmetri[sz]\w+|contralateral|reduction mamm\w+)\b")
# What is sampled for something else than a tumour.
_FOR_GERM = words(r"\b(?:helicobacter|h\.? ?pylori|clo(?: |-)?test|campylobacter|urease|sydney|co?eliac disease|giardia|cytomegalovirus|cmv)\b")
_CANCER = words(r"carcinom|cancer|malignan|adenoca|tumou?r|lymphoma|dysplasia")
# "Right forearm shave: seborrheic keratosis"
_OF_BENIGN = words(r"[^:;.]{0,50}:\s*(?:an? |\w+ )?(?:seborrh?o?eic|keratosis|actinic|lentigo simplex|naevus|nevus|wart|skin tag|fibroepithelial|dermatofibroma|cyst|lipoma|haemangioma|hemangioma|fibroadenoma|adenoma|hyperplas\w+|papilloma|gynaecomastia|scar|lichen\w*|dermatitis|granuloma|hamartoma)\b")
_HEALTHY = words(
    r"\b(?:random|mapping|systematic|surveillance|background|non-?targeted)\s+(?:\w+\s+)?biops"
    r"|(?:biops\w+|cores?|sections?|samples?|tissue|fragments?|tube|ovary|kidney|breast|lobe|wall|mucosa)\b[^.;]{0,60}?(?:\b(?:show\w*|contain\w*|reveal\w*|is|are|was|were)|:|=|,)\s*(?:all\s+|only\s+|entirely\s+)?(?:an?\s+)?(?:(?:mild|chronic|focal|acute|minor|scattered)\s+)*"
    r"(?:benign|negative|normal|unremarkable|reactive|inflam\w+|cystitis|gastritis|colitis|hyperplasia|fibro\w+|no (?:tumou?r|malignan\w+|carcinoma|cancer|evidence|residual|dysplasia)|free of (?:tumou?r|malignan\w+|carcinoma|cancer|disease))\b"
)
