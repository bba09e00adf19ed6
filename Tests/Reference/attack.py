#!/usr/bin/env python3
"""Tries to work out what a pack withholds from what it shows: the part of a curious reader.

    attack.py PACKDIR [--bounds FILE]

reads PACKDIR/share/data/measures.csv and codes.csv, takes every total, sub-total, half-term, complement, percentage and
identity a reader knows of for an equation, and what cannot be more than another count for an inequality (severely absent of
persistently absent of enrolments; a row stands only where there is a pupil; late marks lie in sessions present or unauthorised).
Linear programs (scipy's HiGHS) say how low and how high each withheld count can be; without scipy, linear algebra and
narrowing do, which find less. Exits 1 where a count from 1 to 5, or a figure of so few pupils by PACKDIR/restricted/data, can
be one value only, or is shown. --bounds writes the lowest and highest value of every withheld count of so few pupils.

An equation that the true counts break is none: pupils whose status changed stand in two groups. Where a whole is more than its
parts, those in no part are a row of their own that is not shown.
"""
import csv
import math
import random
import sys
from collections import defaultdict
from pathlib import Path

try:
    import numpy
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix
except ImportError:
    linprog = None

PRIME = (1 << 61) - 1
PUPILS = ["enrolments", "enrolments_pa_10_exact", "enrolments_pa_50_exact"]
COUNTS = ["enrolments", "sess_possible", "sess_present", "sess_approved", "sess_attending", "sess_late", "sess_overall",
          "sess_authorised", "sess_unauthorised", "enrolments_pa_10_exact", "enrolments_pa_50_exact"]
SESSIONS = [name for name in COUNTS if name.startswith("sess")]
IDENTITIES = [("sess_attending", ("sess_present", "sess_approved")), ("sess_possible", ("sess_attending", "sess_overall")),
              ("sess_overall", ("sess_authorised", "sess_unauthorised"))]
ATMOST = [("enrolments_pa_10_exact", ("enrolments",)), ("enrolments_pa_50_exact", ("enrolments_pa_10_exact",)),
          ("sess_late", ("sess_present", "sess_unauthorised")), ("enrolments", ("sess_possible",))]
SHARES = [("attendance_percent", "sess_attending", "sess_possible"), ("sess_overall_percent", "sess_overall", "sess_possible"),
          ("sess_authorised_percent", "sess_authorised", "sess_possible"),
          ("sess_unauthorised_percent", "sess_unauthorised", "sess_possible"),
          ("enrolments_pa_10_exact_percent", "enrolments_pa_10_exact", "enrolments"),
          ("enrolments_pa_50_exact_percent", "enrolments_pa_50_exact", "enrolments")]
CLASSES = {"present": "sess_present", "approved_educational_activity": "sess_approved", "authorised": "sess_authorised",
           "unauthorised": "sess_unauthorised"}
# What the other sessions are sums of: a row is withheld whole, so that nothing follows from the sums that does not from these.
BASE = [name for name in COUNTS if name not in ("sess_possible", "sess_attending", "sess_overall")]
YEAR = "Year to date"
FEW = range(1, 6)


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Attack:
    """What is known: {cell: count or None}, the least each can be, equations, and what is at most a sum of others."""

    def __init__(self, true):
        self.true = true
        self.known, self.least = {}, defaultdict(int)
        self.equations, self.bounds = [], []

    def cell(self, key, value):
        self.known[key] = None if value == "c" else int(value)

    def equal(self, whole, parts):
        """The parts that are there add up to the whole, where it is there, and where they do in truth."""
        parts = [part for part in parts if part in self.known]
        if whole in self.known and parts and self.true[whole] == sum(self.true[part] for part in parts):
            self.equations.append((whole, parts))

    def at_most(self, key, others):
        if key in self.known and all(other in self.known for other in others):
            self.bounds.append((key, others))

    def components(self):
        """The withheld cells that have to do with each other."""
        parent = {key: key for key, value in self.known.items() if value is None}

        def top(key):
            while parent[key] != key:
                parent[key] = parent[parent[key]]
                key = parent[key]
            return key
        for whole, parts in self.equations + self.bounds:
            open_ = [key for key in (whole, *parts) if self.known[key] is None]
            for key in open_[1:]:
                parent[top(key)] = top(open_[0])
        found = defaultdict(list)
        for key in parent:
            found[top(key)].append(key)
        rules = defaultdict(lambda: ([], []))
        for kind, rule in [(0, rule) for rule in self.equations] + [(1, rule) for rule in self.bounds]:
            key = next((key for key in (rule[0], *rule[1]) if self.known[key] is None), None)
            if key is not None:
                rules[top(key)][kind].append(rule)
        return [(keys, *rules[name]) for name, keys in found.items()]

    def solve(self, secret, wants_bounds=False):
        """The secret cells that can be one value only, and with bounds what each can be: {cell: (low, high)}."""
        if linprog is None:
            found = {**self.linear(self.equations), **self.narrowed(self.equations)}
            return {key for key in found if key in secret and found[key] == self.true[key]}, {}
        found, bounds = set(), {}
        for keys, equations, at_most in self.components():
            here = [key for key in keys if key in secret]
            if here:
                program = Program(self, keys, equations, at_most)
                found |= program.determined(here)
                if wants_bounds:
                    bounds.update({key: program.bounds(key) for key in here if key[-1] in PUPILS})
        return found, bounds

    def linear(self, equations):
        done, holders = {}, defaultdict(set)

        def take(row, factor, other):
            for place, number in other.items():
                row[place] = (row.get(place, 0) - factor * number) % PRIME
                if not row[place]:
                    del row[place]
        for whole, parts in equations:
            row, right = defaultdict(int), 0
            for key, sign in [(part, 1) for part in parts] + [(whole, -1)]:
                if self.known[key] is None:
                    row[key] = (row[key] + sign) % PRIME
                else:
                    right -= sign * self.known[key]
            row = {key: value for key, value in row.items() if value}
            for key in list(row):
                if key in done and key in row:
                    factor = row[key]
                    right = (right - factor * done[key][1]) % PRIME
                    take(row, factor, done[key][0])
            if not row:
                continue
            pivot = next(iter(row))
            inverse = pow(row[pivot], PRIME - 2, PRIME)
            row = {key: value * inverse % PRIME for key, value in row.items()}
            right = right * inverse % PRIME
            for other in [other for other in holders[pivot] if pivot in done[other][0]]:
                target, value = done[other]
                factor = target[pivot]
                take(target, factor, row)
                for place in row:
                    holders[place].add(other)
                done[other] = target, (value - factor * right) % PRIME
            done[pivot] = row, right
            for key in row:
                holders[key].add(pivot)
        return {pivot: right for pivot, (row, right) in done.items() if len(row) == 1}

    def narrowed(self, equations):
        low = {key: self.least[key] if value is None else value for key, value in self.known.items()}
        high = {key: 10 ** 9 if value is None else value for key, value in self.known.items()}
        for _ in range(100):
            changed = False
            for whole, parts in equations:
                least, most = sum(low[part] for part in parts), sum(high[part] for part in parts)
                bounds = [(whole, least, most)] + [
                    (part, low[whole] - most + high[part], high[whole] - least + low[part]) for part in parts]
                for key, lower, upper in bounds:
                    if lower > low[key] or upper < high[key]:
                        low[key], high[key], changed = max(low[key], lower), min(high[key], upper), True
            for key, others in self.bounds:
                most = sum(high[other] for other in others)
                if most < high[key]:
                    high[key], changed = most, True
            if not changed:
                break
        return {key: low[key] for key, value in self.known.items() if value is None and low[key] == high[key]}


class Program:
    """The linear programs over withheld cells that have to do with each other."""

    def __init__(self, attack, keys, equations, at_most):
        self.keys = keys
        self.column = {key: number for number, key in enumerate(keys)}
        # Far above the truth, so that no program runs away for ever.
        self.limits = [(attack.least[key], 2 * attack.true[key] + 1000) for key in keys]
        self.exact = self.matrix(attack, [(whole, parts) for whole, parts in equations])
        self.most = self.matrix(attack, [(key, others) for key, others in at_most])

    def matrix(self, attack, rules):
        """whole - parts, right of it what is known of both."""
        numbers, rows, columns, right = [], [], [], []
        for row, (whole, parts) in enumerate(rules):
            right.append(0)
            for key, sign in [(whole, 1)] + [(part, -1) for part in parts]:
                if attack.known[key] is None:
                    numbers.append(sign)
                    rows.append(row)
                    columns.append(self.column[key])
                else:
                    right[row] -= sign * attack.known[key]
        if not rules:
            return None, None
        return csr_matrix((numbers, (rows, columns)), shape=(len(rules), len(self.keys))), right

    def run(self, weights):
        """A solution of the least weight."""
        answer = linprog(weights, A_eq=self.exact[0], b_eq=self.exact[1], A_ub=self.most[0], b_ub=self.most[1],
                         bounds=self.limits, method="highs")
        if answer.status != 0:
            raise SystemExit(f"attack: {answer.message} near {self.keys[0]}")
        return answer.x

    def determined(self, keys):
        """Those of which every solution has the same value."""
        left = list(keys)
        seen = {}
        chance = random.Random(len(self.keys))
        while left:
            before = len(left)
            for sign in (1, -1):
                weights = numpy.zeros(len(self.keys))
                for key in left:
                    weights[self.column[key]] = sign * chance.uniform(1, 2)
                solution = self.run(weights)
                for key in left:
                    value = solution[self.column[key]]
                    low, high = seen.get(key, (value, value))
                    seen[key] = min(low, value), max(high, value)
            left = [key for key in left if seen[key][1] - seen[key][0] < 0.999]
            if len(left) == before:
                break
        return {key for key in left if len(set(self.bounds(key))) == 1}

    def bounds(self, key):
        """The least and the most whole number a cell can be."""
        ends = []
        for sign in (1, -1):
            weights = numpy.zeros(len(self.keys))
            weights[self.column[key]] = sign
            ends.append(self.run(weights)[self.column[key]])
        return math.ceil(ends[0] - 1e-6), math.floor(ends[1] + 1e-6)


def place(row):
    return row["geographic_level"], row["school_urn"] or row["school_name"]


def truth(rows):
    """Every count, and by (place, period, topic, breakdown) the pupils."""
    true = defaultdict(int)
    for row in rows:
        for name in COUNTS:
            if row[name] != "":
                true[place(row), row["time_identifier"], row["breakdown_topic"], row["breakdown"], name] = int(row[name])
    return true


class Measures:
    """The attack on measures.csv. A quick one leaves out the sums within a row and what ties sessions to pupils."""

    def __init__(self, shown, held, is_quick=False):
        self.attack = Attack(truth(held))
        self.counts, self.is_quick = BASE if is_quick else COUNTS, is_quick
        self.groups, self.periods, self.places = defaultdict(dict), {}, {}
        for row in shown:
            where = place(row), row["time_identifier"], row["breakdown_topic"], row["breakdown"]
            self.periods[row["time_identifier"]] = self.places[place(row)] = True
            self.groups[row["breakdown_topic"]][row["breakdown"]] = True
            for name in self.counts:
                if row[name] != "":
                    self.attack.cell((*where, name), row[name])
            if row["enrolments"] != "":
                self.attack.least[*where, "enrolments"] = self.attack.least[*where, "sess_possible"] = 1
            self.rates(row, where)
            self.within(where)
        for period in self.periods:
            for spot in self.places:
                self.across_groups(spot, period)
        self.across_places_and_periods()

    def rates(self, row, where):
        """A rate that is shown says a count that is not."""
        for rate, part, whole in SHARES:
            if row[rate] in ("", "c") or row[whole] in ("", "c") or row[part] != "c":
                continue
            self.attack.cell((*where, part), round(float(row[rate]) * int(row[whole]) / 100))

    def within(self, where):
        if self.is_quick:
            for name, others in ATMOST[:2]:
                self.attack.at_most((*where, name), [(*where, other) for other in others])
            return
        for whole, parts in IDENTITIES:
            self.attack.equal((*where, whole), [(*where, part) for part in parts])
        for name, others in ATMOST:
            self.attack.at_most((*where, name), [(*where, other) for other in others])

    def across_groups(self, spot, period):
        for topic, breakdowns in self.groups.items():
            if topic not in ("Total", "SEN", "All on roll", "Weekday", "Session"):
                national = {f"Year {number}" for number in range(1, 12)} | {"Unknown"}
                kept = [b for b in breakdowns if topic != "NC year" or b in national]
                self.add_up(spot, period, ("Total", "Total"), [(topic, b) for b in kept])
        for topic in ("Weekday", "Session"):
            self.add_up(spot, period, ("Total", "Total"), [(topic, b) for b in self.groups[topic]], SESSIONS)
        self.add_up(spot, period, ("SEN", "Any SEN"), [("SEN provision", b) for b in ("EHC plan", "SEN support")])
        self.add_up(spot, period, ("Total", "Total"),
                    [("SEN", "Any SEN"), ("SEN provision", "No SEN"), ("SEN provision", "Unknown")])
        self.add_up(spot, period, ("All on roll", "Total"), [("NC year", b) for b in self.groups["NC year"]])

    def add_up(self, spot, period, whole, parts, names=COUNTS):
        attack = self.attack
        names = [name for name in names if name in self.counts]
        counted = {name: [(spot, period, *part, name) for part in parts] for name in names}
        rest = {name: attack.true[spot, period, *whole, name] - sum(attack.true[key] for key in counted[name])
                for name in names}
        has_rest = rest.get("enrolments", 0) > 0 and any(key in attack.known for key in counted["enrolments"])
        for name in names:
            if has_rest and rest[name] >= 0 and (spot, period, *whole, name) in attack.known:
                # Those in no part have no row: what they come to is withheld too, in a way.
                key = (spot, period, parts[0][0], f"in none, of {whole[0]}", name)
                attack.known[key], attack.true[key] = None, rest[name]
                counted[name].append(key)
            attack.equal((spot, period, *whole, name), counted[name])

    def across_places_and_periods(self):
        schools = [spot for spot in self.places if spot[0] == "School"]
        halves = [period for period in self.periods if period != YEAR]
        for name in self.counts:
            for topic, breakdowns in self.groups.items():
                for group in [(topic, b, name) for b in breakdowns]:
                    for period in self.periods:
                        for spot in self.places:
                            if spot[0] == "Trust":
                                self.attack.equal((spot, period, *group), [(other, period, *group) for other in schools])
                    for spot in self.places if name in SESSIONS else []:
                        self.attack.equal((spot, YEAR, *group), [(spot, period, *group) for period in halves])

    def secret(self):
        """Figures of 1 to 5 pupils, and counts of so many. What is 0 is no secret: the whole may be 0, and is shown."""
        true = self.attack.true
        return {key for key, value in self.attack.known.items() if value is None and true[key] > 0
                and (true.get((*key[:4], "enrolments")) in FEW or key[4] in PUPILS and true[key] in FEW)}


class Codes:
    """The attack on codes.csv. How many pupils stand behind a code is in no file: 1 to 5 sessions are of few for certain."""

    def __init__(self, shown, held, totals, true_totals):
        true = defaultdict(int)
        for row in held:
            true[place(row), row["time_identifier"], row["code"]] = int(row["sessions"])
        self.attack = attack = Attack(true)
        kinds, periods, places = {}, {}, {}
        for row in shown:
            attack.cell((place(row), row["time_identifier"], row["code"]), row["sessions"])
            kinds[row["code"]] = row["statistical_class"]
            periods[row["time_identifier"]] = places[place(row)] = True
        for row, whole in zip(totals, true_totals):
            if row["breakdown_topic"] == "Total":
                for name in [*CLASSES.values(), "sess_late"]:
                    key = place(row), row["time_identifier"], name
                    attack.cell(key, row[name])
                    true[key] = int(whole[name])
        schools = [spot for spot in places if spot[0] == "School"]
        for spot in places:
            for period in periods:
                for kind, name in CLASSES.items():
                    attack.equal((spot, period, name), [(spot, period, code) for code in kinds if kinds[code] == kind])
                attack.equal((spot, period, "sess_late"), [(spot, period, code) for code in ("L", "U")])
            for code in kinds:
                attack.equal((spot, YEAR, code), [(spot, period, code) for period in periods if period != YEAR])
        for code in kinds:
            for period in periods:
                for spot in places:
                    if spot[0] == "Trust":
                        attack.equal((spot, period, code), [(other, period, code) for other in schools])

    def secret(self):
        return {key for key, value in self.attack.known.items()
                if value is None and self.attack.true[key] in FEW and key[2] not in SESSIONS and not self.is_shown(key)}

    def is_shown(self, key):
        """Where no absence is unauthorised, all late marks are L: so many are shown for all pupils."""
        return key[2] == "L" and self.attack.known.get((*key[:2], "sess_unauthorised")) == 0


def shown_though_few(shown, held):
    """Counts from 1 to 5 and figures of so few pupils that are shown."""
    for row, true in zip(shown, held):
        few = true["enrolments"] != "" and int(true["enrolments"]) in FEW
        for name in row:
            if name in PUPILS and row[name] not in ("", "c") and int(row[name]) in FEW or \
                    few and (name.startswith("sess") or name.startswith("enrol") or name.endswith("percent")) \
                    and row[name] not in ("", "c"):
                yield f"{place(row)} {row['time_identifier']} {row['breakdown']} {name}: shown as {row[name]}"
        for rate, part, _ in SHARES:
            if row[part] == "c" and row[rate] not in ("", "c"):
                yield f"{place(row)} {row['time_identifier']} {row['breakdown']} {rate}: shown beside a withheld count"


class Result:
    """What an attack on a pack comes to."""

    def __init__(self, pack, wants_bounds=False, is_quick=False):
        shown, held = read(pack / "share/data/measures.csv"), read(pack / "restricted/data/measures.csv")
        attacks = [Measures(shown, held, is_quick),
                   Codes(read(pack / "share/data/codes.csv"), read(pack / "restricted/data/codes.csv"), shown, held)]
        self.found, self.bounds = list(shown_though_few(shown, held)), {}
        for one in attacks:
            determined, bounds = one.attack.solve(one.secret(), wants_bounds)
            self.found += [f"{key}: {one.attack.true[key]}" for key in sorted(determined)]
            self.bounds.update(bounds)
        true = attacks[0].attack.true
        marks = [(row, name) for row in shown for name in COUNTS if row[name] != ""]
        codes = read(pack / "share/data/codes.csv")
        self.cells = len(marks) + len(codes)
        self.withheld = sum(row[name] == "c" for row, name in marks) + sum(row["sessions"] == "c" for row in codes)
        self.small = sum(
            true.get((place(row), row["time_identifier"], row["breakdown_topic"], row["breakdown"], "enrolments")) in FEW
            or name in PUPILS
            and true[place(row), row["time_identifier"], row["breakdown_topic"], row["breakdown"], name] in FEW
            for row, name in marks) + sum(
                int(row["sessions"]) in FEW for row in read(pack / "restricted/data/codes.csv"))


def main(arguments):
    if len(arguments) not in (1, 3) or len(arguments) == 3 and arguments[1] != "--bounds":
        print(__doc__, file=sys.stderr)
        return 2
    result = Result(Path(arguments[0]), wants_bounds=len(arguments) == 3)
    if len(arguments) == 3:
        with open(arguments[2], "w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["level", "place", "period", "topic", "breakdown", "measure", "lowest", "highest"])
            rows.writerows([*key[0], *key[1:], *values] for key, values in sorted(result.bounds.items()))
    for line in result.found[:20]:
        print(f"worked out: {line}")
    print(f"{len(result.found)} of {result.withheld} withheld cells worked out; {result.withheld} of {result.cells} cells "
          f"withheld, {result.small} of them small themselves")
    return 1 if result.found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
