from __future__ import annotations

import re

import pytest

from builders.mine.dialogues.objective import LEAK, RULES, objective, subjective
from builders.verify import names, negations, numbers, plain

ENGLISH = [
    # found, shown, reported
    ("We found that the space grew.", "Studies found that the space grew."),
    ("Here we show that the space shrinks.", "Studies show that the space shrinks."),
    ("Here, we report that diffusion slows.", "Studies report that diffusion slows."),
    ("We here demonstrate that it is open.", "Studies demonstrate that it is open."),
    ("We also found that 5 of 12 mice died.", "Studies also found that 5 of 12 mice died."),
    ("However, we did not find that it rose.", "However, researchers did not find that it rose."),
    ("We have shown that water leaves.", "Studies have shown that water leaves."),
    ("We have previously shown that water leaves.", "Studies have previously shown that water leaves."),
    ("We report here that AQP4 is lost.", "Studies report that AQP4 is lost."),
    ("We observed no change.", "Researchers observed no change."),
    # the paper as the one who speaks
    ("This study shows that sleep matters.", "Studies show that sleep matters."),
    ("This study showed that sleep matters.", "Studies showed that sleep matters."),
    ("The present study has shown that it rose.", "Studies have shown that it rose."),
    ("Our study clearly demonstrates a role of AQP4.", "Studies clearly demonstrate a role of AQP4."),
    ("This randomised controlled trial suggests a benefit.", "Studies suggest a benefit."),
    ("Our studies demonstrate that it binds.", "Studies demonstrate that it binds."),
    ("This study aimed to measure the volume.", "The study aimed to measure the volume."),
    ("This paper presents a method.", "The work presents a method."),
    ("This short teaching note summarises textbooks.", "The work summarises textbooks."),
    ("The patients of this study were old.", "The patients of the study were old."),
    ("In this study, we developed a probe.", "Researchers developed a probe."),
    ("In this paper, a method is proposed.", "A method is proposed."),
    ("A model is proposed in this article.", "A model is proposed in the work."),
    # results
    ("Our results suggest that it binds.", "Research results suggest that it binds."),
    ("These results suggest that it binds.", "Research results suggest that it binds."),
    ("These data indicate a role.", "Research data indicate a role."),
    ("The results of this study suggest a role.", "Research results suggest a role."),
    ("It rose by 4%. These results suggest a role.", None),
    ("Our findings may not apply to humans.", "Research findings may not apply to humans."),
    # what was done
    ("We measured the volume in 8 rats.", "Researchers measured the volume in 8 rats."),
    ("We then randomly divided the mice.", "Researchers then randomly divided the mice."),
    ("To test this, we used 3 mM KCl.", "To test this, researchers used 3 mM KCl."),
    ("We could not detect AQP4.", "Researchers could not detect AQP4."),
    ("We propose a new model.", "Researchers propose a new model."),
    ("We conclude that it is safe.", "Researchers conclude that it is safe."),
    ("This led us to propose a model.", "This led researchers to propose a model."),
    ("The cells were counted by us.", "The cells were counted by researchers."),
    ("To the best of our knowledge, this is new.", "To the best of the authors' knowledge, this is new."),
    ("In our mice the value was 0.18.", "In the mice the value was 0.18."),
    ("Our previous study found less.", "A previous study found less."),
    ("Our group measured it.", "The research group measured it."),
    ("All our patients recovered.", "All the patients recovered."),
    ("It adds to our understanding of sleep.", "It adds to the understanding of sleep."),
    # what is left alone
    ("Previous studies show that sleep matters.", None),
    ("The way we think about electronics has changed.", None),
    ("We need sleep.", None),
    ("The US study was large.", None),
    ("Our brain weighs 1.4 kg.", None),
    ("This finding was not confirmed.", None),
    ("Weight and power were constant.", None),
    ("Smith and colleagues showed that it rose.", None),
    ("This increase is mediated by PSAC.", None),
    ("The authors found that AQP4 was lost.", None),
    ("Xenobiotics leave the brain within hours.", None),
]  # fmt: skip
CHINESE = [
    # 研究表明
    ("本研究表明，睡眠时间隙增大。", "研究表明，睡眠时间隙增大。"),
    ("本研究发现AQP4表达下降。", "研究发现AQP4表达下降。"),
    ("本研究结果显示，差异无统计学意义。", "研究结果显示，差异无统计学意义。"),
    ("本研究的结果表明二者不相关。", "研究结果表明二者不相关。"),
    ("本文指出，敏感度为96.67%。", "研究指出，敏感度为96.67%。"),
    ("本文认为该假说尚未证实。", "研究认为该假说尚未证实。"),
    ("我们发现扩散变慢。", "研究发现扩散变慢。"),
    ("我们的研究发现，水可离开脑组织。", "研究发现，水可离开脑组织。"),
    ("我们首次证实AQP4缺失。", "研究首次证实AQP4缺失。"),
    ("是的，我们在实验中发现间隙缩小。", "是的，研究发现间隙缩小。"),
    ("本实验证明钾离子升高。", "研究证明钾离子升高。"),
    ("本研究还发现12只大鼠死亡。", "研究还发现12只大鼠死亡。"),
    ("本研究中的结果也显示，病灶检出率提高。", "研究结果显示，病灶检出率提高。"),
    ("本研究进一步揭示了其机制。", "研究进一步揭示了其机制。"),
    ("笔者认为，这一结论过早。", "研究者认为，这一结论过早。"),
    ("我们认为这种模型有用。", "研究者认为这种模型有用。"),
    ("我们推测与缺血有关。", "研究者推测与缺血有关。"),
    ("上述结果提示，睡眠有益。", "研究结果提示，睡眠有益。"),
    # 目的与方法
    ("本研究旨在探讨引流途径。", "研究旨在探讨引流途径。"),
    ("本研究的目的是测量容积分数。", "研究的目的是测量容积分数。"),
    ("本研究采用示踪剂成像。", "该研究采用示踪剂成像。"),
    ("本文依据教科书整理而成。", "该文依据教科书整理而成。"),
    ("本文不报告新的数据。", "该文不报告新的数据。"),
    ("本综述归纳了三种途径。", "该综述归纳了三种途径。"),
    ("我们采用RTI测量了8只大鼠。", "研究人员采用RTI测量了8只大鼠。"),
    ("随后，我们进一步分析了数据。", "随后，研究人员进一步分析了数据。"),
    ("我们未观察病灶大小。", "研究人员未观察病灶大小。"),
    ("本组患者均无并发症。", "该组患者均无并发症。"),
    ("笔者收集了30例资料。", "研究者收集了30例资料。"),
    # 文中的位置
    ("在本研究中，样本较小。", "在该研究中，样本较小。"),
    ("在本文中，它被用于治疗。", "在该文中，它被用于治疗。"),
    ("在本文的研究中，可以看到差别。", "在相关研究中，可以看到差别。"),
    ("根据本文研究，缓解症状是主要需求。", "根据相关研究，缓解症状是主要需求。"),
    ("通过本文的研究结果可以看出差别。", "通过相关研究结果可以看出差别。"),
    ("根据我们的研究，生存率为30%。", "根据相关研究，生存率为30%。"),
    ("根据我们的研究结果，指标升高。", "根据研究结果，指标升高。"),
    ("在我们的研究中，未见复发。", "在相关研究中，未见复发。"),
    ("本文提到的方法是联合治疗。", "研究提到的方法是联合治疗。"),
    ("虽然本文的重点是肝癌，但结论不限于此。", "虽然该文的重点是肝癌，但结论不限于此。"),
    ("本研究所构建的模型有效。", "该研究所构建的模型有效。"),
    ("本文没有报道副作用。", "该文没有报道副作用。"),
    ("据我们所知，这是首次报道。", "据研究者所知，这是首次报道。"),
    # 不应改动
    ("研究表明，睡眠时间隙增大。", None),
    ("我们需要更多的睡眠。", None),
    ("我们可以评估严重程度。", None),
    ("我们建议您及时就医。", None),
    ("我们会对您的情况进行评估。", None),
    ("该基本研究由国家资助。", None),
    ("日本文化中也有类似的说法。", None),
    ("样本研究显示有差异。", None),
    ("版本文件不能修改。", None),
    ("成本研究尚未完成。", None),
    ("文本研究是另一个领域。", None),
    ("这提醒我们，预防很重要。", None),
    ("一项研究发现AQP4未下降。", None),
]  # fmt: skip
PAIRS = [("en", *pair) for pair in ENGLISH] + [("zh", *pair) for pair in CHINESE]


def test_there_are_enough_pairs() -> None:
    assert min(len(ENGLISH), len(CHINESE)) >= 40
    assert min(sum(after is None for _, after in pairs) for pairs in (ENGLISH, CHINESE)) >= 10


@pytest.mark.parametrize(("language", "before", "after"), PAIRS)
def test_only_who_speaks_is_changed(language: str, before: str, after: str | None) -> None:
    text, changes = objective(before, language)
    assert text == (before if after is None else after)
    assert (changes > 0) == (after is not None)
    assert objective(text, language) == (text, 0)


@pytest.mark.parametrize(("language", "before", "after"), PAIRS)
def test_no_number_name_or_negation_is_changed(language: str, before: str, after: str | None) -> None:
    text, _ = objective(before, language)
    assert numbers(plain(text)) == numbers(plain(before))
    assert names(text) == names(before)
    assert negations(plain(text), language) == negations(plain(before), language)
    if after is not None:
        assert subjective(text, language) == []


def test_what_no_rule_knows_is_named() -> None:
    assert subjective("In our view we need this paper, not that of the US.", "en") == ["our", "we", "this paper"]
    assert subjective("我们需要本文，不需要日本文化。", "zh") == ["我们", "本文"]
    assert subjective("Cette étude", "fr") == []


def test_another_language_stays_as_it_is() -> None:
    assert objective("Cette étude: we found that", "other") == ("Cette étude: we found that", 0)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_rules_are_quick_on_hostile_text(language: str) -> None:
    for unit in ("we ", "this ", "here we also ", "our own ", "本", "我们的", "also, ", "the results of "):
        objective(unit * 5000, language)
        subjective(unit * 5000, language)


def test_the_rules_have_no_group_twice_and_the_leaks_none() -> None:
    assert all(isinstance(rule.pattern, re.Pattern) for rules in RULES.values() for rule in rules)
    assert [pattern.groups for pattern in LEAK.values()] == [0, 0]
