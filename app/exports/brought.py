"""What is told of a workshop that was brought back from a file: its record as it was kept, and no more."""

from sqlmodel import Session

from app.activities.registry import KINDS
from app.activities.summary import Version
from app.exports.inner import without
from app.exports.models import BroughtRecord
from app.exports.record import Record, StepRecord


def record(session: Session, workshop_id: int, version: Version) -> Record | None:
    """Read the record that a workshop was brought back from, as far as a version may hold it; None where none was."""
    held = session.get(BroughtRecord, workshop_id)
    return None if held is None else narrowed(Record.model_validate(held.content), version)


def narrowed(kept: Record, version: Version) -> Record:
    """Make a version of a kept record; what it was kept without stays out, and so does a version that had more."""
    if version == "trainer":
        return kept
    steps = tuple(_outer(step) for step in kept.steps)
    return kept.model_copy(update={"version": version, "steps": steps, "people": (), "own": None})


def _outer(step: StepRecord) -> StepRecord:
    inner = KINDS[step.kind].inner
    return step.model_copy(update={"tables": {number: without(one, inner) for number, one in step.tables.items()}})
