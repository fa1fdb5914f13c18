#!/usr/bin/env python3
"""What reading a document of 1 kB costs with generated code, beside what a person would write by hand.

    readers.py BINARY

BINARY is the `contracts` that generates. Rust is compared with serde's plain derive, Python with a strict
pydantic model; both of `benches/readers`. What is not installed (cargo; pydantic) is skipped, and says so.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent / "readers"
SETTINGS = """
layout = "{name}@{version}.json"
[targets.rust]
out = "rust"
[targets.pydantic]
out = "python"
"""


def main(binary):
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        shutil.copy(HERE / "Order@1.0.json", work)
        (work / "contracts.toml").write_text(SETTINGS)
        subprocess.run([pathlib.Path(binary).resolve(), "gen"], cwd=work, check=True, capture_output=True)
        size = (HERE / "document.json").stat().st_size
        print(f"a document of {size} bytes, nanoseconds\n")
        print(f"{'':10}{'by hand':>10}{'generated':>11}{'ratio':>7}{'goal':>6}")
        row("Rust", 1.5, rust(work / "rust"))
        row("Python", 1.3, python(work / "python"))


def row(name, goal, result):
    if isinstance(result, str):
        print(f"{name:10}  skipped: {result}")
        return
    plain, generated = map(int, result.stdout.split())
    print(f"{name:10}{plain:10}{generated:11}{generated / plain:7.2f}{goal:6}")


def rust(package):
    if shutil.which("cargo") is None:
        return "cargo is not installed"
    (package / "examples").mkdir()
    for file in ("plain.rs", "document.json"):
        shutil.copy(HERE / file, package / "examples")
    command = ["cargo", "run", "--release", "--quiet", "--example", "plain"]
    return finished(subprocess.run(command, cwd=package, capture_output=True, text=True))


def python(package):
    interpreter = os.environ.get("PYTHON", sys.executable)
    known = subprocess.run([interpreter, "-c", "import pydantic"], capture_output=True)
    if known.returncode != 0:
        return f"{interpreter} has no pydantic"
    for file in ("plain.py", "document.json"):
        shutil.copy(HERE / file, package)
    return finished(subprocess.run([interpreter, "plain.py"], cwd=package, capture_output=True, text=True))


def finished(process):
    return process if process.returncode == 0 else process.stderr.strip().splitlines()[-1]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
