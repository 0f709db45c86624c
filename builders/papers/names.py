"""Names that papers give their sections, in English and Chinese.

is_known("2. Methods")  ->  True
is_known("Cell culture")  ->  False
"""

from __future__ import annotations

import re

_PREFIX = r"(?:\d{1,2}[.．、]?\s*|[IVX]{1,4}[.．]\s*|[A-Z][.．]\s+|[一二三四五六七八九十]{1,3}、\s*)?"
_NAMES = (
    "abstract|summary|introduction|background|related works?|literature review|preliminaries"
    "|methods?|methodology|materials? and methods?|methods? and materials?"
    "|experiments?|experimental (?:setup|section|results)"
    "|results?|results? and discussions?|discussions?|discussion and conclusions?|conclusions?|concluding remarks"
    "|conclusions? and (?:future works?|outlook)|summary and conclusions?|limitations?|future works?"
    "|acknowledge?ments?|ethics(?: statement)?|ethical (?:considerations?|statement|approval)|broader impacts?"
    "|data availability(?: statement)?|code availability|(?:authors?[’']? )?contributions?|author contributions?"
    "|funding|conflicts? of interests?|competing interests?|declarations?|abbreviations"
    "|supplementary (?:materials?|information)|references?|bibliography|appendix|appendices"
    "|摘\\s*要|引\\s*言|前\\s*言|绪\\s*论|背景|相关工作|材料与方法|资料与方法|对象与方法|方法|实验"
    "|结果|结果与讨论|结果与分析|讨论|结论|结\\s*语|小结|总结|展望|致\\s*谢|利益冲突|作者贡献|参\\s*考\\s*文\\s*献|附\\s*录"
)
_KNOWN = re.compile(rf"{_PREFIX}(?:{_NAMES})\s*[:：.]?", re.IGNORECASE)


def is_known(text: str) -> bool:
    """Whether a text is, alone, the name of a section that papers have: `2. Methods`, `摘要`, `REFERENCES`."""
    return bool(_KNOWN.fullmatch(text.strip()))
