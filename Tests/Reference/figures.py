#!/usr/bin/env python3
"""Attendance figures of a trust, worked out a second time and on their own.

    figures.py WORKSPACE OUTDIR [--as-at YYYY-MM-DD] [--policies DIR]
                                                       writes measures.csv, codes.csv and pupils.csv to OUTDIR;
                                                       DIR holds the policies that ship (default: Sources/Policies)
    figures.py --compare OUTDIR PACKDIR                compares them with PACKDIR/restricted/data, cell by cell

Written from the rules alone, not from the program it checks. "Section" below is a section of the rules that
Docs/Decisions.md names. It reads one school year, and finds the half-terms from the marks. Registers may be long CSV,
CSV with a string of marks a week, workbooks laid out as printed, and Wonde's JSON. Standard library only.
"""
import csv
import io
import json
import re
import sys
import zipfile
from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

# codes.csv and section 1, in the table's order
CLASS = {}
for _class, _codes in [("present", "/ \\ L"), ("approved_educational_activity", "K V P W B"), ("not_possible", "D"),
                       ("authorised", "C1 M J1 S"), ("not_possible", "X"), ("authorised", "C2 C T R I E"),
                       ("not_possible", "Q Y1 Y2 Y3 Y4 Y5 Y6 Y7"), ("unauthorised", "G N O U"),
                       ("not_collected", "Z #"), ("authorised", "H"), ("approved_educational_activity", "J"),
                       ("authorised", "F"), ("not_possible", "Y"), ("missing", "-")]:
    CLASS.update(dict.fromkeys(_codes.split(), _class))
CODE_ORDER = list(CLASS)
POSSIBLE = {"present", "approved_educational_activity", "authorised", "unauthorised"}
ABSENT = {"authorised", "unauthorised"}
UNAUTHORISED = set("GNOU")
POLICIES = Path(__file__).resolve().parents[2] / "Sources" / "Policies"

# The lines of a policy's stages: whether a pupil with so much absence of so many possible sessions has reached a line
# of so many tenths of a per cent. In integers, so that exactly 90% is exactly 90%.
LINES = {
    "missed_at_least": lambda line, absence, possible: 1000 * absence >= line * possible,
    "attendance_at_most": lambda line, absence, possible: 1000 * (possible - absence) <= line * possible,
    "attendance_below": lambda line, absence, possible: 1000 * (possible - absence) < line * possible,
}

# Headers as systems write them, reduced to letters and digits
SYNONYMS = {field: set(names.split()) for field, names in {
    "pupil_id": "studentid personid pupilid id misid gfsid learnerid arborstudentid upi",
    "admission_no": "admno adno admissionnumber admissionno learnercode studentnumber",
    "upn": "upn uniquepupilnumber",
    "surname": "surname lastname legalsurname legallastname preferredsurname familyname",
    "forename": "forename firstname legalforename legalfirstname preferredforename givenname",
    "fullname": "name student pupilname studentname fullname surnameforenamereg",
    "date": "date attendancedate recorddate calendarstartdate markdate sessiondate",
    "session": "session sessionname period rollcall ampm periodname perioddisplayname",
    "mark": "mark attendancemark rawmark sessionmark code attendancecode statutorymark registrationmark",
    "code_id": "attendancecodeid sessionmarkid",
    "week": "weekstart weekcommencing wc weekbeginning",
    "week_marks": "weekmarks attendancemarks",
    "minutes": "minslate minuteslate sessionminuteslate sessionlateminutes latemins lateby",
    "year": "year yeargroup ncyear ncyearactual currentncyear yearcode yeartaughtin",
    "form": "reg reggroup registrationgroup registrationform tutorgroup tutorgroupname form class",
    "sex": "sex gender gendercode legalsex",
    "sen": "senstatus sen senprovision provisionname sencategory senprovisiontypecode",
    "pp": "pp pupilpremium pupilpremiumindicator premiumpupilindicator premiumpupilflag pupilpremiumeligible"
          " pupilpremiumrecipient ispp disadvantaged ever6 fsm6 everfsm6flag freeschoolmeals6",
    "fsm": "fsm fsmeligible freeschoolmeals freemeal eligibleforfreemeals",
    "lac": "lac cla incare inleacare incareflag lookedafter childlookedafter",
    "plac": "plac cpla everincare childpreviouslylookedafter previouslylookedafter postlac",
    "eal": "eal ealflag iseal englishasadditionallanguage",
    "ethnicity": "ethnicity ethnicitycode ethniccode ethnicgroup",
    "dob": "dob dateofbirth birthdate",
    "admitted": "admissiondate dateofadmission doa entrydate dateofentry",
    "left": "leavingdate dateofleaving dol actualleavingdate",
    "reason": "leavingreason unenrolmentreason destination",
}.items()}
SESSIONS = {"AM": 0, "A": 0, "MORNING": 0, "1": 0, "PM": 1, "P": 1, "AFTERNOON": 1, "2": 1}

# contract, "measures.csv": order of rows and columns
PERIODS = ["Year to date", "Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
NC_YEARS = ["Nursery", "Reception"] + [f"Year {n}" for n in range(1, 15)] + ["Unknown"]
TOPICS = {
    "Total": ["Total"], "Sex": ["Female", "Male", "Unknown"],
    "SEN provision": ["EHC plan", "SEN support", "No SEN", "Unknown"], "SEN": ["Any SEN"],
    "Disadvantage": ["Disadvantaged", "Not disadvantaged", "Unknown"],
    "FSM": ["FSM eligible", "Not FSM eligible", "Unknown"],
    "Looked after": ["Looked after", "Not looked after", "Unknown"],
    "Previously looked after": ["Previously looked after", "Not previously looked after", "Unknown"],
    "EAL": ["EAL", "Not EAL", "Unknown"], "NC year": NC_YEARS, "Registration group": None,
    "Ethnicity": ["White", "Mixed", "Asian", "Black", "Chinese", "Other", "Unknown"],
    "GRT": ["GRT", "Not GRT", "Unknown"], "Weekday": WEEKDAYS, "Session": ["AM", "PM"], "All on roll": ["Total"],
}
MEASURES = ("time_period time_identifier geographic_level school_urn school_name breakdown_topic breakdown enrolments "
            "sess_possible sess_present sess_approved sess_attending sess_late sess_overall sess_authorised "
            "sess_unauthorised attendance_percent sess_overall_percent sess_authorised_percent "
            "sess_unauthorised_percent enrolments_pa_10_exact enrolments_pa_10_exact_percent enrolments_pa_50_exact "
            "enrolments_pa_50_exact_percent").split()
CODES = "time_period time_identifier geographic_level school_urn school_name code statistical_class sessions".split()
PUPILS = ("school_urn upn pupil_id surname forename nc_year registration_group sex sen_provision disadvantaged "
          "looked_after previously_looked_after in_scope sess_possible sess_present sess_approved sess_authorised "
          "sess_unauthorised attendance_percent persistent severe late_before_close late_after_close minutes_late "
          "late_marks_with_minutes days_lost_to_lateness weeks_in_session broken_weeks whole_weeks_absent "
          "unauthorised_10_weeks_max unauthorised_10_weeks_now illness_sessions longest_unauthorised_days "
          "late_after_close_80_max unresolved_n stage").split()


# ---- reading
def read_trust(path):
    """The part of trust.yaml needed here (contract, "Workspace"): name, as_at, and a school's names and files."""
    trust, target = {"schools": []}, None
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        found = re.match(r"(\s*)(- )?(\w+):\s*(.*)$", re.sub(r"(^|\s)#.*$", "", line).rstrip())
        if not found:
            continue
        indent, dash, key, value = found.groups()
        if key == "calendar":
            sys.exit("a calendar in the trust file is not read here")
        if key in ("layout", "dates", "columns"):
            sys.exit("of a profile in the trust file only the marks are read here")
        words = [word.strip().strip("\"'") for word in value.strip("[]").split(",")]
        if dash:
            target = {}
            trust["schools"].append(target)
        if indent or dash:
            target[key] = words if value.startswith("[") else value.strip("\"'")
        elif key != "schools":
            trust[key] = value.strip("\"'")
        if key in ("profile", "marks") and "{" in value:      # `marks: {";": I02}` or `profile: {marks: {";": I02}}`
            target["marks"] = dict(re.findall(r"[\"'](\S+?)[\"']\s*:\s*[\"']?([A-Z]\d{0,2})\b", value))
    trust["schools"].sort(key=lambda school: school["urn"])
    return trust


def unquoted(text):
    """A value of YAML without its comment and its quotes."""
    return re.sub(r"\s+#.*$", "", text.strip()).strip("\"'")


def tenths(text):
    """`90` or `97.5` per cent as 900 or 975."""
    whole, _, part = text.partition(".")
    return int(whole) * 10 + int(part or 0)


def read_policy(path):
    """The minutes taught a day and the stages of a policy, each a name and its line, the mildest first."""
    taught, stages, section = 300, [], ""
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        top = re.match(r"(\w+):\s*(.*)$", line)
        if top:
            section = top[1]
            if section == "taught_minutes":
                taught = int(unquoted(top[2]))
            if section == "stages" and unquoted(top[2]):
                sys.exit(f"{path.name}: stages are read here as a list of one item below another")
        elif section == "stages":
            item = re.match(r"\s+- (.*)$", line)
            if item:
                stages.append({})
            fields = item[1] if item else line.strip()
            inline = re.match(r"\{(.*)\}$", fields)
            for field in re.split(r",\s*(?=\w+:)", inline[1]) if inline else [fields]:
                key, colon, value = field.partition(":")
                if colon and stages:
                    stages[-1].setdefault(key.strip(), unquoted(value))
    return taught, [(stage["name"], *line_of(stage, path)) for stage in stages]


def line_of(stage, path):
    """The test of a stage and the tenths of a per cent it is at."""
    found = [key for key in LINES if key in stage]
    if len(found) != 1:
        sys.exit(f"{path.name}: of stages only those by one of {', '.join(LINES)} are read here")
    return LINES[found[0]], tenths(stage[found[0]])


def policy_of(school, workspace, shipped):
    """The policy of a school of the trust file: one that ships, by its name, or a file of the workspace."""
    name = school.get("policy", "dfe-2024")
    return read_policy(workspace / name if name.endswith((".yaml", ".yml")) else shipped / f"{name}.yaml")


def decode(field):
    """A field in UTF-8, or Windows-1252 where it is not UTF-8 (formats, "Traps"); came in as Latin-1."""
    if field.isascii():
        return field.strip()
    raw = field.encode("latin-1")
    try:
        return raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace").strip()


def columns_of(header):
    """{field: index} of a row of names, by the header synonyms; the first of two columns counts."""
    columns = {}
    for index, name in enumerate(header):
        bare = re.sub("[^a-z0-9]", "", name.lower())
        for field, names in SYNONYMS.items():
            if bare in names:
                columns.setdefault(field, index)
    return columns


def blank_is_empty(text):
    """The text, or '' where a system writes NULL or NA for an empty field."""
    return "" if text.upper() in ("NULL", "NA") else text


def rows_of(path):
    """The whole rows of a table as {field: text}: of a CSV, of a workbook's first sheet, or of records in JSON."""
    if path.suffix == ".json":
        for record in records_of(path):
            columns = columns_of(record)
            values = list(record.values())
            yield {field: json_text(values[index]) for field, index in columns.items()}
        return
    if path.suffix == ".xlsx":
        _, rows, _ = sheets_of(path)[0]
        rows = [[row.get(column, "") for column in range(max(row, default=0) + 1)] for _, row in sorted(rows.items())]
        header = rows[0]
        rows = [row + [""] * (len(header) - len(row)) for row in rows[1:]]
    else:
        text = path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("latin-1")
        header, *rows = [[decode(cell) for cell in cells] for cells in csv.reader(io.StringIO(text, newline=""))]
    columns = columns_of(header)
    for cells in rows:
        if len(cells) == len(header):
            yield {field: blank_is_empty(cells[index]) for field, index in columns.items()}


def records_of(path):
    """The records of a file in JSON, which stand under "data"."""
    return json.loads(path.read_text(encoding="utf-8"))["data"]


def json_text(value):
    """A value of a record as text; a date may be an object that holds one."""
    if isinstance(value, dict):
        value = value.get("date")
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).strip()


def sheets_of(path):
    """Every sheet of a workbook (ECMA-376, 18.3): name, {row: {column: text}} counted from 0, merged ranges."""
    def local(element, name):
        return [child for child in element.iter() if child.tag.rpartition("}")[2] == name]

    def place(address):
        letters, number = re.match(r"([A-Z]+)(\d+)$", address).groups()
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        return int(number) - 1, column - 1

    with zipfile.ZipFile(path) as parts:
        tree = lambda name: ElementTree.fromstring(parts.read(name))
        shared = ["".join(text.text or "" for text in local(item, "t"))
                  for item in local(tree("xl/sharedStrings.xml"), "si")]
        targets = {link.get("Id"): link.get("Target") for link in tree("xl/_rels/workbook.xml.rels")}
        sheets = []
        for sheet in local(tree("xl/workbook.xml"), "sheet"):
            link = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
            whole, rows = tree("xl/" + targets[link].removeprefix("/xl/")), defaultdict(dict)
            for cell in local(whole, "c"):
                value = "".join(part.text or "" for part in local(cell, "v") + local(cell, "t"))
                row, column = place(cell.get("r"))
                if value:
                    rows[row][column] = (shared[int(value)] if cell.get("t") == "s" else value).strip()
            merges = [tuple(map(place, merge.get("ref").split(":"))) for merge in local(whole, "mergeCell")]
            sheets.append((sheet.get("name"), dict(rows), merges))
        return sheets


@cache
def read_date(text):
    """A real date, day first unless the year leads (formats, "How to tell"), or a spreadsheet's serial, else None."""
    if re.fullmatch(r"\d{5}(\.0*)?", text):
        return date(1899, 12, 30) + timedelta(int(float(text)))
    lead = re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([T ].*)?$", text)
    tail = re.match(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})([T ].*)?$", text)
    try:
        parts = lead.group(1, 2, 3) if lead else tail.group(3, 2, 1) if tail else (0, 0, 0)
        return date(*map(int, parts))
    except ValueError:
        return None


def yes_no(text, also_yes=""):
    """True, False, or None for unknown (formats, last line of "Headers")."""
    if text.lower() in ["y", "yes", "true", "t", "1", *also_yes]:
        return True
    return False if text.lower() in ["n", "no", "false", "f", "0"] else None


def nc_year(text):
    """'Year  7', 'Yr 7', '7', 'R', 'N2' as Year 7, Reception, Nursery; '' when unknown."""
    text = text.lower()
    if re.match(r"(year\s*)?r(ec(eption)?)?$", text):
        return "Reception"
    if re.match(r"n(ursery)?\s*\d?$", text):
        return "Nursery"
    found = re.match(r"(?:year|yr|y)?\s*0*(\d{1,2})$", text)
    return f"Year {found[1]}" if found and f"Year {found[1]}" in NC_YEARS else ""


def split_name(row):
    """Surname and forename, out of one cell if need be (`Bell, Ama`, `BELL Ama (7A)`)."""
    if row.get("surname") or row.get("forename"):
        return row.get("surname", ""), row.get("forename", "")
    name = re.sub(r"\s*\(.*?\)\s*$", "", row.get("fullname", ""))
    if "," in name:
        return tuple(part.strip() for part in name.split(",", 1))
    words = name.split()
    capitals = next((i for i, word in enumerate(words) if word != word.upper()), len(words))
    return " ".join(words[:capitals]), " ".join(words[capitals:])


def keys_of(row):
    """What a row may be joined on, best first: UPN, pupil id, admission number without leading zeros."""
    keys = (("upn", row.get("upn", "").upper()), ("pupil_id", row.get("pupil_id", "")),
            ("admission_no", row.get("admission_no", "").lstrip("0")))
    return [key for key in keys if key[1]]


class Enrolment:
    """A pupil at a school (section 3): who, which groups (section 4), on roll from when to when, and the marks."""

    def __init__(self, row, year_start):
        get = lambda field: row.get(field, "")
        self.upn, self.pupil_id, self.form = get("upn").upper(), get("pupil_id"), get("form")
        self.surname, self.forename = split_name(row)
        self.year = nc_year(get("year"))
        self.sex = {"F": "Female", "M": "Male"}.get(get("sex")[:1].upper(), "Unknown")
        self.sen = {"E": "EHC plan", "S": "EHC plan", "EHCP": "EHC plan", "EHC PLAN": "EHC plan", "K": "SEN support",
                    "A": "SEN support", "P": "SEN support", "SEN SUPPORT": "SEN support", "N": "No SEN",
                    "NO SEN": "No SEN"}.get(get("sen").upper(), "Unknown")
        self.pp, self.fsm, self.lac, self.eal = (yes_no(get(f)) for f in ("pp", "fsm", "lac", "eal"))
        self.plac = yes_no(get("plac"), also_yes="agrco")
        ethnicity = get("ethnicity").upper()
        self.ethnicity = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black", "C": "Chinese",
                          "O": "Other"}.get(ethnicity[:1], "Unknown")
        self.grt = None if self.ethnicity == "Unknown" else ethnicity in ("WIRT", "WROM", "WROG", "WROR", "WROO")
        self.admitted = read_date(get("admitted")) or date.min
        self.left = read_date(get("left")) or date.max
        self.reason = (get("reason") or "").strip()
        born, start = read_date(get("dob")), date(year_start, 8, 31)
        if born:
            age = start.year - born.year - ((start.month, start.day) < (born.month, born.day))
            self.in_scope, self.aged_15 = 5 <= age <= 15, age == 15
        else:
            self.in_scope, self.aged_15 = self.year in NC_YEARS[2:13], self.year == "Year 11"
        self.marks = {}                                       # (date, 0 AM or 1 PM) -> (code, minutes late or None)

    def on_roll(self, day):
        return self.admitted <= day <= self.left

    def groups(self):
        """Topic and breakdown of every group the enrolment is in (contract, "measures.csv")."""
        listed = [("All on roll", "Total")]
        if self.year and self.year not in NC_YEARS[2:13]:
            listed.append(("NC year", self.year))             # everyone in a year outside the national scope
        elif self.in_scope:
            listed.append(("NC year", self.year or "Unknown"))
        if self.in_scope:
            listed += [("Total", "Total"), ("Sex", self.sex)]
            listed += [("Ethnicity", self.ethnicity), ("SEN provision", self.sen)]
            listed += [("SEN", "Any SEN")] if self.sen in ("EHC plan", "SEN support") else []
            listed += [("Registration group", self.form)] if self.form else []
            for topic, value in (("Disadvantage", self.pp), ("FSM", self.fsm), ("Looked after", self.lac),
                                 ("Previously looked after", self.plac), ("EAL", self.eal), ("GRT", self.grt)):
                yes, no, unknown = TOPICS[topic]
                listed.append((topic, unknown if value is None else yes if value else no))
        return listed


def files_of(workspace, patterns):
    """The files of some patterns, in byte order of their paths."""
    return sorted({path for pattern in patterns for path in workspace.glob(pattern)})


def code_of(mark, meanings):
    """The code a mark stands for by the source's own map, a subcode (`I02`) as its letter (section 1); else None."""
    mark = meanings.get(mark, mark).upper()
    if re.fullmatch(r"[A-Z]\d\d", mark):
        mark = mark[0]
    return mark if mark in CLASS else None


def long_marks(path):
    """Row, date, session and mark of a long register."""
    for row in rows_of(path):
        yield row, read_date(row.get("date", "")), row.get("session", ""), row.get("mark", "")


def week_marks(path, meanings):
    """Row, date, session and mark out of strings of marks, a week each (formats, "Mark string").

    10 characters are Monday AM to Friday PM, 14 go to Sunday PM; fewer than 10 are a week cut short, if every one is
    known. A string of any other length is refused whole."""
    for row in rows_of(path):
        start, marks = read_date(row.get("week", "")), row.get("week_marks", "")
        whole = len(marks) in (10, 14)
        cut = 0 < len(marks) < 10 and all(code_of(mark, meanings) for mark in marks)
        if start and (whole or cut):
            for place, mark in enumerate(marks):
                yield row, start + timedelta(place // 2), ("AM", "PM")[place % 2], mark


def wide_marks(path):
    """Row, date, session and mark of registers laid out as they are printed, with a date over each AM and PM.

    Rows without an identifier are totals; sheets without AM and PM, and rows without a mark, are legends."""
    for _, rows, merges in sheets_of(path):
        numbers = [n for n, row in rows.items() if {"AM", "PM"} <= {text.upper() for text in row.values()}]
        if not numbers:
            continue
        header = min(numbers)
        columns = columns_of([rows[header].get(n, "") for n in range(max(rows[header]) + 1)])
        dates = dict(rows.get(header - 1, {}))
        for (top, left), (_, right) in merges:
            if top == header - 1:
                dates.update(dict.fromkeys(range(left, right + 1), dates.get(left, "")))
        sessions = [(column, read_date(dates.get(column, "")), text) for column, text in rows[header].items()
                    if text.upper() in SESSIONS]
        for number in sorted(n for n in rows if n > header):
            row = {field: blank_is_empty(rows[number].get(column, "")) for field, column in columns.items()
                   if field not in ("session", "date", "mark")}
            for column, day, session in sessions:
                yield row, day, session, rows[number].get(column, "")


def json_marks(paths):
    """Row, date, session and mark of records in JSON, their codes by the ids of a second file."""
    codes = {record["id"]: record["code"] for path in paths for record in records_of(path)
             if "code" in record and "id" in record}
    for path in paths:
        for row in rows_of(path):
            if "session" in row and "date" in row:
                mark = row["mark"] if "mark" in row else codes.get(row.get("code_id", ""), "")
                yield row, read_date(row["date"]), row["session"], mark


def register_rows(workspace, school):
    """The register rows of a school that can count: real date, session, known code.

    Blank marks are left out here: a blank never overrides a mark, and counts as no mark either way."""
    pupil_files = files_of(workspace, school.get("pupils", []))
    files = [path for path in files_of(workspace, school["registers"]) if path not in pupil_files]
    meanings = school.get("marks", {})
    sources = [json_marks([path for path in files if path.suffix == ".json"])]
    for path in files:
        if path.suffix == ".xlsx":
            sources.append(wide_marks(path))
        elif path.suffix != ".json":
            is_weeks = "week_marks" in next(rows_of(path), {})
            sources.append(week_marks(path, meanings) if is_weeks else long_marks(path))
    for source in sources:
        for row, day, session, mark in source:
            session = SESSIONS.get(re.sub("[^A-Z0-9]", "", session.upper()))
            code = code_of(mark, meanings)
            if day and session is not None and code and code != "-" and keys_of(row):
                late = code in ("L", "U") and re.fullmatch(r"\d{1,3}", row.get("minutes", ""), re.ASCII)
                minutes = int(row["minutes"]) if late and int(row["minutes"]) <= 300 else None
                yield row, day, session, code, minutes


def read_school(workspace, school, register, year_start, as_at):
    """The enrolments of a school with the marks that count: up to the as-at date and on roll (section 3)."""
    enrolments, known = [], {}

    def add(row):
        pupil = Enrolment(row, year_start)
        enrolments.append(pupil)
        for key in keys_of(row):
            known.setdefault(key, pupil)
        return pupil

    for path in files_of(workspace, school.get("pupils", [])):
        for row in rows_of(path):
            add(row)
    for row, day, session, code, minutes in register:
        if day > as_at:
            continue
        keys = keys_of(row)
        pupil = next((known[key] for key in keys if key in known), None)
        if pupil is None and keys:                            # in the register only: what the row tells, no more
            told = ("upn", "pupil_id", "admission_no", "surname", "forename", "fullname", "year", "form", "sex")
            pupil = add({field: row[field] for field in told if field in row})
        if pupil and pupil.on_roll(day) and pupil.marks.get((day, session), ("",))[0] != code:
            pupil.marks[day, session] = code, minutes         # the same mark again counts once; else the later row
    return enrolments


# ---- the calendar
def half_terms(days):
    """{day: name of its half-term}: parted by 5 or more weekdays out of school time (section 5)."""
    spans = []
    for day in sorted(days):
        if spans:
            between = (spans[-1][1] + timedelta(n) for n in range(1, (day - spans[-1][1]).days))
            if sum(other.weekday() < 5 for other in between) < 5:
                spans[-1][1] = day
                continue
        spans.append([day, day])
    names = {}
    for first, last in spans:
        middle = first + (last - first) / 2
        ends = [((2, 19), "Spring 1"), ((4, 9), "Spring 2"), ((5, 29), "Summer 1"), ((8, 1), "Summer 2"),
                ((10, 26), "Autumn 1"), ((13, 1), "Autumn 2")]
        name = next(name for end, name in ends if (middle.month, middle.day) < end)
        for n in range((last - first).days + 1):
            names[first + timedelta(n)] = name
    return names


def school_time(enrolments):
    """The sessions in school time: somebody on roll has a mark other than # or Z (section 5)."""
    return {when for pupil in enrolments for when, (code, _) in pupil.marks.items() if CLASS[code] != "not_collected"}


# ---- figures
def ratio(top, bottom):
    """top / bottom to 6 decimals, halves away from zero, no trailing zeros; '' without a rate (section 2)."""
    if not bottom:
        return ""
    millionths = (2 * 1_000_000 * top + bottom) // (2 * bottom)
    whole, part = divmod(millionths, 1_000_000)
    return f"{whole}.{part:06d}".rstrip("0").rstrip(".")


def tally(codes):
    """Possible, present, approved, late, authorised, unauthorised out of {code: sessions} (section 1)."""
    by_class = Counter()
    for code, n in codes.items():
        by_class[CLASS[code]] += n
    present, approved = by_class["present"], by_class["approved_educational_activity"]
    authorised, unauthorised = by_class["authorised"], by_class["unauthorised"]
    return [present + approved + authorised + unauthorised, present, approved, codes["L"] + codes["U"],
            authorised, unauthorised]


def add_up(totals, codes, pupils=1):
    """Add an enrolment's sessions to a group's sums; PA and severe compared in integers (section 2)."""
    sums = tally(codes)
    possible, absence = sums[0], sums[4] + sums[5]
    if possible:
        counts = [1, 10 * absence >= possible, 2 * absence >= possible] if pupils else [0, 0, 0]
        for i, n in enumerate(counts + sums):
            totals[i] += n


def collect(enrolments):
    """Sums of a school: {(period, topic, breakdown): totals} and {(period, code): sessions} (sections 2 to 5)."""
    sums, codes = defaultdict(lambda: [0] * 9), Counter()
    sessions = school_time(enrolments)
    names = half_terms({day for day, _ in sessions})
    for pupil in enrolments:
        marks = {when: code for when, (code, _) in pupil.marks.items()}
        marks.update({when: "-" for when in sessions if when not in marks and pupil.on_roll(when[0])})
        whole, cut, slices = defaultdict(Counter), defaultdict(Counter), defaultdict(Counter)
        for (day, session), code in marks.items():
            name = names.get(day)
            left_out = pupil.aged_15 and name == "Summer 2"   # Year 11 in the last half-term (section 3)
            for period in ("Year to date", name) if name else ("Year to date",):
                whole[period][code] += 1
                if not left_out:
                    cut[period][code] += 1
                if pupil.in_scope:
                    codes[period, code] += 1
            if pupil.in_scope and not left_out:
                slices["Session", ("AM", "PM")[session]][code] += 1
                if day.weekday() < 5:
                    slices["Weekday", WEEKDAYS[day.weekday()]][code] += 1
        for topic, breakdown in pupil.groups():
            for period, counted in (cut if pupil.in_scope and topic != "All on roll" else whole).items():
                add_up(sums[period, topic, breakdown], counted)
        for (topic, breakdown), counted in slices.items():
            add_up(sums["Year to date", topic, breakdown], counted, pupils=0)
    return sums, codes


def measure_rows(head, sums):
    """Rows of measures.csv for a school or the trust, sorted; a row where there is an enrolment (contract)."""
    def place(item):
        period, topic, breakdown = item[0]
        order = TOPICS[topic]
        return (PERIODS.index(period), list(TOPICS).index(topic),
                order.index(breakdown) if order else 0, breakdown.encode())
    for (period, topic, breakdown), totals in sorted(sums.items(), key=place):
        pupils, pa, severe, possible, present, approved, late, authorised, unauthorised = totals
        if not possible:
            continue
        absence = authorised + unauthorised
        counted = topic not in ("Weekday", "Session")         # PA is never for a weekday (section 2)
        yield [head[0], period, *head[1:], topic, breakdown, pupils if counted else "", possible, present, approved,
               present + approved, late, absence, authorised, unauthorised, ratio(100 * (present + approved), possible),
               ratio(100 * absence, possible), ratio(100 * authorised, possible), ratio(100 * unauthorised, possible),
               *([pa, ratio(100 * pa, pupils), severe, ratio(100 * severe, pupils)] if counted else [""] * 4)]


def code_rows(head, codes):
    """Rows of codes.csv, in the order of the code table."""
    for (period, code), n in sorted(codes.items(), key=lambda i: (PERIODS.index(i[0][0]), CODE_ORDER.index(i[0][1]))):
        yield [head[0], period, *head[1:], code, CLASS[code], n]


def most_in_window(values, width):
    """The largest sum of any `width` values in a row (of all of them, if there are fewer)."""
    best = running = 0
    for i, value in enumerate(values):
        running += value - (values[i - width] if i >= width else 0)
        best = max(best, running)
    return best


def stage_of(stages, absence, possible):
    """The name of the furthest stage of a policy that is reached, '' for none; without a possible session none is."""
    reached = [name for name, is_reached, line in stages if possible and is_reached(line, absence, possible)]
    return reached[-1] if reached else ""


def pupil_row(urn, pupil, weeks, days, policy):
    """A row of pupils.csv (contract, "pupils.csv, exactly"; sections 6 to 8). weeks and days: the school's, sorted."""
    taught, stages = policy
    marks = sorted(pupil.marks.items())
    possible, present, approved, _, authorised, unauthorised = tally(Counter(code for _, (code, _) in marks))
    absence = authorised + unauthorised
    late = [(code, minutes) for _, (code, minutes) in marks if code in ("L", "U")]
    told = [minutes for _, minutes in late if minutes is not None]
    before = [minutes for code, minutes in late if code == "L"]
    before_told = [minutes for minutes in before if minutes is not None]

    by_week, by_day, open_by_week = defaultdict(list), defaultdict(list), Counter()
    for (day, _), (code, _) in marks:
        if CLASS[code] in POSSIBLE:
            monday = day - timedelta(day.weekday())
            by_week[monday].append(CLASS[code] in ABSENT)
            by_day[day].append(code in UNAUTHORISED)
            open_by_week[monday] += code in UNAUTHORISED
    run = longest = 0
    for day in sorted(by_day):
        run = run + 1 if all(by_day[day]) else 0
        longest = max(longest, run)
    per_week = [open_by_week[monday] for monday in weeks]
    u_marks = [code == "U" for _, (code, _) in marks if CLASS[code] in POSSIBLE]
    unresolved = sum(code == "N" and len(days) - bisect_right(days, day) > 5 for (day, _), (code, _) in marks)
    persistent, severe = possible and 10 * absence >= possible, possible and 2 * absence >= possible
    flag = lambda value: "" if value is None else int(value)
    return [urn, pupil.upn, pupil.pupil_id, pupil.surname, pupil.forename, pupil.year, pupil.form, pupil.sex, pupil.sen,
            flag(pupil.pp), flag(pupil.lac), flag(pupil.plac), int(pupil.in_scope), possible, present, approved,
            authorised, unauthorised, ratio(100 * (present + approved), possible), int(persistent), int(severe),
            len(before), len(late) - len(before), "" if late and not told else sum(told), len(told),
            "" if before and not before_told else ratio(sum(before_told), taught), len(by_week),
            sum(any(week) for week in by_week.values()), sum(all(week) for week in by_week.values()),
            most_in_window(per_week, 10), sum(per_week[-10:]), sum(code == "I" for _, (code, _) in marks), longest,
            most_in_window(u_marks, 80), unresolved, stage_of(stages, absence, possible)]


def build(workspace, out, as_at, shipped):
    """Read the workspace and write the three tables. shipped: the folder of the policies that ship."""
    trust = read_trust(workspace / "trust.yaml")
    registers = [list(register_rows(workspace, school)) for school in trust["schools"]]
    as_at = as_at or trust.get("as_at") or max(row[1] for rows in registers for row in rows).isoformat()
    as_at = date.fromisoformat(as_at)
    year_start = as_at.year if as_at.month >= 9 else as_at.year - 1
    time_period = f"{year_start}{(year_start + 1) % 100:02d}"
    measures, codes, pupils = [], [], []
    trust_sums, trust_codes = defaultdict(lambda: [0] * 9), Counter()
    for school, register in zip(trust["schools"], registers):
        enrolments = read_school(workspace, school, register, year_start, as_at)
        sums, counted = collect(enrolments)
        head = [time_period, "School", school["urn"], school["name"]]
        measures += measure_rows(head, sums)
        codes += code_rows(head, counted)
        for key, totals in sums.items():                      # the trust is the sum of its schools' enrolments
            trust_sums[key] = [a + b for a, b in zip(trust_sums[key], totals)]
        trust_codes.update(counted)
        days = sorted({day for day, _ in school_time(enrolments)})
        weeks = sorted({day - timedelta(day.weekday()) for day in days})
        policy = policy_of(school, workspace, shipped)
        for pupil in sorted(enrolments, key=lambda p: (p.upn, p.pupil_id)):
            pupils.append(pupil_row(school["urn"], pupil, weeks, days, policy))
    head = [time_period, "Trust", "", trust["name"]]
    measures += measure_rows(head, trust_sums)
    codes += code_rows(head, trust_codes)
    out.mkdir(parents=True, exist_ok=True)
    for name, header, rows in (("measures", MEASURES, measures), ("codes", CODES, codes), ("pupils", PUPILS, pupils)):
        with open(out / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header] + rows)


# ---- comparing
def keyed(path, name):
    """The rows of a table by what identifies them, and its header. A pupil id identifies where there is no UPN."""
    columns = {"measures": MEASURES[:4] + MEASURES[5:7], "codes": CODES[:4] + CODES[5:6], "pupils": PUPILS[:2]}[name]
    rows = {}
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            key = [row.get(column) or "" for column in columns]
            key += [row.get("pupil_id") or ""] if name == "pupils" and not row.get("upn") else []
            while tuple(key) in rows:
                key.append("again")
            rows[tuple(key)] = row
        return rows, reader.fieldnames


def compare(out, pack):
    """Print every difference, at most 50 a file; True when there is none."""
    agree = differ = found = 0
    for name in ("measures", "codes", "pupils"):
        ours, header = keyed(out / f"{name}.csv", name)
        theirs, their_header = keyed(pack / "restricted" / "data" / f"{name}.csv", name)
        lines = [f"columns: ours {header}, theirs {their_header}"] if header != their_header else []
        for key in list(ours) + [key for key in theirs if key not in ours]:
            if key in ours and key in theirs:
                cells = [f"{column}: ours {ours[key][column]!r}, theirs {theirs[key].get(column)!r}"
                         for column in header if ours[key][column] != theirs[key].get(column)]
            else:
                cells = ["the row is in ours only" if key in ours else "the row is in theirs only"]
            agree, differ = agree + (not cells), differ + bool(cells)
            lines += [f"{' | '.join(key)}: {cell}" for cell in cells]
        if not lines and list(ours) != list(theirs):
            lines.append("the same rows, in another order")
        found += len(lines)
        if len(lines) > 50:
            lines[50:] = [f"and {len(lines) - 50} more differences"]
        print("".join(f"{name}.csv: {line}\n" for line in lines), end="")
    print(f"{agree} rows agree, {differ} differ")
    return not found


def main(arguments):
    """The command line."""
    if len(arguments) == 3 and arguments[0] == "--compare":
        return 0 if compare(Path(arguments[1]), Path(arguments[2])) else 1
    options = dict(zip(arguments[2::2], arguments[3::2]))
    if len(arguments) in (2, 4, 6) and set(options) <= {"--as-at", "--policies"}:
        shipped = Path(options.get("--policies", POLICIES))
        build(Path(arguments[0]), Path(arguments[1]), options.get("--as-at"), shipped)
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
