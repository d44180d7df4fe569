"""Settings: every knob Concord has, with its meaning; `.env.example` is made from this file."""

import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

WEAK_KEYS = {"", "secret", "changeme", "change-me", "password", "development"}


class Settings(BaseSettings):
    """The environment's settings, each named CONCORD_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="CONCORD_", env_file=".env", extra="ignore")

    data_dir: Path = Field(Path("data"), description="Folder for the SQLite database and the kept secret key.")
    database_url: str | None = Field(
        None, description="postgresql://user:password@host/name; without it SQLite in DATA_DIR."
    )
    redis_url: str | None = Field(
        None, description="redis://host:6379/0, a doorbell between workers; optional, nothing is kept there."
    )
    public_url: str | None = Field(
        None, description="The address people type, for links and QR codes; without it the LAN address."
    )
    secret_key: str | None = Field(
        None, description="At least 32 characters; without it one is made and kept in DATA_DIR."
    )
    environment: Literal["development", "production"] = Field(
        "development", description="production refuses weak keys and trusts no proxy that is not named."
    )
    trusted_proxy: str | None = Field(
        None, description="Address of the reverse proxy whose X-Forwarded-For is believed; never *."
    )
    retention_days: int = Field(90, ge=1, description="Days after closing until a workshop's data is purged.")
    language: Literal["en", "cy"] = Field("en", description="Language where a device asks for none we speak.")
    smtp_url: str | None = Field(None, description="smtp://user:password@host:587; without it no mail is sent.")
    metrics_token: str | None = Field(None, description="Bearer token for /metrics; without it only loopback may read.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @model_validator(mode="after")
    def refuse_unsafe(self) -> Self:
        """Refuse settings that would make a production server guessable or spoofable."""
        if self.trusted_proxy and "*" in self.trusted_proxy:
            raise ValueError("TRUSTED_PROXY must be the proxy's address, not *")
        if self.secret_key is not None:
            too_weak = self.secret_key.lower() in WEAK_KEYS or len(self.secret_key) < 32
            if too_weak and self.environment == "production":
                raise ValueError("SECRET_KEY is too weak for production: use 32 random characters or more")
        return self

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address of the database."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir / 'concord.db'}"
        for scheme in ("postgres://", "postgresql://"):
            if self.database_url.startswith(scheme):
                return "postgresql+psycopg://" + self.database_url.removeprefix(scheme)
        return self.database_url

    @property
    def behind_tls(self) -> bool:
        """Whether people reach Concord by https, so that cookies can be `__Host-` and Secure."""
        return (self.public_url or "").startswith("https://")

    @cached_property
    def key(self) -> bytes:
        """The secret that codes, keys and peppers are derived from; made once and kept in DATA_DIR."""
        if self.secret_key:
            return self.secret_key.encode()
        kept = self.data_dir / "secret.key"
        if not kept.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            made = self.data_dir / f"secret.key.{secrets.token_hex(4)}"
            made.touch(mode=0o600)
            made.write_text(secrets.token_hex(32))
            try:
                # A hard link fails when another worker was first, so that all agree on one key.
                kept.hardlink_to(made)
            except FileExistsError:
                pass
            finally:
                made.unlink()
        return kept.read_text().strip().encode()
