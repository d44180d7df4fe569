"""Who is at a shared text: what each of them may, who writes, and telling all of something."""

from app.texts import frames
from app.texts.line import GONE, Line, May


class Company:
    """The sockets at one text, and whether it can be written in at all."""

    def __init__(self, is_open: bool) -> None:
        self.is_open = is_open
        self.lines: dict[int, Line] = {}

    def let_in(self, line: Line) -> None:
        """Let a socket in: it hears what it may, and who is here."""
        self.lines[line.number] = line
        line.send(frames.may(self._may(line)))
        others = [other.told for other in self.lines.values() if other.may == "write" and other is not line]
        if others:
            line.send(frames.present(others))

    def leave(self, line: Line) -> None:
        """Let a socket go."""
        if self.lines.pop(line.number, None) is not None and line.may == "write":
            self.tell_all(frames.present([(line.number, line.clock + 1, None)]))

    def allow(self, line: Line, may: May) -> None:
        """Change what a socket may do; one that may nothing any more is closed."""
        if may == line.may:
            return
        was, line.may = line.may, may
        if may == "none":
            line.end(GONE)
            return
        line.send(frames.may(self._may(line)))
        if may == "write":
            self.tell_of(line)
        elif was == "write":
            line.clock += 1
            self.tell_all(frames.present([(line.number, line.clock, None)]), but=line)

    def set_open(self, is_open: bool) -> None:
        """Hear that the text was frozen, or opened again."""
        if is_open == self.is_open:
            return
        self.is_open = is_open
        for line in self.lines.values():
            line.send(frames.may(self._may(line)))

    def _may(self, line: Line) -> May:
        return line.may if self.is_open or line.may == "none" else "read"

    def rest(self) -> None:
        """Tell who has stopped writing."""
        for line in list(self.lines.values()):
            if line.rests():
                self.tell_of(line)

    def tell_of(self, line: Line) -> None:
        """Tell the others about one."""
        self.tell_all(frames.present([line.told]), but=line)

    def tell_all(self, frame: bytes, but: Line | None = None) -> None:
        """Send a frame to every socket but one."""
        for line in self.lines.values():
            if line is not but:
                line.send(frame)
