#!/usr/bin/env python3
"""The lists of each school's attendance actions, worked out a second time and on their own.

    lists.py WORKSPACE PACKDIR [--as-at YYYY-MM-DD] [--policies DIR]

reads the exports of WORKSPACE, works out every list of names by the rules and the school's policy, and compares them
row by row with PACKDIR/restricted/<school>/attendance-actions.xlsx. One line when they agree, every difference if not.

Written from the rules, the policies and the words on the sheets, not from the program. "Section" is a section of
Docs/Rules.md. It does not work out what is urgent this morning, nor the groups to watch. The readers of exports are those of figures.py. Standard library only.
"""
import re
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import figures
from figures import ABSENT, CLASS, LINES, POSSIBLE, UNAUTHORISED

MONTHS = "January February March April May June July August September October November December".split()
LEFT, ENTERED = "No longer", "Reached"

figures.SYNONYMS["centre"] = {"centre", "center", "site"}
figures.SYNONYMS["placed_by"] = {"mainschool", "commissioningschool", "referringschool", "schooloforigin"}


class Pupil(figures.Enrolment):
    """An enrolment with what only the lists need: the day of birth, the centre, and who placed the pupil."""

    def __init__(self, row, year_start):
        super().__init__(row, year_start)
        self.born = figures.read_date(row.get("dob", ""))
        self.centre, self.placed_by = row.get("centre", ""), row.get("placed_by", "")

    def prepare(self, first):
        """Sort the marks: all of them, those of the school year that begins on `first`, and the possible ones."""
        self.all = sorted((day, half, code) for (day, half), (code, _) in self.marks.items())
        self.year_marks = [mark for mark in self.all if mark[0] >= first]
        self.possible = [mark for mark in self.year_marks if CLASS[mark[2]] in POSSIBLE]
        self.absence = sum(CLASS[code] in ABSENT for _, _, code in self.possible)
        self.all_by_day = defaultdict(list)
        for day, half, code in self.all:
            if CLASS[code] in POSSIBLE:
                self.all_by_day[day].append((half, code))
        self.by_day = {day: marks for day, marks in self.all_by_day.items() if day >= first}

    def counts(self, keep=lambda day: True):
        """Sessions missed and possible on some days of the school year."""
        codes = [code for day, _, code in self.possible if keep(day)]
        return sum(CLASS[code] in ABSENT for code in codes), len(codes)

    def compulsory(self, day):
        """Whether the pupil is of compulsory school age on a day (Education Act 1996, section 8)."""
        if self.born is None:
            return not self.year or self.year in figures.NC_YEARS[2:13]
        five = birthday(self.born, 5)
        begins = min(date(year, month, last) for year in (five.year, five.year + 1)
                     for month, last in ((3, 31), (8, 31), (12, 31)) if date(year, month, last) >= five)
        sixteen = birthday(self.born, 16)
        june = date(sixteen.year + (sixteen.month >= 9), 6, 30)
        return begins <= day <= june - timedelta((june.weekday() - 4) % 7)

    def name(self):
        names = ", ".join(part for part in (self.surname, self.forename) if part)
        number = self.upn or self.pupil_id
        return f"{names} ({number})" if names and self.has_namesake else names or number


def birthday(born, age):
    """The day on which an age is attained; of 29 February, 1 March where the year has none."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


# ---- a policy
def read_yaml(text):
    """The part of YAML that policies are written in: mappings and lists by indent, and both in braces."""
    lines = [(len(line) - len(line.lstrip()), line.strip()) for line in text.splitlines()
             if line.strip() and not line.lstrip().startswith("#")]

    def scalar(value):
        value = value.strip()
        if value[:1] in "\"'" and value[-1:] == value[:1]:
            return value[1:-1]
        return value if value[:1] in "\"'" else re.sub(r"\s+#.*$", "", value)

    def flow(value):
        value = value.strip()
        pairs = []
        for opening, closing in ("{}", "[]"):
            if value.startswith(opening):
                depth, part = 0, ""
                for letter in value[1:value.rindex(closing)] + ",":
                    depth += (letter in "{[") - (letter in "}]")
                    if letter == "," and not depth:
                        pairs.append(part)
                        part = ""
                    else:
                        part += letter
                pairs = [part for part in pairs if part.strip()]
                if opening == "[":
                    return [flow(part) for part in pairs]
                return {key.strip(): flow(rest) for key, _, rest in (part.partition(":") for part in pairs)}
        return scalar(value)

    def block(indent):
        result = None
        while lines and lines[0][0] >= indent:
            here, line = lines[0]
            if line.startswith("- "):
                result = [] if result is None else result
                rest = line[2:].strip()
                if rest.startswith(("{", "[")) or not re.match(r"[\w ]+:( |$)", rest):
                    lines.pop(0)
                    result.append(flow(rest))
                else:
                    lines[0] = (here + 2, rest)
                    result.append(block(here + 2))
            else:
                key, _, rest = line.partition(":")
                result = {} if result is None else result
                lines.pop(0)
                if rest.strip():
                    result[key.strip()] = flow(rest)
                else:
                    result[key.strip()] = block(here if lines and lines[0][1].startswith("- ") and lines[0][0] == here
                                                else here + 1)
        return result

    return block(0) or {}


class Policy:
    """What a policy asks that a list can show: its stages and other lines, windows, runs, rewards, and its table."""

    def __init__(self, path):
        plan = read_yaml(path.read_text(encoding="utf-8-sig"))
        self.taught = int(plan.get("taught_minutes", 300))
        self.stages = plan.get("stages") or []
        self.own_line = plan.get("persistent")
        self.windows, self.runs = plan.get("windows") or [], plan.get("runs") or []
        self.rewards = sorted(plan.get("rewards") or [], key=lambda reward: -float(reward["attendance_at_least"]))
        self.broken_weeks = plan.get("broken_weeks")
        self.left_out = set((self.broken_weeks or {}).get("leave_out") or [])
        self.lateness = plan.get("lateness")


def codes_of(named):
    """The codes of a window or a run, in words or as a list."""
    if named == "unauthorised":
        return set(UNAUTHORISED)
    if named == "any_absence":
        return {code for code, kind in CLASS.items() if kind in ABSENT}
    return set(named)


# ---- words
def short(day):
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def dates_text(marks):
    """`8 Dec to 17 Dec O, 6 Jan PM O, 7 Jan AM O PM C2`: whole weekdays in a row that were missed alike are one."""
    parts, by_day = [], defaultdict(dict)
    for day, half, code in sorted(marks):
        by_day[day][half] = code
    for day, codes in by_day.items():
        whole = len(codes) == 2 and codes[0] == codes[1]
        words = codes[0] if whole else " ".join(f"{('AM', 'PM')[half]} {codes[half]}" for half in sorted(codes))
        if whole and parts and parts[-1][2] == words and follows(day, parts[-1][1]):
            parts[-1][1] = day
        else:
            parts.append([day, day, words])
    return ", ".join(short(first) + (f" to {short(last)}" if last != first else "") + f" {words}"
                     for first, last, words in parts)


def follows(day, before):
    """Whether a day is the next one, or the Monday after a Friday."""
    return (day - before).days == 1 or (day - before).days == 3 and day.weekday() == 0


def rounded(value, places=1):
    """To some places, halves away from zero, and 0 where it rounds to that."""
    scale = 10 ** places
    size = int(abs(value) * scale * 2 + 1) // 2
    return (size if value >= 0 else -size) / scale


# ---- a school
class School:
    """A school's enrolments, its days, weeks and half-terms, and its policy."""

    def __init__(self, pupils, policy, as_at):
        last = max(day for pupil in pupils for day, _ in pupil.marks)
        self.first = date(last.year - (last.month < 9), 9, 1)
        self.policy, self.as_at = policy, as_at
        self.pupils = sorted(pupils, key=lambda pupil: (pupil.upn, pupil.pupil_id))
        alike = Counter((pupil.surname, pupil.forename, pupil.year, pupil.form) for pupil in pupils)
        for pupil in self.pupils:
            pupil.prepare(self.first)
            pupil.has_namesake = alike[pupil.surname, pupil.forename, pupil.year, pupil.form] > 1
        self.sessions = figures.school_time(pupils)
        self.all_days = sorted({day for day, _ in self.sessions})
        self.weeks = sorted({monday(day) for day in self.all_days})
        self.days = [day for day in self.all_days if day >= self.first]
        self.half_term = figures.half_terms(self.days)
        names = list(dict.fromkeys(self.half_term[day] for day in self.days))
        self.now, self.before = names[-1], names[-2] if len(names) > 1 else None
        self.held = sum(day >= self.first for day, _ in self.sessions)
        self.to_come = max(0, 380 - self.held)

    def in_half_term(self, name):
        return lambda day: self.half_term.get(day) == name

    def before_now(self, day):
        """Whether a day is before the half-term that runs."""
        return day < min(other for other in self.days if self.half_term[other] == self.now)

    def week_ago(self, day):
        """Whether a day is before the last five school days."""
        return day not in self.days[-5:] and day < self.days[-1]

    def on_roll(self, pupil):
        return pupil.left >= self.as_at

    def enrolled(self, pupil):
        """On roll at the as-at date: thresholds are evaluated for these pupils only."""
        return pupil.admitted <= self.as_at <= pupil.left

    def to_come_of(self, pupil):
        """The sessions to come for a pupil: as large a share of the school's as those so far; None for who has left."""
        if not self.on_roll(pupil):
            return None
        since = max(pupil.admitted, self.first)
        held = sum(since <= day <= self.as_at for day, _ in self.sessions)
        return self.to_come * len(pupil.possible) // held if len(pupil.possible) < held else self.to_come

    def reaches(self, line, pupil, keep=lambda day: True):
        """Whether a pupil has reached a line by some days of the year: by attendance, by broken weeks or by a window."""
        if "window" in line:
            window = next(window for window in self.policy.windows if window["name"] == line["window"])
            return len(self.window_marks(window, pupil, keep)) >= int(window["sessions"])
        if "broken_weeks_at_least" in line:
            weeks, least = self.weeks_of(pupil, keep), line["broken_weeks_at_least"]
            broken = sum(map(any, weeks.values()))
            return broken >= int(least["weeks"]) and 1000 * broken >= figures.tenths(least["share"]) * len(weeks)
        key = next(key for key in LINES if key in line)
        missed, possible = pupil.counts(keep)
        return possible > 0 and LINES[key](figures.tenths(line[key]), missed, possible)

    # ---- tables
    def table(self, header, rows, attendance=True):
        """A table of pupils: name, year and form first; attendance, and who has left, last."""
        left = any(not self.on_roll(pupil) for pupil, *_ in rows)
        lines = []
        for pupil, *cells in rows:
            line = [pupil.name(), pupil.year or "[x]", pupil.form or "[x]", *cells]
            if attendance:
                line.append(rate(len(pupil.possible) - pupil.absence, len(pupil.possible)))
            if left:
                gone = f"Left {pupil.left.day} {MONTHS[pupil.left.month - 1]} {pupil.left.year}" \
                    if pupil.left < date.max else ""
                line.append("Yes" if self.on_roll(pupil) else gone)
            lines.append(line)
        return ["Pupil", "Year", "Form", *header, *["Attendance (%)"] * attendance, *["On roll"] * left], lines

    def lists(self):
        """Every list by its title."""
        found = {}
        for make in (self.penalty_windows, self.own_windows, self.run_lists, self.sickness, self.open_marks,
                     self.care_plans, self.moves, self.stage_lists, self.persistent, self.changes, self.broken,
                     self.late, self.by_code, self.rewards, self.leavers, self.tables_of_weeks, self.patterns,
                     self.busy_days, self.everyone):
            found.update(make())
        return {title: table for title, table in found.items() if table[1]}

    # ---- windows
    def marks_in_weeks(self, weeks, codes, pupil):
        begin = self.weeks[-weeks:][0]
        return [mark for mark in pupil.all if mark[0] >= begin and mark[2] in codes]

    def window_marks(self, window, pupil, keep=lambda day: True):
        """The marks in a window of the policy that ends with the last day of some days."""
        codes, within = codes_of(window["codes"]), window["within"]
        marks = [mark for mark in pupil.all if keep(mark[0])]
        if within == "half_term":
            last = [self.half_term[day] for day in self.days if keep(day)][-1:]
            return [mark for mark in marks if mark[2] in codes and self.half_term.get(mark[0]) in last]
        if within == "school_year":
            return [mark for mark in marks if mark[2] in codes and mark[0] >= self.first]
        if "school_weeks" in within:
            weeks = list(dict.fromkeys(monday(day) for day in self.all_days if keep(day)))[-int(within["school_weeks"]):]
            return [mark for mark in marks if mark[2] in codes and weeks and mark[0] >= weeks[0]]
        possible = [mark for mark in marks if CLASS[mark[2]] in POSSIBLE]
        return [mark for mark in possible[-int(within["possible_sessions"]):] if mark[2] in codes]

    def window_tables(self, titles, found, line, approaching, falls_out):
        header = ["Sessions in the period", "Of which N", "Dates and codes", *["Oldest absence expires"] * (falls_out is not None)]
        rows = sorted(((pupil, marks) for pupil, marks in found), key=lambda item: -len(item[1]))
        tables = {}
        for title, low, high in ((titles[0], line, 10 ** 6), (titles[1], approaching, line - 1)):
            tables[title] = self.table(header, [
                (pupil, len(marks), sum(mark[2] == "N" for mark in marks), self.dates_here_and_elsewhere(marks),
                 *([falls_out(marks[0][0])] if falls_out else [])) for pupil, marks in rows
                if low <= len(marks) <= high])
        return tables

    def dates_here_and_elsewhere(self, marks):
        here, elsewhere = ([mark[:3] for mark in marks if (len(mark) > 3) == away] for away in (False, True))
        far = f"at another school of the trust: {dates_text(elsewhere)}" if elsewhere else ""
        return "; ".join(text for text in (dates_text(here), far) if text)

    def drops_out(self, weeks):
        def words(day):
            last = self.weeks[-weeks:]
            place = max(place for place, week in enumerate(last) if week <= day)
            n = place + 1 + weeks - len(last)
            return f"in {n} school week{'' if n == 1 else 's'}"
        return words

    def penalty_windows(self):
        """10 of G, N, O, U in 10 school weeks, while of compulsory school age, across the trust (section 8)."""
        found = []
        for pupil in self.pupils:
            here = self.marks_in_weeks(10, UNAUTHORISED, pupil)
            taken = {mark[:2] for mark in here if pupil.compulsory(mark[0])}
            away = [(*mark, "elsewhere") for mark in pupil.elsewhere
                    if mark[0] >= self.weeks[-10:][0] and mark[:2] not in taken]
            if not self.enrolled(pupil) and not any(pupil.compulsory(mark[0]) for mark in away):
                continue                                      # the window runs across the trust for who moved within it
            found.append((pupil, sorted(mark for mark in here + away if pupil.compulsory(mark[0]))))
        titles = (f"{words} unauthorised sessions in 10 school weeks" for words in ("10 or more", "Approaching 10"))
        return self.window_tables(tuple(titles), found, 10, 7, self.drops_out(10))

    def own_windows(self):
        """The windows of the policy that are not a national one, for pupils of any age."""
        tables = {}
        for window in self.policy.windows:
            codes, within, line = codes_of(window["codes"]), window["within"], int(window["sessions"])
            if (codes, within, line) in ((set(UNAUTHORISED), {"school_weeks": "10"}, 10), ({"I"}, "school_year", 30)):
                continue
            weeks = within.get("school_weeks") if isinstance(within, dict) else None
            falls_out = self.drops_out(int(weeks)) if weeks else None
            tables.update(self.window_tables(
                (f"Own line: {window['name']}", f"Approaching own line: {window['name']}"),
                [(pupil, self.window_marks(window, pupil)) for pupil in filter(self.enrolled, self.pupils)],
                line, int(window.get("approaching", line)), falls_out))
        return tables

    # ---- runs
    def runs_of(self, pupil, codes, length, counts=lambda day: True):
        """Runs of at least so many of the pupil's days with nothing but some codes, and whether the last still goes on.

        A day without a possible session neither counts nor ends a run. A run may begin before the school year, and counts in
        the year in which it ends."""
        runs, run = [], []
        for day in filter(counts, sorted(pupil.all_by_day)):
            if all(code in codes for _, code in pupil.all_by_day[day]):
                run.append(day)
            else:
                runs.append(run)
                run = []
        runs = [run for run in runs + [run] if len(run) >= length and run[-1] >= self.first]
        going = bool(runs) and runs[-1][-1] == max(pupil.all_by_day) and self.on_roll(pupil) \
            and (len(self.all_days) < 6 or runs[-1][-1] > self.all_days[-6])
        return runs, going

    def run_table(self, codes, length, compulsory=False):
        rows = []
        for pupil in filter(self.enrolled, self.pupils):
            runs, going = self.runs_of(pupil, codes, length, pupil.compulsory if compulsory else lambda day: True)
            if runs:
                text = "; ".join(dates_text((day, half, code) for day in run for half, code in pupil.all_by_day[day])
                                 for run in runs)
                days = len(runs[-1]) if going else max(map(len, runs))
                rows.append((pupil, days, "Yes" if going else "No", text, len(runs), runs[-1][-1]))
        rows.sort(key=lambda row: (row[2] == "No", -row[1], -row[5].toordinal()))
        return self.table(["Days in a row", "Still going", "Dates and codes", "Runs this year"],
                          [row[:5] for row in rows])

    def run_lists(self):
        """10 days unauthorised, 5 days of any absence, more than 5 days of E, and the policy's own (section 8)."""
        anything = codes_of("any_absence")
        tables = {"10 or more school days of unauthorised absence in a row": self.run_table(set(UNAUTHORISED), 10, True),
                  "Suspended for more than 5 school days in a row": self.run_table({"E"}, 6)}
        five = "5 or more school days absent in a row"
        for run in self.policy.runs:
            codes, length = codes_of(run["codes"]), int(run["school_days"])
            if (codes, length) == (anything, 5):
                five += f": {run['name']}"
            elif (codes, length) != (set(UNAUTHORISED), 10):
                tables[f"Own line: {run['name']}"] = self.run_table(codes, length)
        tables[five] = self.run_table(anything, 5)
        return tables

    # ---- other lists of section 8
    def sickness(self):
        """I in the school year, while of compulsory school age: a return list (section 3)."""
        found = [(pupil, [mark for mark in pupil.year_marks if mark[2] == "I" and pupil.compulsory(mark[0])])
                 for pupil in filter(self.enrolled, self.pupils)]
        found.sort(key=lambda item: -len(item[1]))
        make = lambda low, high: self.table(
            ["Sessions of illness", "School days", "Dates"],
            [(pupil, len(marks), len(marks) / 2, dates_text(marks)) for pupil, marks in found
             if low <= len(marks) <= high])
        return {"15 or more school days of illness": make(30, 10 ** 6),
                "Approaching 15 school days of illness": make(20, 29)}

    def open_marks(self):
        """N with more than 5 school days after its day."""
        after = lambda day: sum(other > day for other in self.days)
        rows = []
        for pupil in self.pupils:
            marks = [mark for mark in pupil.year_marks if mark[2] == "N" and after(mark[0]) > 5]
            if marks:
                rows.append((pupil, len(marks), dates_text(marks), after(marks[0][0])))
        rows.sort(key=lambda row: -row[1])
        return {"N marks to resolve": self.table(["N marks", "Dates", "School days since the oldest"], rows)}

    def change(self, pupil):
        """Attendance in the half-term before, in the one that runs, and the change in points; None without either."""
        if self.before is None:
            return None
        was, now = (pupil.counts(self.in_half_term(name)) for name in (self.before, self.now))
        if not was[1] or not now[1]:
            return None
        was, now = (100 - Fraction(100 * missed, possible) for missed, possible in (was, now))
        return was, now, now - was

    def care_plans(self):
        rows = [(pupil, *change) for pupil in self.pupils if pupil.sen == "EHC plan" and self.on_roll(pupil)
                and (change := self.change(pupil)) and change[2] <= -3]
        rows.sort(key=lambda row: rounded(row[3]))
        return {"EHC plan: attendance falling or low": self.table(
            ["Half-term before (%)", "This half-term (%)", "Missed this half-term", "Change (points)"],
            [(pupil, float(was), float(now), "{} of {}".format(*pupil.counts(self.in_half_term(self.now))),
              rounded(change)) for pupil, was, now, change in rows])}

    def lines(self):
        """The thresholds that pupils reach and leave: the national ones, and the policy's stages with other names.

        A pupil is at a stage after reaching it or a later one."""
        named = {"Persistent absence": {"missed_at_least": "10"}, "Severe absence": {"missed_at_least": "50"}}
        return {**named, **{stage["name"]: stage for stage in self.policy.stages if stage["name"] not in named}}

    def moves(self):
        rows, counts = [], []
        for name, line in self.lines().items():
            beyond = self.policy.stages[self.policy.stages.index(line):] if line in self.policy.stages else [line]
            stands = lambda *when: {id(pupil) for pupil in filter(self.enrolled, self.pupils)
                                    if any(self.reaches(other, pupil, *when) for other in beyond)}
            was, now = stands(self.before_now), stands()
            counts.append([name, len(was), len(now - was), len(was - now), len(now)])
            for pupil in self.pupils:
                for moved, group in ((ENTERED, now - was), (LEFT, was - now)):
                    if id(pupil) in group:
                        missed, possible = pupil.counts(self.before_now)
                        rows.append((pupil, name, moved, rate(possible - missed, possible)))
        order = list(self.lines())
        rows.sort(key=lambda row: (row[2] == LEFT, row[0].upn, row[0].pupil_id, order.index(row[1])))
        if self.before is None:
            counts = [[name, "[z]", "[z]", "[z]", now] for name, _, _, _, now in counts]
            return {"Movement across thresholds": (["Threshold", "At the end of the last half-term", "New since",
                                                    "No longer", "Now"], counts)}
        end = f"Attendance at the end of {self.before} (%)"
        return {"Moved across a threshold since the last half-term": self.table(["Threshold", "Moved", end], rows),
                "Movement across thresholds": (["Threshold", f"At the end of {self.before}", "New since",
                                                "No longer", "Now"], counts)}

    def stage_of(self, pupil, keep=lambda day: True):
        return next((stage["name"] for stage in reversed(self.policy.stages) if self.reaches(stage, pupil, keep)), "")

    def weeks_of(self, pupil, keep=lambda day: True):
        weeks = defaultdict(list)
        for day, _, code in (mark for mark in pupil.possible if keep(mark[0])):
            weeks[monday(day)].append(CLASS[code] in ABSENT and code not in self.policy.left_out)
        return weeks

    def stage_lists(self):
        tables = {}
        for stage in self.policy.stages:
            if stage.get("missed_at_least") in ("10", "50"):
                continue                                      # is on the lists of persistent and severe absence
            rows = []
            for pupil in filter(self.enrolled, self.most_absent()):
                if self.stage_of(pupil) == stage["name"]:
                    weeks = self.weeks_of(pupil)
                    order = ["", *(stage["name"] for stage in self.policy.stages)]
                    new = order.index(self.stage_of(pupil, self.week_ago)) < order.index(stage["name"]) \
                        and self.on_roll(pupil)
                    rows.append((pupil, pupil.absence, len(pupil.possible),
                                 f"{sum(map(any, weeks.values()))} of {len(weeks)}", "Yes" if new else "No"))
            tables[f"Stage: {stage['name']}"] = self.table(
                ["Absent sessions", "Possible sessions", "Weeks with an absence", "New this week"], rows)
        return tables

    def most_absent(self):
        return sorted((pupil for pupil in self.pupils if pupil.possible),
                      key=lambda pupil: -Fraction(pupil.absence, len(pupil.possible)))

    def persistent(self):
        """Persistent and severe absence, the threshold of 8%, and the school's own threshold (sections 2 and 8)."""
        severe, persistent, approaching, own = [], [], [], []
        for pupil in filter(self.enrolled, self.most_absent()):
            missed, possible = pupil.absence, len(pupil.possible)
            to_come = self.to_come_of(pupil)
            if 10 * missed >= possible:
                before = pupil.counts(self.before_now)
                group = severe if 2 * missed >= possible else persistent
                line = 2 if 2 * missed >= possible else 10
                was = before[1] and line * before[0] >= before[1]
                needed = line * missed - possible + 1         # the least n with line * missed < possible + n
                group.append((pupil, missed, possible, sum(code in UNAUTHORISED for _, _, code in pupil.possible),
                              "[z]" if to_come is None else needed if needed <= to_come else "Not this year",
                              "[z]" if self.before is None else "Not new" if was else "New"))
            elif 100 * missed >= 8 * possible and self.on_roll(pupil):
                spare = min(to_come, (possible + to_come - 10 * missed - 1) // 10)
                approaching.append((pupil, missed, possible, spare))
            if self.policy.own_line and self.reaches(self.policy.own_line, pupil):
                own.append((pupil, missed, possible, "Yes" if 10 * missed >= possible else "No"))
        header = lambda rate: ["Absent sessions", "Possible sessions", "Unauthorised",
                               f"Sessions to attend in a row to get above {rate}%", "Since the last half-term"]
        return {"Severely absent": self.table(header(50), severe),
                "Persistently absent": self.table(header(90), persistent),
                "Approaching persistent absence": self.table(
                    ["Absent sessions", "Possible sessions", "Absences left before persistent absence"], approaching),
                (self.policy.own_line or {}).get("name", "Own line"): self.table(
                    ["Absent sessions", "Possible sessions", "Persistently absent (DfE)"], own)}

    def changes(self):
        """The 25 whose attendance fell and rose most, by 3 points or more, on roll."""
        found = [(pupil, *change) for pupil in self.pupils if self.on_roll(pupil) and (change := self.change(pupil))]
        fell = sorted((row for row in found if row[3] <= -3), key=lambda row: rounded(row[3]))[:25]
        rose = sorted((row for row in found if row[3] >= 3), key=lambda row: -rounded(row[3]))[:25]
        header = ["Half-term before (%)", "This half-term (%)", "Change (points)"]
        cells = lambda row: (row[0], float(row[1]), float(row[2]), rounded(row[3]))
        return {"Attendance fell most": self.table([*header, "From 97% or more"], [
                    (*cells(row), "Yes" if row[1] >= 97 else "No") for row in fell]),
                "Most improved": self.table(header, [cells(row) for row in rose])}

    def broken(self):
        """A quarter or more of the weeks in session broken, two at least, of pupils on roll (section 6)."""
        if self.policy.broken_weeks is None:
            return {}
        slots = [when for when in sorted(self.sessions) if when[0] >= self.first]
        far = lambda one, other: (other[0] - one[0]).days > 1
        ends = {one for one, other in zip(slots, slots[1:]) if far(one, other)}
        begins = {other for one, other in zip(slots, slots[1:]) if far(one, other)} | {slots[0]}
        if slots[-1][0].weekday() == 4:
            ends.add(slots[-1])
        rows = []
        for pupil in self.pupils:
            weeks = self.weeks_of(pupil)
            broken = sum(map(any, weeks.values()))
            if broken >= 2 and 4 * broken >= len(weeks) and self.on_roll(pupil):
                spells = self.spells(pupil)
                beside = sum(any(mark[:2] in begins | ends for mark in spell) for spell in spells)
                ill = sum(code == "I" for _, _, code in pupil.possible)
                rows.append((pupil, broken, len(weeks), sum(map(all, weeks.values())),
                             Fraction(100 * broken, len(weeks)), Fraction(100 * ill, pupil.absence),
                             self.fullest(pupil), len(spells), beside))
        rows.sort(key=lambda row: -row[4])
        return {"Broken weeks": self.table(
            ["Weeks with an absence", "Weeks in session", "Whole weeks absent", "Share of weeks (%)",
             "Illness, share of absence (%)", "Most often on", "Absences", "Absences beside a weekend or holiday"],
            [(*row[:4], float(row[4]), float(row[5]), *row[6:]) for row in rows])}

    def fullest(self, pupil):
        """The weekday with most missed sessions, if there is only one."""
        sums = Counter(day.weekday() for day, _, code in pupil.possible if CLASS[code] in ABSENT)
        days = [day for day, missed in sums.items() if missed == max(sums.values())]
        return WEEKDAYS[days[0]][:-1] if len(days) == 1 else "No one day"

    def spells(self, pupil):
        """Possible sessions missed in a row."""
        spells, spell = [], []
        for mark in pupil.possible:
            if CLASS[mark[2]] in ABSENT:
                spell.append(mark)
            elif spell:
                spells.append(spell)
                spell = []
        return spells + [spell] * bool(spell)

    # ---- lateness
    def late(self):
        rows = []
        table = self.policy.lateness
        for pupil in self.pupils:
            late = [(code, minutes) for (day, _), (code, minutes) in sorted(pupil.marks.items())
                    if code in ("L", "U") and day >= self.first]
            if len(late) < 5:
                continue
            told = {code: [minutes for which, minutes in late if which == code and minutes is not None]
                    for code in ("L", "U")}
            marks = Counter(code for code, _ in late)
            minutes = {code: sum(told[code]) if told[code] or not marks[code] else "[x]" for code in ("L", "U")}
            unknown = minutes["L"] == "[x]"
            lost = "[x]" if unknown else rounded(Fraction(minutes["L"], self.policy.taught))
            cells = [marks["L"], marks["U"], f"{len(told['L']) + len(told['U'])} of {len(late)}",
                     minutes["L"], minutes["U"], lost]
            if table and "table" in table:
                cells += ["[x]", "[x]"] if unknown else [
                    rounded(self.by_table(pupil, minutes["L"], table, unit)) for unit in ("days", "lessons")]
            rows.append((pupil, *cells))
        rows.sort(key=lambda row: -(row[1] + row[2]))
        header = ["Late before close (L)", "Late after close (U)", "Late marks with minutes recorded", "Minutes on L",
                  "Minutes on U", f"Days lost, {self.policy.taught} minutes a day"]
        if table and "table" in table:
            header += ["Days lost by the policy's table", "Lessons lost"]
        return {"Late": self.table(header, rows)}

    def by_table(self, pupil, minutes, table, unit):
        """Minutes a day, averaged over the days due in, by the policy's table; scaled to those days (section 7)."""
        due = len(pupil.by_day)
        points = [(Fraction(0), Fraction(0))] + [(Fraction(row["minutes"]), Fraction(row[unit]))
                                                 for row in table["table"]]
        average = Fraction(minutes, due)
        upper = next((n for n in range(1, len(points)) if average <= points[n][0]), len(points) - 1)
        (x0, y0), (x1, y1) = points[upper - 1:upper + 1]
        return (y0 + (average - x0) * (y1 - y0) / (x1 - x0)) * due / int(table.get("year_days", 190))

    # ---- lists by a code, and rewards
    def by_code(self):
        rows = {code: [] for code in ("C", "C2", "T")}
        for pupil in self.pupils:
            for code, found in rows.items():
                marks = [mark for mark in pupil.year_marks if mark[2] == code]
                if marks:
                    found.append((pupil, marks))
        for found in rows.values():
            found.sort(key=lambda item: -len(item[1]))
        weeks = lambda marks: len({monday(day) for day, _, _ in marks})
        ends = lambda marks: " to ".join(dict.fromkeys(short(mark[0]) for mark in (marks[0], marks[-1])))
        year = birthday(self.as_at, -1)
        attended = lambda pupil: sum(CLASS[code] in POSSIBLE - ABSENT for day, _, code in pupil.all if day > year)
        return {
            "Leave in exceptional circumstances (C)": self.table(
                ["Sessions", "Dates"], [(pupil, len(marks), dates_text(marks)) for pupil, marks in rows["C"]]),
            "Part-time timetables (C2)": self.table(
                ["Sessions", "School weeks with C2", "Over 6 weeks", "First and last"],
                [(pupil, len(marks), weeks(marks), "Yes" if weeks(marks) > 6 else "No",
                  ends(marks)) for pupil, marks in rows["C2"]]),
            "Parent travelling for occupational purposes (T)": self.table(
                ["Sessions of T", "Dates", "Attended in 12 months", "Short of 200"],
                [(pupil, len(marks), dates_text(marks), attended(pupil), max(0, 200 - attended(pupil)))
                 for pupil, marks in rows["T"]])}

    def rewards(self):
        """Attendance in the half-term that runs, of pupils on roll; the best reward only."""
        tables = {}
        for place, reward in enumerate(self.policy.rewards):
            rows = []
            for pupil in self.pupils:
                missed, possible = pupil.counts(self.in_half_term(self.now))
                share = lambda line: possible and 1000 * (possible - missed) >= figures.tenths(
                    line["attendance_at_least"]) * possible
                if self.on_roll(pupil) and share(reward) and not any(map(share, self.policy.rewards[:place])):
                    rows.append((pupil, rate(possible - missed, possible), missed))
            rows.sort(key=lambda row: row[2])
            tables[f"Reward: {reward['name']}"] = self.table(["This half-term (%)", "Sessions missed"], rows)
        return tables

    def leavers(self):
        """Pupils who left since the first school day, the latest first; kinds by the words of the samples."""
        kinds = {"home": "Elective home education", "Key Stage 4": "End of the school's years",
                 "school": "Another school or provider", "provision": "Another school or provider",
                 "Moved": "Moved away", "": "No reason given"}
        kind = lambda words: next(kind for part, kind in kinds.items() if part in words and (part or not words))
        first = min(self.days)
        rows = [pupil for pupil in self.pupils if first <= pupil.left < self.as_at]
        rows.sort(key=lambda pupil: pupil.left, reverse=True)
        return {"Left this school year": self.table(
            ["Left on", "Reason", "Reason in the pupil file"],
            [(pupil, (pupil.left - date(1899, 12, 30)).days, kind(pupil.reason), pupil.reason or "[x]")
             for pupil in rows])}

    # ---- groups week by week
    def tables_of_weeks(self):
        weeks = sorted({monday(day) for day in self.days if self.half_term[day] == self.now})
        header = [*(f"{short(week)} (%)" for week in weeks), "Half-term (%)"]

        def missed(pupils, keep):
            pairs = [pupil.counts(lambda day: self.half_term.get(day) == self.now and keep(day)) for pupil in pupils]
            absent, possible = (sum(pair[n] for pair in pairs) for n in (0, 1))
            return rate(absent, possible)

        def table(column, value):
            groups = defaultdict(list)
            for pupil in self.pupils:
                groups[value(pupil) or f"No {column.lower()}"].append(pupil)
            if not any(map(value, self.pupils)):
                return [column, *header], []
            names = sorted(groups, key=lambda name: (name == f"No {column.lower()}", numbered(name)))
            rows = [(name, groups[name]) for name in names] + [("The school", self.pupils)]
            rows = [[name, *(missed(pupils, lambda day, week=week: monday(day) == week) for week in weeks),
                     missed(pupils, lambda day: True)] for name, pupils in rows]
            return [column, *header], [row for row in rows if row[-1] != "[z]"]

        title = f"Sessions missed in {self.now}"
        tables = {f"{title}: class by class": table("Form", lambda pupil: pupil.form)}
        for name, column, value in (("centre by centre", "Centre", lambda pupil: pupil.centre),
                                    ("commissioning schools", "Commissioning school", lambda pupil: pupil.placed_by)):
            tables[f"{title}: {name}"] = table(column, value)
        rows, last = [], self.weeks[-1]
        for pupil in self.pupils:
            if not pupil.placed_by or pupil.left < last:
                continue
            marks = {(day, half): code for day, half, code in pupil.all if monday(day) == last}
            slots = sorted(when for when in self.sessions if monday(when[0]) == last)
            text = " ".join(marks.get(when, "-") for when in slots) if marks else "[z]"
            kinds = [CLASS[code] for code in marks.values() if CLASS[code] in POSSIBLE]
            half = pupil.counts(self.in_half_term(self.now))
            rows.append([pupil.placed_by, pupil.name(), pupil.year, pupil.form, text,
                         sum(kind not in ABSENT for kind in kinds), len(kinds), rate(half[1] - half[0], half[1]),
                         rate(len(pupil.possible) - pupil.absence, len(pupil.possible))])
        rows.sort(key=lambda row: row[0])
        tables["The last week, by commissioning school"] = (
            ["Commissioning school", "Pupil", "Year", "Form", "Marks of the week", "Attended", "Possible",
             "Attendance, half-term (%)", "Attendance, year (%)"], rows)
        return tables

    def busy_days(self):
        """Days on which twice the share of the middle day was missed, or more."""
        sums = defaultdict(lambda: [0, 0])
        for pupil in self.pupils:
            for day, _, code in pupil.possible:
                sums[day][0] += CLASS[code] in ABSENT
                sums[day][1] += 1
        shares = {day: Fraction(absent, possible) for day, (absent, possible) in sums.items()}
        middle = sorted(shares.values())[(len(shares) - 1) // 2] if shares else 0
        names = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
        rows = [[(day - date(1899, 12, 30)).days, names[day.weekday()], float(100 * share)]
                for day, share in sorted(shares.items(), key=lambda item: (-item[1], item[0]))
                if share >= 2 * middle and share > 0]
        return {"Days when many pupils were absent": (["Day", "Weekday", "Missed (%)"], rows)}

    # ---- patterns
    def patterns(self):
        """Weekdays and halves of the day missed more often than chance: exact, by every possible choice."""
        return {"Weekday or half-day missed more often than chance": self.table(
            ["Part of the week", "Missed", "Expected by chance"], flagged(self.pupils))}

    def everyone(self):
        """Every pupil with every count, as in pupils.csv; windows and runs may reach back into the year before."""
        rows = []
        known = lambda value: "[x]" if value is None else "Yes" if value else "No"
        for pupil in self.most_absent() + [pupil for pupil in self.pupils if not pupil.possible]:
            marks = pupil.marks
            pupil.marks = {when: mark for when, mark in marks.items() if when[0] >= self.first}
            row = dict(zip(figures.PUPILS, figures.pupil_row("", pupil, self.weeks, self.days, (self.policy.taught, []))))
            pupil.marks = marks
            by_week = Counter(monday(day) for day, _, code in pupil.all if code in UNAUTHORISED)
            per_week = [by_week[week] for week in self.weeks]
            row["unauthorised_10_weeks_max"] = max(sum(per_week[max(0, end - 9):end + 1])
                                                   for end, week in enumerate(self.weeks) if week >= monday(self.days[0]))
            row["unauthorised_10_weeks_now"] = sum(per_week[-10:])
            row["longest_unauthorised_days"] = max(map(len, self.runs_of(pupil, UNAUTHORISED, 1)[0]), default=0)
            rows.append([pupil.name(), pupil.year or "[x]", pupil.form or "[x]", pupil.upn or "[x]", pupil.sex, pupil.sen,
                         known(pupil.pp), known(pupil.lac), *(row[key] for key in (
                             "sess_possible", "sess_present", "sess_approved", "sess_authorised", "sess_unauthorised")),
                         rate(len(pupil.possible) - pupil.absence, len(pupil.possible)),
                         *("[x]" if row[key] == "" else row[key] for key in (
                             "late_before_close", "late_after_close", "minutes_late", "weeks_in_session", "broken_weeks",
                             "whole_weeks_absent", "unauthorised_10_weeks_max", "unauthorised_10_weeks_now",
                             "illness_sessions", "longest_unauthorised_days", "unresolved_n")),
                         self.stage_of(pupil) or "None"])
        return {"Every pupil, most absent first": (None, rows)}


def monday(day):
    return day - timedelta(day.weekday())


def numbered(name):
    """To sort names by the number they begin with, then by their letters: 7A, 7B, 10A, D1, H1."""
    number = re.match(r"\d+", name)
    return int(number[0]) if number else 1000, name.encode()


def rate(top, bottom):
    return 100 * top / bottom if bottom else "[z]"


# ---- the test of patterns
WEEKDAYS = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"]


def upper_tail(chances, seen):
    """The chance of `seen` or more of independent events, each with its own chance."""
    ways = [1.0]
    for chance in chances:
        ways = [(ways[n] if n < len(ways) else 0) * (1 - chance) + (ways[n - 1] * chance if n else 0)
                for n in range(len(ways) + 1)]
    return sum(ways[seen:])


def flagged(pupils):
    """The flags of a school: pupil, what is missed, how often, and how often by chance."""
    missed_days, halves_of, halves_of_year = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0]), [0, 0]
    for pupil in pupils:
        without_c2 = {day: [mark for mark in marks if mark[1] != "C2"] for day, marks in pupil.by_day.items()}
        pupil.missed = {day: {half: CLASS[code] in ABSENT for half, code in marks}
                        for day, marks in without_c2.items() if marks}
        for day, halves in pupil.missed.items():
            missed_days[day][0] += day_missed(halves)
            missed_days[day][1] += 1
            if half_missed(halves):
                for half in (0, 1):
                    halves_of[day][half] += halves[half]
                    halves_of_year[half] += halves[half]

    def afternoon(day, was):
        """The chance of the afternoon, as other pupils missed half that day, and two more as others did all year."""
        year = (halves_of_year[1] - was + 0.5) / (sum(halves_of_year) - 1 + 1)
        return (halves_of[day][1] - was + 2 * year) / (sum(halves_of[day]) - 1 + 2)

    def odds(totals, missed):
        away, due = totals[0] - missed, totals[1] - 1
        return (away + 0.5) / (due - away + 0.5)

    best = []
    for pupil in pupils:
        if not pupil.missed:
            continue
        looks = []
        weeks = defaultdict(dict)
        for day, halves in pupil.missed.items():
            weeks[monday(day)][day] = (odds(missed_days[day], day_missed(halves)), day_missed(halves))
        for weekday in range(5):
            chances, seen = [], 0
            for days in weeks.values():
                gone = sum(missed for _, missed in days.values())
                here = [day for day in days if day.weekday() == weekday]
                if 0 < gone < len(days) and here:
                    with_it = all_ways = 0.0
                    for chosen in combinations(days, gone):
                        product = 1.0
                        for day in chosen:
                            product *= days[day][0]
                        all_ways += product
                        with_it += product * (here[0] in chosen)
                    chances.append(with_it / all_ways)
                    seen += days[here[0]][1]
            looks.append((seen, chances, WEEKDAYS[weekday], "weeks missed in part"))
        for half, name in ((0, "Mornings"), (1, "Afternoons")):
            chances, seen = [], 0
            for day, halves in pupil.missed.items():
                if half_missed(halves):
                    chance = afternoon(day, halves[1])
                    chances.append(chance if half else 1 - chance)
                    seen += halves[half]
            looks.append((seen, chances, name, "days missed by half"))
        tails = [(min(1.0, 7 * upper_tail(chances, seen)) if seen >= 3 else 1.0, seen, chances, name, unit)
                 for seen, chances, name, unit in looks]
        best.append((min(tails, key=lambda tail: tail[0]), pupil))
    best.sort(key=lambda item: item[0][0])
    cut = max((place for place, (tail, _) in enumerate(best, 1) if tail[0] <= 0.05 * place / len(best)), default=0)
    return [(pupil, name, f"{seen} of {len(chances)} {unit}", rounded(sum(chances)))
            for (_, seen, chances, name, unit), pupil in best[:cut]]


def half_missed(halves):
    """Whether exactly one of the two sessions of a day was missed."""
    return len(halves) == 2 and halves[0] != halves[1]


def day_missed(halves):
    """Whether a day counts as missed, in whole or in part."""
    return any(halves.values())


# ---- comparing
def read_workbook(path):
    """{title: (header, rows)} of the tables of a workbook; the header is the last row of names before the rows."""
    tables = {}
    for _, rows, _ in figures.sheets_of(path):
        numbers = sorted(rows)
        heads = [n for n in numbers if len(rows[n]) > 1]
        if heads:
            header = [rows[heads[0]].get(column, "") for column in range(max(rows[heads[0]]) + 1)]
            body = [[rows[n].get(column, "") for column in range(len(header))] for n in numbers if n > heads[0]]
            tables[re.sub(r"( \[note \d+\])+$", "", rows[numbers[0]][0])] = header, body
    return tables


def same(ours, theirs):
    if isinstance(ours, (int, float)):
        try:
            return abs(ours - float(theirs)) <= 1e-9 * max(1, abs(ours))
        except ValueError:
            return False
    return ours == theirs


def compare(school, ours, theirs):
    """The differences of a school's lists, and how many rows agree."""
    lines, agree = [], 0
    left_alone = {"Contents", "Summary", "This morning", "Lists with no pupils", "Notes", "Groups to watch"}
    for title in list(ours) + [title for title in theirs if title not in ours and title not in left_alone]:
        if title not in theirs or title not in ours:
            lines.append(f"{title}: the list is in {'ours' if title in ours else 'theirs'} only")
            continue
        (header, rows), (their_header, their_rows) = ours[title], theirs[title]
        if header is not None and header != their_header:
            lines.append(f"{title}: columns: ours {header}, theirs {their_header}")
            continue
        equal = lambda row, other: len(row) == len(other) and all(map(same, row, other))
        rest = list(their_rows)
        for row in rows:
            found = next((other for other in rest if equal(row, other)), None)
            if found is not None:
                rest.remove(found)
                agree += 1
            else:
                lines.append(f"{title}: ours only:   {row}")
        lines += [f"{title}: theirs only: {row}" for row in rest]
        if not rest and len(rows) == len(their_rows) and not all(map(equal, rows, their_rows)):
            lines.append(f"{title}: the same rows, in another order")
    return [f"{school}: {line}" for line in lines], agree


def main(arguments):
    options = dict(zip(arguments[2::2], arguments[3::2]))
    if len(arguments) not in (2, 4, 6) or not set(options) <= {"--as-at", "--policies"}:
        print(__doc__, file=sys.stderr)
        return 2
    workspace, pack = Path(arguments[0]), Path(arguments[1])
    shipped = Path(options.get("--policies", figures.POLICIES))
    figures.Enrolment = Pupil
    trust = figures.read_trust(workspace / "trust.yaml")
    registers = [list(figures.register_rows(workspace, school)) for school in trust["schools"]]
    as_at = options.get("--as-at") or trust.get("as_at") or max(row[1] for rows in registers for row in rows).isoformat()
    as_at = date.fromisoformat(as_at)
    schools = []
    for entry, register in zip(trust["schools"], registers):
        last = max(row[1] for row in register if row[1] <= as_at)
        schools.append((entry, figures.read_school(workspace, entry, register, last.year - (last.month < 9), as_at)))
    unauthorised = defaultdict(list)
    for place, (_, pupils) in enumerate(schools):
        for pupil in pupils:
            for (day, half), (code, _) in pupil.marks.items():
                if pupil.upn and code in UNAUTHORISED:
                    unauthorised[pupil.upn].append((place, (day, half, code)))
    lines, agree = [], 0
    for place, (entry, pupils) in enumerate(schools):
        for pupil in pupils:
            pupil.elsewhere = [mark for other, mark in unauthorised.get(pupil.upn, []) if other != place]
        name = entry.get("policy", "dfe-2024")
        path = workspace / name if name.endswith((".yaml", ".yml")) else shipped / f"{name}.yaml"
        folder = next((pack / "restricted").glob(f"{entry['urn']}-*"))
        found, count = compare(entry["name"], School(pupils, Policy(path), as_at).lists(),
                               read_workbook(folder / "attendance-actions.xlsx"))
        lines, agree = lines + found, agree + count
    print("".join(f"{line}\n" for line in lines), end="")
    print(f"lists: {agree} rows agree" + (f", {len(lines)} differences" if lines else ""))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
