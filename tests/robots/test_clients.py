from tests.house.tree import imports, parsed, told, under


def test_robots_know_nothing_of_concord_but_its_public_addresses() -> None:
    modules = under("app/robots", ".py")
    known = [(told(path, line), name) for path in modules for line, name in imports(parsed(path))]
    ours = [
        place for place in known if place[1].split(".")[0] == "app" and not f"{place[1]}.".startswith("app.robots.")
    ]
    assert modules
    assert ours == []
