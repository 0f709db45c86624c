"""A cleaned paper in, the same paper with questions after its sections out: reading comprehension without a model.

After Cheng, Huang and Wei, "Adapting large language models via reading comprehension" (ICLR 2024, arXiv 2309.09530);
the patterns and wordings are our own, in English and in Chinese. Every answer is the paper's own words.

    wordings, config = Wordings.load("comprehension"), ComprehensionConfig()
    asked = list(tasks(document, wordings, config, seed=42))
    asked[0]  ->  ReadingTask(question='What does the abbreviation "ECS" stand for?', answer="extracellular space",
                              sources=(Source(start=512, end=531, ...), ...), miner="abbreviation")
    reading_text(document, asked, wordings, config, seed=42)  ->  TextSample(task="paper.reading", text="...", ...)
"""

from __future__ import annotations

from builders.mine.comprehension.candidates import MINERS, Candidate, ReadingTask
from builders.mine.comprehension.choose import ComprehensionConfig, candidates, tasks
from builders.mine.comprehension.reading import reading_text
from builders.mine.wordings import Wordings

__all__ = [
    "MINERS",
    "Candidate",
    "ComprehensionConfig",
    "ReadingTask",
    "Wordings",
    "candidates",
    "reading_text",
    "tasks",
]
