"""PubMedQA's labelled abstracts in, their sentences with the part that the label names out.

labelled(json.loads(...))  ->  [("Sleep is common.", "background"), ("We measured rats.", "method"), ...], ...
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builders.sentences import spans

LABELS = {
    "background": "BACKGROUND INTRODUCTION CONTEXT RATIONALE",
    "purpose": "OBJECTIVE OBJECTIVES PURPOSE PURPOSES AIM AIMS STUDY_OBJECTIVE OBJECT HYPOTHESIS",
    "method": "METHODS METHOD METHODOLOGY MATERIALS_AND_METHODS MATERIAL_AND_METHODS METHODS_AND_MATERIALS DESIGN "
    "STUDY_DESIGN SETTING SETTINGS PATIENTS PATIENTS_AND_METHODS PARTICIPANTS SUBJECTS INTERVENTION INTERVENTIONS "
    "MAIN_OUTCOME_MEASURES MAIN_OUTCOME_MEASURE OUTCOME_MEASURES MEASUREMENTS MEASURES POPULATION",
    "result": "RESULTS RESULT FINDINGS PRINCIPAL_FINDINGS MAIN_RESULTS",
}
PART = {label.replace("_", " "): part for part, labels in LABELS.items() for label in labels.split()}
FRONT = {"background", "purpose"}


def right(part: str, found: str) -> bool:
    return part == found or {part, found} == FRONT


def labelled(records: dict[str, Any]) -> Iterator[list[tuple[str, str]]]:
    """Abstracts as sentences with their parts; those with a label that names two parts, or none of ours, left out."""
    for record in records.values():
        if all(label in PART for label in record["LABELS"]):
            parts = [(text, PART[label]) for text, label in zip(record["CONTEXTS"], record["LABELS"], strict=True)]
            parts.append((record["LONG_ANSWER"], "conclusion"))
            yield [(text[start:end], part) for text, part in parts for start, end in spans(text)]
