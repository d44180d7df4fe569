"""A report with every block and every picture in it, as kinds would make them, to write in all formats."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.activities.pictures import (
    Bar,
    Diamond,
    End,
    Heat,
    HeatRow,
    Histogram,
    Journey,
    Journeys,
    Meter,
    SideBySide,
    SideCell,
    SideRow,
)
from app.activities.summary import (
    Bullets,
    Card,
    Details,
    Fact,
    Facts,
    Orders,
    Paragraph,
    Picture,
    Place,
    Places,
    Quote,
    Quotes,
    Section,
    Statement,
    Statements,
    Table,
    Withheld,
)
from app.errors import NN_, Phrase
from app.exports.formats import Work
from app.exports.record import Outline, Record
from app.exports.report import Report
from app.exports.wording import in_words

STATEMENTS = (
    "Children and young people do better on the Every Child Matters outcomes.",
    "All agencies own decisions together and share responsibility for them.",
    "The people we support are happier with the joined-up help they get.",
    "We find ways of working that get better results.",
    "Staff from different services have room to think differently and try new ideas.",
    "There is less friction and conflict between agencies.",
    "Being part of a multi-agency team makes people’s jobs more rewarding.",
    "One particular process or practice becomes better than it was.",
    "Good changes are noticed, celebrated and told to others.",
)
GONE = "Our setting becomes known locally for working well with other agencies."
PLACES = ((1, 2, 3, 5, 6, 4, 7, 8, 9), (1, 2, 3, 4, 5, 6, 7, 8, 9), (2, 1, 4, 6, 5, 3, 7, 9, 8))
OPENINGS = (
    "In an effective multi-agency team, children and families will …",
    "Information is shared between us when …",
    "We know that we work well together when …",
)


def table(name: str, *rows: tuple[Any, ...], columns: tuple[str, ...], wide: bool = False) -> Table:
    """Make a table of what is already in words."""
    return Table(name, name.replace("-", " ").capitalize(), columns, rows, wide)


def meter(statements: tuple[str, ...]) -> Picture:
    """Draw the agreement before the talk."""
    return Picture(
        "Agreement before the talk",
        ("Clear agreement, 3 of 5 steps.",),
        Meter("Clear agreement", 3),
        table("agreement", ("Agreement", "Clear agreement"), ("Step", 3), columns=("What", "Value")),
    )


def side_by_side(statements: tuple[str, ...]) -> Picture:
    """Draw three tables beside each other."""
    rows = [
        SideRow(
            text,
            tuple(SideCell(str(order[place]), order[place] if order[place] <= 5 else 0) for order in PLACES),
            NN_("in {n} five", "in {n} fives", sum(order[place] <= 5 for order in PLACES)),
        )
        for place, text in enumerate(statements)
    ]
    rows.append(SideRow(GONE, tuple(SideCell("discarded", gone=True) for _ in PLACES), "in none"))
    found = [(text, *(order[place] for order in PLACES)) for place, text in enumerate(statements)]
    return Picture(
        "Tables side by side",
        ("Each statement’s place at each of three tables.", "Two statements are in every five."),
        SideBySide(("Table 1", "Table 2", "Table 3"), tuple(rows), "In the five"),
        table(
            "tables-side-by-side",
            *found,
            (GONE, "discarded", "discarded", "discarded"),
            columns=("Statement", "Table 1", "Table 2", "Table 3"),
        ),
    )


def heat(statements: tuple[str, ...]) -> Picture:
    """Draw how many tables have each statement on each place."""
    counts = [
        (text, tuple(sum(order[at] == place for order in PLACES) for place in range(1, 10)))
        for at, text in enumerate(statements)
    ]
    return Picture(
        "How many tables have each statement on each place",
        ("The first two statements stand on places 1 and 2 at every table.",),
        Heat(tuple(str(place) for place in range(1, 10)), tuple(HeatRow(text, row) for text, row in counts), 3),
        table(
            "places",
            *((text, *row) for text, row in counts),
            columns=("Statement", *(f"Place {place}" for place in range(1, 10))),
        ),
    )


def journeys(statements: tuple[str, ...]) -> Picture:
    """Draw each statement's way."""
    before = (1, 4, 2, 3, 6, 5, 7, 8, 9)
    ways = [
        Journey(text, End(was, was, was <= 5), End(now, now, now <= 5))
        for now, (text, was) in enumerate(zip(statements, before, strict=False), 1)
    ]
    return Picture(
        "From the first answers to the result",
        ("Owning decisions together rose from place 4 to place 2.",),
        Journeys("First answers", "Agreed", (*ways, Journey(GONE, End(10, 10), None, gone=True))),
        table(
            "journeys",
            *((text, was, now) for now, (text, was) in enumerate(zip(statements, before, strict=False), 1)),
            (GONE, 10, "discarded"),
            columns=("Statement", "First answers", "Agreed"),
        ),
    )


def histogram() -> Picture:
    """Draw a check with a masked count."""
    words = ("No", "Serious concerns", "Concerns", "I can live with it", "Good", "Wholeheartedly")
    told = ("0", "0", "1–2", "9", "3 or more", "5")
    bars = [
        Bar(
            value,
            words[value],
            told[value],
            {"1–2": 1.5, "3 or more": 3.0}.get(count) or float(count),
            "–" in count or " " in count,
        )
        for value, count in enumerate(told)
    ]
    return Picture(
        "The last check",
        ("1–2 at 2, 9 at 3, 3 or more at 4, 5 at 5.",),
        Histogram(tuple(bars), 3),
        table("last-check", *((f"{bar.value} {bar.words}", bar.told) for bar in bars), columns=("Answer", "How many")),
    )


def diamond(statements: tuple[str, ...]) -> Picture:
    """Draw a board."""
    return Picture(
        "The table’s board",
        ("Nine statements as a diamond, the most important at the top.",),
        Diamond(statements, 5),
        table("board", *((place, text) for place, text in enumerate(statements, 1)), columns=("Place", "Statement")),
    )


def ranking(statements: tuple[str, ...]) -> Section:
    """Tell a ranking."""
    five = tuple(
        Place(place, text, (NN_("in {n} five", "in {n} fives", 3),) if place < 3 else (), open=place == 5)
        for place, text in enumerate(statements[:5], 1)
    )
    return Section(
        "What good multi-agency work leads to",
        (
            Section("The room’s five, in order", (Places(five),)),
            Card(
                "Agreement before the talk",
                (meter(statements), Paragraph("15 private orders of nine statements, none left out.")),
            ),
            Card(
                "What changed in the talk",
                (
                    Bullets(
                        (
                            "Owning decisions together rose from place 4 to place 2.",
                            "Less friction went from place 5 to place 6.",
                        )
                    ),
                ),
            ),
            Section("Tables side by side", (side_by_side(statements), heat(statements)), "new"),
            Section(
                "Table 1",
                (
                    Facts((Fact("How it ended", "Agreed"), Fact("Checks", "2"))),
                    diamond(statements),
                    journeys(statements),
                    histogram(),
                    Quotes(
                        "Kept beside the list",
                        (
                            Quote("We stand behind it if training is paid.", "Place 4"),
                            Quote("It follows from the others."),
                        ),
                    ),
                    Details(
                        "How is this worked out?",
                        (
                            Paragraph("Kendall’s W 0.71; chance alone gives 0.20.", "note"),
                            table(
                                "figures",
                                ("Kendall’s W", 0.71),
                                ("Mean rank correlation r", 0.66),
                                columns=("Figure", "Value"),
                            ),
                        ),
                    ),
                ),
                "new",
            ),
        ),
    )


def grid() -> Section:
    """Tell a grid."""
    cells = tuple(
        (
            opening,
            *(
                f"{agency} says something that matters here and takes a few lines to read."
                for agency in ("Education", "Health", "Police", "Voluntary")
            ),
            "What all agreed.",
        )
        for opening in OPENINGS
    )
    columns = ("Opening", "Education", "Health", "Police", "Voluntary", "Agreed by all")
    return Section(
        "Our joint vision",
        (
            Statements(
                (
                    Statement(OPENINGS[0], "Children and families tell their story once and get help from us all."),
                    Statement(
                        OPENINGS[1],
                        "It keeps somebody safe.",
                        "It keeps somebody safe and they have agreed.",
                        ("not agreed",),
                    ),
                )
            ),
            Section("The whole grid", (table("grid", *cells, columns=columns, wide=True),), "wide"),
        ),
    )


def sample(
    statements: tuple[str, ...] = STATEMENTS, title: str = "Joint training, half a day", language: str = "en"
) -> Report:
    """Make the report, in words."""
    made = Report(
        title=title,
        version="commissioner",
        audience=Phrase("For the commissioner"),
        purpose="To agree what we want from working together, and to say it in our own words.",
        day=date(2026, 11, 20),
        facts=(
            Fact("People", "15, four agencies"),
            Fact("Tables", "3"),
            Fact("How it ended", "2 agreed, 1 with reservations"),
        ),
        sections=(
            ranking(statements),
            grid(),
            Section(
                "What was left out, and why",
                (Bullets(("Lines by agency: fewer than three agencies have three answers each.",)),),
            ),
        ),
        sheets=(
            table(
                "results",
                *((1, place, text) for place, text in enumerate(statements, 1)),
                columns=("Table", "Place", "Statement"),
            ),
            table(
                "checks",
                (1, 1, "agreed", 0.5),
                (2, 2, "not agreed", None),
                columns=("Table", "Check", "Ended", "Share"),
            ),
        ),
        orders=(
            Orders(
                "tables",
                "What good multi-agency work leads to",
                statements,
                tuple((1, tuple((order.index(place),) for place in range(1, len(order) + 1))) for order in PLACES),
            ),
        ),
        withheld=(Withheld("Lines by agency", "Fewer than three agencies have three answers each."),),
    )
    return in_words(made, language)


def work(report: Report | None = None, **more: Any) -> Work:
    """Make what a format is written from."""
    outline = Outline(title="Joint training, half a day", disclosure="confidential", people="15")
    return replace(Work(Record(version="commissioner", workshop=outline), report or sample()), **more)


HOSTILE = (
    '=HYPERLINK("https://canary.invalid/x","click")',
    "+1+1",
    "@SUM(1)",
    "-2",
    "\tcmd|' /C calc'!A0",
    "a\x00b\x07c\x1b[31md\x85e\x9bf",
    "‮desrever‬ ⁦isolate⁩ ‏rtl",
    "شراكة من أجل الأطفال",
    "👩‍👩‍👧‍👦👍🏽🏴󠁧󠁢󠁷󠁬󠁳󠁿 family",
    '<img src="http://127.0.0.1:1/x" onerror="alert(1)"><script>alert(1)</script>',
    "<w:instrText>INCLUDETEXT file:///etc/passwd</w:instrText> {DDEAUTO c:\\\\x}",
    "url(http://127.0.0.1:1/y) @import 'file:///etc/passwd'; </style><style>*{display:none}",
    "../../etc/passwd",
    'CON:|<>?*"/\\',
    "half \ud800 sign \uffff",
    "]]> &amp; &#0; &lt;",
    "{{ 7 * 7 }} {% raw %} %(x)s %s {name}",
    "ŵ ŷ Ŵ – “quotes” … ﬁ é é",
    "no-break" * 40,
)
"""What people could type to break a file, or whoever opens it."""
