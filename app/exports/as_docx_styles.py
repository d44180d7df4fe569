"""How a Word file looks: its styles and lists, in the colours and faces of the pages."""

from docx.document import Document
from docx.oxml.parser import parse_xml

from app.exports.as_docx_parts import ACTION, CONTESTED, INK, OUTLINE, RULE, SOFT, Element, node

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT, HEAD = "Atkinson Hyperlegible Next", "Bricolage Grotesque"
# Whose spelling a language is checked by.
SPELLING = {"en": "en-GB", "cy": "cy-GB"}
BULLETS, PLACES = 1, 2
DEEPEST = 6


def dress(document: Document, language: str) -> None:
    """Give a document our styles and lists, and no others."""
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    spelling = SPELLING.get(language, language)
    styles.extend(parse_xml(f"<w:styles {W}>{_defaults(spelling)}{''.join(_styles())}</w:styles>"))
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    numbering.extend(parse_xml(f"<w:numbering {W}>{_bullets()}{_places()}</w:numbering>"))
    numbering.append(_list(BULLETS, BULLETS))


def begin_places(document: Document, first: int) -> int:
    """Begin a list of places with a number, as each place does that does not follow the one before; give its number."""
    numbering = document.part.numbering_part.element
    number = len(numbering)
    override = node("lvlOverride", node("startOverride", val=first), ilvl=0)
    numbering.append(_list(number, PLACES, override))
    return number


def _list(number: int, kind: int, *overrides: Element) -> Element:
    return node("num", node("abstractNumId", val=kind), *overrides, numId=number)


def _defaults(spelling: str) -> str:
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{TEXT}" w:hAnsi="{TEXT}" w:eastAsia="{TEXT}" '
        f'w:cs="Arial"/><w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        f'<w:lang w:val="{spelling}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )


def _styles() -> list[str]:
    heads = [
        _style(f"Heading{level}", f"heading {level}", _heading(level), _face(HEAD, size), next="Normal", rank=9)
        for level, size in enumerate((36, 29, 25, 22, 21, 21), 1)
    ]
    kept = "<w:keepNext/><w:keepLines/>"
    soft = _letters(19, SOFT)
    return [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>',
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>',
        _table("TableNormal", "Normal Table", "", default=True),
        _table("ConcordTable", "Concord table", _lines("tbl", top=INK, bottom=INK, insideH=RULE), _head_row()),
        _table("ConcordFacts", "Concord facts", _lines("tbl", top=OUTLINE, bottom=OUTLINE)),
        _style("Title", "Title", kept + _space(120, 120, 252), _face(HEAD, 56), rank=10),
        _style("Subtitle", "Subtitle", _space(0, 240, 300), _letters(26, INK), rank=11),
        *heads,
        _style("Lead", "Concord lead", _space(0, 160, 300), _letters(25, INK)),
        _style("Note", "Concord note", _space(0, 100), soft),
        _style("Label", "Concord label", kept + _space(100, 40), _letters(19, SOFT, bold=True)),
        _style("ListBullet", "List Bullet", _piece(BULLETS) + _space(0, 60) + _indent(284, 284)),
        _style("Place", "Concord place", "<w:keepLines/>" + _bar(between=RULE) + _space(80, 80) + _indent(454, 454)),
        _style("Opening", "Concord opening", kept + _space(200, 40), _letters(21, SOFT, bold=True)),
        _style("Agreed", "Concord agreed", _bar(left=ACTION) + _space(0, 80, 288) + _indent(170), _letters(28, INK)),
        _style("Open", "Concord open", _bar(left=CONTESTED) + _space(0, 80, 288) + _indent(170), _letters(24, INK)),
        _style("Quote", "Quote", _bar(left=RULE) + _space(0, 100) + _indent(170), rank=29),
        _style("Picture", "Concord picture", kept + _space(120, 40, 240)),
        _style("Caption", "caption", _space(40, 200), soft, rank=35),
        _style("TableTitle", "Concord table title", kept + _space(200, 80), _letters(21, INK, bold=True)),
        _style("TableText", "Concord table text", _space(40, 40, 252), _letters(18, INK)),
        _style("TableHead", "Concord table head", "<w:keepNext/>" + _space(40, 40, 252), _letters(18, INK, bold=True)),
        _style("FactLabel", "Concord fact label", "<w:keepNext/>" + _space(60, 0, 252), _letters(18, SOFT)),
        _style("FactValue", "Concord fact value", _space(0, 60, 252), _letters(21, INK, bold=True)),
        _style("Header", "header", _space(0, 0, 240), _letters(18, SOFT, bold=True), rank=99),
        _style("Footer", "footer", _bar(top=RULE) + _space(0, 0, 240), _letters(17, SOFT), rank=99),
        _style("Gap", "Concord gap", _space(0, 0, 120), _letters(8, INK)),
    ]


def _style(own: str, name: str, shape: str, letters: str = "", next: str = "", rank: int = 0) -> str:
    """Write a paragraph's style; those of Word's own names have a rank in its list."""
    custom = "" if rank or own == "ListBullet" else ' w:customStyle="1"'
    after = f'<w:next w:val="{next}"/>' if next else ""
    priority = f'<w:uiPriority w:val="{rank}"/>' if rank else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{own}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"{after}{priority}<w:qFormat/><w:pPr>{shape}</w:pPr>"
        f"{f'<w:rPr>{letters}</w:rPr>' if letters else ''}</w:style>"
    )


def _table(own: str, name: str, borders: str, parts: str = "", default: bool = False) -> str:
    sort = ' w:default="1"' if default else ' w:customStyle="1"'
    based = "" if default else '<w:basedOn w:val="TableNormal"/>'
    sides = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in MARGINS)
    return (
        f'<w:style w:type="table"{sort} w:styleId="{own}"><w:name w:val="{name}"/>{based}'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{borders}<w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>'
        f"{parts}</w:style>"
    )


MARGINS = (("top", 0), ("left", 85), ("bottom", 0), ("right", 85))


def _head_row() -> str:
    return (
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
        f'{_lines("tc", bottom=INK)}<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )


def _lines(what: str, **sides: str) -> str:
    drawn = "".join(
        f'<w:{side} w:val="single" w:sz="{4 if colour == RULE else 8}" w:space="0" w:color="{colour}"/>'
        for side, colour in sides.items()
    )
    return f"<w:{what}Borders>{drawn}</w:{what}Borders>"


def _bar(**sides: str) -> str:
    """Draw lines beside a paragraph."""
    drawn = "".join(
        f'<w:{side} w:val="single" w:sz="{24 if side == "left" else 4}" w:space="{8 if side == "left" else 4}" '
        f'w:color="{colour}"/>'
        for side, colour in sides.items()
    )
    return f"<w:pBdr>{drawn}</w:pBdr>"


def _heading(level: int) -> str:
    above = (400, 320, 240, 200, 200, 200)[level - 1]
    return f'<w:keepNext/><w:keepLines/>{_space(above, 100, 252)}<w:outlineLvl w:val="{level - 1}"/>'


def _space(before: int, after: int, line: int = 276) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _indent(left: int, hanging: int = 0) -> str:
    return f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'


def _piece(number: int) -> str:
    return f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'


def _face(face: str, size: int) -> str:
    return f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}"/>{_letters(size, INK, bold=True)}'


def _letters(size: int, colour: str, bold: bool = False) -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    return f'{weight}<w:color w:val="{colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _bullets() -> str:
    letters = (
        '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:hint="default"/>'
        f'<w:color w:val="{ACTION}"/><w:sz w:val="14"/>'
    )
    return _level(BULLETS, "bullet", "◆", _indent(284, 284), letters)


def _places() -> str:
    letters = f'<w:rFonts w:ascii="{HEAD}" w:hAnsi="{HEAD}"/><w:b/><w:color w:val="{ACTION}"/><w:sz w:val="28"/>'
    return _level(PLACES, "decimal", "%1", _indent(454, 454), letters)


def _level(kind: int, format: str, text: str, shape: str, letters: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{kind}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{shape}</w:pPr><w:rPr>{letters}</w:rPr></w:lvl></w:abstractNum>"
    )
