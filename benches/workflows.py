#!/usr/bin/env python3
"""What running a graph of steps costs, beside other tools: medians of several runs of the whole process.

    workflows.py BINARY [--times 5] [--jobs N] [--install FOLDER]

Each tool gets the same graphs, written its own way, and as many jobs at once (`just` runs one after another).
Those that are not installed are skipped, and say so: make, go-task (PyPI `go-task-bin`), just (PyPI `rust-just`),
snakemake. `--install` makes a virtual environment with the last three in FOLDER and looks for them there.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PACKAGES = ("go-task-bin", "rust-just", "snakemake")
PATIENCE = 60
"""Seconds for one run; what takes longer is left out of the table."""


class Tool:
    """How a graph is written for a tool and run by it. A graph is a list of scripts, each on its own; `cached`
    says that step N reads the file `source` and makes the file `out/N`."""

    name = program = ""
    caches = True

    def command(self, jobs):
        raise NotImplementedError

    def dry(self, jobs):
        raise NotImplementedError

    def write(self, folder, scripts, cached):
        raise NotImplementedError


class Contracts(Tool):
    name = "contracts"

    def __init__(self, binary):
        self.program = binary

    def command(self, jobs):
        return [self.program, "run", "it", "--jobs", jobs]

    def dry(self, jobs):
        return [self.program, "run", "it", "--plan"]

    def write(self, folder, scripts, cached):
        keeps = ", cache: {{inputs: [source], outputs: [out/{0}]}}" if cached else ""
        lines = ["phases:", "  - name: all", "    steps:"]
        for at, script in enumerate(scripts):
            lines.append(f"      - {{id: s{at}, shell: '{script}', timeout: 60s{keeps.format(at)}}}")
        workflows = folder / "contracts" / "workflows"
        workflows.mkdir(parents=True)
        (folder / "contracts" / "contracts.toml").write_text("")
        (workflows / "it.yaml").write_text("\n".join(lines) + "\n")


class Make(Tool):
    name = program = "make"

    def command(self, jobs):
        return ["make", "-s", "-j", jobs]

    def dry(self, jobs):
        return ["make", "-n"]

    def write(self, folder, scripts, cached):
        names = [f"out/{at}" if cached else f"s{at}" for at in range(len(scripts))]
        lines = ["all: " + " ".join(names)]
        if not cached:
            lines.append(".PHONY: all " + " ".join(names))
        for name, script in zip(names, scripts):
            lines += [f"{name}:{' source' if cached else ''}", f"\t@{script.replace('$', '$$')}"]
        (folder / "Makefile").write_text("\n".join(lines) + "\n")


class Task(Tool):
    name, program = "go-task", "task"

    def command(self, jobs):
        return ["task", "--silent", "--concurrency", jobs]

    def dry(self, jobs):
        return ["task", "--dry"]

    def write(self, folder, scripts, cached):
        names = ", ".join(f"s{at}" for at in range(len(scripts)))
        lines = ["version: '3'", "tasks:", "  default:", f"    deps: [{names}]"]
        for at, script in enumerate(scripts):
            lines += [f"  s{at}:", f"    cmds: ['{script}']"]
            if cached:
                lines += ["    sources: [source]", f"    generates: [out/{at}]"]
        (folder / "Taskfile.yml").write_text("\n".join(lines) + "\n")


class Just(Tool):
    name = program = "just"
    caches = False

    def command(self, jobs):
        return ["just", "--quiet"]

    def dry(self, jobs):
        return ["just", "--dry-run"]

    def write(self, folder, scripts, cached):
        lines = ["all: " + " ".join(f"s{at}" for at in range(len(scripts)))]
        for at, script in enumerate(scripts):
            lines += [f"s{at}:", f"    @{script}"]
        (folder / "justfile").write_text("\n".join(lines) + "\n")


class Snakemake(Tool):
    name = program = "snakemake"

    def command(self, jobs):
        return ["snakemake", "--quiet", "all", "--cores", jobs]

    def dry(self, jobs):
        return ["snakemake", "--quiet", "all", "--dry-run", "--cores", jobs]

    def write(self, folder, scripts, cached):
        marks = [f"out/{at}" for at in range(len(scripts))]
        lines = ["rule all:", f"    input: {marks}"]
        for at, script in enumerate(scripts):
            lines.append(f"rule s{at}:")
            if cached:
                lines += ["    input: 'source'", f"    output: 'out/{at}'"]
            else:
                # What is never made, so that the step runs each time.
                lines.append(f"    output: touch('out/{at}')")
            lines.append(f"    shell: {script!r}")
        (folder / "Snakefile").write_text("\n".join(lines) + "\n")


class Bench:
    def __init__(self, tool, times, jobs):
        self.tool, self.times, self.jobs = tool, times, str(jobs)

    def project(self, work, scripts, cached=False):
        folder = pathlib.Path(tempfile.mkdtemp(dir=work))
        (folder / "out").mkdir()
        (folder / "source").write_text("a source\n")
        self.tool.write(folder, scripts, cached)
        return folder

    def run(self, command, folder):
        """Seconds."""
        begin = time.monotonic()
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE)
        took = time.monotonic() - begin
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]}: {done.stderr[-300:]}")
        return took

    def median(self, command, folder, before=lambda: None):
        figures = []
        for _ in range(self.times):
            before()
            figures.append(self.run(command, folder))
        return statistics.median(figures)

    def steps(self, work):
        """Milliseconds a step: 100 of them, less what the tool takes for one."""
        figures = []
        for count in (1, 100):
            folder = self.project(work, ["true"] * count)
            command = self.tool.command(self.jobs)
            figures.append(self.median(command, folder, lambda: fresh(folder)))
        one, all_of_them = figures
        return 1000 * (all_of_them - one) / 99, 1000 * all_of_them / 100

    def first(self, work):
        """Milliseconds from the start of the tool to that of the first step."""
        folder = self.project(work, ["date +%s.%N > began"])
        figures = []
        for _ in range(self.times):
            fresh(folder)
            begin = time.time()
            self.run(self.tool.command(self.jobs), folder)
            figures.append(float((folder / "began").read_text()) - begin)
        return 1000 * statistics.median(figures)

    def cached(self, work):
        """Milliseconds for 1,000 steps that have nothing to do."""
        if not self.tool.caches:
            return None
        scripts = [f"echo {at} > out/{at}" for at in range(1000)]
        folder = self.project(work, scripts, cached=True)
        command = self.tool.command(self.jobs)
        self.run(command, folder)
        return 1000 * self.median(command, folder)

    def plan(self, work):
        """Milliseconds to show what 10,000 steps would do."""
        folder = self.project(work, ["true"] * 10_000)
        return 1000 * self.median(self.tool.dry(self.jobs), folder)


def fresh(folder):
    """Nothing was made yet."""
    shutil.rmtree(folder / "out")
    (folder / "out").mkdir()


def figure(measure):
    """A figure, or why there is none."""
    try:
        value = measure()
    except subprocess.TimeoutExpired:
        return f"> {PATIENCE} s"
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return "failed"
    return "-" if value is None else f"{value:.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--install", metavar="FOLDER")
    given = parser.parse_args()
    if given.install:
        home = pathlib.Path(given.install).resolve()
        if not (home / "bin" / "python").exists():
            subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([home / "bin" / "python", "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        os.environ["PATH"] = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    tools = [Contracts(str(pathlib.Path(given.binary).resolve())), Make(), Task(), Just(), Snakemake()]
    print(f"{given.jobs} jobs at once; milliseconds, medians of {given.times}\n")
    print(f"{'':11}{'a step':>9}{'of 100':>9}{'first step':>12}{'1,000 cached':>14}{'10,000 planned':>16}")
    with tempfile.TemporaryDirectory() as work:
        for tool in tools:
            if shutil.which(tool.program) is None:
                print(f"{tool.name:11}  skipped: not installed")
                continue
            bench = Bench(tool, given.times, given.jobs)
            try:
                alone, whole = (f"{it:.2f}" for it in bench.steps(work))
            except RuntimeError as error:
                print(f"{tool.name:11}  failed: {error}")
                continue
            rest = [figure(lambda: it(work)) for it in (bench.first, bench.cached, bench.plan)]
            first, cached, planned = rest
            print(f"{tool.name:11}{alone:>9}{whole:>9}{first:>12}{cached:>14}{planned:>16}", flush=True)


if __name__ == "__main__":
    main()
