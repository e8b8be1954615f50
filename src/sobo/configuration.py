"""Where an installation differs from another: read once from the environment and its data folder.

`SOBO_DATA` names the folder that holds the embedded database, secrets and received files.
`SOBO_OWNER_URL` and `SOBO_APP_URL` name an external PostgreSQL 18 or newer instead.
"""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """The choices of one installation."""

    data: Path
    owner_url: str
    app_url: str
    secret_key: str
    gate_key: str
    """Proves to the database that a session is opened by the program, not by injected SQL."""
    journal_key: str
    """Signs the heads of the journal's chain (Ed25519, 32 bytes in hexadecimal); never in the
    database."""
    hosts: list[str]
    https: bool
    pool: int
    today: date | None
    """The settable day of the demo; none: the real one."""
    upload_limit_mb: int


def _word() -> str:
    return secrets.token_urlsafe(48)


def _ed25519_key() -> str:
    return secrets.token_hex(32)


SECRETS: dict[str, Callable[[], str]] = {
    "secret_key": _word,
    "gate_key": _word,
    "owner_password": _word,
    "app_password": _word,
    "superuser": _word,
    "journal_key": _ed25519_key,
}
"""What an installation keeps to itself, and how each is made."""


def _secrets(data: Path) -> dict[str, str]:
    """Read the installation's secrets, readable by its account only; those missing are made."""
    path = data / "secrets.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    missing = {name: make() for name, make in SECRETS.items() if name not in found}
    if missing:
        data.mkdir(parents=True, exist_ok=True)
        found |= missing
        part = data / "secrets.json.new"
        part.touch(mode=0o600)
        part.write_text(json.dumps(found), encoding="utf-8")
        part.rename(path)
    return found


def installation_secrets(data: Path) -> dict[str, str]:
    """The secrets kept in a data folder; for the supervisor of the embedded server."""
    return _secrets(data)


@cache
def configuration() -> Configuration:
    """The configuration of this process."""
    environment = os.environ
    root = Path(__file__).resolve().parents[2]
    data = Path(environment.get("SOBO_DATA", root / ".data")).resolve()
    keys = _secrets(data)
    port = _embedded_port(data)
    local = f"postgresql://{{}}:{{}}@127.0.0.1:{port}/{environment.get('SOBO_DATABASE', 'sobo')}"
    today = environment.get("SOBO_TODAY")
    return Configuration(
        data=data,
        owner_url=environment.get("SOBO_OWNER_URL")
        or local.format("sobo_owner", keys["owner_password"]),
        app_url=environment.get("SOBO_APP_URL") or local.format("sobo_app", keys["app_password"]),
        secret_key=environment.get("SOBO_SECRET_KEY") or keys["secret_key"],
        gate_key=environment.get("SOBO_GATE_KEY") or keys["gate_key"],
        journal_key=environment.get("SOBO_JOURNAL_KEY") or keys["journal_key"],
        hosts=environment.get("SOBO_HOSTS", "127.0.0.1,localhost,testserver").split(","),
        https=environment.get("SOBO_HTTPS") == "1",
        pool=int(environment.get("SOBO_POOL", "8")),
        today=date.fromisoformat(today) if today else None,
        upload_limit_mb=int(environment.get("SOBO_UPLOAD_LIMIT_MB", "200")),
    )


def _embedded_port(data: Path) -> int:
    path = data / "port"
    return int(path.read_text()) if path.exists() else 5432
