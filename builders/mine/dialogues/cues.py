"""What tells the parts of an abstract apart: turns of phrase, each with the part it speaks for and how loudly.

Weights are in steps of a half and were set by hand while reading the even-numbered abstracts of PubMedQA's labelled
set; the odd-numbered ones are what `benchmarks/dialogues.py` reports on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

ROLES: Final = ("background", "purpose", "method", "result", "conclusion")
"""In the order in which an abstract goes through them."""

MOST = 3.5
"""What the cues of one kind can add up to: a sentence full of numbers is one result, not ten."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A turn of phrase that speaks for a part; `each` counts every place it is found at, up to `MOST`."""

    role: str
    weight: float
    pattern: re.Pattern[str]
    each: bool = False


def _cues(flags: re.RegexFlag, *rows: tuple[str, float, str] | tuple[str, float, str, bool]) -> tuple[Cue, ...]:
    return tuple(Cue(row[0], row[1], re.compile(row[2], flags), len(row) > 3) for row in rows)


_OWN = (
    r"(?:this|the present|the current|our|present) (?:[a-z-]+ ){0,3}?(?:study|paper|article|report|review|work|"
    r"investigation|trial|research|note|analysis|survey|project)"
)
_INQUIRE = (
    "determine|assess|evaluate|investigate|examine|compare|describe|identify|explore|study|test|analy[sz]e|"
    "establish|define|review|report|estimate|clarify|elucidate|ascertain|document|quantify|characteri[sz]e|validate|"
    "develop|present|find|verify|address|discuss|understand|measure|summari[sz]e|explain|set out|detect|correlate|"
    "confirm|outline|search|provide|see|look|audit|answer|prove|show|demonstrate|calculate|predict|delineate|"
    "differentiate|gain|know|observe"
)
_DONE = (
    "measured|assessed|evaluated|recorded|collected|performed|analy[sz]ed|obtained|included|enrolled|enroled|"
    "recruited|treated|randomi[sz]ed|compared|examined|reviewed|selected|used|conducted|divided|determined|"
    "calculated|tested|studied|asked|given|invited|followed|administered|investigated|interviewed|stained|cultured|"
    "isolated|injected|extracted|estimated|surveyed|sampled|classified|assigned|monitored|scored|matched|searched|"
    "retrieved|constructed|employed|applied|carried out|undertaken|taken|completed by|prepared|exposed|imaged|"
    "screened|quantified|questioned|grouped|stratified|adjusted|excluded|categori[sz]ed|registered|synthesi[sz]ed|"
    "implanted|incubated|sequenced|harvested|anesthetized|sacrificed|subjected|defined|mailed|developed|designed|"
    "considered eligible|scanned|placed|trained|reported using|explored|graded|evaluable|sent|queried|modeled|"
    "modelled|fitted|computed|simulated|correlated|summari[sz]ed|gathered|generated|seen|operated"
)
_ACTED = (
    "used|measured|performed|analy[sz]ed|compared|examined|reviewed|collected|recruited|enrolled|conducted|assessed|"
    "evaluated|studied|tested|recorded|applied|employed|searched|included|obtained|selected|calculated|estimated|"
    "surveyed|interviewed|treated|divided|developed|retrospectively|prospectively|identified|constructed|generated|"
    "injected|carried out|combined|trained|asked|determined|utili[sz]ed|randomly|randomi[sz]ed|followed|explored|"
    "investigated|considered|designed|undertook|implemented|modelled|modeled|mailed|sent|screened|quantified|linked"
)
_SHOW = (
    "suggest|indicate|show|demonstrate|support|imply|highlight|provide|confirm|reveal|establish|underscore|"
    "underline|illustrate|emphasi[sz]e|point|raise|argue|identify|are|do|may|can|will|could|offer|question|"
    "contribute|challenge|open|add|strengthen|extend|validate|encourage|prove"
)

ENGLISH = _cues(
    re.IGNORECASE,
    # purpose
    ("purpose", 5, r"^(?:the |our |an? )?(?:\w+ ){0,2}(?:aim|purpose|objective|goal)s?\b"),
    ("purpose", 3, r"\b(?:aim|purpose|objective|goal|intent|intention)s? (?:of|was|were|is|are)\b"),
    ("purpose", 4, rf"^to (?:\w+ly )?(?:{_INQUIRE})\b(?!.*, (?:we|patients|a |an |the |subjects|data|\d))"),
    ("purpose", 2, rf"^to (?:\w+ly )?(?:{_INQUIRE})\b"),
    ("purpose", 4, rf"\b(?:{_OWN}|we|the authors?|study) (?:\w+ )?(?:aim(?:s|ed)?|sought|seeks?|set out|"
                   rf"attempt(?:s|ed)?|"
                   r"intend(?:s|ed)?|wish(?:ed)?|wanted|tried)\b"),
    ("purpose", 4, rf"\b(?:{_OWN}|study|trial) (?:is|was|were|has been) (?:\w+ )?(?:designed|undertaken|conducted|"
                   rf"performed|"
                   r"carried out|aimed|intended|planned|initiated|set up|done|meant)\b"),
    ("purpose", 3, rf"\b{_OWN} (?:\w+ )?(?:present|describe|analy[sz]e|propose|introduce|investigate|examine|explore|"
                   r"review|assesse|evaluate|compare|determine|addresse|consider|report|test|discusse|focuse)(?:s|"
                   r"d|ed)?\b"),
    ("purpose", 3, r"\bwe (?:therefore |thus |also |here |then )?(?:hypothesi[sz]ed?|asked (?:whether|if)|tested "
                   r"the hypothesis|(?:investigated?|examined?|evaluated?|assessed?|tested|studied|explored?|"
                   r"determined?|questioned) (?:whether|if|how|the hypothesis))\b"),
    ("purpose", 3, r"\b(?:here|herein|in this \w+|in the present \w+)\b,? we (?:\w+ )?(?:examine|investigate|"
                   r"propose|present|describe|introduce|explore|review|address|discuss|analy[sz]e|test|study|"
                   r"consider)"),
    ("purpose", 4, r"^the (?:influence|effects?|role|impact|relationship|association|potential|ability|use)\b"
                   r".*\b(?:was|were|is|are) (?:\w+ly )?(?:investigated|examined|studied|assessed|explored|evaluated|"
                   r"analy[sz]ed)\b"),
    ("purpose", 2.5, r"\bwe (?:\w+ )?(?:propose|present|introduce|describe)\b"),
    ("purpose", 1.5, r"\b(?:whether|hypothesis|hypothesi[sz]ed?)\b"),
    ("purpose", 2.5, r"^(?:this|the present|the current) (?:[a-z-]+ ){0,2}(?:study|paper|article|review|trial|work)\b"
                     r"(?!.*\b(?:suggest|show|demonstrat|confirm|indicat|reveal|found|provid|highlight|support|"
                     r"illustrat)"
                     r")"),
    ("purpose", 2, r"^(?:does|do|is|are|can|what|how|which|should|will|has|have)\b.*\?"),
    # background
    ("background", 3, r"\b(?:remain|is|are|is still|has been|have been) ?(?:s|ed)? (?:still |largely |poorly |"
                      r"highly |somewhat )*"
                      r"(?:unclear|unknown|controversial|elusive|debated|disputed|uncertain|unexplored|understood|"
                      r"lacking|not (?:well|fully|completely|yet|been)|a matter of|scarce|limited|to be)"),
    ("background", 2.5, r"\b(?:little|less|not much|relatively little) (?:is|was|has been) known|\bto date\b|"
                        r"controvers|\bfew studies|\bno (?:study|studies|previous|prior)|\bwell[- ]known\b|\bit is "
                        r"known\b"),
    ("background", 2, r"\b(?:has|have) (?:recently |previously |also |been )*(?:been|become|emerged|attracted|"
                      r"shown|suggested)\b"),
    ("background", 1.5, r"^(?:however|although|despite|while|recent|previous|many|most|several|some|traditionally|"
                        r"currently|the (?:role|use|effect|importance|incidence|prevalence|relationship|value|"
                        r"influence) of)\b"),
    ("background", 1.5, r"\b(?:is|are) (?:a|an|the|one of|among|often|commonly|increasingly|frequently|usually|"
                        r"widely|generally|considered|thought|believed|associated|known|characteri[sz]ed|common|"
                        r"important|essential|critical)\b"),
    ("background", 1, r"\b(?:leading cause|worldwide|increasingly|commonly|recommended|guidelines|plays? an?|"
                      r"literature|traditional|conventional|major|challenge|literature)\b", True),
    ("background", -3, rf"\bwe\b|\bour\b|\b{_OWN}\b"),
    # method
    ("method", 2, rf"\b(?:was|were|was then|were then|had been) (?:\w+ly )?(?:{_DONE})\b"),
    ("method", 1, rf"\b(?:and|or|,) (?:then )?(?:\w+ly )?(?:{_DONE})\b"),
    ("method", 2, rf"\b(?:we|the authors?|authors|investigators) (?:\w+ly )?(?:then |also )?(?:{_ACTED})\b"),
    ("method", 0.5, r"\b(?:patients|subjects|participants|volunteers|rats|mice|cohort|questionnaires?|records|"
                    r"interviews?|database|regression|anova|t[- ]tests?|follow-up|using|by means of|consecutive|"
                    r"criteria|outcome measures?|sample|samples|protocol|scale|software|hospital|assay|chart|"
                    r"specimens|technique)\b", True),
    ("method", 1.5, r"\b(?:retrospective|prospective|randomi[sz]ed|cross-sectional|double-blind|case[- ]control|"
                    r"multicent(?:er|re)|semi-structured|qualitative|population-based|observational|"
                    r"placebo-controlled|controlled) (?:\w+[ -]){0,3}?"
                    r"(?:study|trial|cohort|survey|analysis|design|review|interviews)\b"),
    ("method", 1.5, r"\b(?:between|from|during|in) (?:\w+ )?(?:19|20)\d\d (?:and|to|through|until|-)"),
    ("method", 1.5, r"\b(?:main outcome|primary outcome|outcome measures?|primary end ?points?|secondary outcomes?|"
                    r"eligible|inclusion|exclusion criteria|informed consent|aged \d+|years of age|in this "
                    r"(?:retrospective|prospective))\b"),
    ("method", 2, r"^(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty(?:-\w+)?|\d[\d,]*|"
                  r"all|the|data|medical|consecutive|total of|a total of)\b ?){1,3}[^.]{0,60}\b(?:patients|subjects|"
                  r"participants|women|men|children|students|rats|mice|rabbits|dogs|pigs|adults|cases|records|data|"
                  r"hospitals|specimens|volunteers|infants)\b"),
    ("method", 1.5, r"^(?:data|information|medical records|setting|design|subjects|participants|statistical)\b"),
    # result
    ("result", 1.5, r"\d+(?:\.\d+)? ?%|\bp ?[<=>≤] ?0?\.\d|\b95 ?% ?ci\b|\bconfidence interval|\b(?:or|hr|rr|aor|"
                    r"auc)\b ?[=:,]? ?\d|±|"
                  r"\bn ?= ?\d|\d\.\d|\bvs\b|versus", True),
    ("result", 1.5, r"\b(?:significant(?:ly)?|no (?:significant )?differences?|did not differ|more likely|less likely|"
                    r"independent(?:ly)? (?:predict|associat)|statistically)\b"),
    ("result", 1, r"\b(?:higher|lower|greater|increased|decreased|reduced|improved|longer|shorter|correlat\w+|fewer|"
                  r"associated with|compared (?:with|to)|than|similar|respectively|showed|revealed|observed|found|"
                  r"occurred|had|developed|resulted|none of|detected|experienced|exhibited|predicted|remained|"
                  r"median|mean)\b", True),
    ("result", 1.5, r"^there (?:was|were)\b|\bthere (?:was|were) (?:no|a|an)\b"),
    ("result", 2, r"^(?:the )?(?:results|analysis|analyses|multivariate|univariate|logistic|overall,? \d|of the|"
                  r"among|in total|median|mean|interestingly|moreover|furthermore|in addition|notably|in contrast|"
                  r"conversely|both groups|compared (?:with|to)|additionally|surprisingly|importantly|similarly|"
                  r"after adjust|however,? (?:there|no))\b"),
    ("result", 2.5, r"\b(?:here(?:in)?|in this \w+|in the present \w+)?,? ?we (?:also |further )?(?:show|showed|"
                    r"found|find|demonstrate|demonstrated|observed|report|reported|identified|identify|detected|"
                    r"confirmed|obtained)\b"),
    ("result", -2, r"\bwe (?:\w+ )?(?:propose|present|introduce|consider|describe|design|develop|employ|adopt|use)\b"),
    ("method", 1.5, r"\bwe (?:\w+ )?(?:consider|design|develop|employ|adopt|use|apply|combine|construct|build|"
                    r"train)\b"),
    # conclusion
    ("conclusion", 5, r"^(?:in (?:conclusion|summary|sum)|to (?:conclude|sum up)|conclusions?|our conclusion)\b"),
    ("conclusion", 3, r"^(?:taken together|collectively|altogether|together,|in aggregate|overall,)"),
    ("conclusion", 2, r"^(?:thus|therefore|hence|consequently|accordingly|finally, this)\b"),
    ("conclusion", 4, r"\b(?:we|it (?:is|was|can be|may be)|authors?|study) (?:therefore |thus )?(?:conclude[ds]?|"
                      r"concluded that)\b"),
    ("conclusion", 3.5, rf"\b(?:these|our|the present|this|the|study|present|current) (?:\w+ ){{0,2}}(?:results?|"
                        rf"findings?|data|study|studies|observations?|review|experience|work|evidence|analys[ei]s|"
                        rf"research) (?:\w+ )?(?:{_SHOW})s?\b"),
    ("conclusion", 1.5, r"\bsuggest(?:s|ing|ed)? (?:that|a|an)|\bit (?:seems|appears)\b|\bseems? to\b|\bappears? "
                        r"to\b"),
    ("conclusion", 1, r"\b(?:may|might|could|should|can|need(?:s|ed)?|further (?:studies|research|investigation)|"
                      r"future|recommend(?:ed)?|potential(?:ly)?|important|promising|implications?|useful|"
                      r"warrant(?:s|ed)?|effective|feasible|safe|necessary|clinicians|practice|reliable|valuable|"
                      r"beneficial|strategy|strategies|alternative|first time|novel|"
                      r"encourag\w+|require[sd]?|must|likely|evidence|cannot)\b", True),
)  # fmt: skip

CHINESE = _cues(
    re.NOFLAG,
    ("purpose", 5, r"旨在|目的(?:是|在于|为)|为了?[^，。]{2,40}(?:提供|奠定)|^(?:为|为了)[^。]*，(?:本文|本研究)"),
    ("purpose", 3, r"^(?:探讨|探究|研究|观察|评价|评估|分析|比较|了解|明确|介绍|说明|梳理|阐明|考察|建立|综述|回顾|"
                   r"总结|区分|调查|寻找|验证|检测|测定|讨论|从[^，。]{2,30}出发)"),
    ("purpose", 3, r"(?:本文|本研究|本综述|本实验|本课题|我们)(?:拟|将|试图|尝试|主要|重点)?(?:探讨|讨论|综述|介绍|"
                   r"研究|考察|提出|回顾|梳理|总结|分析)"),
    ("purpose", 2, r"是否"),
    ("background", 3, r"(?:尚|仍|还)(?:不|未|无|没有|缺乏|存在|需)|(?:尚|仍)(?:不清楚|有争议)|争议|知之甚少|鲜有|"
                      r"少见报道|较少|未见"),
    ("background", 2, r"近年来|近年|目前|以往|既往|传统|长期以来|随着|研究(?:已经)?表明|已有研究|众所周知|广泛|常见|"
                      r"发病率|是一种|是[^，。]{1,20}之一|主要原因|然而|但是?，"),
    ("method", 3, r"(?:采用|使用|选取|选择|纳入|收集|运用|利用|通过|应用|将|以)[^，。；]{2,60}(?:进行|分为|测定|"
                  r"检测|测量|分析|评价|比较|观察|计算|处理|给予|建立|构建|模拟|随机|作为研究对象|方法|法|模型|技术|"
                  r"整理)"),
    ("method", 2, r"随机分为|分为[^，。]{1,30}组|对照组|实验组|问卷|回顾性|前瞻性|检索|数据库|例患者|只大鼠|只小鼠|"
                  r"免疫组化|依据|根据|整理而成|归纳|收集|统计学|筛选|给予|培养|测定|记录"),
    ("method", 1.5, r"^(?:采用|选取|选择|收集|将|对|应用|利用|通过|运用|使用|建立|检索|以)"),
    ("method", 1, r"不(?:包含|报告)[^，。]{0,12}(?:实验|结果|数据)|未进行"),
    ("result", 1.5, r"\d+(?:\.\d+)? ?[%％]|[Pp] ?[<＜=＝>＞] ?0?\.\d|±|均[高低]于|\d+\.\d", True),
    ("result", 3, r"^(?:结果|研究结果|实验结果|分析)(?:表明|显示|发现|提示|证明|证实|是)?|结果(?:表明|显示|发现|"
                  r"证明)"),
    ("result", 2.5, r"(?:差异|相关)(?:有|无|具有|均有|均无)?(?:统计学|显著)|显著(?:高|低|增|降|升|减|改善|优)|"
                    r"明显(?:高|低|增|降|升|减|改善|优|慢|快)|有统计学意义|无统计学意义"),
    ("result", 1, r"高于|低于|多于|少于|升高|降低|增加|减少|增大|减小|上调|下调|优于|呈正相关|呈负相关|"
                  r"与[^，。]{2,24}相比|约为|约占|分别为|分别|出现|发现|可见|存在", True),
    ("conclusion", 5, r"^(?:结论|综上|总之|总的来说|由此可见|可见|因此，?本|总而言之|综合)"),
    ("conclusion", 3, r"(?:本研究|本文|研究|上述|这些|以上|该研究|我们的)(?:的)?(?:结果|发现|数据|结论|"
                      r"研究)?(?:表明|提示|说明|证实|揭示|证明|支持|为[^。]{2,40}提供)"),
    ("conclusion", 2, r"提示|表明|说明|为[^。]{2,40}提供[^。]{0,20}(?:依据|参考|思路|基础|方法|可能)"),
    ("conclusion", 1, r"可能|有望|可以|应当|应该|值得|需要|前提|关键|意义|建议|推荐|潜在|有助于|前景|不是|而是|有待|"
                      r"未来|不能|能够|还需|支持|取决于|具有", True),
)  # fmt: skip

CUES: Final = {"en": ENGLISH, "zh": CHINESE}
