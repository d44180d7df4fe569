"""Logs hold no token and nothing anybody typed."""

import pytest

from app.web.logs import configure_logs, where
from tests.running import Concord

CANARY = "CANARY-7f3a"


def test_accident_is_logged_without_what_was_typed(
    concord_on_sqlite: Concord, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(word: str) -> None:
        raise RuntimeError("broke")

    configure_logs(concord_on_sqlite.settings)
    concord_on_sqlite.app.add_api_route("/broken/{word}", broken)
    concord_on_sqlite.visitor().get(f"/broken/{CANARY}?also={CANARY}", headers={"cookie": f"concord_trainer={CANARY}"})
    logged = capsys.readouterr().err
    assert "accident" in logged
    assert "/broken/{word}" in logged
    assert CANARY not in logged


def test_place_of_an_accident_is_told_without_its_words() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        told = where(error)
    assert len(told) == 1
    assert "test_place_of_an_accident_is_told_without_its_words" in told[0]
    assert CANARY not in told[0]
