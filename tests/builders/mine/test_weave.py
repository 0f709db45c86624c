from __future__ import annotations

import re
from typing import Any

import pytest

from builders.graph.entities import EntityFinder, Mention
from builders.graph.graph import Graph
from builders.graph.leaks import HeldoutFinder
from builders.graph.phrases import Phrases
from builders.graph.read import read_triples
from builders.graph.schema import Relation, read_schema
from builders.graph.split import split_groups
from builders.graph.wordings import Wordings as GraphWordings
from builders.mine.marks import goes_on, unmarked
from builders.mine.weave import WeaveConfig, Weaver
from builders.mine.wordings import PLACEHOLDER, Wordings
from builders.types import Document, Source, TextSample, Triple
from tests.conftest import ROOT

SAY = GraphWordings(
    {},
    {},
    {"zh": ("{head}的{relation}是{tail}",), "en": ("The {relation} of {head} is {tail}",)},
    several={"zh": ("{head}的{relation}是{tail}",), "en": ("The {relation} of {head} are {tail}",)},
)
JOIN = Wordings(
    {
        "said": {"zh": ("据知识图谱，{statement}。",), "en": ("According to the graph: {statement}.",)},
        "pair": {
            "zh": ("《{title}》提到{one}和{other}：“{sentence}”据知识图谱，{statement}。",),
            "en": ('"{title}" names {one} and {other}: "{sentence}" The graph says: {statement}.',),
        },
    }
)
LAX = WeaveConfig(mentions=1, company=0)  # for papers of one sentence
ENGLISH = "The astrocyte takes up the glutamate that neurons release into the space between them."
CHINESE = "人参与当归都是补益的药物，临床上常常同时使用。"


@pytest.fixture(scope="module")
def graph() -> Graph:
    schema = {
        "class": Relation("class", en="class", phrases=Phrases(en_plural="classes")),
        "功效": Relation("功效", zh="功效"),
        "full form": Relation("full form", en="full form", functional=True),
        "别名": Relation("别名", zh="别名", alias=True),
    }
    triples = [
        Triple("astrocyte", "class", "glial cell"),
        Triple("glutamate", "class", "amino acid"),
        Triple("glutamate", "class", "transmitter"),
        Triple("人参", "功效", "补气"),
        Triple("当归", "功效", "补血"),
        Triple("当归", "别名", "秦归"),
        Triple("ICP", "full form", "intracranial pressure"),
        Triple("川芎", "功效", "活血"),
        Triple("白质", "功效", "传导"),
        Triple("neuron", "kind", "nerve"),
        Triple("synapse", "kind", "contact"),
        Triple("川乌", "性味", "辛"),
        Triple("草乌", "性味", "苦"),
    ]
    schema |= {name: Relation(name) for name in ("kind", "性味")}
    return Graph(triples, schema)


def weaver(graph: Graph, heldout: tuple[str, ...] = (), config: WeaveConfig | None = None) -> Weaver:
    known = dict.fromkeys(split_groups(graph, 0.0, 1).assigned, "train")
    split = split_groups(graph, 0.5, 1, {**known, **dict.fromkeys(heldout, "heldout")})  # type: ignore[arg-type]
    return Weaver(graph, split, SAY, JOIN, config or LAX, seed=1)


def woven(rows: list[TextSample], task: str) -> list[str]:
    return [row.text for row in rows if row.task == task]


# ---- entities -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Astrocytes, an ASTROCYTE.", [Mention(15, 24, "astrocyte")]),
        ("A glial cell; amino acids", [Mention(2, 12, "glialcell")]),
        ("秦归即当归", [Mention(0, 2, "当归"), Mention(3, 5, "当归")]),
        ("Maß: astrocyte", [Mention(5, 14, "astrocyte")]),
        ("", []),
    ],
)
def test_entities_are_found_at_their_places(graph: Graph, text: str, found: list[Mention]) -> None:
    assert EntityFinder(graph).find(text) == found


def test_an_empty_graph_names_nothing() -> None:
    assert EntityFinder(Graph([], {})).find("astrocyte") == []


# ---- one entity -----------------------------------------------------------------------------------------------------


def test_a_sentence_is_followed_by_what_the_graph_says(graph: Graph, paper: Any) -> None:
    document = paper(f"{ENGLISH} Water fills what is left of the space in the paper.")
    rows = list(weaver(graph).woven(document))
    assert woven(rows, "paper.woven") == [
        f"{ENGLISH} According to the graph: The class of astrocyte is glial cell. According to the graph: "
        "The classes of glutamate are amino acid and transmitter. Water fills what is left of the space in the paper."
    ]


def test_a_row_names_its_paragraph_and_its_triples(graph: Graph, paper: Any) -> None:
    document = paper("Nothing.", CHINESE, language="zh")
    (row, _) = weaver(graph, config=WeaveConfig(entities=1, mentions=1, company=0)).woven(document)
    start = document.text.index(CHINESE)
    span = Source("sha:1", 3, None, (0.1, 0.1, 0.5, 0.2), start, start + len(CHINESE), maker="paper.woven")
    (name,) = re.findall(r"据知识图谱，(..)的功效是", row.text)
    effect = {"人参": "补气", "当归": "补血"}[name]
    assert row.sources == (span, Source(triple=f"{name}\t功效\t{effect}", maker="paper.woven"))
    assert row.text == f"{CHINESE}据知识图谱，{name}的功效是{effect}。"


def test_the_name_is_that_of_the_paper(graph: Graph, paper: Any) -> None:
    text = "秦归是一种补益的药物，在临床上常常单独使用。"
    (row,) = weaver(graph).woven(paper(text, language="zh"))
    assert row.text == f"{text}据知识图谱，秦归的功效是补血。"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The sample was measured by ICP-AES in all of the animals of the study.", "en"),
        ("The icp of the sample was measured in all of the animals of the study.", "en"),
        ("The ICP of the sample, inductively coupled plasma (ICP), was measured in all of them.", "en"),
        ("川芎嗪是一种从植物根茎中提取得到的生物碱类成分。", "zh"),
        ("ICP的测量方法在所有动物中都是完全相同的。", "zh"),
    ],
)
def test_what_only_looks_like_the_name_is_left_alone(graph: Graph, paper: Any, text: str, language: str) -> None:
    assert list(weaver(graph).woven(paper(text, language=language))) == []


def test_an_abbreviation_that_the_paper_means_as_the_graph_does(graph: Graph, paper: Any) -> None:
    text = "The intracranial pressure (ICP) of the animals was measured once in every hour."
    other = "The ICP of the animals rose within the first hour after the injury."
    assert woven(list(weaver(graph).woven(paper(text, other))), "paper.woven") == []  # the paper says it first
    assert woven(list(weaver(graph).woven(paper(other))), "paper.woven") == [
        f"{other} According to the graph: The full form of ICP is intracranial pressure."
    ]


def test_nothing_is_said_of_what_a_paper_only_touches(graph: Graph, paper: Any) -> None:
    strict = weaver(graph, config=WeaveConfig())
    assert woven(list(strict.woven(paper(ENGLISH))), "paper.woven") == []
    text = "The astrocyte and the neuron both touch the synapse. The astrocyte clears glutamate from the narrow cleft."
    assert len(woven(list(strict.woven(paper(text))), "paper.woven")) == 1


def test_a_short_chinese_name_is_no_part_of_another_word(graph: Graph, paper: Any) -> None:
    text = "细胞新合成的蛋白质可以用同位素标记来跟踪和测量。"
    assert list(weaver(graph).woven(paper(text, language="zh"))) == []
    assert len(list(weaver(graph).woven(paper("大脑中的白质由许多有髓鞘的轴突组成。", language="zh")))) == 1


def test_a_sentence_stays_with_the_one_that_goes_on_from_it(graph: Graph, paper: Any) -> None:
    said = "According to the graph: The class of astrocyte is glial cell."
    text = "The astrocyte is the most common cell beside the neurons. Therefore the matter is not settled at all."
    assert woven(list(weaver(graph).woven(paper(text))), "paper.woven") == [f"{text} {said}"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The space shrinks [5] in ischaemia [2,3].", "The space shrinks in ischaemia."),
        ("It shrinks (4, 10) there (Smith et al., 2001).", "It shrinks there."),
        ("As shown in [5], it shrinks.", None),
        ("It shrinks (Table 2).", None),
        ("The thalamus19,20 shrinks.", None),
        ("Early studies.5 Even so.", None),
        ("They activate NF-B in cells.", None),
        ("The efflux of Ca 2+ from cells.", None),
        ("It removes H 2 O 2 from cells.", None),
        ("It shrinks (1) at night and (2) by day.", None),
        ("见表2的结果。", None),
    ],
)
def test_marks_of_citations_go_and_broken_text_is_left_alone(text: str, plain: str | None) -> None:
    assert unmarked(text) == plain


@pytest.mark.parametrize(
    "text", ["Such a situation is rare", "Therefore it is rare", "两种观点并不对立", "类淋巴假说则强调"]
)
def test_what_goes_on_from_the_sentence_before(text: str) -> None:
    assert goes_on(text, "en" if text.isascii() else "zh")


# ---- held out -------------------------------------------------------------------------------------------------------


def test_a_held_out_group_is_not_said(graph: Graph, paper: Any) -> None:
    rows = list(weaver(graph, heldout=("人参\t功效",)).woven(paper(CHINESE, language="zh")))
    assert [row.text for row in rows] == [f"{CHINESE}据知识图谱，当归的功效是补血。"]


def test_no_row_quotes_the_other_end_of_a_held_out_fact(graph: Graph, paper: Any) -> None:
    text = "人参和当归都很常用，补气的药物还有许多其他种类。"
    assert list(weaver(graph, heldout=("人参\t功效",)).woven(paper(text, language="zh"))) == []


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
def test_no_row_of_the_samples_names_both_ends_of_a_held_out_fact(
    sample_papers: dict[str, Document], train_wordings: GraphWordings, share: float
) -> None:
    sample = sample_graph()
    split = split_groups(sample, share, 4)
    finder = HeldoutFinder(sample, split)
    made = Weaver(
        sample,
        split,
        train_wordings,
        Wordings.load("weave"),
        WeaveConfig(entities=50, pairs=50, mentions=1, company=0),
        4,
    )
    rows = [row for document in sample_papers.values() for row in made.woven(document)]
    assert len(split.partners) > 10
    assert len(rows) > 20
    assert [row.text for row in rows if finder.find(row.text)] == []
    trained = {triple.key for group in split.train for triple in sample.groups[group]}
    assert {source.triple for row in rows for source in row.sources if source.triple} <= trained


def sample_graph() -> Graph:
    folder = ROOT / "samples" / "graph"
    triples, _ = read_triples(folder / "triples.csv")
    return Graph(triples, read_schema(folder / "relations.yaml", triples))


# ---- two entities ---------------------------------------------------------------------------------------------------


def test_a_pair_card_quotes_the_evidence(graph: Graph, paper: Any) -> None:
    document = paper(CHINESE, language="zh")
    (row,) = [row for row in weaver(graph).woven(document) if row.task == "paper.pair"]
    quoted = f"《A paper on water》提到人参和当归：“{CHINESE}”据知识图谱，人参的功效是补气；当归的功效是补血。"
    assert row.text == quoted
    assert [source.triple for source in row.sources] == [None, "人参\t功效\t补气", "当归\t功效\t补血"]
    assert document.text[row.sources[0].start : row.sources[0].end] == CHINESE


def test_a_pair_is_of_one_sentence_that_stands_alone(graph: Graph, paper: Any) -> None:
    def pairs(*texts: str) -> list[str]:
        return woven(list(weaver(graph).woven(paper(*texts))), "paper.pair")

    assert len(pairs(ENGLISH)) == 1
    assert pairs(ENGLISH.replace("The astrocyte", "This astrocyte")) == []
    assert pairs(ENGLISH.replace("glutamate", "glutamate receptor")) == []  # another thing
    first, last = (
        "The astrocyte is the most common cell beside the neurons.",
        "The glutamate is taken up again at once.",
    )
    assert pairs(f"{first} {last}") == []
    assert f'"{ENGLISH}"' in pairs(ENGLISH.replace("neurons release", "neurons release [3, 4]"))[0]


def test_an_entity_and_its_full_form_are_no_pair(graph: Graph, paper: Any) -> None:
    text = "The ICP of the animals, or intracranial pressure, rose within an hour of the injury."
    assert woven(list(weaver(graph).woven(paper(text))), "paper.pair") == []


def test_pairs_and_entities_are_capped(sample_papers: dict[str, Document]) -> None:
    sample = sample_graph()
    split = split_groups(sample, 0.0, 1)
    document = sample_papers["matrix-perineuronal-nets"]
    made = Weaver(sample, split, SAY, JOIN, WeaveConfig(entities=3, statements=1, pairs=2, mentions=1, company=0), 1)
    rows = list(made.woven(document))
    assert sum(row.task == "paper.pair" for row in rows) == 2
    assert sum(row.text.count("According to the graph") for row in rows) == 2  # one of three may not be said
    many = list(Weaver(sample, split, SAY, JOIN, WeaveConfig(50, 1, 50, 1, 0), 1).woven(document))
    assert sum(row.task == "paper.pair" for row in many) > 2
    assert sum(row.text.count("According to the graph") for row in many) > 3


def test_every_span_of_a_row_resolves(sample_papers: dict[str, Document]) -> None:
    sample = sample_graph()
    made = Weaver(sample, split_groups(sample, 0.02, 1), SAY, JOIN, LAX, 1)
    keys = {triple.key for triple in sample.triples}
    count = 0
    for document in sample_papers.values():
        for row in made.woven(document):
            spans = [source for source in row.sources if source.triple is None]
            texts = [document.text[span.start : span.end] for span in spans]
            plain = unmarked(texts[0]) or ""
            pieces = [plain] if row.task == "paper.pair" else re.split(r"(?<=[.。])\s?", plain)
            assert all(piece in row.text for piece in pieces)
            assert {source.triple for source in row.sources} - {None} <= keys
            assert {source.maker for source in row.sources} == {row.task}
            count += 1
    assert count > 15


def test_the_same_paper_gives_the_same_rows(sample_papers: dict[str, Document], train_wordings: GraphWordings) -> None:
    sample = sample_graph()
    split = split_groups(sample, 0.02, 1)
    document = sample_papers["zh-sleep-csf-isf"]
    wordings = Wordings.load("weave")
    one, other = (
        list(Weaver(sample, split, train_wordings, wordings, WeaveConfig(), 1).woven(document)) for _ in range(2)
    )
    assert one == other
    assert len({row.id for row in one}) == len(one) > 0


def test_wordings_hold_their_placeholders() -> None:
    holders = {"said": {"statement"}, "pair": {"one", "other", "title", "sentence", "statement"}}
    wordings = Wordings.load("weave")
    assert set(wordings.data) == set(holders)
    for kind, by_language in wordings.data.items():
        assert set(by_language) == {"en", "zh"}
        for templates in by_language.values():
            assert len(set(templates)) == len(templates) >= 6
            assert all(set(PLACEHOLDER.findall(template)) == holders[kind] for template in templates)
