"""Attacks on the figures for the board: what a reader can work out from one pack, or from several packs of one trust.

`System` holds whole numbers that a reader does not know, and everything published about them as sums. Integer programs (scipy's
HiGHS) list the values that a sum can have. `School` is the insider's system of one school, `Public` that of a reader without
knowledge of groups, `Trust` that of the whole counts of all schools. A small count is 1 to 5 pupils, or all but 1 to 5 of a
group. It must keep at least 3 possible values (in a group of one pupil, 2), and the truth must be possible.
"""
import csv
import html
import itertools
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

YEAR = "Year to date"
OTHER = "All other pupils"
SMALL = 5
LEAST = 10
ENOUGH = 3
ATTRIBUTES = ("Sex", "SEN provision", "Disadvantage", "FSM", "Looked after", "Previously looked after", "EAL", "GRT", "Ethnicity",
              "NC year")
YES_OR_NO = ATTRIBUTES[2:8]
ETHNICITIES = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black", "C": "Chinese", "O": "Other"}
OUTER = {"FSM": ("Disadvantage", "Disadvantaged"), "Looked after": ("Disadvantage", "Disadvantaged"),
         "Previously looked after": ("Disadvantage", "Disadvantaged"), "GRT": ("Ethnicity", "White")}
STAGES = ("Persistent absence", "Severe absence")
MOVEMENT = ("Persistently absent at the end of the half-term before", "No longer persistently absent",
            "Still persistently absent", "Became persistently absent")


def read(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def bounds(value, size, rounded):
    """The lowest and highest count that a published value allows."""
    if match := re.fullmatch(r"all but (\d+)-(\d+)", value):
        return max(0, size - int(match[2])), size - int(match[1])
    if match := re.fullmatch(r"(\d+)-(\d+)", value):
        return int(match[1]), min(size, int(match[2]))
    if value.isdigit():
        count = int(value)
        return (max(0, count - 2), min(size, count + 2)) if rounded else (count, count)
    return 0, size


class System:
    """Whole numbers between bounds, with sums and choices of sums that hold among them."""

    def __init__(self):
        self.names, self.limits, self.truth = [], [], []
        self.sums, self.choices, self.targets, self.broken, self.movable = [], [], {}, [], []

    def add(self, high, truth, name=None, low=0):
        self.limits.append((low, high))
        self.truth.append(truth)
        self.names.append(name)
        return len(self.truth) - 1

    def hold(self, terms, low, high):
        """Adds a sum: `terms` are indices, or pairs of an index and a coefficient."""
        self.sums.append((pairs(terms), low, high))

    def either(self, options):
        """Adds sums of which at least one holds."""
        self.choices.append([(pairs(terms), low, high) for terms, low, high in options])

    def target(self, name, terms, size=None, enough=ENOUGH):
        """Adds a count that must keep `enough` values, and with `size` also the rest of a group of that size."""
        self.targets.setdefault((tuple(pairs(terms)), size), (name, enough if size is None else min(enough, size + 1)))

    def value(self, terms, solution):
        return sum(coefficient * solution[index] for index, coefficient in terms)

    def contradictions(self):
        """Returns the sums and choices that the truth breaks."""
        def holds(terms, low, high):
            return low <= self.value(terms, self.truth) <= high
        broken = self.broken + [f"{[self.names[i] for i, _ in terms][:3]} is not from {low} to {high}"
                  for terms, low, high in self.sums if not holds(terms, low, high)]
        broken += [f"{self.names[i]}: {truth} is not from {low} to {high}"
                   for i, (truth, (low, high)) in enumerate(zip(self.truth, self.limits)) if not low <= truth <= high]
        return broken + ["no option of a choice" for options in self.choices if not any(holds(*option) for option in options)]

    def prepare(self):
        """Builds the matrix once; a choice has a variable of 0 or 1 for each of its options."""
        limits = list(self.limits)
        rows = [(dict(terms), low, high) for terms, low, high in self.sums]
        for options in self.choices:
            switches = []
            for terms, low, high in options:
                ends = [[c * limits[i][c < 0] for i, c in terms], [c * limits[i][c > 0] for i, c in terms]]
                least, most = sum(ends[0]), sum(ends[1])
                switch = len(limits)
                limits.append((0, 1))
                switches.append(switch)
                rows.append(({**dict(terms), switch: least - low}, least, numpy.inf))
                rows.append(({**dict(terms), switch: most - high}, -numpy.inf, most))
            rows.append(({switch: 1 for switch in switches}, 1, len(switches)))
        self.count = len(limits)
        self.bounds = Bounds([low for low, _ in limits], [high for _, high in limits])
        places = [(r, i, c) for r, (terms, _, _) in enumerate(rows) for i, c in terms.items()]
        matrix = csr_matrix(([c for _, _, c in places], ([r for r, _, _ in places], [i for _, i, _ in places])),
                            shape=(len(rows), self.count))
        self.constraints = [LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows])] if rows else []
        self.pool = self.walk(numpy.random.default_rng(len(rows)))

    def walk(self, random, walkers=64, steps=400, kept=16):
        """Solutions near the truth, found without a program: one pupil more in a combination and one fewer in another."""
        state = numpy.tile(numpy.array(self.truth, dtype=int), (walkers, 1))
        if len(self.movable) < 2:
            return state[:1]
        options = [option for options in self.choices for option in options]
        rows = self.sums + options
        matrix = numpy.zeros((len(rows), len(self.truth)), dtype=int)
        for row, (terms, _, _) in enumerate(rows):
            for index, coefficient in terms:
                matrix[row, index] += coefficient
        low, high = (numpy.array([row[end] for row in rows]) for end in (1, 2))
        ends = numpy.cumsum([len(self.sums)] + [len(options) for options in self.choices])
        most, movable = numpy.array([high for _, high in self.limits]), numpy.array(self.movable)
        sums, everyone, pool = state @ matrix.T, numpy.arange(walkers), [state[:1]]
        for step in range(steps):
            filled, free = state[:, movable] > 0, state[:, movable] < most[movable]
            less, more = (movable[(random.random(some.shape) * some).argmax(axis=1)] for some in (filled, free))
            moved = sums - matrix.T[less] + matrix.T[more]
            holds = (low <= moved) & (moved <= high)
            good = (state[everyone, less] > 0) & (state[everyone, more] < most[more]) & (less != more)
            good &= holds[:, :len(self.sums)].all(axis=1)
            for first, last in zip(ends, ends[1:]):
                good &= holds[:, first:last].any(axis=1)
            state[everyone[good], less[good]] -= 1
            state[everyone[good], more[good]] += 1
            sums[good] = moved[good]
            if step % kept == kept - 1:
                pool.append(state.copy())
        return numpy.vstack(pool)

    def solve(self, cost, extra=()):
        """Adds the solution of the least cost to those found, and returns it, or `None`."""
        done = milp(cost, integrality=numpy.ones(self.count), bounds=self.bounds, constraints=[*self.constraints, *extra])
        if done.x is None:
            return None
        solution = numpy.rint(done.x[:len(self.truth)]).astype(int)
        self.pool = numpy.vstack([self.pool, solution])
        return solution

    def possible(self, terms, enough):
        """The values that a sum can have: all of them, or at least `enough`. The truth is one, as it is no contradiction."""
        row = numpy.zeros(self.count)
        for index, coefficient in terms:
            row[index] = coefficient
        weights = row[:len(self.truth)].astype(int)
        places = [index for index, _ in terms]
        seen = set(self.pool[:, places] @ weights[places])
        ends = []
        for sign in (1, -1):
            if len(seen) >= enough:
                return seen
            ends.append(int(self.solve(sign * row) @ weights))
            seen.add(ends[-1])
        for value in range(ends[0] + 1, ends[1]):
            if len(seen) >= enough:
                break
            if value not in seen and self.solve(numpy.zeros(self.count), [LinearConstraint(row, value, value)]) is not None:
                seen.add(value)
        return seen

    def attack(self, small=True):
        """Attacks the targets and returns what was found.

        Solutions are kept: most counts have values enough in solutions found before, and need no program.
        """
        found = Result()
        if broken := self.contradictions():
            found.problems.append(("the figures contradict the truth: " + broken[0], None))
            return found
        self.prepare()
        for (terms, size), (name, enough) in self.targets.items():
            truth = self.value(terms, self.truth)
            rest = None if size is None else size - truth
            if small and not (1 <= truth <= SMALL or rest is not None and 1 <= rest <= SMALL):
                continue
            values = self.possible(terms, enough)
            found.attacked += 1
            if enough == ENOUGH:
                found.least(len(values))
            if len(values) < enough:
                found.problems.append((f"{name}: {truth} of {size} must be one of {sorted(map(int, values))}", (terms, enough)))
        return found


def pairs(terms):
    return [term if isinstance(term, tuple) else (term, 1) for term in terms]


class Result:
    """What attacks found: the number of small counts, the fewest values left for one, and those with too few."""

    def __init__(self):
        self.attacked, self.fewest, self.problems, self.residue = 0, None, [], Counter()

    def least(self, values):
        self.fewest = values if self.fewest is None else min(self.fewest, values)

    def add(self, other, name=""):
        self.attacked += other.attacked
        if other.fewest is not None:
            self.least(other.fewest)
        self.problems += [(f"{name}{problem}", terms) for problem, terms in other.problems]
        self.residue += other.residue

    def summary(self):
        residue = ", ".join(f"{count} {kind}" for kind, count in sorted(self.residue.items()) if count)
        return (f"{self.attacked} small counts attacked, fewest values left {self.fewest}, {len(self.problems)} problems"
                + (f", residue: {residue}" if residue else ""))


class View:
    """The figures of a school in one pack."""

    def __init__(self, rows):
        self.rows = {(row["table"], row["topic"], row["row"], row["measure"]): row
                     for row in rows if row["time_identifier"] == YEAR}
        self.whole_by_period = {row["time_identifier"]: row["value"] for row in rows
                                if row["measure"] == "persistent" and row["table"] == "half_terms"}
        self.topics, self.rows_of = defaultdict(list), {}
        for table, topic, row, measure in self.rows:
            if measure == "pupils" and table in ("groups", "years") and topic in (*ATTRIBUTES, "SEN"):
                self.topics[topic].append(row)

    def value(self, table, topic, row, measure):
        return self.rows.get((table, topic, row, measure), {}).get("value", "c")

    def whole(self, period):
        """The persistently absent of a period as published."""
        return self.value("headline", "", "All pupils", "persistent") if period == YEAR else self.whole_by_period.get(period, "c")

    def persistent(self, topic, row):
        """The published persistent absence of a row of a topic, and its rule."""
        figure = self.rows.get(("years" if topic == "NC year" else "groups", topic, row, "persistent"), {})
        return figure.get("value", "c"), figure.get("rule", "7c")

    def row_of(self, topic, value):
        """The row of a topic in which a status is counted."""
        if (topic, value) not in self.rows_of:
            self.rows_of[topic, value] = self.find_row(topic, value)
        return self.rows_of[topic, value]

    def find_row(self, topic, value):
        rows = self.topics[topic]
        def holds(name):
            if topic == "SEN":
                return value in ("EHC plan", "SEN support")
            if topic == "NC year":
                return value in years(name)
            return value == "1" if topic in YES_OR_NO else value == name
        return next((name for name in rows if name != OTHER and holds(name)), OTHER if OTHER in rows else None)


def attribute(topic):
    """The place of the attribute that a topic divides by."""
    return ATTRIBUTES.index("SEN provision" if topic == "SEN" else topic)


def years(name):
    """The years of a row such as Years 5 and 6."""
    numbers = [int(number) for number in re.findall(r"\d+", name)]
    return {f"Year {number}" for number in range(numbers[0], numbers[-1] + 1)} if numbers else {name}


class Pack:
    """The figures for the board of a trust, by school, and the truth about its pupils."""

    def __init__(self, path, workspace=None):
        self.rows = defaultdict(list)
        for row in read(path / "share/data/figures.csv"):
            owner = row["school_urn"] or (row["geographic_level"], row["school_name"])
            self.rows[owner].append(row)
        self.views = {owner: View(rows) for owner, rows in self.rows.items()}
        inputs = {}
        if workspace:
            for file in Path(workspace).glob("exports/*/pupils.csv"):
                inputs.update({row["UPN"]: row for row in read(file)})
        self.pupils, self.others = defaultdict(dict), defaultdict(list)
        as_at = json.loads((path / "manifest.json").read_text())["as_at"]
        for row in read(path / "restricted/data/pupils.csv"):
            pupil = Pupil(row, inputs.get(row["upn"]), as_at)
            if pupil.possible > 0 and row["in_scope"] == "1":
                self.pupils[row["school_urn"]][row["upn"]] = pupil
            elif pupil.possible > 0 and not pupil.has_left:
                self.others[row["school_urn"]].append(pupil)
        self.schools = sorted(self.pupils)
        self.half_terms = {(row["school_urn"], row["time_identifier"]): (int(row["enrolments"]), int(row["enrolments_pa_10_exact"]))
                           for row in read(path / "restricted/data/measures.csv")
                           if row["breakdown_topic"] == "Total" and row["enrolments_pa_10_exact"].isdigit()}
        self.movement = {}
        for urn in self.schools:
            for page in path.glob(f"restricted/{urn}-*/governor-pack-exact.html"):
                text = html.unescape(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8")))
                found = [re.search(label + r"\s+(\d+)", text)
                         for label in (r"Persistently absent at the end of \w+ [12]", *MOVEMENT[1:])]
                if all(found):
                    self.movement[urn] = [int(match[1]) for match in found]
        self.owners = self.members(Path(workspace, "trust.yaml").read_text() if workspace else "")

    def members(self, trust_file):
        """The schools of the trust and of each set: phases, and those that the trust file names."""
        large = [urn for urn in self.schools if len(self.pupils[urn]) >= LEAST]
        sets = defaultdict(list)
        for block in trust_file.split("  - name: ")[1:]:
            urn = re.search(r'urn: "(\d+)"', block)[1]
            names = re.search(r"sets: \[(.*)\]", block)
            for name in [f"All {re.search('phase: (.*)', block)[1]} schools", *(names[1].split(", ") if names else [])]:
                sets[name] += [urn] if urn in large else []
        return {owner: large if owner[0] == "Trust" else sets[owner[1]] for owner in self.views
                if isinstance(owner, tuple) and (owner[0] == "Trust" or owner[1] in sets)}


class Pupil:
    def __init__(self, row, details, as_at):
        # Only the exports say who has left.
        self.has_left = "" < details["Leaving Date"] < as_at if details else None
        self.stage = "" if self.has_left else row["stage"]
        missed, self.possible = int(row["sess_authorised"]) + int(row["sess_unauthorised"]), int(row["sess_possible"])
        self.missed = missed
        self.persistent, self.severe = 10 * missed >= self.possible, 2 * missed >= self.possible
        ethnicity = details["Ethnicity"] if details else ""
        yes = {column: str(int(details[column] == "Y")) if details else None for column in ("FSM", "EAL")}
        self.key = (row["sex"], row["sen_provision"], row["disadvantaged"], yes["FSM"], row["looked_after"],
                    row["previously_looked_after"], yes["EAL"], str(int(ethnicity in ("WROM", "WIRT"))) if details else None,
                    ("Unknown" if ethnicity in ("", "NOBT", "REFU") else ETHNICITIES[ethnicity[0]]) if details else None,
                    row["nc_year"])

    def band(self, label):
        """Whether the pupil's attendance is in a band such as "Over 80%, to 90%"."""
        attended = 100 * (self.possible - self.missed)
        over, to = re.match(r"Over (\d+)%", label), re.search(r"[Tt]o (\d+)%|(\d+)% and under", label)
        return ((not over or attended > int(over[1]) * self.possible)
                and (not label.startswith("95%") or attended >= 95 * self.possible)
                and ("nder 95%" not in label or attended < 95 * self.possible)
                and (not to or attended <= int(to[1] or to[2]) * self.possible))


class School(System):
    """The system of an insider, who knows the size of every combination of groups, over one or several packs with one register.

    The variables are the persistently absent pupils of each combination. A pupil who changed status between two packs is a
    combination of her own, as her groups differ between them.
    """

    def __init__(self, views, pupils, movement=None, leave_out=(), others=()):
        """`pupils`: for each pupil the keys in all views, and whether she is persistently absent.

        `others`: the pupils on roll outside the national scope.
        `leave_out`: topics whose persistent absence is not used, after the first view.
        """
        super().__init__()
        self.views, self.size = views, len(pupils)
        self.sizes, truth = Counter(), Counter()
        for keys, pupil in pupils:
            self.sizes[keys] += 1
            truth[keys] += pupil.persistent
        self.keys = sorted(self.sizes, key=repr)
        for keys in self.keys:
            self.add(self.sizes[keys], truth[keys], "/".join(filter(None, keys[0])))
        self.everyone = self.movable = list(range(len(self.keys)))
        self.target("the school", self.everyone, self.size)
        severe = self.add(self.size, sum(pupil.severe for _, pupil in pupils), "severe")
        self.hold([*self.everyone, (severe, -1)], 0, self.size)
        self.target("severe", [severe])
        for index, view in enumerate(views):
            self.add_whole(view, severe)
            for topic in view.topics:
                self.add_topic(index, view, topic, is_used=not (index and topic in leave_out))
            self.add_bands(view, [pupil for _, pupil in pupils], severe)
            self.add_movement(view, movement)
        self.add_stages(views[0], [pupil for _, pupil in pupils], others, severe)
        self.add_statuses()

    def members(self, index, test):
        """The combinations whose groups in a view pass a test."""
        return [i for i, keys in enumerate(self.keys) if test(keys[index])]

    def size_of(self, members):
        return sum(self.sizes[self.keys[i]] for i in members)

    def add_whole(self, view, severe):
        whole = view.value("headline", "", "All pupils", "persistent")
        self.hold(self.everyone, *bounds(whole, self.size, rounded=False))
        if ("headline", "", "All pupils", "severe") not in view.rows:
            return
        value = view.value("headline", "", "All pupils", "severe")
        self.hold([severe], *bounds(value, self.size, rounded=False))
        if value.isdigit():
            self.hold([*self.everyone, (severe, -1)], SMALL + 1, self.size)
        elif value != "c":
            self.hold(self.everyone, 2 * SMALL + 1, self.size)
        elif whole.isdigit() and int(whole) > 2 * SMALL:
            # It is hidden, so nearly all of the persistently absent are severely absent.
            self.hold([severe], SMALL + 1, self.size)
            self.hold([*self.everyone, (severe, -1)], 0, SMALL)

    def add_topic(self, index, view, topic, is_used):
        place, rows = attribute(topic), view.topics[topic]
        if any(keys[index][place] is None for keys in self.keys):
            return
        members = {row: self.members(index, lambda key: view.row_of(topic, key[place]) == row) for row in rows}
        sizes = {row: self.size_of(members[row]) for row in rows}
        if sum(sizes.values()) != self.size or min(sizes.values()) < LEAST:
            self.broken.append(f"the parts of {topic} are not all pupils, or have fewer than {LEAST}")
            return
        for row in rows:
            self.target(f"{topic}: {row}", members[row], sizes[row])
        rules = {view.persistent(topic, row)[1] for row in rows}
        largest = max(rows, key=lambda row: sizes[row])
        outside = []
        if topic in OUTER and OUTER[topic][1] in view.topics[OUTER[topic][0]]:
            outer, name = OUTER[topic]
            outside = self.members(index, lambda key: key[place] != "1" and view.row_of(outer, key[attribute(outer)]) == name)
            if outside:
                self.target(f"{name}, not {topic}", outside, self.size_of(outside))
        if not is_used or not rules & {"7a", "7b"}:
            return
        for row in rows:
            value = view.persistent(topic, row)[0]
            if "7a" in rules:
                self.hold(members[row], *bounds(value, sizes[row], rounded=False))
            elif row != largest:
                self.hold(members[row], *bounds(value, sizes[row], rounded=True))
            # Both rules say that at least 6 are not.
            self.hold(members[row], SMALL + 1 if "7a" in rules else 0, sizes[row] - SMALL - 1)
        if "7a" in rules and outside:
            self.hold(outside, SMALL + 1, self.size_of(outside) - SMALL - 1)
        if "7b" in rules:
            # Rounded figures say that exact ones were not allowed.
            options = [(members[row], 0, SMALL) for row in rows]
            if outside:
                size = self.size_of(outside)
                options += [(outside, 0, SMALL), (outside, size - SMALL, size)]
            self.either(options)

    def add_bands(self, view, pupils, severe):
        rows = [row for table, _, row, measure in view.rows if (table, measure) == ("bands", "pupils")]
        truths = {row: sum(pupil.band(row) for pupil in pupils) for row in rows}
        if len(rows) < 2:
            return
        largest = max(rows, key=lambda row: truths[row])
        indices = {row: self.add(self.size, truths[row], f"band {row}", low=LEAST) for row in rows}
        for row in rows:
            if row != largest:
                self.hold([indices[row]], *bounds(view.value("bands", "", row, "pupils"), self.size, rounded=True))
        self.hold(indices.values(), self.size, self.size)
        below = [indices[row] for row in rows if not re.search(r"9[05]%, |to 100%|under 95%", row)]
        if below and not any(re.match(r"Over [5-8]\d%, (to 100|under 95)%|To 100%|Under 95%", row) for row in rows):
            self.hold([*self.everyone, *((i, -1) for i in below)], 0, 0)
        if "50% and under" in indices:
            self.hold([severe, (indices["50% and under"], -1)], 0, 0)

    def add_movement(self, view, movement):
        values = [view.value("movement", "", row, "pupils") for row in MOVEMENT]
        if not movement or "c" in values:
            return
        indices = [self.add(self.size, truth, row) for row, truth in zip(MOVEMENT, movement)]
        for index, value in zip(indices, values):
            self.hold([index], *bounds(value, self.size, rounded=True))
            self.target(self.names[index], [index])
        before, left, stayed, entered = indices
        self.hold([before, (left, -1), (stayed, -1)], 0, 0)
        self.hold([*self.everyone, (stayed, -1), (entered, -1)], 0, 0)

    def add_stages(self, view, pupils, others, severe):
        """Adds the stages of the national policy, which are at the lines of persistent and severe absence and count pupils on roll
        of any age. The reader knows who has left, and who is of another age."""
        if ("stages", "", STAGES[0], "pupils") not in view.rows or any(pupil.has_left is None for pupil in pupils):
            return
        left = [pupil for pupil in pupils if pupil.has_left]
        gone = [self.add(len(left), sum(pupil.persistent for pupil in left), "leavers"),
                self.add(len(left), sum(pupil.severe for pupil in left), "leavers, severe")]
        self.hold([gone[0], (gone[1], -1)], 0, len(left))
        self.target("leavers", [gone[0]], len(left))
        counts, outside = [], []
        for name in STAGES:
            counts.append(self.add(self.size + len(others), sum(pupil.stage == name for pupil in [*pupils, *others]), name))
            outside.append(self.add(len(others), sum(pupil.stage == name for pupil in others), f"{name}, of another age"))
            self.hold([counts[-1]], *bounds(view.value("stages", "", name, "pupils"), self.limits[counts[-1]][1], rounded=True))
            self.target(name, [counts[-1]])
            self.target(f"{name}, of another age", [outside[-1]], len(others))
        self.hold(outside, 0, len(others))
        self.hold([*self.everyone, (gone[0], -1), *outside, *((count, -1) for count in counts)], 0, 0)
        self.hold([severe, (gone[1], -1), outside[1], (counts[1], -1)], 0, 0)

    def add_statuses(self):
        """Adds each status as a target, shown or not, and each combination.

        A status that differs by one pupil from a group that is shown has no more than two values. Of the pupils of a combination a
        low figure of a group may tell that few are persistently absent, but not whether one is.
        """
        shown = [set(self.everyone), *({index for index, _ in terms} for terms, _ in self.targets)]
        for index in range(len(self.views)):
            for place, name in enumerate(ATTRIBUTES):
                for value in {keys[index][place] for keys in self.keys} - {None}:
                    members = self.members(index, lambda key: key[place] == value)
                    apart = min(self.size_of(difference) for group in shown
                                if (difference := group.intersection(self.everyone) ^ set(members)) or group == set(members))
                    self.target(f"all with {name} {value}", members, self.size_of(members), min(ENOUGH, apart + 1))
        for i, keys in enumerate(self.keys):
            changed = "the pupil who changed" if len(set(keys)) > 1 else "the pupils alike"
            self.target(f"{changed} ({self.names[i]})", [i], self.sizes[keys], enough=2)


class Public(System):
    """The system of a reader who does not know the groups: their sizes too are unknown.

    Topics other than nested ones do not restrict each other for this reader, so that each part has two variables.
    """

    def __init__(self, view, pupils):
        super().__init__()
        self.view, size = view, len(pupils)
        whole = self.add(size, sum(pupil.persistent for pupil in pupils), "the school")
        self.hold([whole], *bounds(view.value("headline", "", "All pupils", "persistent"), size, rounded=False))
        self.target("the school", [whole], size)
        parts = {}
        for topic, rows in view.topics.items():
            place = attribute(topic)
            if any(pupil.key[place] is None for pupil in pupils):
                continue
            for row in rows:
                own = [pupil for pupil in pupils if view.row_of(topic, pupil.key[place]) == row]
                parts[topic, row] = (
                    self.add(size, len(own), f"pupils of {row}", low=LEAST),
                    self.add(size, sum(pupil.persistent for pupil in own), f"{topic}: {row}"))
            largest = max(rows, key=lambda row: self.truth[parts[topic, row][0]])
            self.hold([parts[topic, row][0] for row in rows], size, size)
            self.hold([*(parts[topic, row][1] for row in rows), (whole, -1)], 0, 0)
            for row in rows:
                self.add_part(topic, row, *parts[topic, row], row == largest)
            if any(view.persistent(topic, row)[1] == "7b" for row in rows) and topic not in OUTER:
                self.either([([parts[topic, row][1]], 0, SMALL) for row in rows])
        for topic, (outer, row) in OUTER.items():
            inner = next((parts[key] for key in parts if key[0] == topic and key[1] != OTHER), None)
            within = [pupil for pupil in pupils if pupil.key[attribute(topic)] == "1"]
            if inner and (outer, row) in parts and all(view.row_of(outer, pupil.key[attribute(outer)]) == row for pupil in within):
                pupils_outside, persistent = ([(parts[outer, row][i], 1), (inner[i], -1)] for i in (0, 1))
                self.hold(persistent, 0, size)
                self.hold([*pupils_outside, *((i, -c) for i, c in persistent)], 0, size)
                self.either([(pupils_outside, 0, 0), (pupils_outside, LEAST, size)])

    def add_part(self, topic, row, pupils, persistent, is_largest):
        size = self.limits[pupils][1]
        table = "years" if topic == "NC year" else "groups"
        if not is_largest:
            self.hold([pupils], *bounds(self.view.value(table, topic, row, "pupils"), size, rounded=True))
        value, rule = self.view.persistent(topic, row)
        rest = [(pupils, 1), (persistent, -1)]
        self.hold(rest, SMALL + 1 if rule in ("7a", "7b") else 0, size)
        if rule == "7a" or rule == "7b" and not is_largest:
            self.hold([persistent], *bounds(value, size, rounded=rule == "7b"))
        self.target(self.names[persistent], [persistent])
        self.target(f"{topic}: {row}, who are not", rest)


class Sums(System):
    """The systems of all schools together, with the persistent absence of groups that a trust or a set shows although no school does.

    It is empty where no sum shows any.
    """

    def __init__(self, pack):
        super().__init__()
        rows = [(owner, topic, row) for owner in pack.owners for topic in pack.views[owner].topics
                for row in pack.views[owner].topics[topic] if pack.views[owner].persistent(topic, row)[1] in ("7a", "7b")]
        if not rows:
            return
        self.groups = defaultdict(list)
        for urn in sorted({urn for owner, _, _ in rows for urn in pack.owners[owner]}):
            self.include(urn, School([pack.views[urn]], [((pupil.key,), pupil) for pupil in pack.pupils[urn].values()],
                                      others=pack.others[urn]))
        for owner, topic in sorted({(owner, topic) for owner, topic, _ in rows}):
            self.add_sum(pack.views[owner], topic, pack.owners[owner])

    def include(self, urn, school):
        """Takes over a school's variables, sums and targets."""
        first = len(self.truth)
        def moved(terms):
            return [(index + first, coefficient) for index, coefficient in terms]
        self.names += [f"{urn}: {name}" for name in school.names]
        self.limits += school.limits
        self.truth += school.truth
        self.movable += [index + first for index in school.movable]
        self.sums += [(moved(terms), low, high) for terms, low, high in school.sums]
        self.choices += [[(moved(terms), low, high) for terms, low, high in options] for options in school.choices]
        self.targets |= {(tuple(moved(terms)), size): (f"{urn}: {name}", enough)
                         for (terms, size), (name, enough) in school.targets.items()}
        for i, keys in enumerate(school.keys):
            self.groups[urn].append((first + i, keys[0], school.sizes[keys]))

    def add_sum(self, view, topic, urns):
        place, members, sizes = attribute(topic), defaultdict(list), Counter()
        for urn in urns:
            for index, key, size in self.groups[urn]:
                row = view.row_of(topic, key[place])
                members[row].append(index)
                sizes[row] += size
        largest = max(view.topics[topic], key=lambda row: sizes[row])
        for row in view.topics[topic]:
            value, rule = view.persistent(topic, row)
            if rule == "7a" or row != largest:
                self.hold(members[row], *bounds(value, sizes[row], rounded=rule == "7b"))
            self.hold(members[row], SMALL + 1 if rule == "7a" else 0, sizes[row] - SMALL - 1)
            self.target(f"{topic}: {row} of {len(urns)} schools", members[row], sizes[row])


class Trust(System):
    """The system of the whole counts of all schools, over one or several packs of one date.

    The trust's count adds something where each school that shows its count shows it exactly: then it is exact, and else made from
    what the schools show.
    """

    def __init__(self, packs):
        super().__init__()
        counts = {}
        for pack in packs:
            for urn, period in sorted(pack.half_terms):
                if len(pack.pupils[urn]) >= LEAST:
                    size, truth = pack.half_terms[urn, period]
                    if (urn, period) not in counts:
                        counts[urn, period] = self.add(size, truth, f"{urn} in {period}")
                        self.target(f"{urn} in {period}", [counts[urn, period]], size)
                    self.hold([counts[urn, period]], *bounds(pack.views[urn].whole(period), size, rounded=False))
            for owner, urns in pack.owners.items():
                for period in {period for _, period in pack.half_terms}:
                    inside = [urn for urn in urns if (urn, period) in pack.half_terms]
                    shown = [pack.views[urn].whole(period) for urn in inside]
                    if all(value.isdigit() or value == "c" for value in shown):
                        size = sum(pack.half_terms[urn, period][0] for urn in inside)
                        value = pack.views[owner].whole(period)
                        self.hold([counts[urn, period] for urn in inside], *bounds(value, size, rounded=False))


def subsets(items):
    return itertools.chain.from_iterable(itertools.combinations(items, count) for count in range(len(items), 0, -1))


def remainders(packs):
    """Checks the groups that rows of several schools tell of schools that do not show them.

    Each sum of schools is a row over the schools that do not show the group. Where a set of those schools with 1 to 9 pupils is a
    combination of the rows, the reader gets a figure of that group. Returns the number of groups checked, those that one sum or
    two nested ones tell, and those that other sums tell.
    """
    sums = defaultdict(dict)
    pupils = {urn: group for pack in packs for urn, group in pack.pupils.items()}
    for number, pack in enumerate(packs):
        for owner, urns in pack.owners.items():
            for topic, rows in pack.views[owner].topics.items():
                for row in rows:
                    place = attribute(topic)
                    values = {pupil.key[place] for group in pupils.values() for pupil in group.values()}
                    group = frozenset(value for value in values if pack.views[owner].row_of(topic, value) == row)
                    sums[ATTRIBUTES[place], group][number, owner] = urns
    checked, plain, others = 0, [], []
    for (name, group), owners in sums.items():
        place = ATTRIBUTES.index(name)
        def shows(urn):
            for view in (pack.views[urn] for pack in packs if urn in pack.views):
                for topic in [topic for topic in view.topics if attribute(topic) == place]:
                    present = {pupil.key[place] for pupil in pupils[urn].values()}
                    rows = [{value for value in present if view.row_of(topic, value) == row} for row in view.topics[topic]]
                    if set().union(*(row for row in rows if row <= group)) == group & present:
                        return True
            return False
        sizes = {urn: sum(pupil.key[place] in group for pupil in pupils[urn].values()) for urn in set().union(*owners.values())}
        hidden = sorted(urn for urn in sizes if not shows(urn) and sizes[urn] > 0)
        rows = {tuple(int(urn in urns) for urn in hidden) for urns in owners.values()} - {(0,) * len(hidden)}
        nested = rows | {tuple(a - b for a, b in zip(one, other)) for one in rows for other in rows
                         if one != other and all(a >= b for a, b in zip(one, other))}
        checked += 1
        for chosen in subsets(hidden):
            if not 1 <= sum(sizes[urn] for urn in chosen) < LEAST:
                continue
            indicator = tuple(int(urn in chosen) for urn in hidden)
            text = f"{name} {'/'.join(sorted(group))}: {sum(sizes[urn] for urn in chosen)} pupils of {', '.join(chosen)}"
            if indicator in nested:
                plain.append(text)
            elif rows and numpy.linalg.matrix_rank([*rows, indicator]) == numpy.linalg.matrix_rank(list(rows)):
                others.append(text)
    return checked, plain, others
