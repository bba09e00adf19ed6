#!/usr/bin/env python3
"""Works out what is expected of each school for its intake, from pupils.csv alone, and holds intake.csv against it.

    intake.py PACKDIR [--glm]

Pupils are put into kinds by year, SEN, disadvantage and sex; each kind misses what it misses across the trust. With --glm the
expected sessions come from a Poisson regression of statsmodels with a level for each kind, which must give the same. Before the
summer's second half only: national figures leave that out for Year 11, pupils.csv does not. Exits 1 where a figure differs
by more than 0.000001. Standard library only, but for --glm.
"""
import csv
import sys
from collections import defaultdict
from pathlib import Path


def kind(row):
    sen = {"EHC plan": "yes", "SEN support": "yes", "No SEN": "no"}.get(row["sen_provision"], "unknown")
    return row["nc_year"], sen, row["disadvantaged"], row["sex"]


def by_sums(pupils):
    sums = defaultdict(lambda: [0, 0, 0, 0])
    for pupil in pupils:
        for place, value in enumerate((pupil["possible"], pupil["missed"], 1, pupil["persistent"])):
            sums[pupil["kind"]][place] += value
    for pupil in pupils:
        possible, missed, count, persistent = sums[pupil["kind"]]
        pupil["expected"] = pupil["possible"] * missed / possible
        pupil["expected_persistent"] = persistent / count


def by_regression(pupils):
    import numpy as np
    import statsmodels.api as sm

    kinds = sorted({pupil["kind"] for pupil in pupils})
    places = {kind: place for place, kind in enumerate(kinds)}
    level = np.zeros((len(pupils), len(kinds)))
    for row, pupil in enumerate(pupils):
        level[row, places[pupil["kind"]]] = 1
    missed = np.array([pupil["missed"] for pupil in pupils], float)
    possible = np.array([pupil["possible"] for pupil in pupils], float)
    # A level whose pupils missed nothing has no finite coefficient: its pupils are expected to miss nothing.
    there = np.array([(missed * level[:, place]).sum() > 0 for place in range(len(kinds))])
    rows = level[:, there].sum(axis=1) > 0
    fit = sm.GLM(missed[rows], level[rows][:, there], family=sm.families.Poisson(), offset=np.log(possible[rows])).fit(
        tol=1e-13, maxiter=200)
    fitted = np.zeros(len(pupils))
    fitted[rows] = fit.fittedvalues
    by_sums(pupils)
    for pupil, value in zip(pupils, fitted):
        pupil["expected"] = float(value)


def main(arguments):
    pack = Path(arguments[0])
    pupils = []
    with open(pack / "restricted/data/pupils.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["in_scope"] != "1" or row["sess_possible"] == "0":
                continue
            missed = int(row["sess_authorised"]) + int(row["sess_unauthorised"])
            pupils.append({"school": row["school_urn"], "kind": kind(row), "possible": int(row["sess_possible"]),
                           "missed": missed, "persistent": int(10 * missed >= int(row["sess_possible"]))})
    (by_regression if "--glm" in arguments else by_sums)(pupils)
    rate = sum(pupil["missed"] for pupil in pupils) / sum(pupil["possible"] for pupil in pupils)
    faults = rows = 0
    with open(pack / "restricted/data/intake.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            own = [pupil for pupil in pupils if pupil["school"] == row["school_urn"]]
            expected = sum(pupil["expected"] for pupil in own)
            missed = sum(pupil["missed"] for pupil in own)
            want = {"sess_possible": sum(pupil["possible"] for pupil in own), "sess_overall": missed,
                    "sess_overall_expected": expected, "sess_overall_ratio": missed / expected,
                    "sess_overall_adjusted_percent": 100 * rate * missed / expected,
                    "enrolments_pa_10_exact": sum(pupil["persistent"] for pupil in own),
                    "enrolments_pa_10_exact_expected": sum(pupil["expected_persistent"] for pupil in own)}
            rows += 1
            for name, value in want.items():
                if abs(float(row[name]) - value) > 1.5e-6:
                    faults += 1
                    print(f"{row['school_name']} {name}: {row[name]}, not {value:.6f}")
    print(f"intake: {rows} schools, {faults} figures differ")
    return 1 if faults or not rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
