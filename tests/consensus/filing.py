"""Files put down for a test to read."""

from pathlib import Path


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file and give its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
