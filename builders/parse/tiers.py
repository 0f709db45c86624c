"""Who parses a PDF, and who comes next where that one cannot.

    tiers(ParseConfig())                   ->  ("docvortex-0.6.4-1f0c2a3b",)
    tiers(ParseConfig(tier="mineru"))      ->  ("mineru-standard", "docvortex-0.6.4-1f0c2a3b")
    tiers(ParseConfig(scans="mineru"))     ->  ("docvortex-0.6.4-1f0c2a3b", "mineru-standard")

A tier's name is its folder in the cache. MinerU's does not say its version, which the file does: a new MinerU does not
read 3,000 papers again on its own; delete the folder for that.
"""

from __future__ import annotations

from builders.papers.pdf import embedded_tier
from builders.papers.raw import UnreadablePaper
from builders.parse.config import ParseConfig

SCAN = "scanned_pdf"


def mineru_tier(config: ParseConfig) -> str:
    return f"mineru-{config.quality}"


def is_mineru(tier: str) -> bool:
    return tier.startswith("mineru-")


def tiers(config: ParseConfig) -> tuple[str, ...]:
    """The tiers in the order in which they are tried, and in which their parsed form is read."""
    if config.tier == "mineru":
        return mineru_tier(config), embedded_tier()
    return (embedded_tier(), mineru_tier(config)) if config.scans == "mineru" else (embedded_tier(),)


def passes_on(tier: str, fault: UnreadablePaper) -> bool:
    """Whether the next tier may try: the embedded one hands on scans alone, MinerU whatever it fails on."""
    return is_mineru(tier) or fault.reason == SCAN


def telling(faults: list[UnreadablePaper]) -> UnreadablePaper:
    """The fault of a file that every tier failed on: that of the last one that could have read it."""
    return next((fault for fault in reversed(faults) if fault.reason != SCAN), faults[-1])
