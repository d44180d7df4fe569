"""QR squares as SVG paths, which need no style, no script and no picture file."""

from functools import lru_cache

import segno


@lru_cache(maxsize=256)
def qr_path(address: str) -> tuple[str, int]:
    """Draw an address as one path of runs of modules, and say how many modules wide the square is."""
    square = segno.make(address, error="m", micro=False).matrix
    runs = []
    for y, row in enumerate(square):
        x = 0
        while x < len(row):
            width = next((w for w in range(len(row) - x) if not row[x + w]), len(row) - x)
            if width:
                runs.append(f"M{x} {y}h{width}v1h-{width}z")
            x += max(width, 1)
    return "".join(runs), len(square)
