"""Words become the terms of the index exactly as lunr.js 2.3.9 makes them in the browser.

lunr.py 0.8 turns *vowel* + y into *vowel* + i, so that *gay, today, pay* written by its stemmer are never found by
lunr.js. This is the stemmer of lunr.js, expression by expression; a test holds both over a large list of words.
"""

from __future__ import annotations

import re

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble", "alli": "al", "entli": "ent", "eli": "e",
    "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous",
    "aliti": "al", "iviti": "ive", "biliti": "ble", "logi": "log",
}
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}

_CONSONANTS = "[^aeiou][^aeiouy]*"
_VOWELS = "[aeiouy][aeiou]*"
_M_ABOVE_0 = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}")
_M_IS_1 = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}({_VOWELS})?\\Z")
_M_ABOVE_1 = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}{_VOWELS}{_CONSONANTS}")
_HAS_VOWEL = re.compile(f"^({_CONSONANTS})?[aeiouy]")
_SHORT = re.compile(r"^[^aeiou][^aeiouy]*[aeiouy][^aeiouwxy]\Z")
_PLURAL_ES = re.compile(r"^(.+?)(ss|i)es\Z")
_PLURAL_S = re.compile(r"^(.+?)([^s])s\Z")
_EED = re.compile(r"^(.+?)eed\Z")
_ED_ING = re.compile(r"^(.+?)(ed|ing)\Z")
_NEEDS_E = re.compile(r"(at|bl|iz)\Z")
_DOUBLE = re.compile(r"([^aeiouylsz])\1\Z")
_Y = re.compile(r"^(.+?[^aeiou])y\Z")
_2 = re.compile(f"^(.+?)({'|'.join(_STEP_2)})\\Z")
_3 = re.compile(f"^(.+?)({'|'.join(_STEP_3)})\\Z")
_4 = re.compile(r"^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)\Z")
_4_ION = re.compile(r"^(.+?)(s|t)(ion)\Z")
_E = re.compile(r"^(.+?)e\Z")


def stem_english(word: str) -> str:
    """Return the stem that ``lunr.stemmer`` of lunr.js 2.3.9 gives a word in lower case."""
    if len(word) < 3:
        return word
    starts_with_y = word[0] == "y"
    # As the first letter y is a consonant; the capital keeps it out of the vowels.
    w = "Y" + word[1:] if starts_with_y else word
    w = _step_1(w)
    if (match := _2.match(w)) and _M_ABOVE_0.match(match[1]):
        w = match[1] + _STEP_2[match[2]]
    if (match := _3.match(w)) and _M_ABOVE_0.match(match[1]):
        w = match[1] + _STEP_3[match[2]]
    if match := _4.match(w):
        if _M_ABOVE_1.match(match[1]):
            w = match[1]
    elif (match := _4_ION.match(w)) and _M_ABOVE_1.match(match[1] + match[2]):
        w = match[1] + match[2]
    if match := _E.match(w):
        stem = match[1]
        if _M_ABOVE_1.match(stem) or (_M_IS_1.match(stem) and not _SHORT.match(stem)):
            w = stem
    if w.endswith("ll") and _M_ABOVE_1.match(w):
        w = w[:-1]
    return "y" + w[1:] if starts_with_y else w


def _step_1(w: str) -> str:
    if _PLURAL_ES.match(w):
        w = w[:-2]
    elif _PLURAL_S.match(w):
        w = w[:-1]
    if match := _EED.match(w):
        if _M_ABOVE_0.match(match[1]):
            w = w[:-1]
    elif (match := _ED_ING.match(w)) and _HAS_VOWEL.match(match[1]):
        w = match[1]
        if _NEEDS_E.search(w):
            w += "e"
        elif _DOUBLE.search(w):
            w = w[:-1]
        elif _SHORT.match(w):
            w += "e"
    if match := _Y.match(w):
        w = match[1] + "i"
    return w


def stem_nothing(word: str) -> str:
    """Return the word itself: for languages whose stemmer is not shown to be equal on both sides."""
    return word
