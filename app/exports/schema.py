"""The JSON Schema of a record, made from its shapes and those of every kind.

Law: it is written beside this file and never by hand: `python -m app.exports.schema` writes it.
"""

import json
from pathlib import Path
from typing import Any

from app.activities.base import Activity
from app.activities.registry import KINDS
from app.exports.as_json import SCHEMA
from app.exports.record import FORMAT, Record

FILE = Path(__file__).with_name(f"record-{FORMAT}.schema.json")
DIALECT = "https://json-schema.org/draft/2020-12/schema"

Plain = dict[str, Any]


def schema() -> Plain:
    """Describe a record: what is in every one, and by a step's kind what its kind writes."""
    made = Record.model_json_schema(mode="serialization")
    definitions: Plain = made.pop("$defs")
    step = definitions["StepRecord"]
    step["properties"]["kind"]["enum"] = sorted(KINDS)
    step["allOf"] = [_of_kind(kind, definitions) for _, kind in sorted(KINDS.items())]
    made["properties"] = {"$schema": {"const": SCHEMA["$schema"], "type": "string"}} | made["properties"]
    head = {"$schema": DIALECT, "$id": SCHEMA["$schema"], "title": "A workshop's record, as Concord writes it"}
    return made | head | {"$defs": dict(sorted(definitions.items()))}


def _of_kind(kind: Activity, definitions: Plain) -> Plain:
    """Describe what a kind writes of a step, its own shapes under its own name."""
    names = {"setup": kind.Setup, "table": kind.Record, "room": kind.RoomRecord}
    refs = {}
    for name, shape in names.items():
        found = shape.model_json_schema(mode="serialization", ref_template=f"#/$defs/{kind.kind}.{{model}}")
        definitions |= {f"{kind.kind}.{inner}": one for inner, one in found.pop("$defs", {}).items()}
        definitions[f"{kind.kind}.{name}"] = found
        refs[name] = {"$ref": f"#/$defs/{kind.kind}.{name}"}
    nothing = {"type": "null"}
    told = {
        "setup": refs["setup"],
        "tables": {"additionalProperties": refs["table"]},
        "room": {"anyOf": [refs["room"], nothing]},
        "whole": {"anyOf": [refs["table"], nothing]},
    }
    return {"if": {"properties": {"kind": {"const": kind.kind}}}, "then": {"properties": told}}


def written() -> str:
    """Write the schema as it stands in its file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
