# SPDX-License-Identifier: GPL-3.0-or-later
"""The same random statements in the program and in NumPy: the texts agree.

    run.py [--count N] [--seed N] [--case N] [--kinds NAME,NAME] [--show N]
           PROGRAM REFERENCE DIFFERS

PROGRAM is tensor, REFERENCE is man/reference, DIFFERS the folder with the
known differences.  Case N of a seed is always the same; --case runs it alone.
"""

import argparse
import contextlib
import io
import os
import pathlib
import pickle
import re
import signal
import subprocess
import sys
import warnings

import numpy as np

import differs
import operations
from generate import generate

BATCH = 100
TIMEOUT = 60
PATIENCE = 5  # seconds for a case in NumPy
LINES_SHOWN = 16
MARK = "@@end@@"
WARNING = re.compile(r"^(?:Runtime|Rank)Warning: .*$", re.M)


def statements(case):
    """As typed: each tested line shows its value or its error."""
    blocks = []
    lines = case.setup + case.lines[:1], *([line] for line in case.lines[1:])
    for block in lines:
        body = "".join(f"    {line}\n" for line in block)
        blocks.append(f"try:\n{body}except Exception as error:\n"
                      "    print(type(error).__name__ + ':', error)\n")
    return blocks


def run_numpy(blocks):
    """Its output, then the warnings it gave."""
    output = io.StringIO()
    env = {"np": np}
    with contextlib.redirect_stdout(output), \
            warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for block in blocks:
            exec(compile(block, "<case>", "single"), env)
    texts = {f"{warning.category.__name__}: {warning.message}"
             for warning in caught
             if issubclass(warning.category, (RuntimeWarning, np.RankWarning))}
    return output.getvalue(), texts


def run_numpy_apart(batch, pipe):
    """In a process of its own, which ends by a signal where NumPy does not."""
    for blocks in batch:
        signal.alarm(PATIENCE)
        pickle.dump(run_numpy(blocks), pipe)
        pipe.flush()


def run_numpy_all(batch):
    """Of each case what run_numpy() says, or None when it took too long."""
    results = []
    while len(results) < len(batch):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            with os.fdopen(writing, "wb") as pipe:
                run_numpy_apart(batch[len(results):], pipe)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            try:
                while True:
                    results.append(pickle.load(pipe))
            except EOFError:
                pass
        if os.waitpid(child, 0)[1] != 0:
            results.append(None)
    return results


def run_program(program, batch):
    text = "import numpy as np\n"
    for blocks in batch:
        text += "\n".join(blocks) + f'\nprint("{MARK}")\n'
    problem = None
    try:
        process = subprocess.run([program, "-i"], input=text.encode(),
                                 stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, timeout=TIMEOUT)
        output = process.stdout
        if process.returncode:
            problem = f"ended with status {process.returncode}"
    except subprocess.TimeoutExpired as error:
        output = error.stdout or b""
        problem = f"did not end within {TIMEOUT} seconds"
    parts = output.decode("utf8", "replace").split(MARK + "\n")
    if not problem and len(parts) != len(batch) + 1:
        problem = f"told of {len(parts) - 1} cases of {len(batch)}"
    return parts[:len(batch)], problem


def split_warnings(text):
    return re.sub(WARNING.pattern + r"\n", "", text, flags=re.M), \
        set(WARNING.findall(text))


def brief(text):
    lines = text.splitlines(keepends=True)
    if len(lines) > LINES_SHOWN:
        lines[LINES_SHOWN:] = ["…\n"]
    return "".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", type=int)
    parser.add_argument("--kinds", type=lambda text: text.split(","))
    parser.add_argument("--show", type=int, default=20, metavar="N")
    parser.add_argument("program")
    parser.add_argument("reference")
    parser.add_argument("differs")
    options = parser.parse_args()
    if options.kinds == ["all"]:
        options.kinds = None
    table = operations.read_table(options.reference)
    known = differs.read(pathlib.Path(options.differs))
    numbers = [options.case] if options.case is not None else \
        range(options.count)
    tally = {"agree": 0, "known": 0, "differ": 0, "endless": 0}
    for start in range(0, len(numbers), BATCH):
        compare_batch(options, table, known, numbers[start:start + BATCH],
                      tally)
    print(f"seed {options.seed}: {tally['agree']} agree, {tally['known']} "
          f"known differences, {tally['differ']} differ "
          f"from NumPy {np.__version__}")
    if tally["endless"]:
        print(f"    {tally['endless']} more that NumPy did not end in "
              f"{PATIENCE} seconds")
    for difference in known:
        if difference.uses:
            print(f"    {difference.uses} {difference.name}")
    return 1 if tally["differ"] else 0


def compare_batch(options, table, known, numbers, tally):
    cases = [generate(options.seed, number, table, options.kinds)
             for number in numbers]
    results = run_numpy_all([statements(case) for case in cases])
    tally["endless"] += results.count(None)
    kept = [(number, case, result) for number, case, result
            in zip(numbers, cases, results) if result]
    numbers, cases, expected = zip(*kept)
    batch = [statements(case) for case in cases]
    found, problem = run_program(options.program, batch)
    for number, case, blocks, (wanted, cautions), text in zip(
            numbers, cases, batch, expected, found):
        got, given = split_warnings(text)
        if options.case is not None:
            print("\n".join(blocks))
        if got == wanted and given == cautions:
            tally["agree"] += 1
            continue
        code = "\n".join(case.setup + case.lines)
        wanted += "".join(sorted(f"{w}\n" for w in cautions - given))
        got += "".join(sorted(f"{w}\n" for w in given - cautions))
        if any(difference.explains(code, wanted, got)
               for difference in known):
            tally["known"] += 1
            continue
        tally["differ"] += 1
        if tally["differ"] <= options.show:
            print(f"---- case {number} ({case.kind})\n{brief(code)}\n"
                  f"NumPy:\n{brief(wanted)}tensor:\n{brief(got)}",
                  flush=True)
    if problem:
        tally["differ"] += 1
        last = min(len(found), len(cases)) - 1
        print(f"---- case {numbers[last]} ({cases[last].kind}): "
              f"{options.program} {problem}\n"
              + "\n".join(cases[last].setup + cases[last].lines)
              + f"\nits last output: {brief(found[last])}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
