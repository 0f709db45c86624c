"""Markdown papers: blocks with line numbers, maths and pictures in MinerU's manner."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from builders.papers import PaperFile, UnreadablePaper, clean, read_paper
from builders.papers.markdown import blocks_of, read_markdown
from builders.papers.raw import RawBlock

PAPER = """---
title: not read
---
# Water in the Brain

**Bold start** and *more* at $x _ { 1 }$
on a second line.

## 2.1 Data

![](images/../../secret.png)
Figure 1: A cell.

$$
a
= b
$$

$$ c = d $$

- one
- two
  with more

3. three
4. four

| a | b |
|---|---|
| 1 | 2 |

<table><tr><td>1</td></tr></table>

<details><summary>chart</summary>axis</details>

```python
x = 1
```

> quoted text

<div>plain words</div>
"""


def test_blocks_of_markdown() -> None:
    counts: Counter[str] = Counter()
    assert list(blocks_of(PAPER, counts)) == [
        RawBlock("heading", "Water in the Brain", line=4, level=1),
        RawBlock("paragraph", "Bold start and more at $x _ { 1 }$\non a second line.", line=6, bold="Bold start"),
        RawBlock("heading", "2.1 Data", line=9, level=2),
        RawBlock("caption", "Figure 1: A cell.", line=11),
        RawBlock("equation", "a\n= b", line=14),
        RawBlock("equation", "c = d", line=19),
        RawBlock("list", "- one\n- two with more", line=21),
        RawBlock("list", "3. three\n4. four", line=25),
        RawBlock("table", "| a | b |\n|---|---|\n| 1 | 2 |", line=28),
        RawBlock("table", "<table><tr><td>1</td></tr></table>", line=32),
        RawBlock("code", "x = 1", line=36),
        RawBlock("paragraph", "quoted text", line=40),
        RawBlock("paragraph", "plain words", line=42),
    ]
    assert counts == {"figure_text": 1}


def test_a_markdown_paper_is_read_with_sections_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "li.md"
    path.write_text(
        "# Water\r\n\r\nA. Author, University of X\r\n\r\n## Abstract\r\n\r\nThis is text.\r\n\r\n"
        "## References\r\n\r\n[1] A. 1999.\r\n",
        "utf-8",
    )
    cleaned = clean(read_paper(PaperFile(path, "li.md", "markdown"), Counter(), tmp_path))
    document, counts = cleaned.document, cleaned.fixes
    assert (document.title, document.reader, document.path) == ("Water", "markdown", "li.md")
    assert [(block.kind, block.text, block.line, block.section) for block in document.blocks] == [
        ("title", "Water", 1, ()),
        ("heading", "Abstract", 5, ()),
        ("paragraph", "This is text.", 7, ("Abstract",)),
    ]
    assert counts == {"dropped_furniture": 1, "dropped_reference": 2}


def test_what_is_not_utf8_is_named_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "li.md"
    path.write_bytes("# 脑".encode("gb18030"))
    with pytest.raises(UnreadablePaper) as fault:
        read_markdown(path, Counter())
    assert str(fault.value).startswith("not_utf8: li.md: not UTF-8 at byte 2; convert it")
