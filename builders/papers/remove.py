"""What is no text to learn from and still stands among the paragraphs: contacts, licence lines, citation markers.

line_fault("© 2020 The Authors. Published by Elsevier Ltd.")   ->  "licence_line"
contacts("Write to Li (li@pku.edu.cn) for the data.")          ->  ("Write to Li for the data.", 1)
citations("as shown before [12–14] (Smith et al., 2019).")     ->  ("as shown before.", 2)

`front.py` marks most of it where it stands on the first page; this is for what it did not see.
"""

from __future__ import annotations

import re

_ADDRESS = (
    r"(?:\{[\w.,+ -]{1,120}\}|[\w.+-]{1,40})(?: ?@ ?|\(at\))[\w-]{1,64}(?:\.[\w-]{1,32}){0,4}\.[A-Za-z]{2,24}(?![\w@])"
)
_CONTACT = re.compile(
    rf"\s?[(（\[](?:e-?mails?|邮箱|电子邮[箱件])?[:：]?\s?{_ADDRESS}[)）\]]"
    rf"|(?:\s(?:at|via|to))?\s?(?:\b(?:e-?mails?|邮箱|电子邮[箱件])\s?[:：]?\s?)?{_ADDRESS}",
    re.IGNORECASE,
)
_PHONE_SIGN = re.compile("phone|fax|tel[.: ]|mobile|电话|传真|手机")
_DIGITS = re.compile(r"\d[\d ()./–-]{6}")
_PHONE = re.compile(
    r"[,;，；]?\s?(?:\b(?:tel|phone|fax|telephone|mobile)\b|电话|传真|手机)[ .:：/]{0,4}"
    r"(?:(?:no|number|fax)[ .:：]{0,3})?\+?\d[\d ()./–-]{6,24}\d",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"(?:\W|\\copyright)*(?:©|\(c\)\s|copyright\b)|creative commons|\bCC[- ]BY\b"
    r"|this (?:article|work|paper) is (?:licen[cs]ed|distributed|made available)|this is an open[- ]access article"
    r"|all rights reserved|permission to (?:make|reproduce|copy)"
    r"|published by (?:elsevier|springer|wiley|oxford|frontiers|mdpi|bmc)|exclusive licen[cs]ee"
    r"|版权所有|未经许可|开放获取|知识共享",
    re.IGNORECASE,
)
_LICENCE_LONGEST = 700
_AFFILIATION = re.compile(
    r"[\d¹²³⁴⁵⁶⁷⁸⁹*†‡§a-e,]{0,4}\s?(?:department|dept\.|division|institute|school|faculty|college|laboratory"
    r"|cent(?:re|er)|university|hospital)s?\s(?:of|for)\b",
    re.IGNORECASE,
)
_AFFILIATION_ZH = re.compile(
    r"[\d¹²³⁴⁵⁶⁷⁸⁹*†‡§.]{0,4}\s?[\u4e00-\u9fff]{2,20}(?:大学|学院|医院|研究所|实验室)(?:[，,\s][^。；！？]{0,100})?"
)
_PLACE = re.compile(r",\s[A-Z][\w.-]+(?:\s[A-Z][\w.-]+){0,3}\.?$|\b[A-Z]{0,2}-?\d{4,6}\b")
_AFFILIATION_LONGEST = 300
_CORRESPONDENCE = re.compile(
    r"\W{0,3}(?:(?:to whom )?correspond|address|contact|e-?mail|reprint|author)|通[讯信]作者|作者简介|邮箱",
    re.IGNORECASE,
)
_FEW = 3
"""Words beside an address up to which a block says nothing else."""
_SENTENCE_END = re.compile(r"[a-z]{3}[.!?]|[。！？]")
_NUMERIC = re.compile(r"\s?[\[［]\d{1,3}(?:\s?[,，;–—-]\s?\d{1,3}){0,30}[\]］]")
_NAME = r"[A-Z][\w’'-]{1,30}(?:(?:\s(?:and|&)\s|\s)[A-Z][\w’'-]{1,30}){0,3}"
_YEAR = r"(?:19|20)\d\d[a-z]?"
_CITED = (
    rf"(?:e\.g\.,?\s|see\s|cf\.\s|reviewed in\s)?{_NAME}(?:\s?et al\.?)?,?\s{_YEAR}(?:,\s?(?:(?:19|20)\d\d)?[a-z]?)?"
)
_AUTHOR_YEAR = re.compile(rf"\s?[(（]{_CITED}(?:;\s?{_CITED}){{0,20}}[)）]")
_RAISED = re.compile(
    r"(?:(?<=[a-z]{4})|(?<=[a-z]{3}[.,;)])|(?<=[\u4e00-\u9fff]))"
    r"[⁰¹²³⁴-⁹]{1,3}(?:[,，–−⁻-][⁰¹²³⁴-⁹]{1,3}){0,30}(?![⁺⁻⁰¹²³⁴-⁹A-Za-z0-9])"
)


def line_fault(text: str) -> str | None:
    """What a whole block is where it is no text of the paper: `licence_line`, `affiliation` or `contact_line`."""
    if len(text) <= _LICENCE_LONGEST and _LICENCE.match(text):
        return "licence_line"
    if len(text) > _AFFILIATION_LONGEST:
        return None
    english = _AFFILIATION.match(text) and _PLACE.search(text) and not _SENTENCE_END.search(text)
    if english or _AFFILIATION_ZH.fullmatch(text):
        return "affiliation"
    if "@" in text and _CONTACT.search(text):
        rest = _CONTACT.sub("", text)
        return "contact_line" if _CORRESPONDENCE.match(rest) or len(rest.split()) <= _FEW else None
    return None


def contacts(text: str) -> tuple[str, int]:
    """Takes e-mail addresses and telephone numbers out of a text."""
    found = 0
    if "@" in text or "(at)" in text:
        text, found = _CONTACT.subn("", text)
    if _DIGITS.search(text) and _PHONE_SIGN.search(text.lower()):
        text, phones = _PHONE.subn("", text)
        found += phones
    return text, found


def citations(text: str) -> tuple[str, int]:
    """Takes citation markers out: numbers in brackets, authors with years in parentheses, raised numbers."""
    count = 0
    for pattern in (_NUMERIC, _AUTHOR_YEAR, _RAISED):
        text, found = pattern.subn("", text)
        count += found
    return text, count
