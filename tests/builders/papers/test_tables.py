"""Tables become pipe tables, or compact HTML where cells are merged."""

from __future__ import annotations

from builders.papers.tables import table_text


def test_a_plain_html_table_becomes_a_pipe_table() -> None:
    source = (
        '<html><body><table class="t"><tr><td>Dose</td><td><b>n</b> | N</td></tr>'
        "<tr><td>5 mg</td><td>H<sub>2</sub>O</td></tr><tr><td></td></tr></table></body></html>"
    )
    assert table_text(source, str) == "| Dose | n \\| N |\n| --- | --- |\n| 5 mg | H<sub>2</sub>O |"


def test_merged_cells_stay_html_without_other_attributes() -> None:
    source = '<table border="1"><tr><td colspan="2" style="x">A &lt; B</td></tr><tr><td>1</td><td>2</td></tr></table>'
    assert (
        table_text(source, str) == '<table><tr><td colspan="2">A &lt; B</td></tr><tr><td>1</td><td>2</td></tr></table>'
    )


def test_a_span_that_is_no_number_counts_as_one() -> None:
    source = '<table><tr><td rowspan="evil">a</td><td colspan="99999999">b</td></tr></table>'
    assert table_text(source, str) == "| a | b |\n| --- | --- |"


def test_a_pipe_table_is_padded_and_columns_set_with_spaces_are_told_apart() -> None:
    assert table_text("| a | b |\n|---|:-:|\n| 1 |", str) == "| a | b |\n| --- | --- |\n| 1 |  |"
    assert (
        table_text("  Model   STS12\nBeLLM  86.3", str.upper) == "| MODEL | STS12 |\n| --- | --- |\n| BELLM | 86.3 |"
    )
    assert table_text("<table></table>", str) == ""
