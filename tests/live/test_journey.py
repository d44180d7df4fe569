"""The main job from the first page to the mirror, over HTTP alone."""

import re

from tests.cast import Cast
from tests.live.acting import move, phase


def test_a_table_reads_ranks_alone_and_sees_its_mirror(cast: Cast) -> None:
    for name in ("Dan", "Eve", "Fay"):
        cast.join(name, "education", 1)
    assert "We start soon" in cast.ann.get(f"/w/{cast.code}").text
    assert phase(cast, "read").status_code == 200
    assert move(cast, cast.ann, "flag", statement="s2").status_code == 200
    phase(cast, "solo")
    for device in (cast.ann, cast.ben, cast.seats["Dan"], cast.seats["Eve"]):
        reply = move(cast, device, "put_ballot", discard="s5", order=["s1", "s2", "s3", "s4"])
        assert reply.status_code == 200, reply.text
    assert move(cast, cast.ann, "done", done=True).status_code == 200
    assert "1 of 5 is done" in cast.ben.get(f"/w/{cast.code}").text
    phase(cast, "compare")
    page = cast.ann.get(f"/w/{cast.code}").text
    assert "nusually strong agreement" in page
    assert re.findall(r'class="strip__words">([^<]+)<', page)[:2] == ["Statement 1", "Statement 2"]
