"""How robots answer checks, say what would help, amend, and end."""

from app.robots import screens
from app.robots.sayings import say
from app.robots.talk import Talk, is_checking
from app.robots.temperaments import Temperament

MOST_CHECKS = 4


async def on_discard(talk: Talk, failed: int) -> None:
    """Answer the check on what is proposed to discard, each in private."""
    async for robot in talk.each(14):
        form = screens.open_check(robot.page)
        if form is None:
            break
        proposed = screens.proposed(robot.page, robot.statements)
        value = robot.mind.on_discard(proposed, robot.order, failed) if proposed else 3
        note = say(robot.language, "keep", robot.mind.drawn("keep", robot.mind.place)) if value < 3 else ""
        await robot.act("answer_check", value=value, note=note, check=int(form.fields["check"]))
    await talk.until_closed(is_checking)


async def on_list(talk: Talk) -> None:
    """Answer the check on the list until it carries or is ended; in between, change the list."""
    for _ in range(MOST_CHECKS):
        await talk.look()
        talk.still_here()
        if is_checking(talk.first):
            await answer(talk)
        if not await amend(talk):
            return


async def answer(talk: Talk) -> None:
    """Answer, each in private; who is below three says what would help."""
    async for robot in talk.each(16):
        form = screens.open_check(robot.page)
        if form is None:
            break
        listed = screens.checked(robot.page)
        value = robot.mind.on_list(listed, robot.order)
        told: dict[str, str] = {}
        if value < 3 and listed:
            draw = robot.mind.drawn("want", robot.mind.place)
            told = {"about": listed[-1], "note": say(robot.language, "want", draw, robot.statements[robot.order[0]])}
        await robot.act("answer_check", value=value, check=int(form.fields["check"]), **told)
    await talk.until_closed(is_checking)


async def amend(talk: Talk) -> bool:
    """Change the list for one who could not live with it, and put it to the check again; False once all is settled."""
    robot = talk.first
    await robot.look()
    talk.still_here()
    if is_checking(robot):
        return True
    again = bool(robot.page.moves("check_again"))
    endings = screens.endings(robot.page)
    if not again and not endings:
        return False
    if again and await give_way(talk):
        await talk.pause(5)
        await robot.look()
        return await robot.act("check_again")
    if endings:
        ending = endings[int(robot.mind.drawn("ending", talk.number) * len(endings)) % len(endings)]
        missed = next((one.statements[one.order[0]] for one in talk.with_temper(Temperament.STUBBORN)), "")
        note = say(robot.language, "minority", 0, missed) if ending == "not_agreed" else ""
        await robot.act("choose_ending", ending=ending, note=note)
        return False
    await talk.pause(5)
    return await robot.act("check_again")


async def give_way(talk: Talk) -> bool:
    """Put in what one of the stubborn misses, for what that one likes least; False where none misses any."""
    for robot in talk.with_temper(Temperament.STUBBORN):
        await robot.look()
        tiers = screens.listed(robot.page)
        inside = [one for tier in tiers.values() for one in tier]
        if not inside or robot.order[0] in inside:
            continue
        worst = max(inside, key=robot.order.index)
        place = next(at for at, tier in tiers.items() if worst in tier)
        await talk.pause(6)
        await robot.act("place_top", statement=worst, position=None)
        await robot.act("place_top", statement=robot.order[0], position=place)
        return True
    return False
