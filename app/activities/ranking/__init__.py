"""The ranking activity: alone first, then together, from many orders to one that all stand behind."""

from app.activities.base import Activity, Move
from app.activities.ranking import mirror, report, rules, views
from app.activities.ranking.shapes import Answer, Board, Clarify, Done, Flag, PutBallot, Setup
from app.errors import N_

activity = Activity(
    kind="ranking",
    title=N_("Ranking"),
    Setup=Setup,
    Answer=Answer,
    Board=Board,
    phases=rules.PHASES,
    moves=(
        Move("flag", Flag, "seat", "answer", frozenset({"read"}), rules.flag),
        Move("put_ballot", PutBallot, "seat", "answer", frozenset({"solo"}), rules.put_ballot),
        Move("done", Done, "seat", "answer", frozenset({"solo"}), rules.done),
        Move("clarify", Clarify, "trainer", "board", frozenset({"read", "solo"}), rules.clarify),
    ),
    skips=rules.skips,
    start_answer=rules.start_answer,
    start_board=rules.start_board,
    reveal=mirror.reveal,
    seat_words=views.seat_words,
    wall_words=views.wall_words,
    seat=views.seat,
    fact=views.fact,
    desk=views.desk,
    wall=views.wall,
    record=report.record,
    from_item=rules.from_item,
    from_form=rules.from_form,
)
