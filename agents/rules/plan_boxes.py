"""Which of the choices that a form prints is ticked: "[ ] curative [x] palliative", "Resectable \u2612 Unresectable \u2610"."""

from __future__ import annotations

import re

_BOX = re.compile(r"[\[(][ \t]*(?P<tick>[xX*\u2713\u2714\u00d7])?[ \t]*[\])]|(?P<full>[\u2611\u2612\u2705\u2714\u2713])|(?P<empty>[\u2610\u25a1\u25cb])")
# "curative [ ] palliative [x]": the box stands behind its word
_CHOICE = re.compile(r"(?<![\])\u2610\u2611\u2612] )\b(?:curative|radical|palliative|(?:un|ir|in|non-?)?(?:resectable|operable)|yes|no)$", re.I)
_GAP = re.compile(r"[ \t:]{0,3}")


def ticked(text: str, start: int, end: int, word: int, word_end: int) -> bool | None:
    """Whether the box of the word from ``word`` to ``word_end`` is ticked; None where its line from ``start`` to ``end`` prints no boxes."""
    boxes = list(_BOX.finditer(text, start, end))
    if not boxes:
        return None
    lead = text[start : boxes[0].start()].rstrip()
    if not _CHOICE.search(lead) and (not lead or lead[-1] in ":|?=-" or text[boxes[-1].end() : end].strip(" .;|")):
        box = next((b for b in reversed(boxes) if b.end() <= word and _GAP.fullmatch(text, b.end(), word)), None)
    else:
        box = next((b for b in boxes if b.start() >= word_end and _GAP.fullmatch(text, word_end, b.start())), None)
    return box is not None and (box["tick"] or box["full"]) is not None
