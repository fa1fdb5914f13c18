#!/usr/bin/env python3
"""What generating models costs, beside other generators: time, the most memory of one process, failures.

    generators.py BINARY SCHEMAS [LIMIT]

SCHEMAS holds `…/<name>/schema.json`; LIMIT takes the first so many of them by name (1,000). Each generator gets
every schema it takes and runs once a schema or once for all, as it is meant to be used. One that is not
installed is skipped, and says so: datamodel-codegen (`pip install datamodel-code-generator`), quicktype
(`npm install quicktype`), cargo-typify (`cargo install cargo-typify`).
"""

import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

TARGETS = ("rust", "pydantic", "mql4")
PATIENCE = 60
"""Seconds for one schema; what takes longer counts as failed."""


def main(binary, folder, limit=1000):
    schemas = sorted(pathlib.Path(folder).glob("**/schema.json"))[: int(limit)]
    print(f"{len(schemas)} schemas, {sum(it.stat().st_size for it in schemas):,} bytes\n")
    print(f"{'generator':34}{'seconds':>9}{'MB':>7}{'failed':>8}")
    with tempfile.TemporaryDirectory() as work:
        ours(pathlib.Path(binary).resolve(), schemas, pathlib.Path(work))
        each("datamodel-codegen, pydantic v2", pydantic, schemas, pathlib.Path(work))
        each("quicktype, rust", quicktype, schemas, pathlib.Path(work))
        each("cargo-typify, rust", typify, schemas, pathlib.Path(work))


def ours(binary, schemas, work):
    root = work / "schemas"
    for number, schema in enumerate(schemas):
        place = root / f"s{number:04}"
        place.mkdir(parents=True)
        shutil.copy(schema, place / "schema.json")
    settings = ['layout = "{name}/schema.json"', 'root = "schemas"', "[promises]", '"**" = "none"']
    for target in TARGETS:
        settings += [f"[targets.{target}]", f'out = "out/{target}"']
    (work / "contracts.toml").write_text("\n".join(settings) + "\n")
    command = [binary, "gen", "--format", "json"]
    row("contracts, rust, python and mql4", lambda: run(command, work))
    row("… again, nothing changed", lambda: run(command, work))
    shutil.rmtree(root)
    (root / "s0").mkdir(parents=True)
    shutil.copy(schemas[0], root / "s0" / "schema.json")
    row("… one schema, cold", lambda: run(command, work))


def each(name, command, schemas, work):
    if shutil.which(command(schemas[0], work)[0]) is None:
        print(f"{name:34}  skipped: not installed")
        return
    workers = concurrent.futures.ThreadPoolExecutor(os.cpu_count())

    def all_of_them():
        results = list(workers.map(lambda it: run(command(it, work), work), schemas))
        return sum(failed for failed, _ in results), max(peak for _, peak in results)

    row(name, all_of_them)


def pydantic(schema, work):
    out = work / f"p{abs(hash(schema))}.py"
    options = ["--input-file-type", "jsonschema", "--output-model-type", "pydantic_v2.BaseModel"]
    return ["datamodel-codegen", "--input", schema, *options, "--output", out]


def quicktype(schema, work):
    out = work / f"q{abs(hash(schema))}.rs"
    return ["quicktype", "--src-lang", "schema", "--lang", "rust", "-o", out, schema]


def typify(schema, work):
    return ["cargo-typify", "typify", "--output", work / f"t{abs(hash(schema))}.rs", schema]


def run(command, work):
    """How many failed, none or one, and the most memory in MB. Exit code 1 of ours: a schema has a fault."""
    process = subprocess.Popen(command, cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    patience = threading.Timer(PATIENCE, process.kill)
    patience.start()
    _, status, usage = os.wait4(process.pid, 0)
    patience.cancel()
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    good = (0, 1) if command[1] == "gen" else (0,)
    return int(code not in good), usage.ru_maxrss / 1024


def row(name, work):
    start = time.monotonic()
    failed, peak = work()
    seconds = time.monotonic() - start
    print(f"{name:34}{seconds:9.2f}{peak:7.0f}{failed:8}")


if __name__ == "__main__":
    main(*sys.argv[1:])
