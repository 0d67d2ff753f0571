"""Looks into wheels: that each is what its name says, and holds nothing that it should not. `wheels` runs it.

    python wheels_audit.py target/dist/*.whl
"""

import base64
import csv
import hashlib
import io
import re
import sys
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

from elftools.elf.dynamic import DynamicSection
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection
from elftools.elf.sections import SymbolTableSection

MACHINES = {"x86_64": "EM_X86_64", "aarch64": "EM_AARCH64"}
LIBRARIES = re.compile(r"lib(c|m|dl|rt|pthread|gcc_s)\.so\.\d|ld-linux-[a-z0-9-]+\.so\.\d|libc\.(so|musl-[a-z0-9_]+\.so\.1)")
BUILT_AT = re.compile(rb"/(?:home|root|Users|tmp|work|build)/[!-~]*")


def main() -> None:
    wrong = []
    for name in sys.argv[1:]:
        path = Path(name)
        with ZipFile(path) as wheel:
            told, faults = look(path, wheel)
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, {told}")
        wrong += [f"{path.name}: {fault}" for fault in faults]
    sys.exit("\n".join(wrong) or None)


def look(path: Path, wheel: ZipFile) -> tuple[str, list[str]]:
    """What the extension in the wheel needs, and everything that is wrong with the wheel."""
    faults = list(record(wheel))
    tags = path.stem.split("-", 2)[2]
    [about] = [name for name in wheel.namelist() if name.endswith(".dist-info/WHEEL")]
    written = Parser().parsestr(wheel.read(about).decode()).get_all("Tag") or []
    interpreter, abi, platforms = tags.split("-")
    if sorted(written) != sorted(f"{interpreter}-{abi}-{platform}" for platform in platforms.split(".")):
        faults.append(f"its WHEEL file says {', '.join(written)}")
    [extension] = [name for name in wheel.namelist() if name.endswith(".so")]
    content = wheel.read(extension)
    if found := BUILT_AT.search(content):
        faults.append(f"tells where it was built: {found[0].decode()}")
    told, more = elf(ELFFile(io.BytesIO(content)), platforms)
    return f"{extension} {len(content) / 1e6:.1f} MB, {told}", faults + more


def record(wheel: ZipFile) -> Iterator[str]:
    """Every file has the hash that RECORD says."""
    [name] = [name for name in wheel.namelist() if name.endswith(".dist-info/RECORD")]
    rows = {file: digest for file, digest, _ in csv.reader(io.StringIO(wheel.read(name).decode())) if digest}
    for file in set(wheel.namelist()) - {name}:
        digest = base64.urlsafe_b64encode(hashlib.sha256(wheel.read(file)).digest()).rstrip(b"=").decode()
        if rows.get(file) != f"sha256={digest}":
            yield f"RECORD and {file} differ"


def elf(file: ELFFile, platforms: str) -> tuple[str, list[str]]:
    """What the extension asks of the machine, and where that is more than its tag allows."""
    faults = []
    if not any(platforms.endswith(machine) and file["e_machine"] == name for machine, name in MACHINES.items()):
        faults.append(f"is for {file['e_machine']}")
    needed: list[str] = []
    versions: list[tuple[int, ...]] = [(0,)]
    for section in file.iter_sections():
        if isinstance(section, DynamicSection):
            needed += [tag.needed for tag in section.iter_tags() if tag.entry.d_tag == "DT_NEEDED"]
        if isinstance(section, GNUVerNeedSection):
            names = [version.name for _, each in section.iter_versions() for version in each]
            versions += [tuple(map(int, name[6:].split("."))) for name in names if name.startswith("GLIBC_")]
        if isinstance(section, SymbolTableSection) and section.name == ".dynsym":
            given = [symbol.name for symbol in section.iter_symbols() if exported(symbol)]
            if given != ["PyInit__dangol"]:
                faults.append(f"exports {', '.join(given)}")
        if section.name == ".symtab" or section.name.startswith(".debug"):
            faults.append(f"has {section.name}, which nobody needs at run time")
    most = max(versions)
    allowed = re.search(r"manylinux_(\d+)_(\d+)", platforms)
    if most > (tuple(map(int, allowed.groups())) if allowed else (0,)):
        faults.append(f"asks for GLIBC {'.'.join(map(str, most))}")
    faults += [f"needs {name}" for name in needed if not LIBRARIES.fullmatch(name)]
    glibc = f"GLIBC {'.'.join(map(str, most))}, " if allowed else ""
    return f"{glibc}needs {' '.join(needed) or 'nothing'}", faults


def exported(symbol: object) -> bool:
    """Whether other libraries see it."""
    entry = symbol.entry  # type: ignore[attr-defined]
    return bool(entry["st_shndx"] != "SHN_UNDEF" and entry["st_info"]["bind"] != "STB_LOCAL")


if __name__ == "__main__":
    main()
