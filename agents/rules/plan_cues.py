"""Whether a treatment named in a sentence is planned there, declined, conditional, or only spoken of.

The nearest cue in the clause governs. The cue words are data (``lexicons/treatments.yaml``); the forms of grammar that
no list can hold (future tense, a coming date, a dose without a verb) are here.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from agents.rules import plan_frames
from agents.rules.context import Context
from agents.rules.lexicon import Mention
from agents.rules.plan_asides import WEIGHED, WEIGHS, by_the_way, once_planned, quoted, thanked
from agents.rules.plan_clauses import Clause, Cue, clauses
from agents.rules.plan_dates import dated, years_ago
from agents.rules.plan_never import entered_no, had_none
from agents.rules.plan_replies import REMEDIES
from agents.rules.plan_weighing import decided_before_why, weighs
from agents.rules.reading import Reading, Sentence
from agents.rules.text import words

Status = Literal["plan", "weak", "omit", "conditional", "none"]
"""``weak``: named in a sentence that decides, without a word that says so or otherwise."""

_SKIP = {"indication", "comparison", "technique", "family", "legend", "history", "social", "allergies", "biomarkers", "procedure_note"}
_SKIP_REPORT = {"specimen", "gross", "microscopic"}
_BACK_PLAN = words(
    r"^[^;]{0,90}?\b(?:takes? place (?:on|next|this|tomorrow)\b|(?:has|have) been (?:scheduled|booked|listed|pencilled in|arranged|agreed|approved|chosen|selected|planned|confirmed|decided (?:on|upon)|settled|requested)\b|(?:is|are|remains) (?:therefore |now |being |clearly |still |in my view )*(?:recommended|advised|proposed|planned|indicated|booked|scheduled|arranged|listed|requested|preferred|appropriate|reasonable|warranted|needed|required|"
    r"(?:the|my|our|her|his) (?:right|appropriate|best|preferred|treatment|correct|preference|recommendation|choice|first choice|advice|proposal|plan|(?:kindest|kinder|safest|safer|wisest|simplest|gentlest|obvious|sensible|better|only(?: sensible| real)?) (?:answer|choice|option|course|treatment|thing|way|route))\b|(?:therefore )?what I (?:suggest|recommend|advise|propose|favou?r))|"
    r"(?:will|shall|should|to) (?:be |then be |now be )*(?:given|done|performed|started|carried|offered|used|added|take|begin|start|commence|follow|come|precede|lead|go first|first)\b|"
    r"(?:can|may) (?:be given|follow|start|wait|come)(?= (?:until )?(?:after|afterwards|later|once|thereafter)\b)|"
    r"was proposed[^.;]{0,40}\b(?:concur|agree)|agreed|booked for|requested|offered(?: and accepted|(?= today|$|\.))|to follow|(?:starts?|begins?|commences?|(?:is|are) (?:started|begun|commenced|given)|starting|beginning|commencing|due) (?:on |from )?(?=\d|next|today|tomorrow|Mon|Tue|Wed|Thu|Fri|this|in )|"
    r"(?:gives|offers) (?:him|her|them|the patient|us) the (?:best|only|surest)|is the way (?:to go|forward)|(?:will|would|should) (?:do the job|do (?:very |quite )?(?:well|nicely)|suffice|be (?:quite |more than )?(?:enough|sufficient))|can be (?:done|given|arranged|started|performed|carried out)(?= (?:already )?(?:on |this |next |from |in |tomorrow|within )[\w ]{0,14}(?:day|week|month|january|february|march|april|may|june|july|august|september|october|november|december)\b)|makes (?:most|more|the most) sense|would (?:suit|serve|be (?:best|better|ideal|right|my|our|the (?:best|right|better)))|is (?:simply |clearly )?(?:best|better|preferable|all (?:s?he|they) needs?)|(?:has been |was |is |are |have been )?(?:dispensed|set up)|goes? in|first (?:tablet|dose|cycle|infusion)|next (?:week|month|Monday|Tuesday|Wednesday|Thursday|Friday)|tomorrow|(?:today|now)(?=[.,; ]|$)|list for|prescribed|in the first instance)",
)
# "cetuximab is added to FOLFIRI in view of the side": done to the plan, whatever the reason
_ADDED = words(r"^(?: \w+){0,2} (?:is|are|will be|is being|are being) (?:now |therefore |also )?(?:added|combined with|paired with)\b")
_BACK_PAST = words(
    r"^[^,;:]{0,40}?\b(?:(?:was|were|had been|(?:has|have) been(?! (?:agreed|approved|accepted|chosen|selected|suggested|arranged|confirmed|endorsed|decided|scheduled|preferred))) (?!proposed|recommended|offered|advised|booked|listed|planned|prescribed|dispensed|issued|delivered|ordered)(?:\w+ly )?\w+(?:ed|en|ne|wn|ut)\b|(?<!be )given\b(?! next| pre-?op| up ?front| first| before| beforehand| after| post-?op| in (?:january|february|march|april|may|june|july|august|september|october|november|december|the ))|finished|ended|completed|went (?:well|smoothly|to plan|without|ahead)|took place|passed off|done\b|performed|ago\b|stopped|(?:dropped|discontinued|left out) (?:from|after|at|since)\b|showed|has failed|failed)",
)
_TURNED_DOWN = words(r"^\W*(?:but |however,? )?(?:s?he|they|the patient|M(?:r|rs|s)\b\.? \w+)\b[^.;]{0,24}\b(?:declin|refus|turned|decided against|does not want|not keen|has rejected|did not want)")
_OTHER_SUBJECT = re.compile(r"\b(?:and|so|as|because|since) (?:I|we|s?he|they|it|there)\b")
_ENDORSED = words(r"(?:\b(?:which|that)|,) (?:i|we) (?:would |now |therefore |strongly )?(?:propose|recommend|advise|favou?r|suggest|prefer|intend|support)\b|\b(?:that|this|which|it|these) (?:is|would be|are|remains) (?:therefore |also )?(?:what (?:I|we)\b|where (?:I|we)\b|(?:my|our) (?:\w+ )?(?:recommendation|advice|plan|choice|proposal|preference|suggestion)|the (?:plan|one I|course I|option I))")
_LIST = words(r"\b(?:then|followed by|with|plus|x\s?\d)\b|[+]|->|\u2192")
_VERB = words(r"\b(?:would|could|may|might|offers?|gives?|means?|carries|avoids?|spares?|works|brings?)\b")
_BACK_OMIT = words(
    r"^ neither\b|^,? (?:i|we) (?:(?:will|shall|would|'ll|am|are|have|therefore|rather|gladly|both|have agreed to|agreed to|intend to|mean to|propose to|prefer to|plan to) ){0,3}(?:spar(?:e|ed|ing) (?:him|her|them)|omit|leave out|leave off|withh[oe]ld|forgo|drop|avoid|keep from (?:him|her|them)|do without|dispense with)\b|^[^;,]{0,12}?\b(?:is|are|was|would be)(?: not|n't) (?:what|how|where|the (?:way|route|course|path|answer|treatment|operation|option|choice|right|best)|my|our|for (?:him|her|them|me|us|this)|one (?:I|we)|something (?:I|we)|a (?:treatment|good|sensible|wise|safe|reasonable|realistic))\b(?! only)|^[^;,]{0,30}?\b(?:can|may|could|might|will|should) (?:safely |well )?be (?:dispensed with|done without|left out|omitted|spared|forgone|foregone|skipped)\b|^[^;,]{0,20}?\b(?:cancelled|canceled|called off|abandoned|shelved|scrapped|withdrawn|stood down|taken off the list|off the (?:list|table))\b|^[^;,]{0,50}?\b(?:declined|refused)\b|^\W{0,3}(?:no longer (?:on the (?:table|cards)|planned|an option|considered|pursued|proposed|offered|appropriate|indicated|recommended|wanted|needed|necessary)|omitted|rejected|discarded|dismissed|turned down|ruled out|avoided|withheld|refused|ineligible|unsuitable|unfit|barred|contra-?indicated|impossible|out of the question)\b|^[^;]{0,50}?\b(?:(?<!stitches )(?<!drains )(?<!drain )(?<!clips )(?<!sutures )(?<!staples )(?<!catheter )(?:is|are|was|were|would be|has been|had been|'s|be)\s+(?:\w+ly )?(?:contraindicated|contra-indicated|declined|refused|omitted|avoided|withheld|rejected|dropped|deferred|unnecessary|inappropriate|unsuitable|dismissed|(?:ruled|left) out|out\b|of (?:no|little) (?:use|value|benefit|help|avail|interest)|no (?:good|use|help|answer|option)\b|useless|pointless|futile|not (?:recommended|indicated|advised|required|needed|necessary|planned|offered|appropriate|an option|possible|on offer|wanted|suitable|feasible)|out of (?:the question|place)|no longer|too (?!early|soon|late|long|recent|close to call)\w+)|"
    r"plays? no|(?:shall|will|to) be (?:given|used|added) neither|(?:has|have) been (?:handed|given|sent) back|(?:was|were|is|are|has been|have been) (?:given up|released|vacated)|would do (?:him|her|them) (?:more |only )?(?:harm|no good|no favours?)|(?:will|should|must|shall|can|would|does|do|did) not|(?:is|are) not to be|cannot|won't|not (?:indicated|needed|required|recommended|necessary|planned|warranted|offered|advised|appropriate|suitable|sensible|favou?red|supported|proposed|desired|justified|an option|on offer)|ruled out|has (?:nothing|no)|has nothing|would (?:leave (?:\w+ )?(?:disease(?! ?-?free)|tumou?r(?! ?-?free)|residual)|leave (?:him|her|them) (?!(?:disease|tumou?r|cancer)?[ -]?free|well|fit|cured|able|with (?:a |an )?(?:good|better|clear|only|normal|excellent))|risk|cost|harm|have (?:no|little)|be (?:\w+ )?(?:futile|unwise|wrong|dangerous|excessive|over-?treatment|overkill|hazardous|risky|perilous|unsafe|foolish|foolhardy|reckless|inadvisable|ill-advised|harmful|pointless|useless|disproportionate|cruel|unkind|unjustifi\w+|unreasonable|lethal|fatal|folly|a (?:mistake|folly|disservice|step too far)|of no|of little|too\b|asking too much))|(?:would |will )?(?:brings?|adds?|offers?|gains?|gives?|does?|buys?)(?: (?:him|her|them|us|the patient|mrs?\.? \w+))? (?:nothing|no\b(?! harm)|little|very little))\b",
)
# "cannot cure", "won't start till January"
_STILL_GIVEN = words(r"\s*(?:\w+ly )?(?:cure|eradicate|get rid|(?:start|begin|commence|happen|take place|be (?:started|given|done|performed|begun)|go ahead)\b[^.;,]{0,24}\b(?:until|till|before))\b")
_NOT = words(r"\b(?:no|not|nobody|no[ -]one|cannot|can not|hold(?:ing)? (?:off|back)|leav(?:e|ing) out|do(?:ing)? without|dispens\w+ with|skip(?:s|ping)?|forgo(?:es|ing)?|dropping|steer clear of|stay(?:ing)? away from|cancel\w*|call(?:ed|ing)? off|abandon\w*|off the (?:waiting |theatre )?list for|turn(?:ed|ing|s)? down|reject\w*|defer(?:ring)?|don't|won't|wouldn't|isn't|shouldn't|can't|without|never|nor|neither|none|nil|refus\w+|declin\w+|avoid\w*|against|(?:mistake|wrong|unwise|foolish|folly|error|reckless|pointless|futile|premature|disservice|unkind|unreasonable) (?:to|in|of)\b(?! (?:\w+ )?(?:den(?:y|ying)|withhold|refus|delay|miss|leav|omit|skip|forgo|put|postpon|wait|deprive|rush|hurry|not|keep|abandon))|instead of|in place of|rather than|spares? (?:her|him|them)|other than|no longer)\b")
# "If he cannot bear the fevers we would change to": what is denied is the condition
_THEN_I = words(r"\b(?:i|we|s?he|they|it|this|there)(?: (?:may|would|will|shall|should|could|can|might)|'d|'ll)\b")
_NO_DENIAL = re.compile(r"\bnot only\b|(?:\bnot|n't) (?:\w+ )?(?:respond|tolerat|discuss|mention|surviv|tell|told|know|hear|understand|talk|better|worse|certain|sure|clear|aware|explain|remember|superior|inferior|less|cleared?|stop|affect|prevent|preclude|touch|able to tell|come up|exclude|rule out|a bar|interact|interfere|clash|conflict|compete|contra-?indicate|forbid|prohibit|bar\b|hinder|impede|limit|delay|speak against|argue against|stand in)|\bnil to\b|\bno (?:known |drug )?(?:allerg\w+|reactions?|intoleranc\w+)\b|\bno (?:\w+ )?(?:questions?|concerns?|worries|worry|qualms|complaints?|misgivings|reservations?|illusions?|regrets?|alternative|substitute|way (?:round|around)|getting (?:round|around|away from)|escap\w+|side[- ]effects?|trouble|difficult\w+|hurry|rush|sooner|later than|news|mention|talk|experience)\b|\bno (?:interaction|contra-?indication|reason|objection|obstacle|bar|barrier|hindrance|impediment|doubt|delay|evidence|metasta\w*|sign)\b|\bwithout (?:delay|complication\w*|problem\w*|symptom\w*|fail|exception|question|hesitation|interruption|reservation\w*|any doubt|doubt|(?:further|more|much) ado|a break|a gap|difficult\w*|incident|trouble|ill effect\w*)")
_NOT_STOP = words(r"[:(]|,(?! or\b)(?! (?:[\w-]+ ){1,3}or\b)|\b(?:before|prior to|ahead of)\b|\b(?:and then|then|only|but|so|hence|therefore|and(?! no\b)|just)\b")
_IF = words(
    r"\b(?:(?<!grateful )(?<!thankful )(?<!obliged )(?<!kind )if(?! any(?:thing)?\s*[,;.)])|unless|in (?:which |that )?case|in the event|provided|were (?:the|there|he|she|it|CIS|this)|depending|only (?:for|in) (?:relapse|recurrence|progression)|with or without|according to (?:margin|histolog|patholog|final|the result|nodal)|"
    r"(?:kept|held?|hold|keep) (?:\w+ ){0,2}(?:in reserve|for (?:progression|relapse|recurrence|later))|in reserve|as salvage|at (?:progression|relapse|recurrence)|once (?:\w+ ){1,3}(?:result|known|confirmed|available)|likely|is possible|to be (?:looked at|decided|settled|discussed)|can be discussed|will be discussed|would be (?:an option|considered|added|possible)|if not|"
    r"pending (?:result|MDT|discussion)|subject to)\b|\+/-|±|[(]\?|^should (?!have\b|be\b|go\b|start|undergo|get\b|receive|proceed|probably|now\b|really|i\b|we\b|come\b|also\b|take\b|stop\b|not\b)[^.;,]{3,70}(?:,| (?:i|we) (?:would|will|should|shall|could|can|might)\b)|(?:^|[.;] )should (?!have\b|be\b|go\b|start|undergo|get\b|receive|proceed|probably|now\b|really|i\b|we\b|come\b|also\b|take\b|stop\b|not\b)[\w/'-]+(?: [\w/-]+){0,3} (?:be|show|prove|turn|become|come|recur|progress|relapse|fail|remain|reveal|confirm|demonstrate|find|happen|need|have|grow|return)\b|(?:^|[.;,] )were (?:his|her|their|those)\b|(?:^|[.;,] )(?:should|were|had) (?:the |an? |he |she |it |there |this |unexpected |residual |margins? |final |ascites |recurrence |effusion |bleeding |obstruction |PET |BRCA1? |CIS )",
)
_IF_AFTER = words(r"^[^,;]{0,70}\b(?:if|subject to|depends? on|hangs? on|hinges? on|conditional (?:up)?on|contingent on|only with (?:an? |the )?(?:\w+ )?(?:mutation|result|positiv\w+)|should (?:the )?[\w/-]+ (?:be|prove|come|turn|show)|when (?:[\w/-]+ ){1,3}(?:is|are) (?:confirmed|known|available|back)|unless|provided|only if|were|in case|depending|according to(?! (?:the )?(?:pharmac|literature|label|product|leaflet|smpc))|is possible|can be discussed|will be discussed|to be (?:looked at|decided|settled|discussed)|likely)\b|^, (?:only if|should)\b")
# "no intervention unless it grows": watching ends some day by its nature
_UNTIL = words(r"[^;]{0,60}?\b(?:unless|until|only if|only when)\b")
# What holds something back binds to the nearest treatment: "chemoradiation, keeping surgery for salvage"
_KEPT_AFTER = words(r"^[^,;]{0,70}\b(?:in reserve|(?:as|for) salvage|(?:kept|held|reserved|left|saved|deferred) (?:back |over )?(?:for|until) (?:\w+ )?(?:failure|relapse|recurrence|progression|residual|persist\w+)|(?:at|on|for) progression|(?:as|for|is|be|remains?|stays?|kept)\b[^,;]{0,12}\b(?:fall-?back|back-?up|plan b|last resort|second line(?: of defence)?|rescue|reserve option|second string))\b")
# "ablation equals resection": what a treatment is measured against is not planned
_MEASURED = words(
    r"\b(?:equals?|equalled|match(?:es)?|rivals?|equivalent to|comparable (?:to|with)|compar(?:ed|es|ing|ison) (?:\w+ )?(?:to|with)|similar to|(?:in|su)perior to|(?:as|same)\b[^,;]{0,30}\bas|(?<!rather )(?<!other )(?<!sooner )(?<!nothing more )(?<!little more )than)"
    r"(?: (?:the|an?|that|those|of|after|with|for|any|formal|open|radical|primary|upfront|immediate|major))*\s+$",
)
_PAST = words(
    r"\b(?:received|underwent|completed|finished|ended|had had|has had|have had|given(?! (?:as|concurrently|alongside|together|weekly|daily|every|once|twice|on days?|before|after|in (?:\w+) fractions)\b)|(?<!is )(?<!be )(?<!best )(?<!are )treated (?:with|by|in)|history of|status post|s/p|(?<!without )(?<!without any )prior (?!to\b)|previous(?:ly)?|old|since|progress(?:ed|ion|ive)|shrank|shrunk|responded|regressed|relapsed|(?<!be )operated|returned|was|were|did|recover(?:y|ed|ing)|in (?:19|20)\d\d|(?<!c\d )D\d+ (?!d\d|q\d|x ?\d|every\b|\d|dissect|gastrect|lymph|nod|resect|clear|proced|vertebr)|PMH|known|PD(?!-?L?1|-)|tak(?:es?|ing)(?! (?:it|this|that|the|him|her|out)\b)|currently|remains on)\b",
)
# What looks back unless the sentence names both an operation and a treatment beside it, and so their order.
_AFTER = words(
    r"\b(?:after (?:her|his|the|a|an|six|four|three|two|five|eight|\d+)\b(?= [\w -]{0,30}(?:ectomy|cycles|operation|chemo|resection|surgery|courses))|prior to|(?:weeks?|days?|months?) (?:after|post)|following)\b"
)
_CHANCE = words(r"\b(?:guidelines?|NCCN|ESMO|literature|trials?|stud(?:y|ies)) (?:would )?(?:recommend|suggest|advise|support|favou?r)|\b(?:chance|risk|likelihood|possibility|fear|danger|doubt|probability|odds)s? (?:that|of|whether)\b|\bwhether\b")
# "seen by oncology, who recommended": another's plan, told in a letter of one's own
_TOLD = words(
    r"\b(?:professor(?: \w+)?|(?:other|another|private|previous|first|local|second|foreign) (?:\w+ )?(?:clinic|hospital|doctor|consultant|specialist|opinion|centre|center|unit|team)|clinic in \w+|oncolog\w+|surgeons?|surgical team|urolog\w+|radiotherap\w+|colleagues?|referring \w+|previous team|elsewhere|other hospital)\b[^.;]{0,24}\b(?:recommended|suggested|proposed|advised|offered|wanted|preferred|planned|thought|felt)\b",
)
_AGREED = words(r"\b(?:agree|concur|support|same)")
_QUERY = re.compile(r"(?:^|\s)\?\s?$")
_EARLIER = words(r"\b(?:previous|prior|past|earlier|former|history of|ever had)\b[^,;]*$")
_DOSE = words(
    r"\b\d+(?:[.,]\d+)?\s?(?:mg|g|mcg|Gy|MBq|GBq)\b|\bAUC\s?\d|\b(?:x\s?\d{1,2}|\d{1,2}\s?x)\b|\b(?:four|six|three|two|eight|twelve|\d{1,2}) (?:cycles|courses|doses|instillations|weeks|months|fractions)\b|\b(?:daily|weekly|three-weekly|q3w|q2w|q21|fortnightly|every (?:other )?(?:fortnight|week|month|day|(?:two|three|four|six|\d+) weeks)|once an? (?:day|week|fortnight|month)|twice daily|bd|days? 1)\b",
)
# A sentence in which its writer decides, and the verbs of one that tells
_OWN = words(
    r"\b(?:I|we|I'd|we'd|I'm|my|our|me|us|would|should|ought|must|please|better|best|right|suits?|deserves?|wants|needs?|preferabl\w|wants? to|keen|minded|inclined|lean|preferred|preference|favou?r\w*|instead|rather|(?:comes?|goes) (?:ahead|first|second|later|next|before|after)|takes? (?:precedence|priority)|is the first|is (?:all|where|what|how))\b",
)
_FINITE = words(
    r"\b(?:is|are|am|has|have|had|does|do|went|goes|shows?|remains?|lives?|works|feels?|seems?|appears?|says|said|tells|told|asks?|asked|knows?|understands?|came|can|carries|causes?|helps|makes|means|gives|takes|"
    r"suggests|reports|contains?|includes?|lies|measures(?= \d| up)|attends?|thank\w*|saw|seen)\b",
)
_TOLD_BY_ALL = words(r"\W*(?:the |published |current )?(?:literature|trials?|studies|guidelines?|evidence|data)\b(?! (?:supports? (?:this|my|our)|favou?rs? (?:this|my)))")
_WHEN = words(r"\b(?:once|when|until|till|as soon as|after)\b[^,;.]{0,30}\b(?:wounds?|skin|heal\w*|recover\w*|operation|surgery|nodes|cycles?|chemo\w*|radio\w*|flap|graft|scar)\b[^,;.]*|[:(] (?:s?he|it) (?:is|has)\b[^;.]*")
# "when she has recovered" lies ahead.
_TO_COME = words(r"\b(?:once|when|until|till|as soon as|after) (?:\w+ ){1,4}?(?:has|have|is|are) (?:\w+ )?(?:recovered|healed|completed|finished|received|had|ended|done|over)\b")
_WHAT_I = re.compile(r",? (?:is )?(?:is )?what I |,? it is\b(?! (?:not|too|un|im|only))|,? (?:has|gets|have|had) (?:my|our) (?:backing|vote|support|blessing)")
# Where the writer takes up anew behind a chance that is only weighed.
_ANEW = words(r"(?:,|\b(?:and|so|hence|therefore|thus)) (?:\w+ )?(?:i|we|my|our)\b")
# "All planned chemotherapy was given"
_ONCE_PLANNED = ("planned", "proposed", "recommended", "advised", "offered", "agreed", "scheduled")
# A treatment before or after which something was measured.
_MARKS = words(r"\b(?:before|prior to|since|at the time of|after|following)(?: (?:the|her|his|an|any|this|that))? $")
# Between a treatment and the one that only tells when it comes.
_TIED = words(r" (?:before|after|prior to|ahead of|following) (?:the |an? |her |his |any )?(?:\w+ )?")
_REASON = words(r", (?:because|since|as|owing to|due to|in view of|given(?! (?:on|in|at|by|as)\b)) ")
# "in the hope of sparing her a gastrectomy" leaves out no operation
_HOPED = words(r"\b(?:hop\w+|so as|in order|aim\w*|with a view|chance|possib\w+|may|might|could|try\w*|attempt\w*)\b[^;]{0,24}\bspar(?:e|ing)\b[^;]{0,40}$")
# "chemoradiation is for comfort only" says what it is given for
_GIVEN_FOR = words(r"[^;]{0,60}\b(?:is|are|as|given|meant|purely|only|just|would be|will be)\b[^;]{0,40}\bfor\b")
# "EGFR mutated -> osimertinib", "ALK+: lorlatinib": a plan for each result
_FOR_RESULT = words(r"(?:mutat(?:ed|ion)|mutant|positive|negative|wild[ -]?type|\bwt|\bpos|\bneg|\w[+-]|rearranged|amplified|high|or more|\d ?%|nothing|else|otherwise)\s*(?:-+>|=+>|\u2192|:|=)\s*(?:[\w-]+ ){0,2}$")
_COMPANY = words(r"(?:\b(?:with|w/|by|to|told|and|tell|d/w)|[+&])\s+(?:(?:pt|patient|him|her|his|the|both)\s+)?(?:(?:and|[+&])\s+)?(?:(?:his|her|the|their)\s+)?(?:husband|wife|daughter|son|partner|mother|father|sister|brother|mum|dad|niece|nephew|parents?|relatives?)\b|\b(?:husband|wife|daughter|son|partner|mother|father|sister|brother|family|parents) and (?:i|we)\b")
# "not tamoxifen, because of her clot, but anastrozole"
_NOT_BUT = words(r"\W*(?:not|no) [^.;]{3,90}\bbut (?:an? |the |with |with an? )?$")
_AT_ONCE = words(r" (?:up[- ]?front|at the outset|straight ?away)\b")  # "not for debulking up front": later, perhaps
_IN_ITS_PLACE = words(r"\b(?:in favou?r of|replaced (?:by|with)|giving way to)(?: (?:an?|the|upfront|immediate|definitive))? $")  # "rejected in favour of trastuzumab emtansine"
_LEFT_OUT = (words(r"\b(?:leav(?:e|es|ing)|left) (?:(?:the|any|all|her|his|further|adjuvant) )?(?:\w+ )?$"), words(r" (?:out|aside|off)\b(?! of (?:hours|the hospital))"))
_FOR = re.compile(r"(?:(?:^|[.;:] |\bis |\bnow |\bpatient |\bbe |\bgo )[Ff]or (?:an? |the )?(?:[\w-]+ ){0,4}|^\s*(?:[-*\d.)]+ *)?Pl?\. )$")
# "lies too close to the ureter for ablation"
_TOO = words(r"\btoo \w+(?: \w+){0,7} (?:for|to (?:have|undergo|receive|tolerate|withstand|allow))(?: (?:an?|the|any|her|his|safe|such))* $")
# "the bladder has to come out": the words that name the operation decide on it
_MUST = words(r"\b(?:has|have|had better|must|needs?|ought|should|will|shall)\b(?: have)?(?: to)? (?:go|come|be)\b")
_SINCE = words(r"^\W*(?:[\w-]+ ){0,7}(?:after|post|since|following|s/p)(?: (?:the|an?|her|his))?[\s-](?:[\w-]+ ){0,2}(?:[^.;]* and )?$")
# "rather this than that"
_SOONER_THAN = words(r"\b(?:my|our) (?:\w+ )?(?:recommendation|choice|preference|advice|proposal) over\b[^;,]{0,36}$|\b(?:rather|sooner|prefer\w*)\b(?! than)[^;]{3,110}\b(?:than|over)\b[^;,]{0,36}$|\b(?:chose|chosen|chooses|choosing|opt(?:ed|s|ing)? for|elect(?:ed|s)|selected|picked|favou?r(?:s|ed)?)\b[^;]{3,110}\bover\b(?! (?:\w+ ){0,2}(?:weeks?|months?|days?|years?|minutes|hours?|\d))[^;,]{0,36}$")


class Judge:
    """Says of each mention of one sentence whether it is planned."""

    def __init__(self, reading: Reading, sentence: Sentence, *, advises: bool, voiced: bool) -> None:
        self.reading, self.sentence, self.text, self.low = reading, sentence, reading.text, reading.low
        self.advises = advises
        self.voiced = voiced
        self.raw = self.low[sentence.start : sentence.end]

    @cached_property
    def skip(self) -> bool:
        """Whether the sentence as a whole plans nothing: a section that tells, a question, a report of an old plan."""
        if self.sentence.section in _SKIP or (self.sentence.section in _SKIP_REPORT and self.reading.document.kind == "pathology") or self.raw.rstrip(" *_\"'").endswith("?"):
            return True
        if _TOLD_BY_ALL.match(self.raw) or thanked(self.low, self.sentence.start, self.sentence.end) or once_planned(self.raw):
            return True
        asked = _QUERY.search(self.text[max(0, self.sentence.start - 3) : self.sentence.start])
        return asked is not None or plan_frames.reported(self.raw)

    @cached_property
    def clauses(self) -> list[Clause]:
        """The clauses with their cues."""
        return clauses(self.reading, self.sentence)

    @cached_property
    def told_at(self) -> int:
        """Where another seat's plan begins to be told in a letter of one's own; -1 when none is."""
        if self.reading.document.kind not in ("oncology", "surgery"):
            return -1
        told = _TOLD.search(self.raw)
        agreed = told and _AGREED.search(self.raw)
        return self.sentence.start + told.start() if told and not agreed else -1

    @cached_property
    def if_at(self) -> int:
        """Where the first condition of the sentence stands; -1 when there is none."""
        found = _IF.search(self.raw)
        return self.sentence.start + found.start() if found else -1

    @cached_property
    def _said(self) -> str:
        """The sentence without a reason at its head or end that names no treatment: "before the resection, since the orbit is threatened"."""
        raw = self.raw[self._reason_ends - self.sentence.start : self._purpose - self.sentence.start]
        reason = _REASON.search(raw)
        if reason is None or any(m.start >= self._purpose - len(raw) + reason.start() for m in self.sentence.mentions if m.category in REMEDIES):
            return raw
        return raw[: reason.start()]

    @cached_property
    def _purpose(self) -> int:
        """Where the sentence begins to say what a test is for, if it names no treatment from there on; else its end."""
        at = self.sentence.start + plan_frames.purpose_begins(self.raw)
        return self.sentence.end if any(m.start >= at for m in self.sentence.mentions if m.category in REMEDIES) else at

    @cached_property
    def _reason_ends(self) -> int:
        """Where a reason at the head of the sentence ends that names no treatment; the sentence's start when there is none."""
        end = self.sentence.start + plan_frames.reason_ends(self.raw)
        return self.sentence.start if any(m.start < end and m.category in (*REMEDIES, "drug_class") for m in self.sentence.mentions) else end

    @cached_property
    def past(self) -> bool:
        """Whether the sentence speaks of what was."""
        return bool(_PAST.search(_TO_COME.sub(" ", self._said))) or (bool(_AFTER.search(self.raw)) and not self._orders)

    @property
    def _orders(self) -> bool:
        """Whether it names an operation and what may come before or after it."""
        named = {m.id.startswith("surgery") if m.category == "treatment" else False for m in self.sentence.mentions if m.category in REMEDIES and not m.id.startswith(("procedure", "surveillance", "supportive"))}
        if " gy" in self.raw:
            named.add(False)
        return len(named) > 1

    @cached_property
    def soft(self) -> bool:
        """Whether it weighs or explains rather than decides."""
        return weighs(self._said)

    @cached_property
    def telegraphic(self) -> bool:
        """Whether it is a line of treatments without a verb: with a dose, or one after the other ("FLOT x4, gastrectomy")."""
        if _DOSE.search(self.raw):
            return True
        first = next((m for m in self.sentence.mentions if m.category in REMEDIES), None)
        return first is not None and first.start - self.sentence.start <= 24 and bool(_LIST.search(self.raw)) and not _VERB.search(self.raw)

    @cached_property
    def decides(self) -> bool:
        """Whether the sentence speaks for its writer, or is a note without a verb, and neither tells nor weighs."""
        if self.skip or self.past or self.soft or by_the_way(self.low, self.sentence.start, self.sentence.end, self.sentence.end) or self.sentence.base & (Context.FAMILY | Context.HISTORICAL):
            return False
        return bool(_OWN.search(self.raw)) or not _FINITE.search(_WHEN.sub(" ", self.raw))

    def of(self, mention: Mention) -> Status:
        """The status of a mention of this sentence."""
        if self.skip:
            return "none"
        clause = next((c for c in self.clauses if c.start <= mention.start < c.end), None)
        if clause is None or (mention.category == "drug_class" and plan_frames.state_of(self.low, mention.end)) or (0 <= self.told_at < mention.start and self.told_at >= clause.start):
            return "none"
        if self.sentence.context(mention.start, mention.end, clause.start) & Context.FAMILY and not _COMPANY.search(self.raw):
            return "none"
        if by_the_way(self.low, clause.start, mention.start, clause.end) or self._quoted(mention) or (mention.id == "supportive" and self._given_for(mention, clause)):
            return "none"
        before = [c for c in clause.cues if c.end <= mention.start]
        governing = before[-1] if before else None
        if had_none(self.low, clause.start, mention.start, mention.end, clause.end):
            return "none"
        if plan_frames.insisted(self.low, clause.start, mention.start, mention.end, clause.end):
            return "plan" if self.advises else "none"
        if plan_frames.not_it(self.low, mention.end, self.sentence.end) and all(m.start <= mention.start for m in self.sentence.mentions if m.category in REMEDIES):
            return "omit"
        if plan_frames.put_off(self.low, clause.start, mention.start, mention.end, clause.end):
            return "conditional"
        if self._declined(mention, clause, governing) or _TURNED_DOWN.match(self.low[clause.end : self.sentence.end]):
            old = _EARLIER.search(self.low[max(clause.start, mention.start - 40) : mention.start])
            return "none" if old or mention.category == "investigation" or _AT_ONCE.match(self.low, mention.end) else "omit"
        if self.sentence.is_unreal(mention.start):
            return "none"
        if self._conditional(mention):
            return "conditional"
        return self._planned(mention, clause, governing)

    def _quoted(self, mention: Mention) -> bool:
        """Whether a letter gives there the words of another, between quotation marks."""
        return self.reading.document.kind in ("oncology", "surgery") and quoted(self.text, mention.start)

    def condition(self) -> str:
        """The words of the condition in this sentence, cut short."""
        start = self.if_at if self.if_at >= 0 else self.sentence.start
        return " ".join(self.text[start : min(self.sentence.end, start + 120)].split())

    def _tail_of(self, mention: Mention, clause: Clause) -> int:
        """Where what is said of the mention begins: behind "before surgery" in "chemotherapy before surgery has nothing to offer"; -1 where it is said of another."""
        at = mention.end
        for other in self.sentence.mentions:
            if other.category not in REMEDIES or not clause.start <= other.start < clause.end:
                continue
            if other.end <= mention.start and _TIED.fullmatch(self.low, other.end, mention.start):
                return -1
            if other.start >= at and _TIED.fullmatch(self.low, at, other.start):
                at = other.end
        return at

    def _declined(self, mention: Mention, clause: Clause, governing: Cue | None) -> bool:
        if self.advises and entered_no(self.low, mention.end):
            return True
        if _LEFT_OUT[1].match(self.low, mention.end, clause.end) and _LEFT_OUT[0].search(self.low, clause.start, mention.start):
            return True
        lead = self.low[max(clause.start, self._reason_ends) : mention.start]
        if _IN_ITS_PLACE.search(lead):
            return False
        stops = [m.end() for m in _NOT_STOP.finditer(lead)]
        stop = stops[-1] if stops else 0
        near = lead[stop:]
        negation = _NOT.search(near)
        if negation and 0 <= self.if_at <= mention.start - len(near) + negation.start() and _THEN_I.search(near, negation.end()):
            return False
        if negation and not _NO_DENIAL.search(self.text[mention.start - len(near) : mention.start]) and len(near) - negation.end() < 60:
            return True
        if _SOONER_THAN.search(lead) or _TOO.search(lead):
            return True
        if governing and governing.kind == "declined" and not stops and not _HOPED.search(lead) and mention.start - governing.end < 60:
            return True
        at = self._tail_of(mention, clause)
        if at < 0:
            return False
        tail = _OTHER_SUBJECT.split(self.text[at : clause.end], maxsplit=1)[0]
        named = (m.start for m in self.sentence.mentions if m.start > at and m.category in REMEDIES)
        other = next(named, at + len(tail)) - at
        end = at + min(len(tail), other, 90)
        refused = _BACK_OMIT.search(self.low[at:end])
        return refused is not None and not _STILL_GIVEN.match(self.low, at + refused.end(), end)

    def _conditional(self, mention: Mention) -> bool:
        if mention.id == "surveillance" and _UNTIL.match(self.low, mention.end, self.sentence.end):
            return False
        if 0 <= self.if_at < mention.start or _FOR_RESULT.search(self.low, max(self.sentence.start, mention.start - 40), mention.start):
            return True
        if _IF_AFTER.search(self.low[mention.end : max(mention.end, self._purpose)]):
            return True
        following = next((m.start for m in self.sentence.mentions if m.category in ("treatment", "regimen") and m.start >= mention.end), self.sentence.end)
        return bool(_KEPT_AFTER.search(self.low[mention.end : following]))

    def _planned(self, mention: Mention, clause: Clause, governing: Cue | None) -> Status:
        if _MEASURED.search(self.low, max(clause.start, mention.start - 60), mention.start):
            return "none"
        tail = self.text[mention.end : clause.end]
        low_tail = self.low[mention.end : clause.end]
        when = dated(tail, low_tail, self.reading.date)
        if when == "today":  # what a record of an operation dates so is done
            when = "future" if self.advises or self.reading.document.kind != "surgery" else "past"
        if _ENDORSED.search(self.low[mention.end : self.sentence.end]):
            return "plan"
        lead = self.low[clause.start : mention.start]
        chance = _CHANCE.search(lead)
        if (chance and not _ANEW.search(lead, chance.end())) or (self._weighs and WEIGHED.search(lead)):
            return "none"
        if governing and governing.kind == "plan":
            if self._choices(clause, governing):
                return "none"
            done = self.low.startswith(_ONCE_PLANNED, governing.start) and _BACK_PAST.search(low_tail)
            return "none" if when == "past" or done else "plan"
        if governing and governing.kind == "history" and mention.start - governing.end < 80:
            return "none"
        if self.sentence.context(mention.start, mention.end, clause.start) & Context.HISTORICAL:
            return "none"
        if governing and governing.kind == "conditional":
            # "Second line: irinotecan every fortnight" is a plan where its seat has no other
            return "weak" if self.advises and self.telegraphic and self.low.startswith(("second line:", "second-line:"), governing.start) and not self.past else "none"
        if self.advises and plan_frames.begun_now(self.low, mention.end, clause.end):
            return "plan"
        if _BACK_PAST.search(low_tail) or when == "past" or years_ago(self.text[max(self.sentence.start, mention.start - 40) : mention.start], tail, self.reading.date):
            return "none"
        if when != "future" and self._dates_by(mention):
            return "none"
        if self.sentence.section == "plan" or self.voiced:
            return "plan"
        lead = self.text[clause.start : mention.start]
        if self.advises and (_ADDED.match(low_tail) or _NOT_BUT.match(self.low, self.sentence.start, mention.start)):
            return "plan"
        if lead.endswith("which ") and low_tail.startswith((" would", " could", " might")):  # "a lesion which excision would disfigure"
            return "none"
        if _BACK_PLAN.search(low_tail) or _FOR.search(lead) or _WHAT_I.match(tail):
            return "plan" if when == "future" or not self.soft or decided_before_why(self.low, self.sentence.start, mention.end, self.sentence.end) else "none"
        if when == "future" and not self.past:
            return "plan"
        if not self.advises or mention.category == "investigation" or self.past or self.soft:
            return "none"
        if mention.category == "treatment" and _MUST.search(self.low, mention.start, mention.end):
            return "plan"
        if self._looks_back(mention):
            return "none"
        return "plan" if self.telegraphic else "weak" if self.decides else "none"

    def _given_for(self, mention: Mention, clause: Clause) -> bool:
        """Whether comfort is what another treatment is given for rather than all that is done."""
        return any(
            m.category in REMEDIES and m.id != "supportive" and clause.start <= m.start and m.end <= mention.start and _GIVEN_FOR.match(self.low, m.end, mention.end)
            for m in self.sentence.mentions
        )

    def _choices(self, clause: Clause, governing: Cue) -> bool:
        """Whether several treatments are offered of which one is to be chosen: "offered surgery, radiotherapy and surveillance"."""
        if not self.low.startswith("offer", governing.start):
            return False
        named = [m for m in self.sentence.mentions if m.category == "treatment" and governing.end <= m.start < clause.end]
        heads = {m.id.partition(".")[0] for m in named} & {"surgery", "radiotherapy", "chemoradiation", "local", "surveillance"}
        return len(heads) > 1 and ("surveillance" in heads or " or " in self.low[named[0].end : named[-1].start])

    @cached_property
    def _weighs(self) -> bool:
        return any(stem in self.raw for stem in WEIGHS)

    def _looks_back(self, mention: Mention) -> bool:
        """Whether a note that names operations alone, or none, dates itself by them: "Review after hemiglossectomy", "ypT2 after chemotherapy"."""
        if not _SINCE.match(self.low[self.sentence.start : mention.start]):
            return False
        return len({m.id.startswith("surgery") for m in self.sentence.mentions if m.category in REMEDIES}) == 1

    def _dates_by(self, mention: Mention) -> bool:
        """Whether the treatment, the only one named, merely dates a measurement: "haemoglobin 91 before surgery, 112 now"."""
        return not self._orders and _MARKS.search(self.low, max(self.sentence.start, mention.start - 40), mention.start) is not None
