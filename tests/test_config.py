"""Settings: safe by default, and refused where they would make a server guessable or spoofable."""

import stat
import threading
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.config import Settings

LONG = "a key of more than thirty-two signs"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings of this test alone."""
    monkeypatch.chdir(tmp_path)


def test_settings_come_from_the_environment_with_our_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_LANGUAGE", "cy")
    monkeypatch.setenv("CONCORD_RETENTION_DAYS", "30")
    monkeypatch.setenv("LANGUAGE", "de")
    assert (Settings().language, Settings().retention_days) == ("cy", 30)


def test_settings_come_from_a_file_beside(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CONCORD_LANGUAGE=cy\nSOMETHING_ELSE=1\n")
    assert Settings().language == "cy"


def test_defaults_need_nothing() -> None:
    settings = Settings()
    assert (settings.environment, settings.retention_days, settings.language) == ("development", 90, "en")
    assert settings.database_address == "sqlite:///data/concord.db"
    assert not settings.behind_tls


@pytest.mark.parametrize("key", ["", "secret", "ChangeMe", "password", "x" * 31])
def test_production_refuses_a_weak_key(key: str) -> None:
    with pytest.raises(ValidationError, match="too weak for production"):
        Settings(environment="production", secret_key=key)
    assert Settings(environment="development", secret_key=key).secret_key == key


def test_production_takes_a_long_key_or_makes_one(tmp_path: Path) -> None:
    assert Settings(environment="production", secret_key=LONG).key == LONG.encode()
    assert len(Settings(environment="production", data_dir=tmp_path).key) == 64


@pytest.mark.parametrize("proxy", ["*", "10.0.0.1,*", "10.0.0.*"])
@pytest.mark.parametrize("environment", ["development", "production"])
def test_every_proxy_is_never_trusted(environment: str, proxy: str) -> None:
    with pytest.raises(ValidationError, match="must be the proxy's address"):
        Settings.model_validate({"environment": environment, "trusted_proxy": proxy})


@pytest.mark.parametrize(
    "wrong", [{"retention_days": 0}, {"language": "de"}, {"environment": "staging"}, {"log_level": "LOUD"}]
)
def test_value_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(wrong)


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
        ("sqlite:////srv/concord.db", "sqlite:////srv/concord.db"),
    ],
)
def test_database_is_named_as_people_name_it(named: str, address: str) -> None:
    assert Settings(database_url=named).database_address == address


@pytest.mark.parametrize(("url", "behind"), [("https://a.example", True), ("http://a.example", False), (None, False)])
def test_tls_is_known_by_the_public_url(url: str | None, behind: bool) -> None:
    assert Settings(public_url=url).behind_tls is behind


def test_made_key_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    first = Settings(data_dir=folder).key
    assert Settings(data_dir=folder).key == first
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret.key"]


def test_workers_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    keys: list[bytes] = []
    start = threading.Barrier(8)

    def begin() -> None:
        start.wait()
        keys.append(Settings(data_dir=tmp_path).key)

    workers = [threading.Thread(target=begin) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1
