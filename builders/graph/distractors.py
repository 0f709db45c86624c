"""Tails that are false for a head and relation, though of the right kind: for choices and counterfactuals.

Falsehood is decided on the full graph, the held-out part, aliases and inverses included.

    false_tails(graph, ("人参", "拉丁学名"), count=3, rng=generator(1))  ->  ["Panax notoginseng", ...]
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from builders.graph.graph import Graph, Group, folded

TRIED = 64  # candidates looked at: enough for a handful of answers, bounded where a relation has a million tails
FEW = 64  # true tails up to which each is compared with a candidate letter by letter
# What books and drugs are written with in either script; others make no name that is in doubt here.
_SIMPLIFIED = str.maketrans(
    "匱要經論傳醫學書藥湯膠參術薑歸黃蓯蘇膽龍龜殼鱉礬麥門棗連蔘斂陰陽氣虛實熱風濕腎臟脾肝膀體內註證編鑒鑑圖說數補遺續聖"
    "濟總錄劑簡訣蘭產婦嬰兒祕祿葉畢啟賢萬廣東亞華國類銀鐵質發應壯專統辭條譜櫃難寶會集驗選擇機構區細間隙蓋莖葯棲烏鹽壺飛",
    "匮要经论传医学书药汤胶参术姜归黄苁苏胆龙龟壳鳖矾麦门枣连参敛阴阳气虚实热风湿肾脏脾肝膀体内注证编鉴鉴图说数补遗续圣"
    "济总录剂简诀兰产妇婴儿秘禄叶毕启贤万广东亚华国类银铁质发应壮专统辞条谱柜难宝会集验选择机构区细间隙盖茎药栖乌盐壶飞",
)
_MARKS = re.compile(r"[《》〈〉「」“”\"'·]|[（(][^（）()]{0,40}[）)]")
_VOLUME = re.compile(
    r"(?<=.)(?:卷?第?[一二三四五六七八九十百\d]+[卷篇章]|卷[之第]?[上中下一二三四五六七八九十百\d]+|[上中下]卷)$"
)
# How a drug is dressed: 生龙骨 and 煅龙骨 are both called 龙骨.
_PROCESSED = re.compile(
    r"^(?:生|炒|炙|蜜炙|酒炒|醋炒|盐炒|煅|制|焦|熟|鲜|干|酒|醋|蜜|盐|煨|炮|净)+(?=[\u4e00-\u9fff]{2})"
)


def false_tails(graph: Graph, group: Group, count: int, rng: random.Random) -> list[str]:
    """Up to `count` tails that the whole graph, held-out part and aliases included, does not state for this group.

    Tails of the same relation come first, then entities of the same type. Left out: whatever any triple links to the
    head or to a true tail, whatever is a spelling or a part of a true tail or contains one, aliases of one another.
    """
    found: dict[str, str] = {}
    true = _True.of(graph, group)
    for pool in _pools(graph, group):
        for candidate in rng.sample(pool, min(TRIED, len(pool))):
            if len(found) == count:
                return list(found.values())
            entity = graph.representative(candidate)
            if entity not in found and true.excludes(graph, candidate, entity):
                found[entity] = candidate
    return list(found.values())


def is_false(graph: Graph, group: Group, tail: str) -> bool:
    """Whether calling this tail false is safe; decided on the full graph."""
    return _True.of(graph, group).excludes(graph, tail, graph.representative(tail))


@dataclass(frozen=True, slots=True)
class _True:
    """The true tails of a group, folded once for all candidates: a group may have a hundred thousand."""

    group: Group
    head: str
    tails: frozenset[str]
    """Representatives."""
    names: frozenset[str]
    """As the file has them, without what makes no other name of them."""
    joined: str
    """The names, one a line: what a candidate is a part of is found in one search."""

    @classmethod
    def of(cls, graph: Graph, group: Group) -> _True:
        tails = graph.tails(*group)
        names = frozenset(map(plain, tails))
        representatives = frozenset(map(graph.representative, tails))
        return cls(group, graph.representative(group[0]), representatives, names, "\n".join(names))

    def excludes(self, graph: Graph, tail: str, entity: str) -> bool:
        """Whether a tail, of this representative, is safely false beside these."""
        if graph.joined(self.head, entity) or graph.holds(*self.group, tail):
            return False
        return not self._overlaps(plain(tail)) and not any(graph.joined(entity, true) for true in self.tails)

    def _overlaps(self, name: str) -> bool:
        """Whether one name is a part of the other: 健脾 would be half true beside 健脾益气."""
        if name in self.joined or any(true in name for true in self.names):
            return True
        return len(self.names) <= FEW and any(_shortened(name, true) for true in self.names)


@functools.lru_cache(maxsize=65_536)  # the same candidates are drawn for many groups
def plain(name: str) -> str:
    """A name folded, in simplified characters, without title marks, volume, remarks and processing."""
    whole = folded(name)
    if whole.isascii():
        return whole
    bare = _PROCESSED.sub("", _VOLUME.sub("", _MARKS.sub("", whole.translate(_SIMPLIFIED))))
    return bare or whole


def _shortened(one: str, other: str) -> bool:
    """Whether one Chinese name has all characters of the other in their order: 杭白芍 and 杭芍."""
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or any(letter.isascii() for letter in short):
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)


def _pools(graph: Graph, group: Group) -> tuple[Sequence[str], ...]:
    kinds = sorted({triple.tail_type for triple in graph.groups[group] if triple.tail_type})
    if not kinds:
        return (graph.tails_of(group[1]),)
    return graph.pools.typed_tails(group[1], kinds), graph.pools.entities_of(kinds)
