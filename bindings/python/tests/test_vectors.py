"""The conformance vectors, by the JSON door and by the dict door, which must agree."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import dangol

VECTORS = Path(__file__).resolve().parents[3] / "tests" / "vectors"


def cases() -> Iterator[Any]:
    for file in sorted(VECTORS.rglob("*.json")):
        vector = json.loads(file.read_text("utf-8"))
        for case in vector.get("cases", []):
            name = f"{file.relative_to(VECTORS)} › {case['name']}"
            yield pytest.param(case, case.get("program", vector.get("program")), id=name)


CASES = list(cases())


def test_there_are_cases() -> None:
    assert CASES, f"no case in {VECTORS}"


@pytest.mark.parametrize(("case", "definition"), CASES)
def test_vector(case: dict[str, Any], definition: Any) -> None:
    if "steps" not in case:
        return check(case["then"], "loading", lambda: {"loads": bool(load(definition))})
    run = Run(load(definition), case.get("given", {}).get("member", {"id": "m1"}))
    for number, step in enumerate(case["steps"], 1):
        check(step.get("then", {}), f"step {number}", partial(run.take, step["when"]))


def check(then: dict[str, Any], where: str, attempt: Callable[[], dict[str, Any]]) -> None:
    try:
        result = attempt()
    except dangol.DangolError as error:
        if "error" not in then:
            raise
        result = {"error": vars(error)}
    differences = list(compare(then, result, ""))
    if differences:
        pytest.fail("\n".join([where, *differences]), pytrace=False)


def load(definition: Any) -> dangol.Program:
    if isinstance(definition, str):
        return dangol.Program.from_file(VECTORS / definition)
    if "text" in definition:
        read = dangol.Program.from_toml if definition.get("format") == "toml" else dangol.Program.from_json
        return read(text(definition["text"]))
    return dangol.Program.from_dict(definition)


class Run:
    """A program, the member as the steps have left it, the events that did, and the orders as they stand.

    Tills that do not know of each other have a run each, which knows all orders.
    """

    def __init__(self, program: dangol.Program, member: Any) -> None:
        self.program = program
        self.opening = self.member = member
        self.events: list[Any] = []
        self.orders: dict[str, Any] = {}
        self.tills: dict[str, Run] = {}
        self.done: list[Any] = []

    def take(self, when: dict[str, Any]) -> Any:
        """The result of one step; its events are folded into the member."""
        if "raw" in when:
            return json.loads(self.program.call(when["raw"]["verb"], text(when["raw"]["text"])))
        if "till" in when:
            return self.till(when["till"]).kept({name: value for name, value in when.items() if name != "till"})
        result = self.asked(when)
        for name in ("order", "exchanged"):
            if name in result:
                self.orders[result[name]["id"]] = result[name]
        own = [event for event in result.get("events", []) if event["member"] == self.member["id"]]
        self.member = ask(self.program, "apply", {"member": self.member, "events": own})
        self.events += own
        return result | {"member": self.member}

    def till(self, name: str) -> "Run":
        """A till that knows nothing of what others did with the member."""
        till = self.tills.setdefault(name, Run(self.program, self.opening))
        till.orders = self.orders
        return till

    def kept(self, when: dict[str, Any]) -> Any:
        """The result of one step, which is kept to be merged."""
        before = dict(self.orders)
        result = self.take(when)
        at = {name: when[name] for name in ("now", "operation") if name in when}
        match when:
            case {"act": action}:
                self.done.append({"action": {"action": action} | at})
            case {"refund": {"order": order, "returned": returned}}:
                self.done.append({"refund": {"order": before[order], "returned": returned} | at})
            case _:
                self.done.append({"order": result["order"]})
        return result

    def about(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What is asked of an order that a step before has placed, or that is written out."""
        order = asked["order"]
        return {**asked, "member": self.member, "order": self.orders[order] if isinstance(order, str) else order}

    def asked(self, when: dict[str, Any]) -> Any:
        """The answer of the verb that the step names."""

        def verb(name: str, **request: Any) -> Any:
            return ask(self.program, name, request)

        match when:
            case {"act": action, "now": now, "operation": operation}:
                return verb("act", member=self.member, action=action, now=now, operation=operation)
            case {"refund": asked, "now": now, "operation": operation}:
                request = self.about(asked) | {"now": now, "operation": operation}
                program = load(request.pop("program")) if "program" in request else self.program
                return ask(program, "refund", request)
            case {"exchange": asked, "now": now, "operation": name}:
                return verb("exchange", now=now, exchange=name, **self.about(asked))
            case {"merge": {"tills": tills}}:
                done = [done for till in tills for done in self.tills[till].done]
                return verb("merge", member=self.member, done=done)
            case {"advance": _, "now": now}:
                return verb("advance", member=self.member, until=now)
            case {"balance": _, "now": now}:
                return verb("balance", member=self.member, at=now)
            case {"tiers": asked, "now": now}:
                return verb("tiers", member=self.member, at=now, **asked)
            case {"notices": days}:
                return verb("notices", member=self.member, **days)
            case {"statement": _}:
                until = {"until": when["now"]} if "now" in when else {}
                return verb("statement", member=self.opening, events=self.events, **until)
            case {"segments": bands, "now": now}:
                return verb("segments", member=self.member, at=now, bands=bands)
            case {"cutoff": request}:
                return verb("cutoff", **request)
        result = verb("quote", member=self.member, now=when["now"], **when["quote"])
        if "place" in when:
            result |= verb("place", quote=result, order=when["place"])
        return result


def ask(program: dangol.Program, verb: str, request: dict[str, Any]) -> Any:
    """The verb by both doors: the same answer, or the same error."""
    try:
        answer = json.loads(program.call(verb, json.dumps(request)))
    except dangol.DangolError as error:
        with pytest.raises(dangol.DangolError) as other:
            by_objects(program, verb, request)
        assert vars(other.value) == vars(error)
        raise
    assert json.loads(dangol.to_json(by_objects(program, verb, request))) == answer
    return answer


def by_objects(program: dangol.Program, verb: str, request: dict[str, Any]) -> Any:
    match verb:
        case "quote":
            return program.quote(**request).to_dict()
        case "place":
            placed = dangol.Quote.from_dict(request["quote"]).place(request["order"])
            return {"order": placed.order, "events": placed.events}
        case "act":
            return program.act(**request)
        case "refund":
            # As objects of Python, too, an order that came out as text must go in; and what came out as objects again.
            refunded = program.refund(**request)
            if not refunded["repeated"] and "refused" not in refunded:
                again = program.refund(**request | {"order": refunded["order"]})
                assert again["repeated"] and again["returned"] == refunded["returned"]
            return refunded
        case "exchange":
            return program.exchange(**request)
        case "merge":
            return program.merge(**request)
        case "advance":
            return {"events": program.advance(**request)}
        case "balance":
            return {"balances": program.balance(**request), "coupons": program.coupons(**request)}
        case "tiers":
            return program.tiers(**request)
        case "notices":
            return {"notices": program.notices(request["member"], request["from"], request["until"])}
        case "statement":
            return {"statements": program.statement(**request)}
        case "segments":
            return program.segments(**request)
        case "cutoff":
            return program.cutoff(**request)
    # As objects of Python, too, what came out as text must go in.
    return program.apply(program.apply(request["member"], []), request["events"])


def text(parts: Any) -> str:
    """A text, or parts of which some are repeated: for inputs too large or too deep to write out."""
    if isinstance(parts, str):
        return parts
    return "".join(part if isinstance(part, str) else part["repeat"] * part["times"] for part in parts)


def compare(then: Any, result: Any, path: str) -> Iterator[str]:
    """Objects are partial, lists are whole, everything else is exact."""
    if isinstance(then, dict) and isinstance(result, dict):
        for key, value in then.items():
            if key in result:
                yield from compare(value, result[key], f"{path}.{key}")
            else:
                yield f"{path}.{key}: expected {json.dumps(value, ensure_ascii=False)}, found nothing"
    elif isinstance(then, list) and isinstance(result, list) and len(then) == len(result):
        for index, (value, found) in enumerate(zip(then, result, strict=True)):
            yield from compare(value, found, f"{path}[{index}]")
    elif type(then) is not type(result) or then != result:
        yield f"{path}: expected {json.dumps(then, ensure_ascii=False)}, found {json.dumps(result, ensure_ascii=False)}"
