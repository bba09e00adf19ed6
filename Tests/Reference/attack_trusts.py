#!/usr/bin/env python3
"""Attacks the packs of made-up trusts, as attack.py does those of one.

    attack_trusts.py PROGRAM [--trusts 200] [--jobs 2]

makes a trust for each seed from 1 on, of 1 to 6 schools and 1 to 120 pupils a school, builds its packs and attacks them.
The attack is the quick one, without the sums within a row, which are withheld with it, and without what ties sessions to pupils.
Prints what was worked out and a closing line; exits 1 where anything was.
"""
import argparse
import multiprocessing
import subprocess
import sys
import tempfile
from pathlib import Path

import attack

SCHOOLS = (1, 2, 3, 4, 6)
PUPILS = (12, 30, 60, 120, 1, 5, 20)


def attacked(task):
    program, seed = task
    schools, pupils = SCHOOLS[seed % len(SCHOOLS)], PUPILS[seed % len(PUPILS)]
    with tempfile.TemporaryDirectory() as folder:
        trust, packs = f"{folder}/trust", f"{folder}/packs"
        subprocess.run([program, "sample", trust, "--schools", str(schools), "--pupils", str(pupils), "--seed", str(seed)],
                       check=True, stdout=subprocess.DEVNULL)
        # The last day that is looked back from: late in the year some, so that there are more half-terms.
        late = ["--as-at", "2026-05-15"] if seed % 3 == 0 else []
        status = subprocess.run([program, "build", trust, "--output", packs, "--quiet", *late]).returncode
        if status > 1:
            return seed, schools, pupils, [f"build ended with {status}"], 0, 0, 0
        result = attack.Result(Path(packs), is_quick=True)
        return seed, schools, pupils, result.found, result.cells, result.withheld, result.small


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--trusts", type=int, default=200)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    tasks = [(arguments.program, seed) for seed in range(arguments.first, arguments.first + arguments.trusts)]
    found = cells = withheld = small = 0
    with multiprocessing.Pool(arguments.jobs) as pool:
        for seed, schools, pupils, lines, *counts in pool.imap(attacked, tasks):
            for line in lines[:5]:
                print(f"seed {seed}, {schools} schools of {pupils}: {line}", flush=True)
            found += len(lines)
            cells, withheld, small = cells + counts[0], withheld + counts[1], small + counts[2]
    print(f"{len(tasks)} trusts: {cells} cells, {100 * withheld / max(1, cells):.1f}% withheld, "
          f"{100 * small / max(1, cells):.1f}% small themselves, {found} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
