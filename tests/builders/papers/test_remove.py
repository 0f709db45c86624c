"""Contacts, licence lines, affiliations and citation markers, and what only looks like them."""

from __future__ import annotations

import pytest

from builders.papers.remove import citations, contacts, line_fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("© 2020 The Authors. Published by Elsevier Ltd. All rights reserved.", "licence_line"),
        ("This is an open-access article distributed under the terms of the licence.", "licence_line"),
        ("版权所有，未经许可不得转载。", "licence_line"),
        ("1 Department of Radiology, Third Hospital, Beijing 100191, China", "affiliation"),
        ("北京大学第三医院，放射科", "affiliation"),
        ("*Corresponding author. E-mail: li@pku.edu.cn", "contact_line"),
        ("{li,wang}@pku.edu.cn", "contact_line"),
        ("The copyright of images is a difficult matter for the people who collect them.", None),
        ("Department of Energy grants paid for this study of the extracellular space in rats.", None),
        ("Departments of hospitals differ, and their rules for imaging differ too.", None),
        ("We used p@0.05 as the limit.", None),
    ],
)
def test_line_fault(text: str, fault: str | None) -> None:
    assert line_fault(text) == fault


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Write to Li (e-mail: li@pku.edu.cn) for the data.", ("Write to Li for the data.", 1)),
        ("Data can be had from li.wang@pku.edu.cn.", ("Data can be had from.", 1)),
        ("For help call us, Tel: +86 10 8226 6699, at any time.", ("For help call us, at any time.", 1)),
        ("联系电话：010-82266699。", ("联系。", 1)),
        ("Precision@10 was 0.5 in 1999 2000 2001; tell 1234567 cells.", None),
    ],
)
def test_contacts(text: str, cleaned: tuple[str, int] | None) -> None:
    assert contacts(text) == (cleaned or (text, 0))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("as shown [12–14] before [1, 2, 5-7].", ("as shown before.", 2)),
        ("as shown (Smith et al., 2019; Jones and Li, 2020a).", ("as shown.", 1)),
        ("as shown (see Smith and Jones 2019).", ("as shown.", 1)),
        ("in the cortex¹²,¹³ and elsewhere.⁵", ("in the cortex and elsewhere.", 2)),
        ("容积分数¹,²较小", ("容积分数较小", 1)),
        ("5 cm² and 10⁻⁵ of Ca²⁺ (n = 12) in [0, 1.5] since (2019)", None),
    ],
)
def test_citations(text: str, cleaned: tuple[str, int] | None) -> None:
    assert citations(text) == (cleaned or (text, 0))
