"""The one error that Dangol raises."""

from __future__ import annotations

TYPE_CHECKING = False  # for type checkers alone it is true, and a till starts without `typing`
if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangol.types import Code, Problem


class DangolError(ValueError):
    """The program, or what it was asked, is not right.

    A rule that says no is not an error: it is part of the answer, with its reason.

    Attributes:
        code: what is wrong, for programs. Codes stay the same from version to version.
        path: where it is: ``basket.lines[0].price``. Empty for the whole.
        message: what is wrong, for people.
        problems: everything that is wrong, the first included; a program may have several.

    >>> import dangol
    >>> try:
    ...     dangol.Program.from_json("{}")
    ... except dangol.DangolError as error:
    ...     error.code
    'missing_field'
    """

    __module__ = "dangol"  # where everybody imports it from

    code: Code
    path: str
    message: str
    problems: list[Problem]

    def __init__(self, code: Code, path: str, message: str, problems: Sequence[Problem] = ()) -> None:
        # The arguments are kept as they came, so that the error can be pickled and copied.
        super().__init__(code, path, message, problems)
        self.code = code
        self.path = path
        self.message = message
        self.problems = list(problems) or [{"code": code, "path": path, "message": message}]

    def __eq__(self, other: object) -> bool:
        return self.args == other.args if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), self.code, self.path, self.message))

    def __str__(self) -> str:
        if len(self.problems) > 1:
            return "\n".join([f"{len(self.problems)} problems", *map(_line, self.problems)])
        return _line(self.problems[0])


def _line(problem: Problem) -> str:
    where = f"{problem['path']}: " if problem["path"] else ""
    return f"{where}{problem['message']}"
