from __future__ import annotations

from pathlib import Path

import pytest

from builders.corpus.licence import LicenceConfig, Named, Unknown, licence_of, verdict
from builders.errors import UserError


def named(licence: str | None) -> Named:
    return Named("doi:10.1000/x", "sub/li.pdf", licence)


@pytest.mark.parametrize("licence", ["CC BY 4.0", "cc-by", "CC BY", "CC0 1.0"])
def test_an_allowed_licence_passes_whatever_its_version(licence: str) -> None:
    assert verdict(named(licence), LicenceConfig(allow=["CC BY", "CC0"])) is None


def test_another_licence_is_named_with_what_would_be_allowed() -> None:
    refused = verdict(named("CC BY-NC 4.0"), LicenceConfig(allow=["CC BY", "CC0"]))
    assert refused is not None
    assert (refused.reason, refused.place) == ("forbidden_licence", "sub/li.pdf")
    assert refused.detail == "CC BY-NC 4.0 is not among licence.allow (CC BY, CC0)"


def test_a_denied_licence_is_refused_and_a_version_can_be_meant() -> None:
    assert verdict(named("CC BY-ND 4.0"), LicenceConfig(deny=["CC BY-ND"])) is not None
    assert verdict(named("CC BY-ND 3.0"), LicenceConfig(deny=["CC BY-ND 4.0"])) is None


def test_an_unknown_licence_is_kept_unless_asked_otherwise() -> None:
    assert verdict(named(None), LicenceConfig(allow=["CC BY"])) is None
    refused = verdict(named(None), LicenceConfig(unknown=Unknown.drop))
    assert refused is not None
    assert refused.reason == "unknown_licence"


@pytest.mark.parametrize("name", ["10.1000/X", "doi:10.1000/x", "li.pdf", "sub/li.pdf"])
def test_a_paper_can_be_excluded_by_any_of_its_names(name: str) -> None:
    refused = verdict(named("CC BY 4.0"), LicenceConfig(exclude=[name]))
    assert refused is not None
    assert refused.reason == "excluded_paper"


def test_the_table_wins_over_the_paper(tmp_path: Path) -> None:
    table = tmp_path / "licences.csv"
    table.write_text("paper,licence\n10.1000/x,CC BY-NC 4.0\nother.pdf,\n", encoding="utf-8")
    assert licence_of(named("CC BY 4.0"), LicenceConfig(table=str(table))) == "CC BY-NC 4.0"


def test_a_table_without_its_columns_is_one_line(tmp_path: Path) -> None:
    table = tmp_path / "licences.csv"
    table.write_text("doi;licence\n", encoding="utf-8")
    with pytest.raises(UserError, match="the first line must name the columns paper,licence"):
        licence_of(named(None), LicenceConfig(table=str(table)))
