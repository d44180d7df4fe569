"""How a table of robots writes its joint statements, checks each and the whole grid, mends, locks and ends."""

import asyncio
from collections.abc import Awaitable, Callable

from app.robots import grid, screens, sentences, visions
from app.robots.pen import Unwritten
from app.robots.robot import Robot
from app.robots.talk import Talk, is_checking
from app.robots.temperaments import Temperament

MOST_GOES = 90
"""Steps that a table takes for its joint statements: for each row it writes, checks, mends, checks and locks."""
MOST_TRIES = 4
"""Times that a table puts one row to the check."""
DRAWN = 3
"""Cells that a joint statement draws on."""


async def joint(talk: Talk) -> None:
    """Write a joint statement for each sentence, mark what it draws on, check it, mend it, lock it."""
    async for robot in talk.arrivals():
        await grid.choose_column(robot)
    tried: dict[str, int] = {}
    talk.prompts = sentences.prompts(talk.first.page)
    for go in range(MOST_GOES):
        await talk.look()
        if listens(talk):
            await listen(talk, lambda: answer_row(talk, tried))
            return
        talk.still_here()
        page = talk.first.page
        robots = [*talk.here[go % len(talk.here) :], *talk.here[: go % len(talk.here)]]
        passed = sentences.rows_of(page, "lock_row")
        if is_checking(talk.first):
            await answer_row(talk, tried)
        elif passed:
            await talk.pause(3)
            await robots[0].look()
            await robots[0].act("lock_row", row=passed[0])
        else:
            row = next((one for one in sentences.open_rows(page) if tried.get(one, 0) < MOST_TRIES), "")
            if not row:
                talk.row = ""
                return
            await one_row(talk, robots, row, tried)


def listens(talk: Talk) -> bool:
    """Say whether another table holds the pen for this one."""
    return talk.together and talk.share[0] > 0


async def listen(talk: Talk, answer: Callable[[], Awaitable[None]]) -> None:
    """Let another table write, and answer what it puts to the check."""
    while True:
        await talk.look()
        talk.still_here()
        page = talk.first.page
        if is_checking(talk.first):
            await answer()
        elif sentences.open_rows(page) or sentences.rows_of(page, "lock_row"):
            await asyncio.sleep(max(0.05, talk.pace.of(1)))
        else:
            return


async def one_row(talk: Talk, robots: list[Robot], row: str, tried: dict[str, int]) -> None:
    """Bring one row on: end it where two checks have not carried, else write or mend it, and check it."""
    talk.row = row
    failed, tried[row] = tried.get(row, 0), tried.get(row, 0) + 1
    endings = sentences.endings(talk.first.page).get(row, ())
    if failed >= 2 and endings:
        await end_row(talk, robots[0], row, endings)
        return
    if failed:
        await mend(talk, robots[1 % len(robots)], row)
    else:
        await begin(talk, robots, row)
    await talk.pause(4)
    await robots[0].look()
    talk.still_here()
    await robots[0].act("open_check", row=row)


async def begin(talk: Talk, robots: list[Robot], row: str) -> None:
    """Write a row's joint words, two at the same time, and mark what they draw on."""
    page = talk.first.page
    text = sentences.texts(page, sentences.JOINT).get(sentences.JOINT + row)
    if text is None:
        return
    await talk.pause(3)
    if not await grid.write(talk, text, visions.joint(talk.prompts[row]), robots):
        return
    await talk.look()
    offered = [column for of, column in sentences.cells(talk.first.page, "draw_on") if of == row]
    offered.sort(key=lambda column: robots[0].mind.drawn("draws", talk.number, row, column))
    for place, column in enumerate(offered[:DRAWN]):
        robot = robots[place % len(robots)]
        await talk.pause(2)
        await robot.act("draw_on", row=row, column=column, drawn=True)


async def mend(talk: Talk, robot: Robot, row: str) -> None:
    """Add to a row's joint words what somebody needs to live with them."""
    await talk.pause(4)
    await robot.look()
    talk.still_here()
    text = sentences.texts(robot.page, sentences.JOINT).get(sentences.JOINT + row)
    if text is None or text.may != "write":
        return
    choices = (visions.mended(talk.prompts.get(row, "")), visions.MENDED)
    try:
        async with grid.pen(talk, robot, text) as pen:
            added = next((one for one in choices if one not in pen.text), "")
            if added:
                await pen.type(added)
            talk.written[text.name] = await pen.save()
    except Unwritten as why:
        await grid.stumble(talk, robot, text, why)


async def end_row(talk: Talk, robot: Robot, row: str, endings: tuple[str, ...]) -> None:
    """End a row that two checks have not carried: with both sentences where it is the one the table cannot agree on."""
    await talk.pause(6)
    await robot.look()
    talk.still_here()
    if row == robot.mind.apart(tuple(talk.prompts)) and "not_agreed" in endings:
        await robot.act("choose_ending", row=row, ending="not_agreed", other=visions.other(talk.prompts[row]))
    else:
        await robot.act("choose_ending", row=row, ending=endings[0], note=visions.drawn(visions.NOTES, 0))


async def answer_row(talk: Talk, tried: dict[str, int]) -> None:
    """Answer the check on a row, each in private; who is below three says what would help."""
    async for robot in talk.each(10):
        form = screens.open_check(robot.page)
        if form is None:
            break
        row = form.fields.get("row", "")
        value = robot.mind.on_row(row, tuple(talk.prompts), tried.get(row, 1) - 1)
        note = visions.drawn(visions.NOTES, robot.mind.drawn("note", row)) if value < 3 else ""
        await robot.act("answer_check", row=row, value=value, note=note, check=int(form.fields["check"]))
    await talk.until_closed(is_checking)


async def check(talk: Talk) -> None:
    """Answer the check on the whole grid; where it does not carry, open the row named, mend it, and check again."""
    failed = 0
    for go in range(MOST_TRIES * 2):
        await talk.look()
        talk.still_here()
        if listens(talk):
            await listen(talk, lambda: answer_grid(talk, 1))
            return
        robot = talk.here[go % len(talk.here)]
        if is_checking(talk.first):
            await answer_grid(talk, failed)
            failed += 1
        elif not await after_check(talk, robot, failed):
            return


async def after_check(talk: Talk, robot: Robot, failed: int) -> bool:
    """Do what follows on a check of the whole grid; False where nothing does."""
    await talk.pause(4)
    await robot.look()
    talk.still_here()
    open_again = sentences.open_rows(robot.page)
    named = [one.mind.reopens(tuple(talk.prompts), 0) for one in talk.with_temper(Temperament.STUBBORN)]
    closed = [row for row in named if row and row in sentences.rows_of(robot.page, "reopen_row")]
    if open_again:
        await mend(talk, robot, open_again[0])
        return await robot.act("open_check", row="")
    if closed and failed == 1:
        return await robot.act("reopen_row", row=closed[0])
    endings = sentences.endings(robot.page).get("", ())
    if endings:
        await robot.act("choose_ending", ending=endings[0], note=visions.drawn(visions.NOTES, 0))
        return False
    return bool(robot.page.moves("open_check")) and await robot.act("open_check", row="")


async def answer_grid(talk: Talk, failed: int) -> None:
    """Answer the check on the whole grid, each in private; one may name the row to open again."""
    async for robot in talk.each(10):
        form = screens.open_check(robot.page)
        if form is None:
            break
        row = robot.mind.reopens(tuple(talk.prompts), failed)
        told = {"row": row, "note": visions.drawn(visions.NOTES, robot.mind.drawn("note", row))} if row else {}
        value = 2 if row else 3 + int(robot.mind.drawn("whole", talk.number, robot.mind.place) * 3)
        await robot.act("answer_check", value=value, check=int(form.fields["check"]), **told)
    await talk.until_closed(is_checking)
