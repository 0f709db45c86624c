"""ANW and SEP in Chinese: where a negation can be put or taken away, and what of a comparison can be swapped.

chinese_negation("水通道蛋白4存在于星形胶质细胞的终足", denied=False)  ->  "水通道蛋白4不存在于星形胶质细胞的终足"
chinese_swap("睡眠期的清除速度快于清醒期")                            ->  "清醒期的清除速度快于睡眠期"
"""

from __future__ import annotations

import re

from builders.logic.antonyms import polar

# What is put before the verb, and the verbs; what stands around tells that the characters are no such verb.
_SITES = (
    (
        "不",
        re.compile(
            r"(?<![不就还于但可只总凡乃便即算别其都而正也若要像又的以能会可])是(?!否|不|由于|因|指|说|以|在|的|非)"
        ),
    ),
    ("不", re.compile(r"(?<![功性可只智机潜才动势热电技职产官效本全])能够?(?!量|力|源|级|障|耐|动)")),
    ("不", re.compile(r"(?<![机社学议员委协诊])会(?!议|诊|员|阴|厌|计)")),
    (
        "不",
        re.compile(
            r"(?<![可以])(?:具有(?!一定|较)|存在(?!的|差异|一定)|(?<!隶)属于|依赖于|(?<![的有定])影响(?!因素|的|力|到|下|、|和|较|最|程度)|取决于|需要|等于)"
        ),
    ),
    (
        "不",
        re.compile(
            r"(?<![的被由所和与、以可])(?:含有|带有|参与|引起|导致|改变|阻碍|维持|介导|抑制|促进|允许|构成|位于|来自|来源于|起源于"
            r"|分布于|作用于|决定|加速|减缓|穿过|通过|进入)(?!了|的|者|和|与|及|、|剂|性|作用|因子|后|时|途径|方式|并|[或口在])"
        ),
    ),
    (
        "没",
        re.compile(
            r"(?<![具没所含拥富享只仅还也都已固独特稀])有(?!关|效|助|利|限|机|时|所|些|的|人|益|毒|害|氧|可能|望|待|丝|着|力|无|两|三|几|多|一定)(?=[^，]*(?:作用|功能"
            r"|效应|活性|毒性|关联|联系|影响)$)"
        ),
    ),
)
_BEFORE_VERB = re.compile(
    r"(?:(?:的|并|而|可|能|会|被|由|以|来|所|用于|有助于|地|其|对|和|与|及|、|是|为|有|使|令|让|呈|持续|进一步|逐渐))$"
)
_ADVERB = re.compile(r"(?:显著|明显)$")
_AFTER_VERB = re.compile(r"的|者|与|和|及|、|至|到|导致|引起|造成|时|后|率|可|或")
_PASSIVE = re.compile(r"由|被|所|使|令|让|将|把|随|最|通过|利用|包括|药物$|^(?:属于|以及|了|口服|经|具有)")
_TOLD = re.compile(r"、|包括|是|指|利用|通过|用于|方法|重要|目的")
_DENIED = (
    (re.compile(r"(?:并不|不)(?=是(?!否)|能|会|具有|存在|属于|依赖|影响|取决|需要|等于|有助|有利)"), ""),
    (re.compile(r"没有(?=[^，]{2,})"), "有"),
    (
        re.compile(
            r"并?无(?=(?:显著|明显|统计学|直接|必然)[^，]{0,10}(?:差异|影响|变化|相关|关系|关联|意义|作用|联系))"
        ),
        "有",
    ),
    (
        re.compile(
            r"未(?=(?:显著|明显)?(?:改变|影响|升高|降低|增加|减少|增高|增大|减小|上升|下降|参与|进入|出现|检出|观察到|发现))"
        ),
        "",
    ),
)
_COMPARED = "高|低|大|小|多|少|快|慢|长|短|优|劣|早|晚|强|弱"
_THAN = re.compile(
    rf"(?P<before>(?:[^，]{{2,20}}，)?)(?P<x>[^，。；]{{2,24}}?)(?P<said>(?:也|均|都)?(?:明显|显著|远|普遍"
    rf"|总体上)?(?:{_COMPARED})于)(?P<y>[^，。；]{{2,20}})$"
)
_BI = re.compile(
    rf"(?P<before>(?:[^，]{{2,20}}，)?)(?P<x>[^，。；比]{{2,24}}?)(?P<said>(?<![相对可])[比较])(?P<y>[^，。；]{{2,16}}?)"
    rf"(?P<rest>(?:更|明显|显著|要)?(?:{_COMPARED}|厚|薄|宽|窄|升高|降低|增加|减少|增大|减小)(?:了|得多)?)$"
)
_COMPARE = re.compile(
    r"(?P<said>[与和同])(?P<y>[^，。；]{2,16})(?P<link>相比|比较)，(?P<x>[^，。；的]{2,16})(?P<rest>的[^，。；]{2,40})$"
)
_NO_ENTITY = re.compile(
    r"[0-9０-９%％]|正常值|参考值|以往|预期|之前|平均|前者|后者|其|阈|本身|^[的地得了在]|[的在与和]$|是|会|将|可以|相|表达|组$|且|并|标准|在|对|年龄"
)


def chinese_negation(text: str, *, denied: bool) -> str | None:
    """With a negation before the one verb that takes it, or, where `denied`, without the one that stands there."""
    if "，" in text:
        return None
    if denied:
        found = [(match, instead) for pattern, instead in _DENIED for match in pattern.finditer(text)]
        if len(found) != 1:
            return None
        match, instead = found[0]
        return text[: match.start()] + instead + text[match.end() :]
    sites = [(match.start(), word) for word, pattern in _SITES for match in pattern.finditer(text)]
    if len(sites) > 1 or (sites and _PASSIVE.search(text)):
        return None
    if sites:
        return text[: sites[0][0]] + sites[0][1] + text[sites[0][0] :]
    return _not_changed(text)


def _not_changed(text: str) -> str | None:
    """Denies a polar word that is the predicate: 升高了 becomes 未升高."""
    words = polar(text, "zh")
    if len(words) != 1 or words[0].word[-1] in "于关比" or words[0].word[0] in "更较最":
        return None
    (word,) = words
    adverb = _ADVERB.search(text, 0, word.start)
    start = adverb.start() if adverb else word.start
    if start < 2 or _TOLD.search(text) or _BEFORE_VERB.search(text, 0, start) or _AFTER_VERB.match(text, word.end):
        return None
    rest = text[word.end :]
    return text[:start] + "未" + text[start : word.end] + (rest[1:] if rest.startswith("了") else rest)


def chinese_swap(text: str) -> str | None:
    """The two that are compared, exchanged."""
    if found := _COMPARE.match(text):
        one, other = found["x"], found["y"]
        said = f"{found['said']}{one}{found['link']}，{other}{found['rest']}"
        return said if _fit(one, other) and len(polar(found["rest"], "zh")) == 1 else None
    for pattern in (_THAN, _BI):
        if found := pattern.fullmatch(text):
            return _swapped(found)
    return None


def _swapped(found: re.Match[str]) -> str | None:
    """Exchanges P and Q of P的A高于Q, and both sides of A高于B and P的A高于Q的A."""
    one, other = found["x"], found["y"]
    owner, of, owned = one.partition("的")
    before, rest = found["before"], found.groupdict().get("rest") or ""
    if of and "的" not in other:
        return f"{before}{other}的{owned}{found['said']}{owner}{rest}" if _fit(owner, other) and owned else None
    return f"{before}{other}{found['said']}{one}{rest}" if _fit(one, other) else None


def _fit(one: str, other: str) -> bool:
    return one != other and not any(_NO_ENTITY.search(text) for text in (one, other))
