from __future__ import annotations

from typing import Any

import pytest

from builders.mine.tasks.families import FAMILIES, candidates
from builders.mine.tasks.say import read
from builders.mine.wordings import PLACEHOLDER, Wordings
from builders.types import Block, BlockKind, Document, Language

WORDINGS = Wordings.load("paper_tasks")
FRAMES = ("named", "shown", "both")
# Their questions are asked as they stand, so they may end with the text that they show.
ALONE = {
    *("abstract_label", "title", "abstract", "english_term", "chinese_term", "table_value", "table_extreme"),
    *("caption_match", "order", "code_explained"),
}


def mined(document: Document, family: str) -> list[tuple[str, dict[str, str]]]:
    """What a miner finds: the answer, and what the question quotes."""
    return [(each.answer, dict(each.values)) for each in candidates(read(document), 42) if each.family == family]


def of(
    *blocks: tuple[BlockKind, str], language: Language = "en", title: str = "The flow of water in tissue"
) -> Document:
    """A paper of blocks; a heading opens a section of its own."""
    made, section = [Block("title", title, 1)], ()
    for kind, text in blocks:
        section = (text,) if kind == "heading" else section
        made.append(
            Block(kind, text, 1, (0.1, 0.1, 0.5, 0.2), level=1 if kind == "heading" else None, section=section)
        )
    return Document("sha:1", "v", title, language, "a.pdf", "test", tuple(made))


def said(text: str, heading: str = "4 Discussion") -> Document:
    """A paper in whose second half one paragraph stands."""
    language: Language = "zh" if "。" in text else "en"
    filler = "正文从这里开始说起。" if language == "zh" else "The body of the text begins with this."
    title = "组织中水的流动及其测量方法" if language == "zh" else "The flow of water in tissue"
    return of(
        ("heading", "1 Introduction"),
        *[("paragraph", f"{filler}{number}") for number in range(60)],
        ("heading", heading),
        ("paragraph", text),
        language=language,
        title=title,
    )


@pytest.mark.parametrize(
    ("family", "text", "answer", "values"),
    [
        (
            "definition",
            "The volume fraction is defined as the volume of the space divided by that of the tissue [2].",
            "The volume of the space divided by that of the tissue.",
            {"term": "volume fraction"},
        ),
        (
            "definition",
            "空间缓冲是指胶质细胞把钾离子从高处运到低处，它依靠缝隙连接。",
            "胶质细胞把钾离子从高处运到低处。",
            {"term": "空间缓冲"},
        ),
        (
            "term",
            "The volume fraction is defined as the volume of the space divided by that of the tissue.",
            "volume fraction",
            {"meaning": "the volume of the space divided by that of the tissue"},
        ),
        (
            "explanation",
            "Aquaporin-4 is a water channel that sits in the membrane of the endfeet (Fig. 2).",
            "Aquaporin-4 is a water channel that sits in the membrane of the endfeet.",
            {"term": "Aquaporin-4", "be": "is"},
        ),
        (
            "explanation",
            "透明质酸是一种不与蛋白质共价结合的糖胺聚糖，分子很长。",
            "透明质酸是一种不与蛋白质共价结合的糖胺聚糖，分子很长。",
            {"term": "透明质酸", "be": "is"},
        ),
        (
            "cause",
            "Swelling of the astrocytes often lead to a smaller volume of the space [4,5].",
            "Swelling of the astrocytes.",
            {"rest": "often leads to a smaller volume of the space"},
        ),
        (
            "effect",
            "在多数情况下，星形胶质细胞的肿胀可能导致细胞外间隙缩小。",
            "细胞外间隙缩小。",
            {"clause": "星形胶质细胞的肿胀可能导致"},
        ),
        (
            "due",
            "The slow rise of the signal was mainly due to uptake by the cells (Fig. 3).",
            "Uptake by the cells.",
            {"clause": "The slow rise of the signal was mainly due to"},
        ),
        (
            "reason",
            "However, the tracer cannot leave the tissue because the paths around the vessels are closed.",
            "Because the paths around the vessels are closed.",
            {"sentence": "the tracer cannot leave the tissue"},
        ),
        (
            "reason",
            "紧密连接限制水溶性分子从细胞之间通过，因此物质主要通过内皮细胞本身进入脑内。",
            "紧密连接限制水溶性分子从细胞之间通过。",
            {"sentence": "物质主要通过内皮细胞本身进入脑内"},
        ),
        (
            "comparison",
            "The volume fraction was significantly higher in sleeping mice than in awake mice (p < 0.01).",
            "The volume fraction was significantly higher in sleeping mice than in awake mice (p < 0.01).",
            {"asked": "Was the volume fraction significantly higher in sleeping mice or in awake mice?"},
        ),
        (
            "comparison",
            "The tortuosity of the white matter is larger than that of the cortex.",
            "The tortuosity of the white matter is larger than that of the cortex.",
            {"asked": "Is the tortuosity larger for the white matter or for the cortex?"},
        ),
        (
            "comparison",
            "The loose matrix showed a faster recovery than the perineuronal net.",
            "The loose matrix showed a faster recovery than the perineuronal net.",
            {"asked": "Which showed a faster recovery, the loose matrix or the perineuronal net?"},
        ),
        (
            "comparison",
            "结果表明，实验组大鼠的清除速率显著高于对照组（P<0.05）。",
            "实验组大鼠的清除速率显著高于对照组。",
            {"asked": "实验组大鼠的清除速率和对照组相比，哪一个更高？"},
        ),
        (
            "finding",
            "Moreover, we found that the drainage of the tracer was slower without the channel.",
            "The drainage of the tracer was slower without the channel.",
            {"topic": "the drainage of the tracer"},
        ),
        (
            "finding",
            "Our results suggest that perineuronal nets are less plastic in the adult cortex.",
            "Our results suggest that perineuronal nets are less plastic in the adult cortex.",
            {"topic": "perineuronal nets"},
        ),
        (
            "finding",
            "研究发现，水通道缺失可以明显减慢示踪剂的清除。",
            "水通道缺失可以明显减慢示踪剂的清除。",
            {"topic": "水通道缺失"},
        ),
        (
            "purpose",
            "To test the model of restricted flow, we measured the width of the paths in slices.",
            "To test the model of restricted flow.",
            {"did": "we measured the width of the paths in slices"},
        ),
        (
            "means",
            "To test the model of restricted flow, we measured the width of the paths in slices.",
            "We measured the width of the paths in slices.",
            {"aim": "test the model of restricted flow"},
        ),
        (
            "means",
            "为了区分两种引流途径，本研究采用两种大小不同的示踪剂进行比较。",
            "本研究采用两种大小不同的示踪剂进行比较。",
            {"aim": "区分两种引流途径"},
        ),
        (
            "used_for",
            "Ion-selective microelectrodes were used to record the concentration of the probe in the slice.",
            "To record the concentration of the probe in the slice.",
            {"be": "were", "what": "Ion-selective microelectrodes"},
        ),
        (
            "number",
            "The space between two cells of the cortex is about 40 nm wide in the living brain [7].",
            "40 nm",
            {"statement": "The space between two cells of the cortex is about ____ wide in the living brain."},
        ),
        (
            "number",
            "成年大鼠皮层细胞外间隙的宽度估计为38至64纳米[6]。",
            "38至64纳米",
            {"statement": "成年大鼠皮层细胞外间隙的宽度估计为____。"},
        ),
        (
            "limitation",
            "However, one limitation of this study is that only male animals were examined.",
            "One limitation of this study is that only male animals were examined.",
            {},
        ),
        ("limitation", "本研究的局限在于只观察了雄性动物的脑组织。", "本研究的局限在于只观察了雄性动物的脑组织。", {}),
        (
            "future",
            "Future studies should measure the width of the paths in the living human brain.",
            "Future studies should measure the width of the paths in the living human brain.",
            {},
        ),
        (
            "future",
            "但是，分区引流在人脑中的作用还有待进一步研究证实。",
            "分区引流在人脑中的作用还有待进一步研究证实。",
            {},
        ),
        (
            "significance",
            "These findings provide a basis for the delivery of drugs into the tissue of the brain.",
            "These findings provide a basis for the delivery of drugs into the tissue of the brain.",
            {},
        ),
        (
            "significance",
            "综上所述，本研究为脑内给药的设计提供了新的思路和实验依据。",
            "本研究为脑内给药的设计提供了新的思路和实验依据。",
            {},
        ),
    ],
)
def test_a_sentence_gives_its_question(family: str, text: str, answer: str, values: dict[str, str]) -> None:
    assert mined(said(text), family) == [(answer, values)]


@pytest.mark.parametrize(
    ("family", "text"),
    [
        ("definition", "The task is defined as an image-to-sequence problem with pixels as the inputs."),
        ("definition", "In sentence 1, “go” refers to the operation of the washing machine in the house."),
        ("explanation", "The main aim is a better model that fits the data of all the laboratories."),
        ("explanation", "Biopsies are an alternative that is only feasible with surgery in the patients."),
        ("explanation", "肝移植是一种有效的治疗方式，已经得到广泛的应用。"),
        ("cause", "The projection results in a clearer clustering of the entities in the space."),
        ("cause", "Swelling of the cells in this region leads to a smaller volume of the space as shown in Figure 2."),
        ("cause", "经过多项研究显示可以抑制肿瘤细胞的生长和迁移。"),
        ("effect", "The channel caused a faster flow and the intensity increased with the dose of the tracer."),
        ("cause", "Treatment of the cells with the acid didn’t cause toxicity to the cells of the heart."),
        ("cause", "The resulting regimen of three doses induced protection against infection in a quarter of them."),
        ("cause", "The restoration of the lost gene induced profound changes."),
        ("effect", "Binding of the second antibody inhibited the growth of the tumour in all of the animals."),
        ("due", "The effect of the acid is not only due to a lower value of the pH in the medium."),
        ("reason", "Even compared with the other strain, owing to its direct activation, the new one was better."),
        ("reason", "扩散在微米的距离上很快，在毫米的距离上很慢，所以只能分担短距离的运输任务。"),
        ("comparison", "The new material was more effective at blocking the flow than the usual coating."),
        ("comparison", "The volume was higher in sleeping mice than expected from the earlier models."),
        ("comparison", "粒径大于间隙宽度的载体难以通过这一狭窄的空间。"),
        ("finding", "We found that it was slower without the channel in all of the animals."),
        ("finding", "We found that different models might favour different instructions in the test."),
        ("definition", "Random rotation is defined as rotating around its center by a random angle in degrees."),
        (
            "explanation",
            "Mitochondrial respiration is a strong indicator of the capacity of mitochondria in the cells.",
        ),
        ("comparison", "A positive response was greater than the medium controls + three standard deviations."),
        ("finding", "We found that the timing of the injection of the tracer is important."),
        ("number", "The test had a sensitivity -81 % in all of the groups of animals that were examined."),
        ("used_for", "The pipeline was used to process the files, the reference genome was of the same species."),
        ("used_for", "The human eyes are used to evaluating the depth of objects from their shadows alone."),
        ("means", "To compare the models of the flow in tissue, we measured the width with our own method."),
        ("purpose", "To address the above challenges, we propose a new model of the flow in tissue."),
        ("purpose", "To our knowledge, we measured the width of the paths for the first time here."),
        ("purpose", "To test the model of the flow, the method was used as described in [4]."),
        ("used_for", "Two strategies were used to identify the paths that the tracer takes in tissue."),
        ("number", "The slices of the cortex were incubated for 30 min in the solution with the probe."),
        ("number", "The overall accuracy of the new test in both groups is 85%-96% in all the animals."),
        ("number", "The interval was wide (95% CI 2 to 7) in all of the groups of the animals."),
        ("limitation", "These limitations were discussed at length by the authors of the earlier review."),
        ("future", "未来有可能会开发出针对这一通道的治疗药物供临床使用。"),
        ("significance", "This observation may be important for the clinical use of the stimulation."),
        ("significance", "最近的研究为肝病的治疗提供了一些新的思路和方向。"),
    ],
)
def test_what_would_be_wrong_or_unclear_is_left_out(family: str, text: str) -> None:
    assert mined(said(text), family) == []


def test_a_hypothesis_is_that_of_the_introduction() -> None:
    text = "We therefore hypothesised that the loss of the channel slows the drainage of the tissue."
    answer = "The loss of the channel slows the drainage of the tissue."
    assert mined(said(text, heading="1 Introduction and aims"), "hypothesis") == [(answer, {})]
    assert mined(said(text), "hypothesis") == []
    chinese = "本研究假设水通道的缺失会减慢脑组织间液的引流。"
    assert mined(said(chinese, heading="1 引言部分"), "hypothesis") == [("水通道的缺失会减慢脑组织间液的引流。", {})]


def test_nothing_is_found_in_the_methods() -> None:
    text = (
        "Swelling of the cells leads to a smaller volume of the space. Water is a liquid that fills the space of it."
    )
    assert [each.family for each in candidates(read(said(text, heading="2 Methods")), 42)] == []


# ---- short forms and translations -----------------------------------------------------------------------------------

ECS = "The extracellular space (ECS) surrounds the cells. The ECS is narrow, and the ECS is filled with fluid."


def test_short_forms_both_ways() -> None:
    assert mined(said(ECS), "abbreviation") == [("extracellular space", {"short": "ECS"})]
    assert mined(said(ECS), "short_form") == [("ECS", {"long": "extracellular space"})]


@pytest.mark.parametrize(
    "text",
    [
        "The extracellular space (ECS) surrounds all of the cells.",  # never used
        "The proton pump inhibitor (PPI) was given. PPI and PPI were the same.",
        "The cells came from a firm (Minneapolis, MN). MN is far, and MN is cold.",
        "The wild-type strain BW25113 (WT) was used. WT and WT were the same.",
        "The skin and soft tissue infections (SSTI) were many. SSTI and SSTI were treated.",
        "The familial AD (FAD) is rare. FAD and FAD are the same.",
        "The encephalomyelitis (EAE) was induced. EAE and EAE were the same.",
        "The extracellular space (ECS) is narrow. The exact cell size (ECS) is not known. ECS is ECS.",
    ],
)
def test_an_uncertain_short_form_is_not_asked(text: str) -> None:
    assert mined(said(text), "abbreviation") == []


def test_a_glossary_names_what_it_asks_for() -> None:
    lines = "ECS: extracellular space\nISF: interstitial fluid\nCSF: cerebrospinal fluid\nBBB: blood-brain barrier"
    pairs = (line.split(": ") for line in lines.split("\n"))
    text = "".join(f"The {name} ({short}) is a part. {short} and {short} are named again. " for short, name in pairs)
    assert mined(said(text), "glossary") == [(lines, {"shorts": "ECS, ISF, CSF, BBB"})]
    assert mined(said(ECS), "glossary") == []


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        (
            "第一道关口是血脑屏障（blood-brain barrier，BBB），血脑屏障决定物质能否入脑。",
            "血脑屏障",
            "blood-brain barrier",
        ),
        ("水通道蛋白4（aquaporin-4，AQP4）是星形胶质细胞主要的水通道。", "水通道蛋白4", "aquaporin-4"),
        ("将示踪剂注入小脑延髓池（cisterna magna）以后开始成像。", None, None),
        ("扫描在3.0 T磁共振仪（Siemens, Germany）上进行，磁共振仪性能稳定。", None, None),
    ],
)
def test_chinese_terms_with_their_english(text: str, chinese: str | None, english: str | None) -> None:
    document = said(text)
    assert mined(document, "english_term") == ([(english, {"chinese": chinese})] if chinese else [])
    assert mined(document, "chinese_term") == ([(chinese, {"english": english})] if chinese else [])


# ---- abstracts ------------------------------------------------------------------------------------------------------

LABELLED = {
    "en": (
        "Background: The brain is full of water. Aim: To find out how water leaves the tissue of the brain. "
        "Study design: Slices of the cortex were compared. Setting: Two laboratories took part in all of the work. "
        "Results: Water left the tissue along the vessels of all the animals. "
        "Conclusions: The vessels are the main way out of the tissue for water. Keywords: water, vessel."
    ),
    "zh": (
        "【背景】脑内充满水分，去向不明。【目的】探讨水分怎样离开脑组织的途径。【方法】比较两组大鼠的皮层切片和示踪剂。"
        "【结果】水分在全部动物中都沿血管离开组织。【结论】血管周围是水分离开脑组织的主要途径。"
    ),
}
PARTS = {
    "en": (
        "To find out how water leaves the tissue of the brain.",
        "Slices of the cortex were compared. Setting: Two laboratories took part in all of the work.",
        "Water left the tissue along the vessels of all the animals.",
        "The vessels are the main way out of the tissue for water.",
    ),
    "zh": (
        "探讨水分怎样离开脑组织的途径。",
        "比较两组大鼠的皮层切片和示踪剂。",
        "水分在全部动物中都沿血管离开组织。",
        "血管周围是水分离开脑组织的主要途径。",
    ),
}
ANSWERS = {"abstract_objective": 0, "abstract_methods": 1, "abstract_conclusion": 3}
QUOTED = {"abstract_objective": ("results", 2), "abstract_methods": ("objective", 0)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_part_of_an_abstract_is_asked_for_or_its_label_is(language: Language) -> None:
    heading = "摘要" if language == "zh" else "Abstract"
    document = of(("heading", heading), ("paragraph", LABELLED[language]), language=language)
    labels = {"en": ("Objective", "Methods", "Results", "Conclusions"), "zh": ("目的", "方法", "结果", "结论")}
    seen: set[str] = set()
    for seed in range(30):
        for each in candidates(read(document), seed):
            if each.family == "abstract_label":
                part = PARTS[language][labels[language].index(each.answer)]
                assert part.startswith(each.values["sentence"])
            elif each.family in ANSWERS:
                assert each.answer == PARTS[language][ANSWERS[each.family]]
                if each.family in QUOTED:
                    name, part_index = QUOTED[each.family]
                    assert each.values == {name: PARTS[language][part_index]}
            seen.add(each.family)
    assert {"abstract_label", *ANSWERS} <= seen
    assert "abstract" not in seen  # what is asked for in parts is not asked for as a whole


PLAIN = (
    "Water moves through the tissue of the brain along the paths between the cells of the cortex. "
    "We followed a tracer through the slices of the brain of forty animals in two laboratories. "
    "The tracer left the tissue along the vessels, and it did so at the same speed in all of the animals. "
    "It was slower where the channel was missing, and it was faster where the vessels were wider than usual. "
)
CONCLUSION = "We conclude that the vessels are the main way out of the tissue for water and for what it carries."


def test_an_abstract_without_labels_has_its_conclusion_by_the_cue() -> None:
    document = of(("heading", "Abstract"), ("paragraph", PLAIN + CONCLUSION))
    assert mined(document, "abstract_conclusion") == [(CONCLUSION, {})]
    assert mined(document, "abstract") == [(PLAIN + CONCLUSION, {"title": "The flow of water in tissue"})]
    assert mined(document, "title") == [("The flow of water in tissue", {"abstract": PLAIN + CONCLUSION})]
    assert mined(of(("heading", "Abstract"), ("paragraph", PLAIN.strip())), "abstract_conclusion") == []


def test_a_question_in_the_title_is_answered_by_the_conclusion() -> None:
    title = "Does water leave the brain along the vessels?"
    document = of(("heading", "Abstract"), ("paragraph", PLAIN + CONCLUSION), title=title)
    assert mined(document, "question_title") == [(CONCLUSION, {"title": title})]
    assert mined(of(("heading", "Abstract"), ("paragraph", PLAIN + CONCLUSION)), "question_title") == []


# ---- tables, captions, passages, code -------------------------------------------------------------------------------

TABLE = "| Region | Width |\n| --- | --- |\n| cortex | 40 |\n| thalamus | 52 |\n| striatum | 47 |"
CAPTION = "Table 1. Width of the space in three regions."


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_table_is_asked_with_its_caption(order: tuple[int, int]) -> None:
    parts: list[tuple[BlockKind, str]] = [("caption", CAPTION), ("table", TABLE)]
    document = of(("heading", "3 Results"), *[parts[place] for place in order])
    values = mined(document, "table_value")
    assert len(values) == 2
    for answer, asked in values:
        assert f"| {asked['row']} | {answer} |" in TABLE
        assert asked["table"] == f"{CAPTION}\n\n{TABLE}"
        assert asked["column"] == "Width"
    ((answer, asked),) = mined(document, "table_extreme")
    assert (asked["extreme"], answer) in {("highest", "thalamus"), ("lowest", "cortex")}


@pytest.mark.parametrize(
    "table",
    [
        TABLE.replace("| 52 |", "|  |"),  # a cell is lost
        TABLE.replace("| 52 |", "| 52 47 |"),  # two in one
        TABLE.replace("thalamus", "cortex"),  # which row is meant
        TABLE.replace("| 52 |", "| 52 | 3 |"),
        TABLE.replace("Width", "$w$"),
        "<table><tr><td colspan='2'>Region</td></tr><tr><td>cortex</td><td>40</td></tr></table>",
    ],
)
def test_a_damaged_table_is_not_asked(table: str) -> None:
    document = of(("heading", "3 Results"), ("caption", CAPTION), ("table", table))
    assert mined(document, "table_value") + mined(document, "table_extreme") == []


def test_rows_of_different_kinds_are_not_compared() -> None:
    table = TABLE.replace("Region", "Parameter")
    assert mined(of(("heading", "3 Results"), ("caption", CAPTION), ("table", table)), "table_extreme") == []


def test_a_chinese_table_is_read_from_html() -> None:
    rows = (("部位", "宽度"), ("皮层", "40"), ("丘脑", "52"))
    table = f"<table>{''.join(f'<tr><td>{name}</td><td>{width}</td></tr>' for name, width in rows)}</table>"
    document = of(("heading", "3 结果"), ("caption", "表1 三个部位的间隙宽度"), ("table", table), language="zh")
    assert {(answer, asked["row"]) for answer, asked in mined(document, "table_value")} == {
        ("40", "皮层"),
        ("52", "丘脑"),
    }


CAPTIONS = [
    "Figure 1: Width of the paths in the cortex of the rat.",
    "Figure 2: Speed of the tracer along large vessels.",
    "Figure 3: Number of animals that were examined by laboratory.",
    "Figure 4: Colour of the stained membranes under light.",
]
CITING = (
    "Figure 2 shows that the tracer moved by 20 µm each second along large vessels, whatever their branching angle."
)


def test_captions_and_the_sentences_that_cite_them() -> None:
    blocks: list[tuple[BlockKind, str]] = [("caption", caption) for caption in CAPTIONS]
    document = of(("heading", "3 Results"), *blocks, ("paragraph", CITING))
    assert mined(document, "caption_text") == [(CITING, {"caption": "Speed of the tracer along large vessels."})]
    ((answer, asked),) = mined(document, "caption_match")
    assert answer == "Speed of the tracer along large vessels."
    assert asked["sentence"] == CITING
    assert sorted(asked["captions"].split("\n")) == sorted(f"- {caption[10:]}" for caption in CAPTIONS)
    several = CITING.replace("Figure 2 shows", "Figures 2 and 3 show")
    assert mined(of(("heading", "3 Results"), *blocks, ("paragraph", several)), "caption_text") == []


def test_a_chinese_caption() -> None:
    sentence = "把三个部位放在一起（表1），可以看到皮层的间隙宽度最小。"
    document = of(("heading", "3 结果"), ("caption", "表1 三个部位的间隙宽度"), ("paragraph", sentence), language="zh")
    assert mined(document, "caption_text") == [(sentence, {"caption": "三个部位的间隙宽度"})]


def test_sentences_are_shuffled_where_their_order_can_be_told(paper: Any) -> None:
    sentences = [
        "Water leaves the tissue of the brain along the walls of many small vessels every day.",
        "However, the speed of the flow has been measured in only a few animals until now.",
        "Therefore, the models of the flow rest on the numbers of a single laboratory in the north.",
        "In addition, the numbers differ from one region of the brain to the next by a lot.",
    ]
    ((answer, values),) = mined(paper(" ".join(sentences)), "order")
    assert answer == " ".join(sentences)
    shuffled = [line.removeprefix("- ") for line in values["sentences"].split("\n")]
    assert sorted(shuffled) == sorted(sentences)
    assert shuffled != sentences
    plain = [sentence.split(", ", 1)[-1].capitalize() for sentence in sentences]
    assert mined(paper(" ".join(plain)), "order") == []


def test_a_chinese_paragraph_is_put_in_order_and_completed(paper: Any) -> None:
    sentences = [
        "脑组织中的水分沿着许多小血管的管壁离开组织并进入淋巴管。",
        "然而，目前只在少数动物身上直接测量过这种流动的速度和方向。",
        "因此，关于流动的各种模型都依赖于同一个实验室所得的数据。",
        "此外，不同脑区所得的数据彼此之间还存在相当大的差别。",
    ]
    document = paper("".join(sentences), language="zh")
    assert [answer for answer, _ in mined(document, "order")] == ["".join(sentences)]
    ((answer, values),) = mined(document, "completion")
    assert values["beginning"] + answer == "".join(sentences)


CODE = "Algorithm 1\nfor each vessel:\n    measure(width)\nreturn mean"
DESCRIBED = "Algorithm 1 shows the procedure by which the mean width of all the vessels is measured in a slice."


def test_code_with_the_paragraph_that_describes_it() -> None:
    document = of(("heading", "2 Methods"), ("paragraph", DESCRIBED), ("code", CODE))
    assert mined(document, "code") == [(CODE, {"description": DESCRIBED})]
    assert mined(document, "code_explained") == [(DESCRIBED, {"code": CODE})]
    other = CODE.replace("Algorithm 1", "Algorithm 2")
    assert mined(of(("heading", "2 Methods"), ("paragraph", DESCRIBED), ("code", other)), "code") == []
    flat = CODE.replace("\n", " ")  # as some parsers give it
    assert mined(of(("heading", "2 Methods"), ("paragraph", DESCRIBED), ("code", flat)), "code") == []


def test_chinese_code() -> None:
    described = "算法1给出了测量切片中全部血管平均宽度的步骤，逐条血管进行测量后取平均值。"
    code = CODE.replace("Algorithm 1", "算法1")
    document = of(("heading", "2 方法"), ("paragraph", described), ("code", code), language="zh")
    assert mined(document, "code") == [(code, {"description": described})]


def test_a_short_section_on_limitations_is_asked_as_a_whole() -> None:
    text = "Only male animals were examined in this work, and all of them were young and healthy adults. "
    text += "Moreover, the width of the paths was measured in slices, which swell during their preparation."
    document = said(text, heading="5 Limitations")
    assert mined(document, "limitation_section") == [(text, {})]
    chinese = "本研究只观察了雄性动物，并且全部动物都是健康的成年大鼠。"
    chinese += "此外，通道的宽度是在切片中测量的，切片在制备时会发生肿胀。"
    assert mined(said(chinese, heading="5 局限性"), "limitation_section") == [(chinese, {})]


# ---- wordings -------------------------------------------------------------------------------------------------------


def test_every_family_has_a_dozen_wordings_in_both_languages() -> None:
    assert set(WORDINGS.data) == {*FAMILIES, *FRAMES}
    for family, by_language in WORDINGS.data.items():
        assert set(by_language) == {"en", "zh"}
        for language, templates in by_language.items():
            assert len(set(templates)) >= 12, (family, language)
            assert len(set(templates)) == len(templates), (family, language)
            # Only an English term has a verb of its own number.
            places = {frozenset(PLACEHOLDER.findall(template)) - {"be"} for template in templates}
            assert len(places) == 1, (family, language, places)


def test_a_question_that_is_framed_ends_like_one() -> None:
    ends = (".", "?", "。", "？", '"', "”", "}", "）", "…")
    for family in set(FAMILIES) - ALONE:
        for templates in WORDINGS.data[family].values():
            assert [template for template in templates if not template.endswith(ends)] == []


def test_results_that_are_pointed_at_are_shown() -> None:
    before = "The width was measured in the cortex of all of the animals."
    text = f"{before} These results suggest that the old channel reduces the flow of water."
    (found,) = [each for each in candidates(read(said(text)), 42) if each.family == "finding"]
    assert found.context == "shown"
    assert mined(said(text.removeprefix(f"{before} ")), "finding") == []


def test_a_caption_that_is_only_said_again_is_not_asked_for() -> None:
    again = "Figure 2 shows that the speed of the tracer is the same along all the large vessels."
    blocks: list[tuple[BlockKind, str]] = [("caption", caption) for caption in CAPTIONS]
    assert mined(of(("heading", "3 Results"), *blocks, ("paragraph", again)), "caption_text") == []
    twice = f"{CITING} The branches in Figure 2 were counted by two readers."
    assert mined(of(("heading", "3 Results"), *blocks, ("paragraph", twice)), "caption_text") == []


def test_a_chinese_term_has_no_qualifier_that_the_english_one_lacks() -> None:
    text = "脑组织间液（interstitial fluid，ISF）充满细胞之间的空间。"
    assert mined(said(text), "chinese_term") == []
    assert mined(said(text), "english_term") == [("interstitial fluid", {"chinese": "脑组织间液"})]
