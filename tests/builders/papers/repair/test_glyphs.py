"""What is known of a font is put right; what is not is counted."""

from __future__ import annotations

import pytest

from builders.papers.repair import glyphs


def test_signs_that_stand_in_no_paper_are_put_right_everywhere() -> None:
    assert glyphs.repair("n ϭ 5, p Ͻ 0.05, 4 ϫ 10 Ϫ3 ␤-actin", advp=False) == ("n = 5, p < 0.05, 4 × 10 −3 β-actin", 5)
    assert glyphs.repair("5 \uf06dM, \uf061-helix, \uf0b130", advp=False) == ("5 μM, α-helix, ±30", 3)


def test_a_quarter_is_an_equals_sign_only_where_the_paper_proves_its_font() -> None:
    proof = ["at w ¼ 0.12 wt% and T ¼ 323 K", "S ¼ r(1 À w)"]
    assert glyphs.is_advp(proof)
    assert not glyphs.is_advp(["about ¼ of the cells, 1¼ times, ¼ 3", "w ¼ 5"])
    assert glyphs.repair("T ¼ 3 À xð2Þ Ca2þ", advp=True) == ("T = 3 − x(2) Ca2+", 5)
    assert glyphs.repair("Guðmundsson Þór used ¼ of it", advp=False) == ("Guðmundsson Þór used ¼ of it", 0)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("DPZ0 and nZ12", 2),
        ("a \ufffd b \x03 c \ue001", 3),
        ("in !20% of cells for B20 ms", 2),
        ("w ¼ 0.12 and Ca2þ", 2),
        ("EZH2, AZ31, Z0 = 50, vitamin B12, 20 ms! 5", 0),
        ("Guðmundsson, ¼ of the cells", 0),
    ],
)
def test_damage(text: str, count: int) -> None:
    assert glyphs.damage(text) == count
