"""The joint vision grid: each agency's view in its own words, and for every sentence one that all stand behind."""

from app.activities.base import Activity, Move
from app.activities.checks import CloseCheck
from app.activities.grid import (
    alone,
    cells,
    joint,
    jots,
    naming,
    report,
    result,
    rights,
    room,
    rules,
    setting,
    shapes,
    views,
)
from app.errors import N_

JOT = frozenset({"jot"})
CAUCUS = frozenset({"caucus"})
REVEAL = frozenset({"reveal"})
JOINT = frozenset({"joint"})
CHECKED = frozenset({"joint", "check"})
REVEALED = frozenset({"reveal", "answer", "joint", "check", "locked"})

activity = Activity(
    kind="grid",
    title=N_("Joint vision grid"),
    Setup=shapes.Setup,
    Answer=shapes.Answer,
    Board=shapes.Board,
    phases=rules.PHASES,
    moves=(
        Move("jot", shapes.MakeJot, "seat", "answer", JOT, alone.jot, for_seat=True),
        Move("drop_jot", shapes.DropJot, "seat", "answer", JOT, alone.drop_jot, for_seat=True),
        Move("speak_for", shapes.SpeakFor, "seat", "answer", JOT | CAUCUS, alone.speak_for, settles=True),
        Move("done", shapes.Done, "seat", "answer", JOT, alone.done, for_seat=True),
        Move("agree_cell", shapes.AgreeCell, "seat", "board", CAUCUS, cells.agree_cell, adds=True),
        Move("mark", shapes.Mark, "seat", "answer", REVEAL, cells.mark, settles=True),
        Move("reply", shapes.MakeReply, "seat", "board", frozenset({"answer", "joint"}), cells.reply, adds=True),
        Move(
            "guess",
            shapes.MakeGuess,
            "seat",
            "board",
            frozenset({"reveal", "answer", "joint"}),
            cells.guess,
            adds=True,
        ),
        Move("draw_on", shapes.DrawOn, "seat", "board", JOINT, joint.draw_on, adds=True),
        Move("open_check", shapes.OpenRowCheck, "seat", "board", CHECKED, result.open_check),
        Move(
            "answer_check",
            shapes.AnswerRowCheck,
            "seat",
            "answer",
            CHECKED,
            result.answer_check,
            settles=True,
            for_seat=True,
        ),
        Move("lock_row", shapes.NameRow, "seat", "board", JOINT, joint.lock_row),
        Move("choose_ending", shapes.EndRow, "seat", "board", CHECKED, result.end),
        Move("reopen_row", shapes.NameRow, "seat", "board", CHECKED, result.reopen_row),
        Move("close_check", CloseCheck, "trainer", "board", CHECKED, result.close_check),
        Move("hide", shapes.Hide, "trainer", "board", REVEALED, result.hide, adds=True),
        Move("show_row", shapes.ShowRow, "trainer", "board", REVEALED, result.show_row, adds=True),
    ),
    skips=rules.skips,
    start_answer=rules.start_answer,
    start_board=rules.start_board,
    enter=rules.enter,
    settle=rules.settle,
    reopen=rules.reopen,
    ready=rules.ready,
    has_done=rules.has_done,
    leave=rules.leave,
    reveal=jots.reveal,
    leaves_out=jots.leaves_out,
    room=room.room,
    seat_words=views.seat_words,
    wall_words=views.wall_words,
    seat=views.seat,
    fact=views.fact,
    cues=views.cues,
    desk=views.desk,
    wall=views.wall,
    record=report.record,
    may_join=jots.may_join,
    record_seat=report.record_seat,
    from_item=setting.from_item,
    from_form=setting.from_form,
    says=alone.says,
    text=rights.text,
    text_title=naming.text_title,
    wrote=rights.wrote,
    conclude=rules.conclude,
    narrow=jots.narrow,
    is_room=rules.is_room,
)
