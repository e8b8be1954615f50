"""Where a batch's file and rows lie: the data folder, under the batch's random id.

Rows are kept as they were read (text, by file sheet) in Parquet; typed rows and findings are always
computed again, so a server that stops loses nothing.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import polars as pl
from django.conf import settings


def folder(public_id: UUID) -> Path:
    """The batch's own folder, made at first use, readable by the program's account only."""
    path = Path(settings.MEDIA_ROOT) / "batches" / public_id.hex[-2:] / str(public_id)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def original(public_id: UUID) -> Path:
    """The file as the school sent it; its name is not kept in the path."""
    return folder(public_id) / "original"


def receive(public_id: UUID, chunks: Iterable[bytes]) -> tuple[int, str]:
    """Write the file, whole or not at all; returns its size in bytes and SHA-256."""
    partial = folder(public_id) / "partial"
    digest, size = hashlib.sha256(), 0
    with partial.open("wb") as out:
        for chunk in chunks:
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    partial.rename(original(public_id))
    return size, digest.hexdigest()


def keep_rows(public_id: UUID, sheet: str, rows: pl.DataFrame) -> None:
    """Keep the rows of one sheet as read, replacing an earlier reading."""
    target = folder(public_id) / f"{sheet}.parquet"
    partial = target.with_suffix(".partial")
    rows.write_parquet(partial)
    partial.rename(target)


def rows_as_read(public_id: UUID) -> dict[str, pl.DataFrame]:
    """The rows as read, by sheet key."""
    return {
        path.stem: pl.read_parquet(path) for path in sorted(folder(public_id).glob("*.parquet"))
    }
