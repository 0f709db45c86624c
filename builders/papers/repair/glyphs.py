r"""Characters that a PDF's fonts name wrongly: put right where the font is known, counted where it is not.

is_advp(["at w ¼ 0.12 wt% and T ¼ 323 K"])     ->  True
repair("n ϭ 5 and w ¼ 0.12", advp=True)         ->  ("n = 5 and w = 0.12", 2)
damage("DPZ0 with \ufffd and \x03")             ->  3

Old fonts number their glyphs in their own way, and a PDF without a table to Unicode gives the letter that has that
number elsewhere: a thorn for a plus sign. Coptic letters and control pictures stand in no paper, so those are put
right everywhere; "¼" and "þ" may be meant, so those only in a paper that proves its font.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_MATHS_PI = dict(zip("ϩϭϪϫϮϳϷϽϾЈϱՅՆ␣␤␥␦⑀␩␪␬␭␮␯␲␳␴␶␾␺␻⌬⌽⌿⍀⌳⌺", "+=−×±~≈<>′∞≤≥αβγδεηθκλμνπρστφψωΔΦΨΩΛΣ", strict=True))
_SYMBOL = dict(zip("abcdefghjklmnpqrstuvwxyzDFGLPQSWXY", "αβχδεφγηϕκλμνπθρστυϖωξψζΔΦΓΛΠΘΣΩΞΨ", strict=True)) | dict(
    zip("+-=<>%()/[]{}|~\xa3\xb1\xb3\xb4\xb5\xa5\xb0\xb6\xbb\xb9", "+−=<>%()/[]{}|~≤±≥×∝∞°∂≈≠", strict=True)
)
_ALWAYS = str.maketrans(_MATHS_PI | {chr(0xF000 + ord(code)): meant for code, meant in _SYMBOL.items()})
_TRIPPED = re.compile("[" + "".join(map(chr, sorted(_ALWAYS))).replace("\\", "\\\\") + "]")
_ADVP = {"¼": "=", "þ": "+", "ð": "(", "Þ": ")", "À": "−", "Â": "×", "Æ": "±"}
_ADVP_PLACE = re.compile(r"[¼ðÞ]|þ(?![a-zà-ÿ])|[ÀÂÆ](?![a-zà-ÿ])")
_ADVP_PROOF = re.compile(r"(?<=[^\W\d] )¼(?= ?[\dÀð(−-])")
_PROOFS = 2
"""So many quarters in the place of an equals sign prove the font of a paper."""
_DAMAGE = re.compile(
    r"[\ufffd\ue000-\uf8ff\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x80-\x9f]|(?<=[^\W\d] )¼(?= ?[\dÀð(−-])|(?<=\d)þ|þ(?=\s)"
)
_ASCII_DAMAGE = re.compile(
    r"(?<![A-Za-z])[A-Za-z]{0,3}[a-zP]Z-?\d|(?<=[\s(<])!\d|(?<![\w-])B\d{1,4}\s(?:ms|min|mm|nm|kDa)\b"
)
_SUSPECT = re.compile(r"[\ufffd\ue000-\uf8ff\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x80-\x9f¼þ]")
_LETTER_FOR_SIGN = re.compile(r"Z-?\d|!\d|B\d")


def is_advp(texts: Iterable[str]) -> bool:
    """Whether a paper has the fonts in which a quarter stands for an equals sign."""
    proofs = 0
    for text in texts:
        if "¼" in text:
            proofs += len(_ADVP_PROOF.findall(text))
            if proofs >= _PROOFS:
                return True
    return False


def repair(text: str, advp: bool) -> tuple[str, int]:
    """Puts right what the font is known to mean."""
    if text.isascii():
        return text, 0
    count = len(_TRIPPED.findall(text))
    if count:
        text = text.translate(_ALWAYS)
    if not advp:
        return text, count
    text, more = _ADVP_PLACE.subn(lambda match: _ADVP[match.group()], text)
    return text, count + more


def damage(text: str) -> int:
    """How many places of a text show that glyphs were read wrongly."""
    count = 0
    if _SUSPECT.search(text):
        count = len(_DAMAGE.findall(text))
    if _LETTER_FOR_SIGN.search(text):
        count += len(_ASCII_DAMAGE.findall(text))
    return count
