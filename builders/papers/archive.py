"""Zips as they come from others: the web API's, mineru-kit's. Read in memory with limits, never unpacked.

    members(Path("wang.zip"))                       ->  ["full.md", "layout.json", "images/a.jpg", ...]
    read_member(Path("wang.zip"), "layout.json")    ->  b'{"pdf_info": [...'

An archive with a name that leads out of its folder, a link, or far more content than its size allows is refused whole:
nobody makes one by accident.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from builders.papers.raw import UnreadablePaper

MOST_MEMBERS = 20_000
MOST_BYTES = 4 * 1024**3
"""Of all members together, unpacked."""
MOST_MEMBER_BYTES = 512 * 1024**2
MOST_RATIO = 200
"""Unpacked to packed; MinerU's JSON comes to about 20, a bomb to 1,000."""
_SMALL = 1024**2
"""A member below this may be packed as tightly as it likes."""
_AGAIN = "download it again, or put MinerU's output folder here instead"


def members(path: Path) -> list[str]:
    """The names of the files in a zip, in its own order.

    Raises:
        UnreadablePaper: `broken_zip`, `unsafe_zip` or `too_large_zip`.
    """
    with _open(path) as archive:
        return [info.filename for info in archive.infolist() if not info.is_dir()]


def read_member(path: Path, name: str) -> bytes:
    """The content of one file of a zip.

    Raises:
        UnreadablePaper: as `members` does, and `encrypted_zip`.
    """
    with _open(path) as archive:
        try:
            info = archive.getinfo(name)
        except KeyError as error:
            raise UnreadablePaper("broken_zip", f"{path.name}: no {name} in it; {_AGAIN}") from error
        if info.flag_bits & 1:
            detail = f"{path.name}: {name} is encrypted; put an archive without a password here"
            raise UnreadablePaper("encrypted_zip", detail)
        return archive.read(info)


@contextmanager
def _open(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            _check(path.name, archive.infolist())
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadablePaper("broken_zip", f"{path.name}: {error or 'cut off'}; {_AGAIN}") from error


def _check(archive: str, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_MEMBERS:
        detail = f"{archive}: {len(infos):,} files in it, more than {MOST_MEMBERS:,}; split it, a paper an archive"
        raise UnreadablePaper("too_large_zip", detail)
    if (total := sum(info.file_size for info in infos)) > MOST_BYTES:
        detail = f"{archive}: {total:,} bytes unpacked, more than {MOST_BYTES:,}; split it, a paper an archive"
        raise UnreadablePaper("too_large_zip", detail)
    for info in infos:
        _check_member(archive, info)


def _check_member(archive: str, info: zipfile.ZipInfo) -> None:
    name = info.filename
    leads_out = "\\" in name or ":" in name or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts
    if leads_out or stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadablePaper("unsafe_zip", f"{archive}: {name!r} leads out of the archive; delete it")
    if info.file_size > MOST_MEMBER_BYTES:
        detail = f"{archive}: {name}: {info.file_size:,} bytes, more than {MOST_MEMBER_BYTES:,}"
        raise UnreadablePaper("too_large_zip", f"{detail}; it is no paper: delete it")
    if info.file_size > max(_SMALL, MOST_RATIO * info.compress_size):
        detail = f"{archive}: {name} unpacks {info.compress_size:,} bytes to {info.file_size:,}; delete it"
        raise UnreadablePaper("too_large_zip", detail)
