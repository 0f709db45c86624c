"""Text as an author says it of his own work in, the same as a third person says it out: rules, no model.

    objective("Here we show that the space shrinks in our mice.", "en")
        ->  ("Studies show that the space shrinks in the mice.", 2)
    objective("本研究表明，睡眠时间隙增大。", "zh")  ->  ("研究表明，睡眠时间隙增大。", 1)
    subjective("In our view this paper is short.", "en")  ->  ["our", "this paper"]

After the subjective-to-objective step of Huatuo's literature dialogues (Wang et al., arXiv 2304.06975), where a
language model does it. A rule replaces only words that point at the author or at the paper; numbers, names and
negations are never among them. What no rule knows stays, and `subjective` names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

Replacement = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what is replaced, and by what."""

    pattern: re.Pattern[str]
    replacement: Replacement


def objective(text: str, language: str) -> tuple[str, int]:
    """Says in the third person what the author says of himself and of his paper.

    Returns:
        The text and the number of places that were changed; a text in another language comes back as it is.
    """
    changes = 0
    for rule in RULES.get(language, ()):
        text, count = rule.pattern.subn(rule.replacement, text)
        changes += count
    return text, changes


def subjective(text: str, language: str) -> list[str]:
    """The words of a text that still point at its author or at the paper that it was taken from, in their order."""
    return [match.group() for match in LEAK[language].finditer(text)] if language in LEAK else []


# ---- English --------------------------------------------------------------------------------------------------------

_PAPER = (
    "study|paper|article|report|review|note|work|investigation|research|trial|manuscript|letter|survey|"
    "communication|contribution|meta-analysis|thesis|chapter|essay|tutorial|overview"
)
_KIND = (
    "teaching|short|brief|present|current|pilot|preliminary|prospective|retrospective|observational|experimental|"
    "exploratory|descriptive|narrative|systematic|comprehensive|critical|literature|research|review|case|clinical|"
    "randomi[sz]ed|controlled|cross-sectional|longitudinal|multi-?cent(?:er|re)|population-based|cohort|"
    "computational|theoretical|feasibility|validation|mini|original|new|first|proof-of-concept|phase"
)
_SELF = rf"(?:this|the present|the current|our(?: own)?) (?:(?:{_KIND}) ){{0,2}}(?P<paper>{_PAPER})"
_SELVES = r"(?:the present|the current|our(?: own)?) (?P<papers>studies|investigations|trials|works)"
_ADVERB = (
    "also|further|furthermore|now|then|thus|therefore|here|herein|first|firstly|next|finally|previously|recently|"
    "clearly|additionally|consistently|moreover|subsequently|together|for the first time|independently|directly|"
    "unexpectedly|surprisingly|successfully|strongly|again|indeed|only|still|both|hence|experimentally|numerically|"
    "theoretically|briefly|specifically|initially|simultaneously|retrospectively|prospectively|systematically|"
    "routinely|always|often|usually|already|additionally"
)
_ADVERBS = rf"(?P<adverb>(?:(?:{_ADVERB}),? )*)"
_FIND = "show|demonstrate|find|observe|report|reveal|suggest|indicate|confirm|establish|prove|illustrate"
_FOUND = "showed|demonstrated|found|observed|reported|revealed|suggested|indicated|confirmed|established|proved"
_SHOWN = rf"shown|proven|{_FOUND}"
_FINDS = "shows|demonstrates|finds|observes|reports|reveals|suggests|indicates|confirms|establishes|proves|illustrates"
_GENERIC = (
    "brain|brains|body|bodies|life|lives|daily|everyday|society|planet|world|environment|climate|universe|health|"
    "children|ancestors|species|genome|genes|eyes|ears|hands|senses|culture|time|times|day|days"
)
# What people in general do, or the speaker of a dialogue for his listener; an author does the rest.
_WE_ALL = (
    "need|must|should|shall|ought|live|know|think|eat|drink|breathe|sleep|perceive|see|hear|feel|are|have to|all|"
    "humans|as humans|recommend|advise|can help|remember|learn|speak|age|look"
)
_IRREGULAR = (
    "found|saw|took|chose|made|built|began|drew|gave|grew|held|kept|led|left|sought|set|put|ran|did|was|were|had|"
    "showed|knew|got|went|came|wrote|cut|fed|bred|dealt|spent|split|undertook|understood|bound|brought|froze|spun|read|sent|met|lost|drove|taught|heard|cast|shed|shook|hit|swept|wound|laid|meant|quit"
)
_DOES = (
    "report|describe|present|propose|introduce|provide|investigate|examine|study|analy[sz]e|use|employ|apply|show|"
    "demonstrate|find|identify|develop|conclude|hypothesi[sz]e|argue|discuss|review|summari[sz]e|compare|evaluate|"
    "assess|explore|address|suggest|speculate|postulate|outline|highlight|illustrate|extend|combine|consider|"
    "derive|observe|define|estimate|test|measure|calculate|compute|model|simulate|show|aim|seek|intend|focus|offer|"
    "validate|perform|conduct|construct|design|determine|establish|characteri[sz]e|quantify|reveal|confirm|infer|"
    "predict|prove|note|assume|believe|adopt|implement|give|report|detail|survey|do not|have|utili[sz]e|explain|"
    "formulate|generali[sz]e|optimi[sz]e|train|generate|achieve|obtain|anticipate|expect|envision|created?"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _cased(words: str, like: str) -> str:
    """The words with a capital where what they replace had one."""
    return words[0].upper() + words[1:] if like[:1].isupper() else words


def _then_upper(match: re.Match[str]) -> str:
    """What follows a phrase that goes begins the sentence, if the phrase began it."""
    return _cased(match["rest"], match.group())


_HERE = re.compile(r"\bhere(?:in)?,? ")


def _put(words: str) -> Callable[[re.Match[str]], str]:
    """Replaces by words in which `{name}` stands for a group of the pattern, with the case of what was there."""

    def replace(match: re.Match[str]) -> str:
        said = re.sub(r"\{(\w+)\}", lambda group: match[group[1]] or "", words)
        return _cased(_HERE.sub("", said), match.group())

    return replace


def _plural(match: re.Match[str]) -> str:
    """`This study shows` -> `Studies show`, `This paper has shown` -> `Studies have shown`."""
    verb = match["verb"]
    if verb.startswith("has "):
        verb = "have " + verb[4:]
    elif verb in _FINDS.split("|"):
        verb = verb[:-1]
    return _cased(_HERE.sub("", f"studies {match['adverb']}{verb}"), match.group())


def _the_work(match: re.Match[str]) -> str:
    """`This study` -> `the study`, but `this note` -> `the work`: who answers has no note before him."""
    paper = match["paper"].lower()
    named = paper in ("study", "review", "research", "trial", "investigation", "survey", "meta-analysis")
    return _cased(f"the {paper if named else 'work'}", match.group())


def _en(pattern: str, replacement: Replacement) -> Rule:
    return Rule(re.compile(pattern), replacement)


_RESULTS: Final = {
    "results": "research results",
    "findings": "research findings",
    "data": "research data",
    "observations": "observations",
    "studies": "studies",
    "experiments": "experiments",
}
# `(?i:...)` and not a flag, because "US" is a country and "IT" no pronoun.
_ENGLISH = (
    # In this study, we ... / Here we ... / Herein, ...
    _en(rf"(?i:\b(?:here(?:in)?|in {_SELF}|in {_SELVES}),? )(?P<rest>(?i:we)\b)", _then_upper),
    _en(rf"(?:(?<=[.!?] )|\A)In (?i:{_SELF}|{_SELVES}), (?P<rest>\w)", _then_upper),
    _en(r"(?:(?<=[.!?] )|\A)Here(?:in)?, (?P<rest>\w)", _then_upper),
    # To the best of our knowledge
    _en(r"(?i:\bto (?P<best>(?:the best of )?)our knowledge\b)", _put("to {best}the authors' knowledge")),
    # We found that ... / We have shown that ...
    _en(rf"(?i:\bwe) {_ADVERBS}(?P<verb>(?:{_FIND}|{_FOUND}) (?:(?:{_ADVERB}),? )*that)\b",
        _put("studies {adverb}{verb}")),
    _en(rf"(?i:\bwe) have {_ADVERBS}(?P<verb>(?:{_SHOWN}) that)\b", _put("studies have {adverb}{verb}")),
    # This study shows ... / Our study has shown that ...
    _en(rf"(?i:\b{_SELF}) {_ADVERBS}(?P<verb>(?:{_FINDS}|{_FOUND}|has (?:{_SHOWN}))\b)(?! (?:by|in|as)\b)", _plural),
    _en(rf"(?i:\b{_SELVES}) (?=(?:{_FIND}|{_FOUND}|have)\b)", _put("{papers} ")),
    # Our results suggest ... / The results of this study suggest ... ; "These" only where nothing stands before it.
    _en(rf"(?i:\bthe (?P<what>results|findings|data|observations) of {_SELF})", _put("research {what}")),
    _en(r"(?:(?i:\b(?:our(?: own)?|the present|the current))|\A(?:Taken together, )?[Tt]h(?:ese|e))"
        r"(?: (?:initial|preliminary|present|current|experimental|combined|overall))? "
        rf"(?P<what>results|findings|data|observations|studies|experiments) (?P<adverb>(?:(?:{_ADVERB}) )*)"
        rf"(?=(?:{_FIND}|{_FOUND}|imply|implicate|support|provide|identify|establish|highlight|point|raise|underscore|"
        r"have|may|could|can|are|were|do|did|will|lead|led|prompt|prompted|open|pave)\b)",
        lambda match: _cased(_RESULTS[match["what"]] + " " + match["adverb"], match.group())),
    # Our previous work, our group
    _en(r"(?i:\bour (?:own )?(?P<when>previous|earlier|recent|prior) (?P<what>study|paper|report|investigation))\b",
        _put("a {when} {what}")),
    _en(r"(?i:\bour (?:own )?(?P<when>previous|earlier|recent|prior))\b", _put("{when}")),
    _en(r"(?i:\bour (?:research )?(?P<what>group|team|laboratory|lab))\b", _put("the research {what}")),
    # We measured ... / we then propose ...
    _en(rf"(?i:\bwe) {_ADVERBS}(?!(?:{_WE_ALL})\b)"
        rf"(?P<verb>(?:could|can|will|did|do) (?:not )?(?!see\b|help\b|say\b|imagine\b)[a-z]{{2,}}\b|"
        rf"(?:(?:were|had|have been|have) (?:not )?)?(?:(?:{_ADVERB}),? )*(?:[a-z-]+ly )?"
        rf"(?:[a-z-]{{2,}}ed|{_IRREGULAR}|{_DOES})\b)", _put("researchers {adverb}{verb}")),
    _en(r"(?i:\bwe) (?P<verb>are the first|were able|are able|were unable|have)\b", _put("researchers {verb}")),
    # led us to ..., observed by us
    _en(r"(?P<verb>\b(?:[a-z]+ed|led|let|enables?|allows?|leads?|helps?|by|from|prompts?|permits?|gives?|gave)) us\b",
        _put("{verb} researchers")),
    # What is left of "this study" and "our"
    _en(rf"(?i:\b{_SELF})\b", _the_work),
    _en(rf"(?i:\b{_SELVES})\b", _put("the {papers}")),
    _en(rf"(?i:(?P<all>\b(?:all|both|each|one|some|most) of|\ball) our )(?!(?:{_GENERIC})\b)", _put("{all} the ")),
    _en(rf"(?i:\bour(?: own)? )(?!(?:understanding|knowledge|{_GENERIC})\b)", _put("the ")),
    _en(r"(?i:\bour (?P<what>(?:current |present )?(?:understanding|knowledge)))\b", _put("the {what}")),
    _en(r"\b(?P<who>[Rr]esearchers|[Ss]tudies) (?P<verb>\w+) here(?:in)?\b", r"\g<who> \g<verb>"),
)  # fmt: skip

# ---- Chinese --------------------------------------------------------------------------------------------------------

# "日本文化" (Japanese culture), "样本研究" (a study of samples), "本文献" and "版本" are other words.
_OWN = (
    r"(?<![日基样标成版资根脚蓝剧副课原书抄手读摹拓刻孤善绘范文])本"
    r"(?P<paper>文(?![献字化本件])(?:章)?|研究|实验|试验|论文|综述|课题|工作|报告|项目)"
)
_NAMED = {"文": "该文", "文章": "该文", "工作": "该研究", "课题": "该研究", "项目": "该研究"}
_OFTEN = "(?P<adverb>(?:也|还|均|首次|进一步|初步|同时|再次|亦|又|都|共|已|已经|最终)*)"
_SAYS = "表明|显示|发现|提示|证实|证明|揭示|说明|指出|认为|观察到|报道|支持|阐明|强调|提出|总结|得出|推测|旨在|拟|目的"
_FINDING = "表明|显示|发现|提示|证实|证明|揭示|说明|指出|认为|观察到|报道|支持|推测"
_RESEARCHES = (
    "采用|使用|构建|建立|比较|分析|检测|测量|测定|评估|评价|研究|收集|纳入|设计|开发|制备|探讨|利用|选取|统计|计算|"
    "模拟|筛选|鉴定|克隆|回顾|总结|综述|整理|报道|提出|介绍|描述|验证|合成|培养|记录|招募|随访|推测|假设|定义|归纳|"
    "把|从|以|用|在实验中|发现|证明|证实|观察|认为|得到|获得|优化|改进"
)
# In the voice of a doctor, or of all people, "we" is not the author.
_TO_YOU = r"(?![^。！？]{0,12}[您你])"

_CHINESE = (
    Rule(re.compile(r"据我们所知"), "据研究者所知"),
    # "These results" only where nothing stands before it.
    Rule(re.compile(rf"\A(?:上述|以上|这些)(?:研究)?(?P<what>结果|发现|数据)(?=[^，。]{{0,2}}(?:{_FINDING}))"),
         r"研究\g<what>"),
    Rule(re.compile(rf"在?{_OWN}中?的(?P<what>研究|分析)中"), "在相关研究中"),
    Rule(re.compile(rf"(?P<how>根据|通过|经过|依据|基于){_OWN}(?:中)?(?:的)?(?=研究|结果|分析|数据)"),
         r"\g<how>相关"),
    Rule(re.compile(rf"{_OWN}(?:组)?(?:中)?(?:的)?(?:研究|实验|试验)?(?P<what>结果|数据|分析|"
                    rf"发现)?(?:中)?(?:也)?{_OFTEN}"
                    rf"(?P<verb>{_FINDING})"),
         lambda match: "研究" + (match["what"] or "") + match["adverb"] + match["verb"]),
    Rule(re.compile(rf"(?:我们|笔者)的?(?:研究|实验|试验)(?P<what>结果|数据)?(?:中)?{_OFTEN}(?P<verb>{_FINDING})"),
         lambda match: "研究" + (match["what"] or "") + match["adverb"] + match["verb"]),
    Rule(re.compile(rf"(?:我们|笔者)(?:的|在)?(?:研究|实验)?(?:中)?{_OFTEN}(?P<verb>表明|显示|发现|提示|证实|证明|"
                    rf"揭示|观察到)"),
         lambda match: "研究" + match["adverb"] + match["verb"]),
    Rule(re.compile(rf"(?:我们|笔者){_OFTEN}(?P<verb>认为|推测|指出|提出)"),
         lambda match: "研究者" + match["adverb"] + match["verb"]),
    Rule(re.compile(r"我们的(?P<what>研究|实验|试验)(?P<after>[，,]|中)"), r"相关\g<what>\g<after>"),
    Rule(re.compile(r"我们的?(?=(?:前期|先前|早期|既往)?(?:研究|实验|试验)(?:结果|数据|工作|中|小组|团队))"), ""),
    Rule(re.compile(r"我们的(?=结果|数据|发现)"), "研究"),
    Rule(re.compile(rf"我们{_TO_YOU}(?=(?:首先|随后|进一步|还|也|未|没有|将|均|先|再|又|曾)*(?:{_RESEARCHES}))"),
         "研究人员"),
    Rule(re.compile(r"笔者"), "研究者"),
    Rule(re.compile(rf"{_OWN}(?P<verb>提到|介绍|描述)"), r"研究\g<verb>"),
    Rule(re.compile(rf"(?:(?<=[。！？；，])|\A){_OWN}(?=的?(?:{_SAYS}))"), "研究"),
    Rule(re.compile(_OWN), lambda match: _NAMED.get(match["paper"], f"该{match['paper']}")),
    Rule(re.compile(r"(?<![日基样标])本组(?=患者|病例|资料|数据|研究|结果)"), "该组"),
)  # fmt: skip

RULES: dict[str, tuple[Rule, ...]] = {"en": _ENGLISH, "zh": _CHINESE}

LEAK: dict[str, re.Pattern[str]] = {
    "en": re.compile(
        rf"\b(?:(?i:we|our|ours|ourselves|herein)|us|Here,? we|(?i:{_SELF.replace('(?P<paper>', '(?:')})"
        rf"|(?i:{_SELVES.replace('(?P<papers>', '(?:')}))\b"
    ),
    "zh": re.compile(
        rf"{_OWN.replace('(?P<paper>', '(?:')}|我们|笔者|(?<![日基样标])本组(?=患者|病例|资料|数据|研究|结果)"
    ),
}

FREE: dict[str, frozenset[str]] = {
    "en": _words(
        "we our us own ourselves here herein this these the a in to of present current study studies paper "
        "article report review note work investigation research researchers trial letter manuscript authors "
        "results findings data observations best that taken together moreover furthermore addition "
        "additionally however thus therefore hence conclusion conclusions summary sum conclude summarise "
        "summarize short collectively altogether overall finally lastly consequently interestingly notably "
        "importantly remarkably surprisingly unexpectedly strikingly indeed specifically accordingly as "
        "result nevertheless nonetheless contrast by conversely similarly likewise particular also first "
        "firstly second secondly third next then subsequently further on other hand end context expected yet "
        "more fact but and thereby so i b em strong sup "
    )
    | frozenset(f"{_FIND}|{_FINDS}|{_KIND}|has|have|overall|experimental|combined|initial".split("|")),
    "zh": frozenset(
        "本文研究实验试论综述课题工作报告项目我们笔者在中的该相关人员据所知组"
        "这些发现数据因此以然而但是过此外另且并同时从首先其次最后进一步地值得注意重要有趣结果表明可见于为据由"
        "综上所述总之来说言也结论"
    ),
}
"""Words, or Chinese characters, that the rewriting puts in or takes out: `verify` lets them differ. No negation."""
