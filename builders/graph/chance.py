"""Chance that hangs on what it is drawn for, not on the order of drawing: a hash of the parts is the seed.

What is drawn for one fact stays the same when other facts come or go.

    fraction("42", "人参", "拉丁学名")  ->  0.617...    always the same, whatever else the graph holds
"""

from __future__ import annotations

import hashlib
import random


def fraction(*parts: object) -> float:
    """A number from 0 (included) to 1 (excluded) that depends on the parts alone."""
    return _number(parts) / 2**64


def generator(*parts: object) -> random.Random:
    """A generator whose whole sequence depends on the parts alone."""
    return random.Random(_number(parts))


def _number(parts: tuple[object, ...]) -> int:
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:8], "big")
