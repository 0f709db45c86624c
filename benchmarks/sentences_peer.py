"""pysbd on the texts of `benchmarks.sentences`, run by the Python of `.venv-peers`: texts in, starts and seconds out.

    .venv-peers/bin/python benchmarks/sentences_peer.py texts.json result.json
    texts.json   ->  {"en": ["It is so. Is it?"], "zh": []}
    result.json  ->  {"starts": {"en": [[0, 10]], "zh": []}, "cpu_seconds": {"en": 0.01, "zh": 0.0}, "version": "..."}

Called as its README says; the time is of the calls alone, without imports and without the search for the starts.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pysbd


def main(texts: str, result: str) -> None:
    starts, seconds = {}, {}
    for language, items in json.loads(Path(texts).read_text(encoding="utf-8")).items():
        segmenter = pysbd.Segmenter(language=language, clean=False)
        began = time.process_time()
        found = [segmenter.segment(text) for text in items]
        seconds[language] = time.process_time() - began
        starts[language] = [_starts(text, segments) for text, segments in zip(items, found, strict=True)]
    stated = {"starts": starts, "cpu_seconds": seconds, "version": version("pysbd")}
    Path(result).write_text(json.dumps(stated), encoding="utf-8")


def _starts(text: str, segments: list[str]) -> list[int]:
    """Where each segment begins; one that is not in the text (pysbd changes a few) is left out."""
    starts, reached = [], 0
    for segment in segments:
        place = text.find(segment.strip(), reached)
        if segment.strip() and place >= 0:
            starts.append(place)
            reached = place + len(segment.strip())
    return starts


if __name__ == "__main__":
    main(*sys.argv[1:])
