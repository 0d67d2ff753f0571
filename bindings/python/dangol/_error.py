"""The one error that Dangol raises."""

from collections.abc import Sequence
from typing import TypedDict


class Problem(TypedDict):
    """One thing that is wrong, and where."""

    code: str
    path: str
    message: str


class DangolError(ValueError):
    """The program, or what it was asked, is not right.

    A rule that says no is not an error: it is part of the answer, with its reason.

    Attributes:
        code: what is wrong, for programs. Codes stay the same from version to version.
        path: where it is: ``basket.lines[0].price``. Empty for the whole.
        message: what is wrong, for people.
        problems: everything that is wrong with a program, each with its code, path and message.

    >>> import dangol
    >>> try:
    ...     dangol.Program.from_json("{}")
    ... except dangol.DangolError as error:
    ...     error.code
    'missing_field'
    """

    code: str
    path: str
    message: str
    problems: list[Problem]

    def __init__(self, code: str, path: str, message: str, problems: Sequence[Problem] = ()) -> None:
        # The arguments are kept as they came, so that the error can be pickled and copied.
        super().__init__(code, path, message, problems)
        self.code = code
        self.path = path
        self.message = message
        self.problems = list(problems)

    def __str__(self) -> str:
        if len(self.problems) > 1:
            return "\n".join([self.message, *(f"  {_line(problem)}" for problem in self.problems)])
        return _line({"code": self.code, "path": self.path, "message": self.message})


def _line(problem: Problem) -> str:
    where = f"{problem['path']}: " if problem["path"] else ""
    return f"{where}{problem['message']}"
