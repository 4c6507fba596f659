"""The words for what happens on a date, as patterns for a text in lower case: operations by their names and by the organ that was
taken out, endoscopies, studies, specimens, admissions.
"""

from __future__ import annotations

# "the kidney came out", "womb removed", and "removal of the left kidney"
_OUT = (
    r"(?:removed|remove|taken (?:out|away|off|down)|(?:came|come|coming|comes) (?:out|away|off)|cut (?:out|off|away)|shaved (?:off|out|away)|scraped (?:out|off|away)|excised|resected|extirpated"
    r"|amputated|extracted|lifted out|sacrificed|is out|was out)\b"
)
_REMOVAL = r"(?:removal|removed|removing|resection|resected|excision|excised|extirpation|amputation|amputated|ablation|loss|losing|lost|taking out|took out|cut out|cutting out|sacrifice)"
_NOT_IT = r"(?!drain|stent|staple|clip|stitch|suture|catheter|feeding|node|biops|cores?\b|polyp|cyst|stone|nodule|adenoma|pack|dressing|from\b|after\b|before\b|at\b|during\b|was not\b|not\b)"
_ORGANS = {
    "surgery.nephrectomy": r"kidney", "surgery.hysterectomy": r"(?:womb|uterus)", "surgery.mastectomy": r"(?:whole |entire )?breast(?! (?:lump|lesion|tumou?r|mass|tissue|cancer|carcinoma))",
    "surgery.prostatectomy": r"prostate(?! (?:biops|cores?|tissue|chips))", "surgery.turbt": r"(?:bladder (?:tumou?r|lesion|growth|chips)|tumou?r (?:of|in) (?:the )?bladder)",
    "surgery.cystectomy": r"(?:whole |entire )?bladder(?! (?:tumou?r|lesion|growth|chips|neck|biops))",
    "surgery.colectomy": r"(?:colon|sigmoid(?: colon)?|caecum|cecum|rectum|large bowel|bowel tumou?r|bowel cancer|bowel segment)", "surgery.lobectomy": r"(?:(?:upper |lower |middle )lobe|lobe of (?:the )?(?:\w+ )?lung|lobe|lung)(?! (?:biops|nodule))",
    "surgery.gastrectomy": r"stomach", "surgery.oesophagectomy": r"(?:gullet|o?esophagus)", "surgery.thyroidectomy": r"thyroid(?: lobe| gland)?",
    "surgery.orchidectomy": r"(?:testis|testicle)", "surgery.oophorectomy": r"(?:ovary|ovaries|adnexa)", "surgery.glossectomy": r"tongue", "surgery.laryngectomy": r"(?:larynx|voice ?box)",
    "surgery.pancreatectomy": r"(?:pancreas|(?:head|tail) of (?:the )?pancreas|pancreatic (?:head|tail))", "surgery.hepatectomy": r"(?:liver segments?|segments? [ivx\d]+(?: of (?:the )?liver)?|(?:right|left) liver|half of (?:the )?liver|liver tumou?r|liver metastas[ie]s)",
    "surgery.excision": r"(?:mole|naevus|nevus|birthmark|skin (?:lesion|tumou?r|cancer)|melanoma|pigmented lesion)", "surgery.wide_excision": r"(?:(?:breast )?lump|breast (?:lesion|tumou?r|mass|cancer|carcinoma))",
}


def _removed() -> list[tuple[str, str]]:
    of_breast = r"(?:lump|lesion|mass|tumou?r|cancer|carcinoma|growth) (?:in|of) (?:the |her |his )?(?:left |right )?breast"
    pairs = [("surgery.wide_excision", rf"{of_breast}(?=(?:[\s,]{{1,2}}{_NOT_IT}[a-z'-]+){{0,5}}?\s{_OUT})")]
    for kind, organ in _ORGANS.items():
        pairs.append((kind, rf"{organ}(?=(?:[\s,]{{1,2}}{_NOT_IT}[a-z'-]+){{0,5}}?\s{_OUT})|{_REMOVAL} (?:of )?(?:{_NOT_IT}[a-z'-]+ ){{0,3}}?{organ}(?![a-z])"))
    return pairs


# Specific before general: the first alternative that matches at a place names the event.
_SURGERY = {
    "turbt": r"TURBT|TUR(?:[- ]of)?[- ]bladder|TUR-?BT?\b|trans-?urethral resection of (?:the |a )?bladder(?: tumou?r)?|bladder(?: tumou?r)? resection|resection of (?:the |a )?bladder tumou?r|transurethral (?:bladder )?resection(?! of (?:the )?prostate)",
    "turp": r"TURP\b|transurethral resection of (?:the )?prostate",
    "cone": r"LLETZ|LEEP|LETZ|(?:large )?loop excision(?: of (?:the )?transformation zone)?|(?:cold[- ]knife |laser |knife )?cone(?: biopsy| excision)?\b|coni[sz]ation|konisation|konization|cold knife cone",
    "hysterectomy": r"(?:lap(?:aroscopic)? )?hyst(?:erectomy)?\b|hysterektomi\w*|TAH\b|TLH\b|wertheim\w*",
    "wide_excision": r"wide (?:local )?(?:re-?)?excision|WLE\b|BCS\b|lumpectomy|tylectomy|breast[- ](?:conserv|sparing|preserv)(?:ing (?:surgery|operation|procedure)|ation(?! (?:rate|index|clinic))|\b(?= (?:surgery|operation|procedure)))|(?:partial|segmental) mastectomy|quadrantectomy|segmental breast resection",
    "mastectomy": r"mastectomy|mastektomi\w*|ablatio mammae|mastect\b",
    "prostatectomy": r"prostatectomy|prostatektomi\w*|RALP\b|RARP\b|RRP\b|robotic prostate(?: operation| surgery)?",
    "nephrectomy": r"nephr(?:oureter)?ectomy|nephrektomi\w*|nephron[- ]sparing (?:operation|surgery|resection|procedure)|RAPN\b|kidney(?:[- ]sparing)? (?:operation|surgery|resection)|renal (?:tumou?r )?(?:resection|surgery)",
    "cystectomy": r"cystectomy|cystoprostatectomy|zystektomi\w*|bladder removal",
    "colectomy": r"(?:hemi|procto|sub)?-?colectomy|hemikolektomi\w*|(?:low )?anterior resection|LAR\b|TME\b|hartmann\w*|right hemi\b|left hemi\b|sigmoid(?:ectomy| resection)|proctectomy|(?:rect(?:al|um)|colon(?:ic)?|bowel|ileocaecal|caecal) resection|abdominoperineal (?:resection|excision)|APR\b|APER\b",
    "pancreatectomy": r"whipple\w*|pancreat\w*-?duodenectomy|pancreatectomy|PPPD\b|pancreatic (?:head )?resection|pancreatic surgery",
    "hepatectomy": r"(?:hemi)?hepatectomy|(?:bi|tri)segmentectomy|(?:left lateral |right posterior |right anterior |left medial )section(?:ectomy|al resection)|segments? (?:[ivx]+|\d)[ab]?(?:(?:/| and |, | & |-)(?:[ivx]+|\d)[ab]?)* (?:liver |hepatic )?resection|non-?anatomic(?:al)? (?:liver |hepatic )?resection|liver (?:resection|surgery)|hepatic resection|liver transplant\w*|liver graft\w*",
    "lobectomy": r"(?:bi)?lobectomy|lobektomi\w*|pneumonectomy|segmentectomy|wedge resection|sleeve resection|lung (?:resection|surgery)|(?:VATS|RATS)(?! biops)(?: lobectomy| resection| wedge)?",
    "gastrectomy": r"gastrectomy|gastrektomi\w*|gastric resection|stomach operation", "oesophagectomy": r"o?esophag(?:o-?gastr)?ectomy|ivor[- ]lewis|mckeown", "thyroidectomy": r"(?:hemi)?thyroidectomy|thyroid (?:lobectomy|surgery|operation)",
    "craniotomy": r"craniotomy|craniectomy|kraniotomi\w*|brain (?:operation|surgery|tumou?r resection)|(?:glioma|brain tumou?r) (?:resection|removed|removal)", "orchidectomy": r"orchi(?:d)?ectomy",
    "oophorectomy": r"(?:salpingo-?)?oophorectomy|ovariectomy|BSO\b|adnexectomy",
    "neck_dissection": r"neck dissection|SND\b|MRND\b", "axillary_clearance": r"axillary (?:node )?(?:clearance|dissection)|ALND\b|ANC\b", "debulking": r"(?:primary |interval )?(?:debulking|cytoreduct\w+)",
    "glossectomy": r"(?:hemi)?glossectomy", "laryngectomy": r"laryngectomy", "parotidectomy": r"parotidectomy", "adrenalectomy": r"adrenalectomy", "penectomy": r"penectomy", "thymectomy": r"thymectomy", "splenectomy": r"splenectomy", "vulvectomy": r"vulvectomy",
    "laparoscopy": r"laparoscopy", "laparotomy": r"laparotomy", "thoracotomy": r"thoracotomy", "excision": r"(?:excision|excised|ellipse)",
}
_GENERAL = (
    r"operation|operated|debulked|operativ(?=e day\b)|surgery|resect(?:ed|ion)|removed|(?:tumou?r|cancer|growth|carcinoma|gliom\w+|glioblastoma|sarcoma)(?=(?:\s[a-z'-]+){0,3}?\s(?:(?:taken|came|come|coming) (?:out|away)|cut out)\b)|removal(?= of (?:[\w-]+ ){0,4}(?:tumou?r|cancer|growth|mass|carcinoma|gliom\w+|glioblastoma|sarcoma)\b)|(?:procedure|op|theatre)(?= date)|(?<=date of )(?:the )?(?:procedure|op\b)|op(?=(?:eration)?[.:]? (?:on |was |done |took |dated |performed |\d))|op(?=[:.]\s?\d)"
    r"|theat(?:re|er)(?=:? ?(?:on |was on |done )?\d)|under the knife|surgical (?:procedure|intervention|treatment|date)|(?:was|been) cut open|knife to skin|index procedure|procedure(?= (?:took place|was (?:performed|done|carried out)|performed|done|on|of|dated|:)?\s?\d)"
    r"|eingriff|opera(?:tion|sjon)|operert|opererad|operiert"
)
_ENDOSCOPY = {
    "colonoscopy": r"colonoscop(?:y|ed)|koloskopi\w*|scoped from below|scope from below|camera (?:test|examination) of (?:the )?(?:large )?(?:bowel|colon)|bowel camera", "gastroscopy": r"(?:o?esophago)?gastro(?:duodeno)?scop(?:y|ed)|gastroskopi\w*|OGD\b|EGD\b|upper (?:gi )?endoscopy|scoped from above|camera (?:test|examination) of (?:the )?(?:stomach|gullet)",
    "bronchoscopy": r"bronchoscop(?:y|ed)|bronkoskopi\w*", "ebus": r"EBUS\b", "eus": r"EUS\b|endoscopic ultrasound|endosonograph\w+", "cystoscopy": r"(?:flexible |flexi[- ]?)?cystoscop(?:y|ed)|(?:look|peep|(?:camera|telescope) (?:look |test |examination |inspection |passed |put )?)(?:in|into|inside|of) (?:the |his |her )?bladder",
    "hysteroscopy": r"hysteroscop(?:y|ed)", "ercp": r"ERCP\b", "sigmoidoscopy": r"(?:flexible )?sigmoidoscopy|flexi(?:ble)? sig\w*", "eua": r"EUA\b|examination under an[a]?esthe\w+", "panendoscopy": r"panendoscopy",
}
_IMAGING = {
    "pet": r"(?:FDG[- ]|PSMA[- ]|DOTATATE[- ])?PET(?:[-/ ]?CT)?\b|positron(?:[- ]emission)?(?: tomography)?(?: scan)?", "mri": r"(?:mp)?MRI?\b|magnetic resonance|magnet scan|NMR\b|kernspin\w*",
    "ct": r"CT\b(?![- ]guided)|CAT[- ]scan|comput(?:ed|eri[sz]ed) tomogra\w+", "mammography": r"mammogra\w+|mammografi\w*|tomosynthesis",
    "bone_scan": r"bone scan|(?:bone )?scintigra\w+|isotope scan", "ultrasound": r"ultrasound(?![- ]guided)|ultrasonogra\w+|sonogra\w+|USS\b|echograph\w+", "radiograph": r"(?:chest )?(?:radiograph|x-?ray)|CXR\b",
}
_OTHER = {
    "biopsy": r"biops(?:y|ies|ied|ia|i)\b|(?:tissue|pieces?|samples?) (?:was |were |had been |being )?taken (?:from|under|in)\b|\bbx\b|bx'?d\b|(?:cores?|fine[- ]needle|needle|punch)(?=\s(?:aspirat|samples?|sampling|passes|taken|was|were|of|from|\d|,|on|\())|trucut|tru-cut|cores?(?= (?:done|obtained|came))|(?:trans-?perineal|trans-?rectal|targeted|systematic|template|trus|prostate|prostatic|breast|liver|lung|renal|kidney|guided|needle) cores?\b|pipelle|endometrial sampl\w+|punch(?:es)? (?:sample|specimen)|FNA\b|FNB\b|FNAC\b|SLNB\b|SNB\b|SNLB\b|needle (?:samples?|sampling|test)|tissue (?:sample|samples)?(?= ?(?:was|were)? ?(?:taken|obtained|procured|harvested))|needle (?=(?:was |had been )?(?:went|passed|put|placed|introduced|advanced) (?:in|into|through)\b)",
    "specimen.received": r"received|receipt|reached (?:the )?(?:lab|laboratory)|in (?:the )?lab(?:oratory)?\b|arrived|booked in|accessioned|eingang|delivered",
    "specimen.reported": r"reported|report(?:ed)? date|signed[- ](?:out|off)|authori[sz]ed|verified|finali[sz]ed|issued|validated|date of report|report left|released",
    "specimen.collected": r"collected|collection(?: date)?|(?:specimen|sample)s? taken|taken(?! (?:out|away|off|down|over|ill|on board))|drawn|obtained|sampled|(?:specimen|sample|sampling) date|date of (?:the )?(?:specimen|sample|sampling|collection)|procured|harvested|entnahme",
    "study": r"acquired|acquisition(?: date)?|exam(?:ination)? date|study date|scan(?:ning)? date|scan(?:ned)?\b|imaged|date of (?:the )?(?:exam(?:ination)?|study|scan|acquisition|imaging)|examined on|exam(?=[:.]? \d)",
    "act": r"performed|done|carried out|undertaken|took place|executed|conducted|date of (?:the )?(?:procedure|intervention|test)",
    "visit": r"discharged?|home on|reviewed|attended|presented|readmitted|clinic|telephoned|referred|drain out|stitches out|died|seen (?:in|by|at) (?:clinic|out\w+|me\b|the )|consulted|rang\b|typed|dictated|visited",
    "diagnosis": r"diagnos(?:ed|is)", "admission": r"admitted|admission|adm\b", "chemotherapy.start": r"(?:cycle 1|C1|first cycle)\b(?! to)",
}

EVENTS: tuple[tuple[str, str], ...] = (
    *((f"surgery.{what}", form) for what, form in _SURGERY.items()),
    *_removed(),
    *((f"endoscopy.{what}", form) for what, form in _ENDOSCOPY.items()),
    *((f"imaging.{what}", form) for what, form in _IMAGING.items()),
    *_OTHER.items(),
    ("surgery", _GENERAL),
)
"""Kind of event and pattern, specific before general."""
