"""Reading what a form sent, whoever wrote it and however it is broken."""

from starlette.datastructures import FormData
from starlette.requests import Request

from app.errors import N_, Unclear

MOST_FIELDS = 200


async def read_form(request: Request, most_fields: int = MOST_FIELDS) -> FormData:
    """Read a form without files; one in an encoding that nobody can read is refused."""
    try:
        return await request.form(max_files=0, max_fields=most_fields)
    except ValueError:
        # Some of the encodings that a form may name refuse every text, and say so in their own ways.
        raise Unclear(N_("We could not read that. Go back, then try again.")) from None
