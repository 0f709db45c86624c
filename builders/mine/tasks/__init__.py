r"""A cleaned paper in, questions with answers for fine-tuning out, without a teacher, in the paper's own words.

    mined = paper_tasks(document, Wordings.load("paper_tasks"), PaperTasksConfig(), seed=42)
    mined.samples[0]  ->  ChatSample(task="paper_tasks.abbreviation", sources=(span of the answer, ...), messages=(
                              Message("user", 'Paper: "..."\nWhat does the abbreviation "ECS" stand for?'),
                              Message("assistant", "extracellular space")))

After AdaptLLM (Cheng, Huang and Wei, ICLR 2024, arXiv 2309.09530), PubMedQA (Jin et al., 2019) for question titles,
and Schwartz and Hearst (2003) for abbreviations; patterns, guards and wordings are our own, in English and in Chinese.
"""

from __future__ import annotations

from builders.mine.tasks.augment import AugmentConfig
from builders.mine.tasks.choose import TASK, Mined, PaperTasksConfig, paper_tasks
from builders.mine.tasks.families import FAMILIES

__all__ = ["FAMILIES", "TASK", "AugmentConfig", "Mined", "PaperTasksConfig", "paper_tasks"]
