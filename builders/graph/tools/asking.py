"""Which of the training wordings a call may be asked in, and what may stand around each: the question fits the value.

The cores and endings are those of `wordings/train.yaml`. A clause that is cut off takes nothing but a blank or a
question mark; a table stands alone; a chain of two is asked as "the {relation} of {head}" or as a field of a table.

    Asking(train.forward["en"], "en").template(rng, Kind.CHAIN)  ->  "Small quiz. What is the {relation} of {head}?"
"""

from __future__ import annotations

import random
import re
from enum import Enum

from builders.graph.graph import Graph
from builders.graph.schema import Relation
from builders.graph.wordings import OPENED, PLACEHOLDER, Forms, fill

NUMERIC = re.compile(r"[<>≤≥≈~±+-]?\s*\d")
PERSON = {
    "zh": re.compile(r"(?:者|人|人物)$"),
    "en": re.compile(r"\b(?:author|person|describer|discoverer|founder|inventor)s?$"),
}
SOURCE = {
    "zh": re.compile(r"(?:出处|来源|出自|文献|医书|书籍|书名)$"),
    "en": re.compile(r"\b(?:source|origin|book|reference)s?$"),
}
NAME = {
    "zh": re.compile(r"(?:名|名称|全称|简称|别称|缩写|代码|符号)$"),
    "en": re.compile(r"\b(?:name|full form|abbreviation|alias|code|symbol)s?$"),
}
OF_A_NAME = {"zh": re.compile("含义|意思|命名|词源"), "en": re.compile(r"meaning|eponym|etymology|named after")}
"""What may be asked of a name rather than of the thing that it names."""

NEVER = {  # no options are given, several values contradict it, or it is no sentence
    "zh": re.compile(r"下列(?!信息)|应选|都写成同一个|于\{relation\}何属|字数不限"),
    "en": re.compile(r"^Choose\b|^How many answers"),
}
NUMBERS_ONLY = {"zh": re.compile("多少"), "en": re.compile(r"\bhow (?:much|large)\b", re.IGNORECASE)}
NAMES_ONLY = {
    "zh": re.compile(r"所用的|哪几个字|哪一个词|一词的"),
    "en": re.compile(r"\b(?:By what|the words that|Spell out|labelled)\b|people usually write"),
}
SORTS_ONLY = {
    "zh": re.compile("哪种|哪一类|哪些内容|哪一项|怎样的|方面是什么情况"),
    "en": re.compile(r"^Under which|kind of|one would file", re.IGNORECASE),
}
SEVERAL_ONLY = {"zh": re.compile("哪些|所有"), "en": re.compile(r"\bevery\b|\bthe words\b", re.IGNORECASE)}
ONE_ONLY = {"zh": re.compile("哪一?个(?!词)|哪一?条|哪一项|哪几个字"), "en": re.compile(r"\bthe correct\b")}
CHAINED = {
    "zh": re.compile(r"\{head\}的\{relation\}|^\||[·，]\{relation\}，?[”?]|第二列叫|属性=|字段|这一列"),
    "en": re.compile(
        r"(?:^|the |“)\{relation\} of \{head\}|^\||\?\)$|Flash card|attribute:|property=|column \{|field"
    ),
}
TABLE = re.compile(r"^\s*\|")
CELL = re.compile(r"\|\s*[?？]\s*\|")
BLANK = re.compile(r"_{2,}|（　+）")
MARKED = re.compile(r"[?？]\)?$")  # the place of the answer is marked already
CUT_OFF = {
    "zh": re.compile(r"(?:是|为|乃|作|填|(?<!怎么)写|成|等于|代表|数据|/答|答案|[：:=＝])$"),
    "en": re.compile(
        r"(?:\b(?:is|are|be|as|reads|contains|prints|equals|reply|namely|answer|back)"
        r"|\btakes? as its \{relation\}|=|:|->)$",
        re.IGNORECASE,
    ),
}
ASKS = {
    "zh": re.compile("[什谁哪何怎几吗呢咋啥]|多少|如何|知不知|能不能|可否|可记得|有没有|是不是|乜|吧$"),
    "en": re.compile(
        r"\b(?:what|which|who|how|where|isn't)\b|^(?:do|does|is|can|could|would|may|might|any|remember)\b|can you$",
        re.IGNORECASE,
    ),
}
TELLS = {
    "zh": re.compile("^(?:告诉我|请|指出|让我|速答|简述|我一直|搜索|名曰)"),
    "en": re.compile(r"^(?:Find|Show|State|Identify|I|It)\b"),
}
CUT_OFF_ENDINGS = {"zh": ("____", "？", "……", "：____"), "en": (" ____", "?", " ...", ": ____")}
AFTER_SIGN = {"zh": ("____", "？"), "en": (" ____", " ?")}
"""What follows a clause that ends in a colon, an equals sign or an arrow."""
STOPS = (".", "。", "!", "！")
MARKS = ("?", "？")
JOINS = (",", "，", " ", "（")
BRIEF = {
    "zh": re.compile("只要答案|简短|最少的字|不要多余|一句话即可|直接回答|不用解释|速答|只能说一点"),
    "en": re.compile(
        r"just the answer|be brief|few words|one line|reply directly|short answer|no explanation|nothing else",
        re.IGNORECASE,
    ),
}
WORD = re.compile(r"\w+", re.ASCII)
KEYWORDS = {"zh": 2, "en": 0}  # letters beside the placeholders: no more than that is a search, not a sentence
SENTENCE = re.compile(r"[.?？。]\s*")


class Kind(Enum):
    """What a value is, as far as a question must know it."""

    NUMBER = "number"
    NAME = "name"
    PERSON = "person"
    SOURCE = "source"
    SORT = "sort"
    CHAIN = "chain"


def kind_of(relation: Relation, graph: Graph, language: str) -> Kind:
    """By the type of the tails, else by the label, else by the tails themselves."""
    label = relation.label(language) or relation.name
    if "person" in relation.range or PERSON[language].search(label):
        return Kind.PERSON
    if "book" in relation.range or SOURCE[language].search(label):
        return Kind.SOURCE
    if is_name_of(relation):
        return Kind.NAME
    tails = graph.tails_of(relation.name)
    return Kind.NUMBER if tails and all(NUMERIC.match(tail) for tail in tails) else Kind.SORT


def is_name_of(relation: Relation) -> bool:
    """Whether the tails are names of the head: one of them has no properties beside those of the head."""
    return relation.alias or any(NAME[language].search(relation.label(language) or "") for language in NAME)


class Asking:
    """The wordings of one language by what they may ask for."""

    def __init__(self, forms: Forms, language: str) -> None:
        self._forms = forms
        self._language = language
        self._fit: dict[tuple[Kind, bool], tuple[str, ...]] = {}

    def cores(self, kind: Kind, several: bool) -> tuple[str, ...]:
        """The cores that fit a kind of value; `several`: it may be more than one."""
        known = self._fit.get((kind, several))
        if known is None:
            known = tuple(core for core in self._forms.cores if self._fits(core, kind, several))
            self._fit[kind, several] = known
        return known

    def endings(self, core: str) -> tuple[str, ...]:
        """What may follow a core."""
        given = self._forms.endings
        if TABLE.search(core):
            return ("",)
        if self._is_cut_off(core):
            return (AFTER_SIGN if core[-1] in "：:=＝>" else CUT_OFF_ENDINGS)[self._language]
        if MARKED.search(core):
            return tuple(ending for ending in given if not ending.startswith((*MARKS, *JOINS, "!", "！", "...", "……")))
        if BLANK.search(core):
            return tuple(ending for ending in given if not ending.startswith((*JOINS, "!", "！")))
        bare = PLACEHOLDER.sub("", core)
        last = [part for part in SENTENCE.split(bare) if part.strip()][-1:] or [""]
        if ASKS[self._language].search(last[0].lstrip()) and not TELLS[self._language].search(core):
            return tuple(ending for ending in given if not ending.startswith(STOPS))
        if sum(letter.isalpha() for letter in bare) <= KEYWORDS[self._language]:
            return given
        return tuple(ending for ending in given if not ending.startswith(MARKS))

    def template(self, rng: random.Random, kind: Kind, several: bool) -> str:
        """A question's template, now and then after an opening; a table has none."""
        core = rng.choice(self.cores(kind, several))
        opening = rng.choice(self._forms.openings) if rng.random() < OPENED else ""
        if TABLE.search(core):
            return core
        polite = "please" in f"{opening}{core}".lower()
        ending = rng.choice([each for each in self.endings(core) if not (polite and "please" in each.lower())])
        return opening + continued(opening, core) + ending

    @staticmethod
    def filled(template: str, head: str, relation: str) -> str:
        """The question; the English article fits the label."""
        if relation[:1].lower() in "aeiou":
            template = re.sub(r"\b([Aa]) \{relation\}", r"\1n {relation}", template)
        return fill(template, head=head, relation=relation)

    def is_brief(self, template: str) -> bool:
        """Whether a question wants as few words as can be."""
        return BRIEF[self._language].search(template) is not None

    def _fits(self, core: str, kind: Kind, several: bool) -> bool:
        language = self._language
        if NEVER[language].search(core) or (TABLE.search(core) and not CELL.search(core)):
            return False
        if kind is not Kind.NUMBER and NUMBERS_ONLY[language].search(core):
            return False
        if kind is not Kind.NAME and NAMES_ONLY[language].search(core):
            return False
        if kind is not Kind.SORT and SORTS_ONLY[language].search(core):
            return False
        if (ONE_ONLY if several else SEVERAL_ONLY)[language].search(core):
            return False
        return kind is not Kind.CHAIN or CHAINED[language].search(core) is not None

    def _is_cut_off(self, core: str) -> bool:
        if BLANK.search(core) or not CUT_OFF[self._language].search(core):
            return False
        # "Say what it is" and "…是哪一个" are whole.
        asked = re.search(r"\b(?:what|who|how)\b", PLACEHOLDER.sub("", core), re.IGNORECASE)
        return self._language == "zh" or asked is None


def continued(opening: str, text: str) -> str:
    """A text as it goes on after an opening: small after a comma or colon, with a capital after a full stop."""
    before = opening.rstrip()
    word = WORD.match(text)
    if not before or word is None or word[0] == "I" or word[0][1:] != word[0][1:].lower():
        return text
    if before.endswith((",", ":")):
        return text[0].lower() + text[1:]
    return text[0].upper() + text[1:] if before.endswith((".", "!", "?")) else text
