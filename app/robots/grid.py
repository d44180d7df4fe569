"""What a table of robots does in a grid before it writes together: jots, cells, marks, questions, answers."""

import asyncio
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress

from app.robots import sentences, visions
from app.robots.pen import Pen, Unwritten, writing
from app.robots.robot import Robot, Trouble
from app.robots.sentences import Text
from app.robots.talk import Talk
from app.robots.temperaments import Temperament
from app.robots.visions import Sentence

JOTS: Mapping[Temperament, int] = {Temperament.STUBBORN: 3}
MOST_QUESTIONS = 2
"""Questions that one robot asks."""


async def jot(talk: Talk) -> None:
    """Jot a few words on each sentence alone, and say that one is done."""
    async for robot in talk.each(6):
        await choose_column(robot)
    for row, prompt in sentences.prompts(talk.first.page).items():
        async for robot in talk.each(8):
            draw = robot.mind.drawn("jot", talk.number, robot.mind.place, row)
            for words in visions.jots(prompt, robot.agency, draw)[: JOTS.get(robot.mind.temperament, 2)]:
                await robot.act("jot", row=row, text=words)
    async for robot in talk.each(8):
        if any(form.fields.get("done") == "true" for form in robot.page.moves("done")):
            await robot.act("done", done=True)
    await talk.for_others()


async def choose_column(robot: Robot) -> None:
    """Choose whom to speak for, where one's own agency has no column."""
    for form in robot.page.moves("speak_for"):
        offered = sentences.values(form, "column")
        if offered and not form.fields.get("column"):
            await robot.act("speak_for", column=offered[robot.mind.place % len(offered)])
        return


async def caucus(talk: Talk) -> None:
    """Write each agency's cells, all agencies at the same time; where two speak for one, both write."""
    async for robot in talk.arrivals():
        await choose_column(robot)
    await talk.look()
    talk.together = sentences.is_rooms(talk.first.page)
    place, tables = talk.share if talk.together else (0, 1)
    for row, prompt in list(sentences.prompts(talk.first.page).items())[place::tables]:
        groups: dict[str, list[tuple[Robot, Text]]] = {}
        async for robot in talk.each(4):
            found = sentences.own_cell(robot.page, row)
            if found is not None:
                groups.setdefault(found.name, []).append((robot, found))
        await asyncio.gather(*(fill_cell(talk, group, row, prompt) for group in groups.values()))
        leads = [group[0][0] for name, group in groups.items() if name in talk.written]
        if leads:
            async for robot in talk.each(4, leads):
                await robot.act("agree_cell", row=row, agreed=True)


async def fill_cell(talk: Talk, group: list[tuple[Robot, Text]], row: str, prompt: str) -> None:
    """Write one cell."""
    lead, cell = group[0]
    column = sentences.column(cell, row)
    draw = lead.mind.drawn("cell", row, column)
    said = visions.cell(prompt, column, sentences.label(lead.page, column), draw)
    await write(talk, cell, said, [robot for robot, _ in group])


async def write(talk: Talk, text: Text, said: Sentence, robots: list[Robot]) -> bool:
    """Write a sentence, the first two of these at the same time; False where it could not be written."""
    try:
        async with AsyncExitStack() as stack:
            first, *more = [await stack.enter_async_context(pen(talk, one, text)) for one in robots[:2]]
            await at_once(first, more[0] if more else None, said)
            talk.written[text.name] = first.text
    except Unwritten as why:
        return await stumble(talk, robots[0], text, why)
    return True


async def at_once(first: Pen, second: Pen | None, said: Sentence) -> None:
    """Write a sentence as two do; what somebody has written already is left as it is."""
    if said.begun in first.text:
        return
    if second is None:
        await first.type(said.whole)
        await first.save()
        return
    await first.type(said.begun + said.middle)
    await second.sees(said.begun + said.middle)
    await asyncio.gather(first.type(said.rest), second.type(said.added, after=said.begun))
    await asyncio.gather(first.save(), second.save())
    # People may be at it, too, and have other words by now.
    with suppress(Unwritten):
        await first.sees(said.added)


def pen(talk: Talk, robot: Robot, text: Text) -> AbstractAsyncContextManager[Pen]:
    """Bring a robot's pen to a text."""

    async def pause(seconds: float) -> None:
        await asyncio.sleep(talk.pace.of(seconds))

    return writing(robot.device.open(text.address), pause)


async def stumble(talk: Talk, robot: Robot, text: Text, why: Unwritten) -> bool:
    """Note that a text could not be written, unless the table has moved on from it."""
    await talk.look()
    talk.still_here()
    robot.troubles.append(Trouble(robot.mind.name, f"write {text.name}: {why}"))
    return False


async def reveal(talk: Talk) -> None:
    """Mark others' cells, ask a question or two, and guess where nobody speaks."""
    async for robot in talk.each(40):
        asked = 0
        for row, column in sentences.cells(robot.page, "mark"):
            draw = robot.mind.drawn("mark", talk.number, robot.mind.place, row, column)
            tense = 0.6 if robot.mind.temperament is Temperament.STUBBORN else 0.45
            if draw < 0.3:
                await robot.act("mark", row=row, column=column, mark="shared")
            elif draw < 0.4 and asked < MOST_QUESTIONS:
                asked += 1
                words = visions.drawn(visions.QUESTIONS, robot.mind.drawn("asks", talk.number, row, column))
                await robot.act("mark", row=row, column=column, mark="question", text=words)
            elif 0.4 <= draw < tense:
                await robot.act("mark", row=row, column=column, mark="tension")
    await guess(talk)


async def guess(talk: Talk) -> None:
    """Say what others might say for whom nobody speaks, here and there."""
    robot = talk.here[-1]
    await robot.look()
    talk.still_here()
    for row, column in sentences.cells(robot.page, "guess"):
        draw = robot.mind.drawn("guess", talk.number, row, column)
        if draw < 0.3:
            await talk.pause(3)
            await robot.act("guess", row=row, column=column, text=visions.drawn(visions.GUESSES, draw / 0.3))


async def answer(talk: Talk) -> None:
    """Answer the questions on one's own cells, each in a line."""
    async for robot in talk.each(24):
        for row, column in sentences.unanswered(robot.page):
            words = visions.drawn(visions.REPLIES, robot.mind.drawn("reply", talk.number, row, column))
            await robot.act("reply", row=row, column=column, text=words)
