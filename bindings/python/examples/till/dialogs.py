"""What opens over the till's screen: a question, the members, the receipt."""

from collections.abc import Callable

from receipt import columns
from store import Known
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option


class Ask(ModalScreen[str | None]):
    """One question with one line to type."""

    BINDINGS = [("escape", "dismiss(None)", "Back")]

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self.question, self.value = question, value

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label(self.question)
            yield Input(self.value, id="answer")

    @on(Input.Submitted)
    def answered(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())


class FindMember(ModalScreen[str | None]):
    """Members by card, phone, or how their name begins."""

    BINDINGS = [("escape", "dismiss(None)", "Back"), ("down", "list", "")]

    def __init__(self, find: Callable[[str], list[Known]]) -> None:
        super().__init__()
        self.find = find

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label("Member: card, phone or name (empty for nobody)")
            yield Input(id="answer")
            yield OptionList(id="found")

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        found = self.find(event.value.strip()) if event.value.strip() else []
        options = [Option(columns(known.name or known.id, known.phone or "", 46), id=known.id) for known in found]
        self.query_one(OptionList).clear_options().add_options(options)

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        found = self.query_one(OptionList)
        if not event.value.strip():
            self.dismiss("")
        elif found.option_count:
            self.dismiss(found.get_option_at_index(0).id)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_list(self) -> None:
        found = self.query_one(OptionList).focus()
        found.highlighted = 0 if found.option_count else None


class Receipt(ModalScreen[bool]):
    """The receipt of what was paid."""

    BINDINGS = [("p", "dismiss(True)", "Print"), ("escape,enter", "dismiss(False)", "Next customer")]

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self.told = told

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            with VerticalScroll():
                yield Static("\n".join(self.told), id="receipt", markup=False)
            yield Label("P prints it, Enter goes on")
