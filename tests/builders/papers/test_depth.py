"""The depth of headings by their type, where numbers do not tell."""

from __future__ import annotations

from builders.papers.depth import depths
from builders.papers.raw import Style

LARGE = Style(14.0, True, False)
MIDDLE = Style(12.0, True, False)
SMALL = Style(10.0, True, True)


def test_unnumbered_headings_stand_by_size_and_weight() -> None:
    headings = ["Introduction", "Methods", "Mice", "Housing", "Statistics", "Results", "Our own findings"]
    styles = [LARGE, LARGE, MIDDLE, SMALL, MIDDLE, LARGE, MIDDLE]
    assert depths(headings, [2] * 7, styles) == [1, 1, 2, 3, 2, 1, 2]


def test_capitals_stand_above_bold_of_the_same_size() -> None:
    assert depths(["METHODS", "Mice", "RESULTS", "Cells"], [], [MIDDLE] * 4) == [1, 2, 1, 2]


def test_a_larger_heading_of_its_own_does_not_push_the_sections_down() -> None:
    styles = [LARGE, MIDDLE, SMALL, MIDDLE]
    assert depths(["Abstract", "Introduction", "Aims", "Methods"], [], styles) == [1, 1, 2, 1]


def test_small_names_that_close_a_paper_are_sections() -> None:
    styles = [LARGE, MIDDLE, LARGE, SMALL, SMALL]
    assert depths(["Methods", "Mice", "Results", "Funding", "Author contributions"], [], styles) == [1, 2, 1, 1, 1]


def test_an_unnumbered_heading_takes_the_depth_of_its_look_and_never_skips_one() -> None:
    headings = ["1 Methods", "1.1 Mice", "Housing", "2 Results", "A run", "Acknowledgements"]
    styles = [LARGE, MIDDLE, SMALL, LARGE, SMALL, SMALL]
    assert depths(headings, [], styles) == [1, 2, 3, 1, 2, 1]


def test_i_after_h_is_a_letter_and_an_appendix_looks_like_a_section() -> None:
    headings = ["I. Methods", *(f"{letter}. Part" for letter in "ABCDEFGHI"), "II. Results", "A. More", "A.1. Detail"]
    styles = [LARGE, *[MIDDLE] * 9, LARGE, LARGE, MIDDLE]
    assert depths(headings, [], styles) == [1, *[2] * 9, 1, 1, 2]


def test_a_heading_without_type_is_a_section_if_its_name_is_known() -> None:
    assert depths(["Abstract", "Methods", "Mice"], [], [None, LARGE, MIDDLE]) == [1, 1, 2]
    assert depths(["1 Methods", "Mice"], [], [None, None]) == [1, 2]


def test_an_article_or_a_count_is_no_number() -> None:
    styles = [LARGE, MIDDLE, MIDDLE, LARGE]
    assert depths(["Methods", "A New Peptide", "80 Mice Were Kept", "Results"], [], styles) == [1, 2, 2, 1]
    assert depths(["1 Methods", "2 Results", "A Details", "B Examples"]) == [1, 1, 1, 1]
