from app.robots.temperaments import Mind, Temperament, cast

IDS = tuple(f"s{number}" for number in range(1, 11))


def mind(temperament: Temperament, place: int = 0, seed: str = "1") -> Mind:
    return Mind(seed, 0, place, temperament, "Ada")


def test_same_seed_prefers_the_same_and_another_seed_does_not() -> None:
    orders = [mind(Temperament.AGREEABLE, seed=seed).order(IDS, "health") for seed in ("1", "1", "2")]
    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[0]) == sorted(IDS)


def test_camps_of_one_agency_are_more_alike_than_those_of_two() -> None:
    def best(agency: str, place: int) -> set[str]:
        return set(mind(Temperament.CAMP, place).order(IDS, agency)[:4])

    pairs = [(place, other) for place in range(6) for other in range(place)]
    within = sum(len(best("health", a) & best("health", b)) for a, b in pairs)
    between = sum(len(best("health", a) & best("police", b)) for a, b in pairs)
    assert within > between


def test_stubborn_answers_low_until_its_statement_is_in() -> None:
    stubborn = mind(Temperament.STUBBORN)
    order = stubborn.order(IDS, "health")
    assert stubborn.on_list(order[1:6], order) in (1, 2)
    assert stubborn.on_list(order[:5], order) >= 3


def test_stubborn_holds_one_proposal_up_and_not_the_next() -> None:
    stubborn = mind(Temperament.STUBBORN)
    order = stubborn.order(IDS, "health")
    assert stubborn.on_discard(order[0], order, failed=0) == 1
    assert stubborn.on_discard(order[5], order, failed=0) == 2
    assert stubborn.on_discard(order[5], order, failed=1) >= 3


def test_agreeable_can_live_with_everything() -> None:
    agreeable = mind(Temperament.AGREEABLE)
    order = agreeable.order(IDS, "health")
    assert min(agreeable.on_list(order[5:], order), agreeable.on_discard(order[0], order, 0)) == 3


def test_cast_has_somebody_late_and_somebody_who_leaves_only_where_enough_stay() -> None:
    def tempers(seats: int) -> set[Temperament]:
        return {one.temperament for one in cast("1", 2, seats)}

    assert {Temperament.LATE, Temperament.LEAVES} <= tempers(5)
    assert not {Temperament.LATE, Temperament.LEAVES} & tempers(3)
    assert len({one.name for one in cast("1", 12, 12)}) == 144


def test_the_stubborn_of_the_first_table_never_agree_on_one_row_and_elsewhere_on_all() -> None:
    rows = [f"r{number}" for number in range(1, 8)]
    first, second = (Mind("1", table, 1, Temperament.STUBBORN, "Ada") for table in (0, 1))
    low = [row for row in rows if first.on_row(row, rows, failed=2) < 3]
    assert low == [first.apart(rows)] != [""]
    assert [row for row in rows if second.on_row(row, rows, failed=1) < 3] == []
    assert (second.apart(rows), first.apart([])) == ("", "")


def test_now_and_then_a_row_fails_once() -> None:
    rows = [f"r{number}" for number in range(1, 8)]
    stubborn = Mind("1", 1, 1, Temperament.STUBBORN, "Ada")
    low = [row for row in rows if stubborn.on_row(row, rows, failed=0) < 3]
    assert 0 < len(low) < len(rows)
    assert min(mind(Temperament.AGREEABLE).on_row(row, rows, 0) for row in rows) >= 3


def test_one_of_the_second_table_opens_one_row_again_and_once_only() -> None:
    rows = ["r1", "r2", "r3"]
    stubborn = Mind("1", 1, 1, Temperament.STUBBORN, "Ada")
    assert stubborn.reopens(rows, failed=0) in rows
    assert (stubborn.reopens(rows, failed=1), stubborn.reopens([], failed=0)) == ("", "")
    assert Mind("1", 0, 1, Temperament.STUBBORN, "Ada").reopens(rows, failed=0) == ""
    assert Mind("1", 1, 0, Temperament.AGREEABLE, "Ada").reopens(rows, failed=0) == ""
