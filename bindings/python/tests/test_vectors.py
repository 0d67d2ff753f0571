"""The conformance vectors, by the JSON door and by the dict door, which must agree."""

import json
from collections.abc import Callable, Iterator
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


@pytest.mark.parametrize(("case", "program"), CASES)
def test_json_door(case: dict[str, Any], program: Any) -> None:
    run(case, program, json_door)


@pytest.mark.parametrize(("case", "program"), CASES)
def test_dict_door(case: dict[str, Any], program: Any) -> None:
    run(case, program, dict_door)


Door = Callable[[dangol.Program, str, dict[str, Any]], Any]


def json_door(program: dangol.Program, verb: str, request: dict[str, Any]) -> Any:
    return json.loads(program.call(verb, json.dumps(request)))


def dict_door(program: dangol.Program, verb: str, request: dict[str, Any]) -> Any:
    """The same verb with dicts; the answer as the JSON that it stands for."""
    if verb == "quote":
        answer = program.quote(**request).to_dict()
    elif verb == "place":
        placed = dangol.Quote.from_json(json.dumps(request["quote"])).place(request["order"])
        answer = {"order": placed.order, "events": placed.events}
    else:
        answer = getattr(program, verb)(**request)
    return json.loads(dangol.to_json(answer))


def run(case: dict[str, Any], definition: Any, door: Door) -> None:
    steps = case.get("steps")
    if steps is None:
        return check(case["then"], "loading", lambda: {"loads": bool(load(definition))})
    program = load(definition)
    member = case.get("given", {}).get("member", {"id": "m1"})
    for number, step in enumerate(steps, 1):

        def take() -> dict[str, Any]:
            nonlocal member
            result, member = taken(program, member, step["when"], door)
            return result

        check(step.get("then", {}), f"step {number}", take)


def check(then: dict[str, Any], where: str, attempt: Callable[[], dict[str, Any]]) -> None:
    try:
        result = attempt()
    except dangol.DangolError as error:
        if "error" not in then:
            raise
        result = {"error": vars(error)}
    differences = list(compare(then, result, ""))
    assert not differences, "\n".join([where, *differences])


def load(definition: Any) -> dangol.Program:
    if isinstance(definition, str):
        return dangol.Program.from_file(VECTORS / definition)
    if "text" in definition:
        read = dangol.Program.from_toml if definition.get("format") == "toml" else dangol.Program.from_json
        return read(text(definition["text"]))
    return dangol.Program.from_dict(definition)


def taken(program: dangol.Program, member: Any, when: dict[str, Any], door: Door) -> tuple[Any, Any]:
    if "raw" in when:
        return json.loads(program.call(when["raw"]["verb"], text(when["raw"]["text"]))), member
    if "advance" in when:
        result = {"events": door(program, "advance", {"member": member, "until": when["now"]})}
    else:
        result = door(program, "quote", {"member": member, "now": when["now"], **when["quote"]})
        if "place" in when:
            result |= door(program, "place", {"quote": result, "order": when["place"]})
    if "events" in result:
        member = door(program, "apply", {"member": member, "events": result["events"]})
    return result | {"member": member}, member


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
                yield f"{path}.{key}: expected {json.dumps(value)}, found nothing"
    elif isinstance(then, list) and isinstance(result, list) and len(then) == len(result):
        for index, (value, found) in enumerate(zip(then, result, strict=True)):
            yield from compare(value, found, f"{path}[{index}]")
    elif type(then) is not type(result) or then != result:
        yield f"{path}: expected {json.dumps(then, ensure_ascii=False)}, found {json.dumps(result, ensure_ascii=False)}"
