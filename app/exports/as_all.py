"""Every format of a version in one zip; one that cannot be written is named in it, with the reason."""

import io
import zipfile

from app.errors import Refusal
from app.exports import formats
from app.exports.formats import FORMATS, File, Progress, Work
from app.exports.making import file_name
from app.web.templates import say

LEFT_OUT = "left-out.txt"
# Parts of the progress for each format.
EACH = 100


def write(work: Work, progress: Progress) -> File:
    """Write every format, one after the other."""
    names = [name for name in FORMATS if name != "all"]
    base = file_name(work.record.workshop.title, work.record.version)
    packed, left_out = io.BytesIO(), []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, name in enumerate(names):

            def told(done: int, total: int, place: int = place) -> None:
                progress(place * EACH + EACH * min(done, total) // max(total, 1), len(names) * EACH)

            told(0, 1)
            try:
                file = formats.write(name, work, told)
            except Refusal as refusal:
                left_out.append(f"{name}: {say(work.language, refusal.sentence)}\n")
                continue
            _put(archive, f"{base}.{file.ending}", file.content)
        if left_out:
            _put(archive, LEFT_OUT, "".join(left_out).encode())
    progress(1, 1)
    return File(packed.getvalue(), "zip", "application/zip")


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    # A fixed date: a file's time would tell when something was looked at.
    archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
