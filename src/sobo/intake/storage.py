"""Where a batch's file and rows lie: the data folder, under the batch's random id.

The original is the truth; rows as read and the last check are kept beside it for speed only and are
made again wherever they are missing, so a server that stops loses nothing.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
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


def discard(public_id: UUID) -> None:
    """Forget a file for which no batch was opened."""
    shutil.rmtree(folder(public_id), ignore_errors=True)


def keep_rows(public_id: UUID, choices: str, rows: Mapping[str, pl.DataFrame]) -> None:
    """Keep the rows as read, by sheet key, in place of an earlier reading.

    `choices` names what they were read by: a reading whose transaction failed is none.
    """
    _keep_alone(folder(public_id), "rows", choices, rows)


def rows_as_read(public_id: UUID, choices: str) -> dict[str, pl.DataFrame] | None:
    """The rows as read by these choices, by sheet key; none where they have to be read again."""
    return _kept(folder(public_id) / f"rows-{choices}")


def keep_check(
    public_id: UUID, edits_made: int, frames: Mapping[str, pl.DataFrame], digest: str
) -> None:
    """Keep what a check of the batch found after so many edits, in place of earlier checks.

    `digest` is of all that the check depended on beside the file.
    """
    base = folder(public_id)
    digest_of_check = base / "check.digest"
    digest_of_check.unlink(missing_ok=True)
    _keep_alone(base, "check", str(edits_made), frames)
    digest_of_check.write_text(digest, encoding="ascii")


def digest_kept(public_id: UUID) -> str:
    """What the check that is kept depended on; empty where none is kept whole."""
    path = folder(public_id) / "check.digest"
    return path.read_text(encoding="ascii") if path.exists() else ""


def check_kept(public_id: UUID, edits_made: int) -> dict[str, pl.DataFrame] | None:
    """What the last check after so many edits found; none where it has to be made again."""
    return _kept(folder(public_id) / f"check-{edits_made}")


def _keep_alone(base: Path, kind: str, name: str, frames: Mapping[str, pl.DataFrame]) -> None:
    """Keep frames under a name, and no others of their kind."""
    target = base / f"{kind}-{name}"
    _keep(target, frames)
    for older in base.glob(f"{kind}-*"):
        if older != target:
            shutil.rmtree(older, ignore_errors=True)


def _keep(target: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    for name, frame in frames.items():
        frame.write_ipc(partial / name, compression="lz4")
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)


def _kept(target: Path) -> dict[str, pl.DataFrame] | None:
    if not target.is_dir():
        return None
    paths = sorted(target.iterdir())
    return {path.name: pl.read_ipc(path) for path in paths}


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far long work on a batch is; kept beside it, since its transaction is not seen yet."""

    step: str
    """`read` or `commit`."""
    begun_at: str
    """ISO 8601."""
    attempt: int = 0
    """0 while it waits for the worker."""


def tell_progress(public_id: UUID, *, step: str, at: datetime, attempt: int = 0) -> None:
    """Say that work on a batch waits or has begun."""
    progress = Progress(step=step, begun_at=at.isoformat(), attempt=attempt)
    target = folder(public_id) / "progress"
    partial = target.with_suffix(".partial")
    partial.write_text(json.dumps(asdict(progress)), encoding="utf-8")
    partial.rename(target)


def progress(public_id: UUID) -> Progress | None:
    """What long work is under way, if any."""
    target = folder(public_id) / "progress"
    return Progress(**json.loads(target.read_text(encoding="utf-8"))) if target.exists() else None


def end_progress(public_id: UUID) -> None:
    """Say that no long work is under way any more."""
    (folder(public_id) / "progress").unlink(missing_ok=True)
