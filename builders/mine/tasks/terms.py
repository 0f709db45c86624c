"""Paragraphs in, questions on what terms mean and on what short forms stand for out.

"Remission was defined as a score below seven."     ->  definition: "Remission" | "A score below seven."
"Aquaporin-4 is a water channel that ..."           ->  explanation: "Aquaporin-4" | the sentence
"the extracellular space (ECS) is ..."              ->  abbreviation: "ECS" | "Extracellular space."   short_form, glossary
"血脑屏障（blood-brain barrier，BBB）"                 ->  english_term: "血脑屏障" | "blood-brain barrier"   chinese_term
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builders.mine.comprehension.candidates import Candidate
from builders.mine.comprehension.clauses import left_phrase
from builders.mine.comprehension.keywords import words
from builders.mine.passages import Paragraph, Sentence, common_words, leans
from builders.mine.tasks.found import Found, around, inside, polished, tidy
from builders.mine.tasks.reading import alone, clean, usable
from builders.mine.tasks.say import Paper
from builders.mine.tasks.sections import role
from builders.types import Source

GLOSSARY = (4, 12)
USED = 3  # times that an abbreviation must stand in the paper
_SMALL_WORDS = frozenset("of and the in for to on with by from a an or at de".split())  # noqa: SIM905
TERM_WORDS = 6
_IS_A = re.compile(
    r"^(?:An? |The )?(?P<term>[^,;:()]{2,60}?)(?: \((?P<short>[^()]{2,20})\))? (?:is|are) "
    r"(?:an? |one of the |the (?:main|major|primary|most (?:abundant|common)|process|study|ability|science|branch) )"
    r"(?P<genus>[^,;:()]{3,80}?)(?:,? (?:that|which|in which|where|whose|used|involved|consisting|composed|made|of|for"
    r"|responsible|found|expressed|produced|belonging|capable|characteri[sz]ed|caused|with|by|from)\b)"
)
_IS = re.compile(r" (?:is|are) (?:an? |one |the )")
_NO_TERM = re.compile(
    r"\b(?:aims?|goals?|purpose|results?|advantages?|disadvantages?|limitations?|problems?|questions?|reasons?|challenges?"
    r"|steps?|keys?|study|studies|papers?|work|findings?|hypothes[ie]s|increase|decrease|differences?|use|presence"
    r"|absence|lack|effects?|examples?|method|approach|model|one|there|fact|most|many|some|all|both|two|three|four|main"
    r"|authors?|it|first|second|next|last|other|another|only|our|we|data|addition|number|majority|importance|idea"
    r"|alternative|option|solution|case|it|what|how|why|present|current|proposed|same|figure|table|usage|features?|prediction|group|cells?|patients?|mice|samples?)\b",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r"\b(?:key|crucial|critical|major|important|promising|good|better|best|useful|suitable|ideal|new|novel|possible"
    r"|potential|likely|matter|result|consequence|function|need|way|step|limitation|problem|challenge|candidate|prerequisite"
    r"|reason|must|concern|topic|question|issue|factor|bit|lot|few|number|variety|range|part|example|increase|reduction"
    r"|first|cause|alternative|option|feature|one|unique|cardinal|substitute|reminder|strength|good|valuable|powerful|attractive|viable|effective|significant|hallmark|priority|goal|advantage)\b"
)
_CHINESE_IS_A = re.compile(
    r"^(?P<term>[^，。；：、（）()“”\s]{2,18}?)(?:（[^（）]{1,60}）)?(?:\[\d{1,3}\])?是"
    r"(?:(?:最|较)?[^，。；]{0,14}?(?:之一|的一种)|一[种类个项门组套][^，。；]{3,})"
)
_NO_CHINESE_TERM = re.compile(
    r"[的了在这该此其本我它他两各每但而且因所若如可能会就都也还则即又并不未没有什怎]|确实|虽然|目前|通常|一般|主要|同样|往往|已经?$|不仅|既|目的|关键|问题|原因|结果|研究|方法$|作者|意义|重点|难点|优点|缺点"
)
_CHINESE_JUDGED = re.compile(r"是一[种项个类](?:[^，。]{0,12})?(?:非常|十分|较为|比较|很|严重|有效|新型|重要|挑战|特殊|值得|可行|良好|理想)")
_PAIR = re.compile(
    r"(?P<before>[\u4e00-\u9fffA-Za-z0-9α-ωΑ-Ω-]{2,30})[（(](?P<english>[A-Za-z][A-Za-z0-9 ,'’/-]{3,70}?)"
    r"(?:[,，;；、]\s?(?P<short>[A-Za-z][\w+-]{1,9}))?[)）]"
)
_ENGLISH = re.compile(r"[a-z]{3,}")
_ONE_NAME = re.compile(r"[A-Z][\w-]*")  # a maker, a brand
_HAN = re.compile(r"[\u4e00-\u9fff]")
# What goes on about a term after its meaning.
_CHINESE_MORE = re.compile(r"，(?:它|其(?!中)|也|并且|而且|同时|通常|主要|具有|可以|可|能|在[^，]{2,20}(?:中|方面|里)|对)")
_CAPITAL = re.compile(r"\b[A-Z]")
_QUOTED = re.compile(r"[\"“”‘]|\b(?:sentence|case|class|group|step|type|phase) \d", re.IGNORECASE)
_VERBAL = re.compile(r" \w+ed\b|[<>=≥≤]|\bvalues?\b")
_LOOSE = frozenset("signal task index score error loss cost input output state action query item unit node edge weight label reward".split())  # noqa: SIM905
_BORDERS = ("", "，", "、", "。", "；", "：", "“", "（")
# Common words that are parts of terms, and verbs that come before one.
_IN_TERMS = frozenset("性率量度值型级期组件者") | {"水平", "程度", "过程", "条件", "作用", "分析", "测量", "实验", "影响"}
_VERBS = frozenset(
    "注入 进入 到达 药物 缺乏 缺少 敲除 表达 抑制 研究 观察 比较 称为 称作 即 叫做 命名 选择 加入 利用 应用 检测 测定 具有 含有 包含 属于 分为 形成 构成 激活 注射 给予 介导 参与 构建 建立 提出 引入"  # noqa: SIM905
    " 运用 基于 作为 及其 等 或者 常用 所谓 成 典型 经典 选用 采集 计算 定义 引进 借助 依靠 取决于 来自 源于 位于 分泌 产生 诱发 加上"
    " 表示 记作 记为 简称 英文 又称 也称 亦称 有时 例如 比如 尤其 特别是 以及 多种 常见 新型 某些 人们 学者 我们 他们".split()
)


Within = Sequence[tuple[Paragraph, Sequence[Candidate]]]
"""Paragraphs with what `comprehension` found in them."""


def terms(paper: Paper, within: Within) -> Iterator[Found]:
    """Every question on a term that the body explains."""
    for paragraph, candidates in within:
        if not paragraph.is_abstract:
            yield from _defined(paragraph, candidates, paper)
            if role(paragraph.section) != "methods":
                yield from _explained(paragraph, paper)
            if paper.language == "zh":
                yield from _translated(paragraph, paper)
    pairs = short_forms(paper, within)
    for short, (long_form, candidate, paragraph) in pairs.items():
        yield from _abbreviated(short, long_form, candidate, paragraph, paper)
    yield from _glossary(pairs, paper)


# ---- definitions ----------------------------------------------------------------------------------------------------


def _defined(paragraph: Paragraph, candidates: Sequence[Candidate], paper: Paper) -> Iterator[Found]:
    for candidate in (each for each in candidates if each.miner in ("definition", "term")):
        sentence = _of(candidate.uses[0], paragraph)
        (placeholder, quoted), *_ = candidate.quoted.items()
        value, answer = paper.quoted(quoted), paper.quoted(candidate.answers)
        term = value if placeholder == "term" else answer
        if not usable(sentence.text, paper.language) or _is_loose(term, paper.language):
            continue
        if placeholder == "term" and (more := _CHINESE_MORE.search(answer)):
            start = candidate.answers[0].start or 0
            candidate = replace(candidate, answers=(replace(candidate.answers[0], end=start + more.start()),))
            answer = paper.quoted(candidate.answers)
        if placeholder == "term":
            values, answer = {"term": inside(value, paper.text)}, polished(answer, paper.language)
        else:
            values, answer = {"meaning": value.rstrip(".")}, inside(answer, paper.text)
        passage = around(paragraph, sentence, paper.language)
        context = ("either", passage, candidate.uses, paragraph.section)
        yield Found(candidate.miner, answer, candidate.answers, values, quoted, *context)


def _is_loose(term: str, language: str) -> bool:
    """Whether a term is one for a page or two: "the task", "the index", or what is quoted there."""
    word = term.casefold()
    common = " " not in word and (word in common_words("en") or word in _LOOSE)
    verb = _VERBAL.search(term) is not None
    return _QUOTED.search(term) is not None or (language == "en" and (common or verb))


def _of(source: Source, paragraph: Paragraph) -> Sentence:
    return next(sentence for sentence in paragraph.sentences if sentence.source == source)


def _explained(paragraph: Paragraph, paper: Paper) -> Iterator[Found]:
    """A sentence that says what kind of thing a term is."""
    for sentence in paragraph.sentences:
        if paper.language == "zh":
            found = _CHINESE_IS_A.match(sentence.text)
        else:
            found = _IS_A.match(sentence.text) if _IS.search(sentence.text, 0, 100) else None
        if found is None or not usable(sentence.text, paper.language) or not alone(sentence.text, paper.language):
            continue
        term = found["term"]
        opens = sentence == paragraph.sentences[0]
        if _is_term(term, found, paper.language) and not (opens and len(_CAPITAL.findall(term)) > 3):
            span = (sentence.part(*found.span("term")),)
            article = found.group()[: found.start("term")].lower()
            yield Found(
                "explanation",
                tidy(sentence.text),
                (sentence.source,),
                {"term": article + inside(term, paper.text), "be": _be(found)},
                span,
                "either",
                around(paragraph, sentence, paper.language),
                (sentence.source,),
                paragraph.section,
            )


def _be(found: re.Match[str]) -> str:
    return "are" if " are " in found.group() else "is"


def _is_term(term: str, found: re.Match[str], language: str) -> bool:
    if language == "zh":
        if _CHINESE_JUDGED.search(found.string, found.end("term"), found.end("term") + 40):
            return False
        return not _NO_CHINESE_TERM.search(term) and clean(term) and (len(term) > 2 or not _HAN.search(term))
    words_ = len(term.split())
    whole = left_phrase(term) == 0 and words_ <= TERM_WORDS
    definite = found.group().startswith("The ") and words_ < 2
    return whole and not definite and not _NO_TERM.search(term) and not _JUDGED.search(found["genus"])


# ---- abbreviations --------------------------------------------------------------------------------------------------

Short = tuple[str, Candidate, Paragraph]
"""The long form, and where the paper introduces it."""


def short_forms(paper: Paper, within: Within) -> dict[str, Short]:
    """The abbreviations that the paper introduces with one and the same long form wherever it does, the first place."""
    pairs: dict[str, Short] = {}
    twice: set[str] = set()
    for paragraph, candidates in within:
        for candidate in candidates:
            if candidate.miner == "abbreviation":
                short = paper.quoted(candidate.quoted["short"])
                long_form = paper.quoted(candidate.answers)
                known = pairs.setdefault(short, (long_form, candidate, paragraph))
                if known[0].casefold() != long_form.casefold():
                    twice.add(short)
    text = paper.text
    return {
        short: pair
        for short, pair in pairs.items()
        if short not in twice
        and clean(pair[0])
        and text.count(short) >= USED
        and _spells(short, pair[0])
        and not _goes_on(short, pair[1].answers[0].start or 0, text)
    }


def _spells(short: str, long_form: str) -> bool:
    """Whether each word of the long form gives a letter to the short one, in order; a place has two letters and no word."""
    if " " not in long_form and (len(short) < 3 or long_form.istitle()):
        return False
    letters = iter("".join(filter(str.isalnum, short)).casefold())
    initials = (word.lstrip("([")[:1].casefold() for word in long_form.split() if word not in _SMALL_WORDS)
    return all(initial in letters for initial in initials)  # an iterator is used up to each letter that is found


def _goes_on(short: str, start: int, text: str) -> bool:
    """Whether the word before the long form may be its first: "proton pump inhibitor" for PPI."""
    before = text[max(0, start - 40) : start].rsplit(None, 1)
    return bool(before) and text[start - 1 : start] == " " and before[-1][:1].casefold() == short[:1].casefold()


def _abbreviated(
    short: str, long_form: str, candidate: Candidate, paragraph: Paragraph, paper: Paper
) -> Iterator[Found]:
    short_span, long_span = candidate.quoted["short"], candidate.answers
    passage = around(paragraph, _of(candidate.uses[0], paragraph), paper.language)
    shared = (passage, candidate.uses, paragraph.section)
    yield Found("abbreviation", long_form, long_span, {"short": short}, short_span, "either", *shared)
    yield Found("short_form", short, short_span, {"long": long_form}, long_span, "either", *shared)


def _glossary(pairs: dict[str, Short], paper: Paper) -> Iterator[Found]:
    """All abbreviations of a paper at once, those that the question names."""
    least, most = GLOSSARY
    chosen = list(pairs.items())[:most]
    if len(chosen) < least:
        return
    lines = "\n".join(f"{short}: {long_form}" for short, (long_form, _, _) in chosen)
    answers = tuple(candidate.answers[0] for _, (_, candidate, _) in chosen)
    quoted = tuple(candidate.quoted["short"][0] for _, (_, candidate, _) in chosen)
    names = ("、" if paper.language == "zh" else ", ").join(short for short, _ in chosen)
    yield Found("glossary", lines, answers, {"shorts": names}, quoted, "named", section=("glossary",))


# ---- Chinese terms with their English -------------------------------------------------------------------------------


def _translated(paragraph: Paragraph, paper: Paper) -> Iterator[Found]:
    for sentence in paragraph.sentences:
        for found in _PAIR.finditer(sentence.text):
            start = _term_start(found["before"])
            english = found["english"]
            if start is None or not _ENGLISH.search(english) or _ONE_NAME.fullmatch(english) or not clean(found.group()):
                continue
            borders = start == 0 and sentence.text[: found.start()][-1:] in _BORDERS
            if not borders and paper.text.count(found["before"][start:]) < 2:
                continue  # nothing says where the term begins
            chinese = (sentence.part(found.start("before") + start, found.end("before")),)
            foreign = (sentence.part(*found.span("english")),)
            name, translation = found["before"][start:], english
            context = ("alone", (), (sentence.source,), paragraph.section)
            yield Found("english_term", translation, foreign, {"chinese": name}, chinese, *context)
            yield Found("chinese_term", name, chinese, {"english": translation}, foreign, *context)


def _term_start(before: str) -> int | None:
    """Where the Chinese term that ends `before` begins: after the last word that is part of no term."""
    start = 0
    common = common_words("zh")
    for _, end, word in words(before):
        if end < len(before) and (word in _VERBS or (word in common and word not in _IN_TERMS)):
            start = end
    term = before[start:]
    fits = 2 <= len(term) <= 14 and len(_HAN.findall(term)) > 1 and _HAN.match(term) is not None
    return start if fits and not leans(term, "zh") and term[0] not in "等性化" else None
