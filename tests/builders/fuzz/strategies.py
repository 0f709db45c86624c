"""Inputs that are nearly right: texts of papers with scars, and MinerU's JSON with wrong types in a few places."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from builders.papers.pdf_lines import Line
from builders.types import Block, Box, Document

PATHS = [
    "images/a.jpg", "../../etc/passwd", "/etc/passwd", "..\\..\\secret.txt", "file:///etc/passwd",
    "images/../../secret.txt", "C:/secret.txt", "\\\\host\\share\\a.png", "a\x00.jpg", "~/secret.txt", "//host/a",
    "", ".", "..", "images/" + "a" * 300,
]  # fmt: skip
PIECES = [
    "The ", "extracellular space", "1 Introduction", "2.1 Data", "3.2.1", "Abstract", "References", "Table 1",
    "Figure 2: ", "Fig. 2A", "et al.", "E. coli", "[1, 2]", "[12–14]", "(Smith et al., 2019)", "doi:10.1000/xyz",
    "https://doi.org/10.1/", "10.1000/../../etc/passwd", "a@b.org", "tel +1 234 567 890", "© 2020", "CC BY 4.0",
    "Creative Commons Attribution", "state-\ufffeof", "inter-\n", "\ufffe", "\xad", "ﬁ", "\u200b", "\uf06d", "\x00",
    "\x0b", "\ufeff", "\u202e", "é", "🧠", "𝛼", "\u2028", "\x85", "\xa0", "脑细胞外间隙", "，", "。", "；", "（",
    "）", "１２．３", "摘要", "参考文献", "图1 ", "$", "$x$", "$$", "$\\mathrm { x }$", "\\frac{1}{2}", "\\alpha",
    "\\text{", "{", "}", "\\", "^{2}", "_{i}", "\\(", "\\[", "<sub>", "</sub>", "<sup>2</sup>", "<table>", "<tr>",
    "<td>", "<td rowspan=\"2\">", "<td colspan=\"99999999\">", "</td>", "</tr>", "</table>", "<![CDATA[", "<!--",
    "-->", "<?", "</", "<", ">", "&amp;", "&#x41;", "&#9999999999;", "&lt", "&", "| a | b |", "| --- | --- |", "|",
    "**", "__", "*", "`", "```", "~~~", "# ", "## ", "- ", "1. ", "> ", "---", "===", "![](", "](",
    "![a](../../etc/passwd)", "[a](https://x.org)", "\n", "\n\n", "\t", " ", "    ", "…", "...", "•", "−", "‐", "1",
    "0",
]  # fmt: skip

texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map("".join) | st.text(max_size=20)
repetitions = st.tuples(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=2), min_size=1, max_size=3).map("".join),
    st.sampled_from(["", "x", "\n", "]", "}", "</td>", "。"]),
).map(lambda parts: parts[0] * (6000 // max(1, len(parts[0]))) + parts[1])
numbers = (
    st.integers(-5, 1200)
    | st.sampled_from([0, -1, 2**31, 2**53, 2**63 - 1, 2**63, 2**64 - 1, -(2**63), True, False])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([1e308, -1e308, 5e-324, 0.5])
)
scalars = st.none() | st.booleans() | numbers | texts | st.sampled_from(PATHS)
_keys = st.sampled_from(["type", "content", "text", "blocks", "lines", "spans", "bbox", "list_items", "pages"])
junk = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys | texts, inner, max_size=4),
    max_leaves=8,
)


def nearly(right: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Right eleven times in twelve."""
    # Drawn, not joined by `|`: unions of unions are flattened, and grow beyond any memory.
    return st.integers(1, 12).flatmap(lambda drawn: right if drawn > 1 else junk)


def objects(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with these keys, one in four without some of them."""
    drawn = {name: nearly(field) for name, field in fields.items()}
    whole, partial = st.fixed_dictionaries(drawn), st.fixed_dictionaries({}, optional=drawn)
    return st.integers(1, 4).flatmap(lambda drawn: whole if drawn > 1 else partial)


def typed(kinds: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The same, with a `type` that is always one of these."""
    named = st.tuples(st.sampled_from(kinds.split()), objects(**fields))
    return named.map(lambda drawn: {"type": drawn[0], **drawn[1]})


def listed(items: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(nearly(items), min_size=1, max_size=most)


boxes = st.just([114, 549, 260, 564]) | st.just([0.1, 0.2, 0.4, 0.3]) | st.lists(numbers, min_size=4, max_size=4)
levels = st.integers(0, 7) | numbers
indices = st.integers(0, 5) | numbers
strings = listed(texts)
paths = st.sampled_from(PATHS)

# ---- MinerU's JSON --------------------------------------------------------------------------------------------------

_FURNITURE = "ref_text index header footer page_number aside_text discarded page_footnote"
_v1_items = st.one_of(
    typed(f"text abstract title unknown {_FURNITURE}", text=texts, text_level=levels, bbox=boxes, page_idx=indices),
    typed("text", text=texts, text_level=levels, bbox=boxes, page_idx=indices),
    typed("equation", text=texts, latex=texts, img_path=paths, page_idx=indices),
    typed(
        "image chart seal", img_path=paths, img_caption=strings, image_caption=strings | texts, chart_footnote=strings
    ),
    typed("table", table_body=texts, table_caption=strings, table_footnote=strings, img_path=paths, bbox=boxes),
    typed("code algorithm", code_body=texts, code_caption=strings, code_footnote=strings),
    typed("list", list_items=strings, sub_type=st.sampled_from(["ref_text", "text"]), page_idx=indices),
)
content_lists = st.lists(nearly(_v1_items), min_size=1, max_size=6)

_styles = st.lists(st.sampled_from(["bold", "italic", "superscript", "subscript"]), max_size=2)
_spans = st.recursive(
    typed(
        "text text equation_inline md hyperlink image", content=texts, style=_styles, styles=_styles, img_path=paths
    ),
    lambda inner: typed("hyperlink", children=listed(inner, 2), content=listed(inner, 2)),
    max_leaves=3,
)
_span_lists = listed(_spans)
_v2_entries = st.recursive(
    objects(item_content=_span_lists) | texts | _span_lists,
    lambda inner: objects(list_items=listed(inner, 2), content=objects(list_items=listed(inner, 2))),
    max_leaves=3,
)


def _v2(kinds: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    keys = {"type": st.sampled_from(kinds.split()), "content": nearly(objects(**fields))}
    return st.fixed_dictionaries(keys, optional={"bbox": nearly(boxes)})


_v2_items = st.one_of(
    _v2("paragraph", paragraph_content=_span_lists),
    _v2(
        "abstract page_header page_number page_footnote",
        abstract_content=_span_lists,
        page_footnote_content=_span_lists,
    ),
    _v2("title", title_content=_span_lists | texts, level=levels),
    _v2("equation_interline", math_content=texts),
    _v2("list index", list_type=st.sampled_from(["reference_list", "text_list"]), list_items=listed(_v2_entries)),
    _v2(
        "image chart",
        image_source=objects(path=paths),
        image_caption=_span_lists,
        chart_footnote=_span_lists,
        content=texts,
    ),
    _v2("table", html=texts, table_caption=_span_lists, table_footnote=_span_lists),
    _v2("code algorithm unknown", code_content=_span_lists, code_caption=_span_lists, content=texts),
)
content_lists_v2 = st.lists(st.lists(nearly(_v2_items), min_size=1, max_size=4), min_size=1, max_size=2)

_MIDDLE = (
    "text title abstract interline_equation list index ref_text code_body table_body image_body image_caption "
    "table_caption table_footnote page_footnote unknown"
)
_middle_spans = typed("text inline_equation table", content=texts, html=texts, latex=texts, image_path=paths)
_middle_lines = objects(bbox=boxes, is_list_start_line=st.booleans(), spans=listed(_middle_spans))
_middle_blocks = st.recursive(
    typed(_MIDDLE, bbox=boxes, lines=listed(_middle_lines), level=levels, sub_type=st.just("ref_text")),
    lambda inner: typed("image table chart code list", blocks=listed(inner)),
    max_leaves=3,
)
_middle_pages = objects(
    page_idx=indices,
    page_size=st.just([612, 792]) | st.lists(numbers, min_size=2, max_size=2),
    para_blocks=listed(_middle_blocks, 4),
    discarded_blocks=listed(_middle_blocks, 2),
)
middles = st.fixed_dictionaries({"pdf_info": listed(_middle_pages)}, optional={"_version_name": nearly(texts)})

_parts = typed("list image_caption table_body code_footnote", content=texts | _span_lists)
_contents = texts | _span_lists | listed(_parts)
_pages_items = st.one_of(
    typed("text text text doc_title ref_text header page_number", content=texts | _span_lists, bbox=boxes,
          continues_prev=st.booleans()),
    typed("paragraph_title", content=texts | _span_lists, level=levels,
          style=objects(size=numbers, bold=st.booleans(), italic=st.booleans())),
    typed("equation unknown", content=texts, recovered_text=texts),
    typed("list index", content=_contents, sub_type=st.just("ref_text")),
    typed("image chart table code", content=_contents, captions=listed(_parts), footnotes=listed(_parts),
          image_path=paths),
)  # fmt: skip
documents_of_pages = st.fixed_dictionaries(
    {"pages": listed(objects(page_idx=indices, blocks=listed(_pages_items, 5)))},
    optional={
        "schema": st.sampled_from(["docvortex.middle", "x"]),
        "metadata": nearly(objects(producer=objects(version=texts))),
    },
)


def as_json(value: Any) -> bytes:
    """JSON as careless programs write it: NaN, integers of any length and lone surrogates included."""
    return json.dumps(value).encode()


any_json = (
    junk.map(as_json)
    | st.sampled_from(
        [
            b'[{"type": "text", "text": "\\ud800 lone"}]',
            b'[{"type": "text", "page_idx": NaN}]',
            b"",
            b"9" * 400,
            b"\xff",
        ]
    )
    | st.integers(500, 3000).map(lambda depth: b"[" * depth + b"]" * depth)
)
_near_json = (content_lists | content_lists_v2 | middles | documents_of_pages).map(as_json)
broken_json = st.tuples(_near_json, st.integers(0, 400), st.binary(max_size=3)).map(
    lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] + 1 :]
)

_NESTS = [
    ('[[{"type": "list", "content": {"list_items": [', '{"list_items": [', '"x"', "]}", "]}}]]"),
    ('[[{"type": "list", "content": {"list_items": [', '{"content": {"list_items": [', '"x"', "]}}", "]}}]]"),
    (
        '[[{"type": "paragraph", "content": {"paragraph_content": [',
        '{"children": [',
        '{"content": "x"}',
        "]}",
        "]}}]]",
    ),
    ('{"pdf_info": [{"para_blocks": [', '{"type": "table", "blocks": [', '{"type": "text"}', "]}", "]}]}"),
    ('{"pdf_info": [{"para_blocks": [', '{"type": "list", "blocks": [', '{"type": "text"}', "]}", "]}]}"),
    ('{"pages": [{"blocks": [{"type": "list", "content": [', '{"type": "list", "content": [', "{}", "]}", "]}]}]}"),
    ('{"pages": [{"blocks": [{"type": "text", "content": [', '{"type": "a", "content": [', "{}", "]}", "]}]}]}"),
]
deep_json = st.tuples(st.sampled_from(_NESTS), st.integers(1, 520)).map(
    lambda drawn: "".join(
        [drawn[0][0], drawn[0][1] * drawn[1], drawn[0][2], drawn[0][3] * drawn[1], drawn[0][4]]
    ).encode()
)
_FIELDS = [
    ("text", "text"), ("equation", "text"), ("table", "table_body"), ("code", "code_body"), ("list", "list_items"),
    ("image", "image_caption"), ("unknown", "content"), ("header", "text"),
]  # fmt: skip
repeated_json = st.tuples(st.sampled_from(_FIELDS), repetitions).map(
    lambda drawn: as_json([{"type": drawn[0][0], drawn[0][1]: drawn[1]}, {"type": "text", "text": drawn[1]}])
) | repetitions.map(
    lambda text: as_json(
        {"pages": [{"blocks": [{"type": "text", "content": text}, {"type": "table", "content": text}]}]}
    )
)

# ---- what is no JSON ------------------------------------------------------------------------------------------------

_MARKDOWN = [
    "# A",
    "| a |\n| --- |\n| b |",
    "- a\n  - b",
    "$$\nx\n$$",
    "---\na: b\n---",
    "> " * 40 + "x",
    "- " * 40 + "x",
]
markdown_texts = st.lists(texts | st.just("") | st.sampled_from(_MARKDOWN), max_size=10).map("\n".join) | repetitions
_TAGS = [
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "<th rowspan=2>",
    "<td rowspan='²'>",
    "<![",
    "<!",
    "\n| - |\n",
]
_wide_cells = st.integers(1, 5000).map(lambda digits: f"<td colspan={'9' * digits}>")
table_texts = st.lists(st.sampled_from(_TAGS) | texts | _wide_cells, max_size=12).map("".join)
_shares = st.floats(0, 1, allow_nan=False)
_line_boxes: st.SearchStrategy[Box] = st.tuples(_shares, _shares, _shares, _shares).map(
    lambda box: (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3]))
)
_lines = st.builds(Line, texts, _line_boxes, st.floats(0, 80, allow_nan=False), st.booleans())
pages_of_lines = st.lists(st.lists(_lines, max_size=8), max_size=4)

_KINDS = [
    "title", "heading", "paragraph", "list", "table", "caption", "equation", "code", "footnote", "reference",
    "furniture",
]  # fmt: skip


def documents(block_texts: st.SearchStrategy[str], most: int) -> st.SearchStrategy[Document]:
    """Papers as the readers may give them: any kind of block with any text."""
    sections = st.lists(block_texts, max_size=2).map(tuple) if most > 1 else st.just(())
    blocks = st.builds(
        lambda kind, text, section: Block(kind, text, 1, section=section, level=1 if kind == "heading" else None),
        st.sampled_from(_KINDS), block_texts, sections,
    )  # fmt: skip
    return st.builds(
        lambda title, language, found: Document("sha:0", "0", title, language, "a.md", "test", tuple(found)),
        texts, st.sampled_from(["en", "zh", "other"]), st.lists(blocks, min_size=1, max_size=most),
    )  # fmt: skip
