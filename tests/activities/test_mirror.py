"""The starting mirror: what is in it with how many answers."""

from app.activities.base import Given
from app.activities.ranking.mirror import AgencyOrder, Mirror, Nomination, first_places, leaves_out, reveal
from app.activities.ranking.shapes import Answer, Ballot, Board, Discarded, Setup, Statement

SETUP = Setup(statements=tuple(Statement(id=one, text=f"Statement {one}.") for one in "abcdef"), discard=1, top=3)


def given(*ballots: str, agencies: str = "", reasons: tuple[str, ...] = ()) -> tuple[Given, ...]:
    """Make kept answers of orders, best first; the letter after a slash is the discard, "-" is no ballot."""
    made = []
    for seat, written in enumerate(ballots):
        order, _, discard = written.partition("/")
        ballot = None if written == "-" else Ballot(discard=discard or None, order=tuple(order))
        reason = reasons[seat] if seat < len(reasons) else ""
        agency = {"h": "health", "p": "police", "e": "education"}.get(agencies[seat : seat + 1])
        made.append(Given(seat + 1, agency, Answer(ballot=ballot, reason=reason)))
    return tuple(made)


def shown(*ballots: str, without: tuple[str, ...] = (), reasons: tuple[str, ...] = (), agencies: str = "") -> Mirror:
    """Make a mirror of orders."""
    return reveal(SETUP, "solo", given(*ballots, reasons=reasons, agencies=agencies), without)


def order(mirror: Mirror) -> list[tuple[str, int, int]]:
    """List a mirror's places."""
    return [(place.id, place.first, place.last) for place in mirror.places]


def test_the_mirror_leaves_the_discarded_out() -> None:
    three = ("abcde/f", "abced/f", "bacde/f")
    assert order(shown(*three))[-1] == ("f", 6, 6)
    assert order(shown(*three, without=("f",))) == [("a", 1, 1), ("b", 2, 2), ("c", 3, 3), ("d", 4, 4), ("e", 5, 5)]


def test_the_mirror_keeps_a_discard_that_the_table_did_not_follow() -> None:
    mirror = shown("abcde/f", "fbcde/a", "fbcde/a", without=("b",))
    assert order(mirror) == [("c", 1, 1), ("f", 2, 2), ("d", 3, 3), ("a", 4, 4), ("e", 5, 5)]


def test_two_ballots_show_nothing_but_their_number() -> None:
    mirror = shown("abcde/f", "abcde/f", "-", reasons=("because",))
    assert (mirror.orders, mirror.left_out, mirror.places, mirror.words) == (2, 1, (), None)
    assert (mirror.nominations, mirror.reasons, mirror.agencies, mirror.parity) == ((), (), (), None)


def test_four_ballots_name_nominations_in_no_telling_order_and_reasons_apart_from_them() -> None:
    mirror = shown("abcde/f", "abcde/f", "abcde/f", "bcdef/a", "-", reasons=("old", "", "dear", "vague", "unseen"))
    assert mirror.nominations == (
        Nomination("a", "Statement a.", None, ()),
        Nomination("f", "Statement f.", None, ()),
    )
    assert {one.text for one in mirror.reasons} == {"old", "dear", "vague"}
    assert len({one.id for one in mirror.reasons}) == 3


def test_five_ballots_count_nominations_and_keep_reasons_with_them() -> None:
    ballots = ("abcde/f", "abcde/f", "abcde/f", "bcdef/a", "abcd")
    mirror = shown(*ballots, reasons=("old", "", "dear", "vague", "unseen"))
    assert [(one.id, one.count, {said.text for said in one.reasons}) for one in mirror.nominations] == [
        ("f", 3, {"old", "dear"}),
        ("a", 1, {"vague"}),
    ]
    assert mirror.reasons == ()
    assert len({said.id for one in mirror.nominations for said in one.reasons}) == 3


def test_a_reason_keeps_its_id_when_others_are_said_beside_it() -> None:
    few = shown("abcde/f", "abcde/f", "abcde/f", reasons=("old", "", "dear"))
    more = shown("abcde/f", "abcde/f", "abcde/f", "bcdef/a", reasons=("old", "new", "dear", "vague"))
    assert {one.id for one in few.reasons} < {one.id for one in more.reasons}


def test_the_same_reason_of_two_has_two_ids() -> None:
    mirror = shown("abcde/f", "abcde/f", "abcde/f", reasons=("old", "old", "dear"))
    assert len({one.id for one in mirror.reasons}) == 3


def test_reasons_stand_in_an_order_that_tells_nothing_of_the_seats() -> None:
    reasons = ("one", "two", "three", "four", "five")
    ballots = ("abcde/f",) * 5
    back = reveal(SETUP, "solo", tuple(reversed(given(*ballots, reasons=reasons))), ("f",))
    assert back.nominations == shown(*ballots, reasons=reasons).nominations
    assert [one.text for one in back.nominations[0].reasons] != list(reasons)


def test_a_line_of_an_agency_needs_three_agencies_with_three_ballots() -> None:
    nine = ("abcdef",) * 3 + ("fedcba",) * 3 + ("abcdef",) * 3
    mirror = shown(*nine, agencies="hhhpppeee", without=("f",))
    upright, turned = tuple((one,) for one in "abcde"), tuple((one,) for one in "edcba")
    assert mirror.agencies == (
        AgencyOrder("education", upright),
        AgencyOrder("health", upright),
        AgencyOrder("police", turned),
    )
    assert mirror.parity == upright
    assert shown(*nine, agencies="hhhppeeee").agencies == ()
    assert shown(*nine, agencies="hhhppeeee").parity is None


def test_statements_level_at_the_cut_are_named() -> None:
    assert shown("abcdef", "abdcef", "abdcef", "abcdef").cut == ("c", "d")


def test_statements_placed_alike_are_named() -> None:
    assert shown("abcdef", "abcdef", "abfcde").alike == ("a", "b", "c", "d", "e")


def test_what_is_left_out_is_what_was_discarded() -> None:
    board = Board(discarded=(Discarded(statement="f", reason="", reason_id="p1"),))
    assert (leaves_out(board), leaves_out(Board(nothing_discarded=True))) == (("f",), ())


def test_first_places_are_those_placed_alike_and_alone() -> None:
    assert first_places(SETUP, given("abcde/f", "abdce/f", "abecd/f"), ("f",)) == {"a": 1, "b": 2, "c": 3}
    assert first_places(SETUP, given("abcdef", "bacdef", "abcdef", "bacdef")) == {"c": 3, "d": 4, "e": 5, "f": 6}


def test_first_places_need_three_ballots() -> None:
    assert first_places(SETUP, given("abcdef", "abcdef", "-")) == {}


def test_a_reason_is_kept_as_it_was_said() -> None:
    mirror = shown("abcde/f", "abcde/f", "abcde/f", reasons=("It is <vague>.",))
    assert [one.text for one in mirror.reasons] == ["It is <vague>."]
