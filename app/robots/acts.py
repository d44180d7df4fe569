"""What a table of robots does in each phase, from what their pages offer."""

from collections.abc import Mapping

from app.robots import checking, grid, screens, together
from app.robots.robot import Robot
from app.robots.sayings import say
from app.robots.talk import Script, Talk, is_choosing, is_marking
from app.robots.temperaments import Temperament

FIRST_DRAFTS = 2
MOST_MOVES = 40


async def read(talk: Talk) -> None:
    """Read; here and there something is not clear."""
    async for robot in talk.each(18):
        draw = robot.mind.drawn("flag", talk.number, robot.mind.place)
        if draw < 0.3 and robot.statements:
            ids = tuple(robot.statements)
            await robot.act("flag", statement=ids[int(draw / 0.3 * len(ids)) % len(ids)])


async def solo(talk: Talk) -> None:
    """Put the statements in order alone, in a few goes, and say that one is done."""
    for go in range(FIRST_DRAFTS):
        async for robot in talk.each(20):
            await rank(robot, draft=go + 1 < FIRST_DRAFTS)
    async for robot in talk.each(10):
        if robot.page.moves("say_why"):
            draw = robot.mind.drawn("why", talk.number, robot.mind.place)
            await robot.act("say_why", reason=say(robot.language, "discard", draw))
        if any(form.fields.get("done") == "true" for form in robot.page.moves("done")):
            await robot.act("done", done="true")
    await talk.for_others()


async def rank(robot: Robot, *, draft: bool = False) -> None:
    """Send one's order; a draft has two neighbours the wrong way round."""
    order = list(robot.order)
    if draft and len(order) > 3:
        order[1], order[2] = order[2], order[1]
    discard = order.pop() if robot.discards else None
    await robot.act("put_ballot", discard=discard, order=order)


async def welcome(talk: Talk) -> None:
    """Let those in who come late; they put a list in order for themselves alone."""
    async for robot in talk.arrivals():
        await rank(robot)
        if any(form.fields.get("done") == "true" for form in robot.page.moves("done")):
            await robot.act("done", done="true")


async def discard(talk: Talk) -> None:
    """Propose one after another, answer the check on each, and end it where two have not carried."""
    await welcome(talk)
    proposers = sorted(talk.here, key=lambda one: one.mind.drawn("speaks", talk.number, one.mind.place))
    for turn in range(len(proposers) + 2):
        await talk.look()
        if screens.open_check(talk.first.page) is not None:
            await checking.on_discard(talk, failed=turn - 1)
            continue
        if is_choosing(talk.first):
            await choose(talk)
        robot = proposers[turn % len(proposers)]
        await talk.pause(4)
        await robot.look()
        if "with_reservations" in screens.endings(robot.page):
            await robot.act("choose_ending", ending="with_reservations")
        offered = screens.may_propose(robot.page)
        if not offered:
            return
        worst = max(offered, key=lambda one: robot.order.index(one) if one in robot.order else -1)
        draw = robot.mind.drawn("because", talk.number, robot.mind.place)
        await robot.act("nominate_discard", statement=worst, reason=say(robot.language, "discard", draw))
        await checking.on_discard(talk, failed=turn)


async def choose(talk: Talk) -> None:
    """Answer an either/or that somebody has asked."""
    async for robot in talk.each(8):
        form = screens.open_either(robot.page)
        if form is None:
            break
        offered = [one.get("value") for one in form.element.all(name="choice") if one.get("value")]
        if offered:
            better = min(offered, key=lambda one: robot.order.index(one) if one in robot.order else 99)
            await robot.act("answer_either", choice=better, either=int(form.fields["either"]))
    await talk.until_closed(is_choosing)


async def place(talk: Talk) -> None:
    """Put what waits on the board, in turns, and move what one sees elsewhere; who has to go, goes."""
    await welcome(talk)
    for robot in talk.with_temper(Temperament.LEAVES):
        if len(talk.here) > 2:
            talk.here.remove(robot)
            talk.gone.append(robot)
            await robot.leave()
    for go in range(MOST_MOVES):
        robot = talk.here[go % len(talk.here)]
        await talk.pause(4)
        await robot.look()
        talk.still_here()
        tray = screens.waiting(robot.page)
        if not tray:
            break
        wanted = min(tray, key=lambda one: robot.order.index(one) if one in robot.order else 99)
        await robot.act("place", statement=wanted, position=own_place(robot, wanted))
    await argue(talk)


def own_place(robot: Robot, statement: str) -> int:
    """Say where a robot would put a statement on the board as it is: among those that stand there or wait."""
    there = {*screens.board(robot.page).values(), *screens.waiting(robot.page)}
    order = [one for one in robot.order if one in there]
    return order.index(statement) + 1 if statement in order else 1


async def argue(talk: Talk) -> None:
    """Disagree a little: who is stubborn lifts the own best one, and somebody takes that back."""
    for robot in talk.with_temper(Temperament.STUBBORN):
        await talk.pause(5)
        await robot.look()
        board = {one: at for at, one in screens.board(robot.page).items()}
        best = next((one for one in robot.order if one in board), "")
        if best and board[best] > 2:
            await robot.act("place", statement=best, position=2)
            other = next((one for one in talk.here if one is not robot), None)
            if other is not None and robot.mind.drawn("undo", talk.number, robot.mind.place) < 0.5:
                await talk.pause(5)
                await other.look()
                await other.act("undo")
    for robot in talk.with_temper(Temperament.CAMP):
        await talk.pause(4)
        await robot.look()
        board = {one: at for at, one in screens.board(robot.page).items()}
        best = next((one for one in robot.order if one in board), "")
        if best and board[best] > 1:
            await robot.act("place", statement=best, position=board[best] - 1)


async def compare(talk: Talk) -> None:
    """Find two alike, and two that pull apart."""
    await welcome(talk)
    for at, relation in enumerate(("alike", "apart")):
        robot = talk.here[at % len(talk.here)]
        await talk.pause(12)
        await robot.look()
        talk.still_here()
        standing = list(screens.board(robot.page).values()) or list(robot.order)
        standing = [one for one in robot.order if one in standing]
        if len(standing) > 3 and robot.page.moves("link"):
            a, b = (standing[0], standing[1]) if relation == "alike" else (standing[0], standing[-1])
            draw = robot.mind.drawn(relation, talk.number)
            await robot.act("link", a=a, b=b, relation=relation, note=say(robot.language, relation, draw))


async def top(talk: Talk) -> None:
    """Mark in private what one stands behind, then fill the places with what is contested."""
    await welcome(talk)
    async for robot in talk.each(18):
        offered, wanted = screens.marks(robot.page)
        if offered and wanted:
            await robot.act("mark_top", statements=[one for one in robot.order if one in offered][:wanted])
    await talk.until_closed(is_marking)
    await fill(talk)


async def fill(talk: Talk) -> None:
    """Fill the places in turns, each with what it likes best of what is left; who is stubborn waits for the check."""
    others = [one for one in talk.here if one.mind.temperament is not Temperament.STUBBORN] or talk.here
    for go in range(MOST_MOVES):
        robot = others[go % len(others)]
        await talk.pause(5)
        await robot.look()
        talk.still_here()
        if is_choosing(robot):
            await choose(talk)
            continue
        free, left = screens.open_places(robot.page)
        left = [one for one in robot.order if one in left]
        if not free or not left:
            return
        if not await robot.act("place_top", statement=left[0], position=free[0]):
            return


async def check(talk: Talk) -> None:
    """Answer the check on the list; amend and check again; choose an ending where it does not carry."""
    await welcome(talk)
    await checking.on_list(talk)


async def locked(talk: Talk) -> None:
    """Note what the table has locked."""
    talk.locked.append(talk.first.page.region("result").text)


SCRIPTS: Mapping[str, Script] = {
    "read": read,
    "solo": solo,
    "discard": discard,
    "rank": place,
    "compare": compare,
    "top": top,
    "check": check,
    "locked": locked,
    "grid-jot": grid.jot,
    "grid-caucus": grid.caucus,
    "grid-reveal": grid.reveal,
    "grid-answer": grid.answer,
    "grid-joint": together.joint,
    "grid-check": together.check,
    "grid-locked": locked,
}
