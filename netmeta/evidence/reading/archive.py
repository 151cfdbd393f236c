"""Zip files: workbooks and RevMan data packages; sizes are checked before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from netmeta.errors import TableError
from netmeta.evidence.reading.grid import MOST_BYTES, check_size

if TYPE_CHECKING:
    from netmeta.evidence.reading.grid import Grid
    from netmeta.evidence.reading.reading import Reading

__all__ = ["open_archive", "read_archive", "read_member"]

_MOST_MEMBERS = 5_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    KeyError,
)


def read_archive(raw: bytes, sheet: str) -> Grid | Reading:
    """Read a workbook (.xlsx) or a RevMan data package.

    Raises
    ------
    TableError
        If it is neither, is damaged, or unpacks to more than a table can hold.
    """
    archive = open_archive(raw)
    names = archive.namelist()
    if "[Content_Types].xml" in names or any(name.startswith("xl/") for name in names):
        from netmeta.evidence.reading.workbook import read_workbook

        return read_workbook(raw, sheet)
    from netmeta.evidence.reading.revman import read_package

    return read_package(archive)


def open_archive(raw: bytes) -> zipfile.ZipFile:
    """Open a zip file whose members unpack, by what they say themselves, to a size that can be held."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except _BROKEN as error:
        raise TableError(f"The zip file is damaged: {error}.") from None
    check_size(len(archive.infolist()), _MOST_MEMBERS, "files in it")
    check_size(sum(member.file_size for member in archive.infolist()), MOST_BYTES, "bytes when unpacked")
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack one member, and stop where it turns out larger than it says."""
    try:
        with archive.open(name) as member:
            found = member.read(MOST_BYTES + 1)
    except _BROKEN as error:
        raise TableError(f"{name} in the zip file is damaged: {error}.") from None
    check_size(len(found), MOST_BYTES, "bytes when unpacked")
    return found
