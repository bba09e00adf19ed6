#!/usr/bin/env python3
"""The sheet "Every pupil" of every school of a trust, with polars, DuckDB or pandas: the yardstick for `halfterm build`.

    peer_pupils.py TRUST OUTPUT [--reader polars|duckdb|pandas] [--writer xlsxwriter|rust|none] [--jobs N]
                   [--check PUPILS.CSV]

TRUST is a folder made by `halfterm sample`: exports/<school>/register.csv (long) and pupils.csv. OUTPUT gets a
workbook per school. --check holds the figures against the `restricted/data/pupils.csv` of a Halfterm pack and prints
how many cells differ.

Written for speed. Only the five columns needed are parsed, straight into small types: the UPN into an Enum of the
school's pupils, the mark into an Enum of the codes. The marks then become a matrix of one byte per session and pupil,
and every figure is a few passes of NumPy over it, which is faster here than the tools' own grouping by pupil and day. The
schools are shared among processes; each has a share of the threads. The pupils' details and the sheet are polars' whoever
reads the register.

It trusts the export: it knows one layout, looks for no duplicates and refuses nothing. Halfterm checks all that.
"""

import argparse
import datetime
import multiprocessing
import os
import pathlib
import re
import sys

NEEDS = "polars duckdb pandas pyarrow numpy XlsxWriter"
PRESENT = ["/", "\\", "L"]
APPROVED = ["B", "K", "P", "V", "W", "J"]
AUTHORISED = ["C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T", "H", "F"]
UNAUTHORISED = ["G", "N", "O", "U"]
NOT_POSSIBLE = ["D", "X", "Q", "Y", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"]
NOT_COLLECTED = ["Z", "#", "-"]
# In this order a class is a range of numbers, so most questions of a mark are one comparison.
CODES = PRESENT + APPROVED + AUTHORISED + UNAUTHORISED + NOT_POSSIBLE + NOT_COLLECTED
PRESENT_END = len(PRESENT)
ATTENDING_END = PRESENT_END + len(APPROVED)
AUTHORISED_END = ATTENDING_END + len(AUTHORISED)
POSSIBLE_END = AUTHORISED_END + len(UNAUTHORISED)
SCHOOL_TIME_END = POSSIBLE_END + len(NOT_POSSIBLE)
NO_MARK = 255

YEARS = {"N1": "Nursery", "N2": "Nursery", "R": "Reception"}
SEXES = {"F": "Female", "M": "Male"}
PROVISIONS = {"E": "EHC plan", "K": "SEN support", "N": "No SEN"}
FLAGS = {"Y": "Yes", "N": "No"}

COLUMNS = [
    "Pupil", "Year", "Form", "UPN", "Sex", "SEN provision", "Disadvantaged", "Looked after", "Possible sessions",
    "Present", "Attending elsewhere", "Authorised sessions", "Unauthorised sessions", "Attendance (%)",
    "Late before close", "Late after close", "Minutes late", "Weeks in session", "Broken weeks", "Whole weeks absent",
    "Unauthorised in 10 weeks, most", "Unauthorised in 10 weeks, now", "Illness sessions",
    "Longest run of unauthorised days", "N to resolve", "Stage",
]
TEXTS = {"Pupil", "Year", "Form", "UPN", "Sex", "SEN provision", "Disadvantaged", "Looked after", "Stage"}


def pupil_details(pl, folder):
    """The school's pupils by UPN, with the columns of text."""
    wanted = ["UPN", "Surname", "Forename", "Year Group", "Tutor Group", "Sex", "SEN", "PP", "LAC"]
    column = pl.col
    return (
        pl.read_csv(folder / "pupils.csv", columns=wanted, infer_schema=False)
        .sort("UPN")
        .select(
            (column("Surname") + ", " + column("Forename")).alias("Pupil"),
            column("Year Group").replace_strict(YEARS, default="Year " + column("Year Group")).alias("Year"),
            column("Tutor Group").alias("Form"),
            column("UPN"),
            column("Sex").replace_strict(SEXES, default="Unknown"),
            column("SEN").replace_strict(PROVISIONS, default="Unknown").alias("SEN provision"),
            column("PP").replace_strict(FLAGS, default=None).alias("Disadvantaged"),
            column("LAC").replace_strict(FLAGS, default=None).alias("Looked after"),
        )
    )


def rows_by_polars(folder, upns):
    """The rows as arrays: the pupil's place, the session (days since 1970 twice, and 1 for PM), the code, the minutes or -1."""
    import polars as pl

    rows = (
        pl.scan_csv(
            folder / "register.csv",
            infer_schema=False,
            schema_overrides={
                "UPN": pl.Enum(upns), "Date": pl.Date, "Session": pl.Enum(["AM", "PM"]), "Mark": pl.Enum(CODES),
                "Minutes Late": pl.Int16,
            },
        )
        .select(
            pl.col("UPN").to_physical().cast(pl.Int32),
            (pl.col("Date").to_physical() * 2 + pl.col("Session").to_physical().cast(pl.Int32)).alias("session"),
            pl.col("Mark").to_physical().cast(pl.UInt8),
            pl.col("Minutes Late").fill_null(-1),
        )
        .collect(engine="streaming")
    )
    return [rows[name].to_numpy() for name in ("UPN", "session", "Mark", "Minutes Late")]


def rows_by_duckdb(folder, upns):
    """The same by DuckDB, which reads a file with all its threads."""
    import duckdb

    def kind(values):
        return "ENUM(" + ",".join("'" + value.replace("'", "''") + "'" for value in values) + ")"

    connection = duckdb.connect(config={"threads": int(os.environ.get("PEER_THREADS", os.cpu_count() or 1))})
    # The positions of enums count from 1.
    found = connection.execute(
        "SELECT (enum_code(UPN::" + kind(upns) + "))::INTEGER AS pupil,"
        " (date_diff('day', DATE '1970-01-01', \"Date\") * 2 + (Session = 'PM')::INTEGER)::INTEGER AS session,"
        " (enum_code(Mark::" + kind(CODES) + "))::UTINYINT AS mark, coalesce(\"Minutes Late\", -1)::SMALLINT AS minutes"
        f" FROM read_csv('{folder}/register.csv', header=true, auto_detect=false, delim=',', quote='\"', escape='\"',"
        " columns={'School': 'VARCHAR', 'URN': 'VARCHAR', 'UPN': 'VARCHAR', 'Surname': 'VARCHAR', 'Forename': 'VARCHAR',"
        " 'Year': 'VARCHAR', 'Form': 'VARCHAR', 'Date': 'DATE', 'Session': 'VARCHAR', 'Mark': 'VARCHAR',"
        " 'Minutes Late': 'SMALLINT', 'Comment': 'VARCHAR'})").fetchnumpy()
    return [found[name] for name in ("pupil", "session", "mark", "minutes")]


def rows_by_pandas(folder, upns):
    """The same by pandas and its fastest reader, pyarrow's."""
    import numpy as np
    import pandas as pd

    frame = pd.read_csv(
        folder / "register.csv", engine="pyarrow", dtype_backend="pyarrow",
        usecols=["UPN", "Date", "Session", "Mark", "Minutes Late"])
    pupil = pd.Categorical(frame["UPN"], categories=list(upns)).codes.astype(np.int32)
    mark = pd.Categorical(frame["Mark"], categories=CODES).codes.astype(np.uint8)
    day = frame["Date"].to_numpy(dtype="datetime64[D]").astype(np.int32)
    session = day * 2 + (frame["Session"] == "PM").to_numpy(dtype=bool)
    return [pupil, session, mark, frame["Minutes Late"].fillna(-1).to_numpy(dtype=np.int16)]


READERS = {"polars": rows_by_polars, "duckdb": rows_by_duckdb, "pandas": rows_by_pandas}


def read_marks(np, reader, folder, upns, as_at):
    """The marks as a matrix, a row per session in date order and a column per pupil; and minutes late."""
    pupil, session, mark, late = READERS[reader](folder, upns)
    first = int(session.min()) // 2 * 2
    width = int(session.max()) // 2 * 2 + 2 - first
    marks = np.full(width * len(upns), NO_MARK, np.uint8)
    marks[(session - first) * np.int32(len(upns)) + pupil] = mark
    end = (as_at.toordinal() - datetime.date(1970, 1, 1).toordinal()) * 2 + 2
    told = (late >= 0) & ((mark == CODES.index("L")) | (mark == CODES.index("U"))) & (session < end)
    minutes = np.bincount(pupil[told], weights=late[told], minlength=len(upns)).astype(np.int64)
    minutes[np.bincount(pupil[told], minlength=len(upns)) == 0] = -1
    return marks.reshape(width, len(upns))[: max(0, end - first)], first, minutes


def figures(np, marks, first, minutes):
    """Every figure of every pupil, a NumPy array for each column."""
    in_school_time = (marks < SCHOOL_TIME_END).any(axis=1)
    marks = marks[in_school_time]
    session_days = (np.flatnonzero(in_school_time) + first) // 2
    days, day_starts = np.unique(session_days, return_index=True)
    day_weeks = (days + 3) // 7  # 1 January 1970 was a Thursday.
    _, week_starts = np.unique(day_weeks, return_index=True)

    def count(mask):
        return mask.sum(axis=0, dtype=np.int64)

    def by_day(mask):
        return np.add.reduceat(mask.view(np.uint8), day_starts, axis=0)

    def by_week(daily):
        return np.add.reduceat(daily, week_starts, axis=0)

    unauthorised = (marks >= AUTHORISED_END) & (marks < POSSIBLE_END)
    absent = (marks >= ATTENDING_END) & (marks < POSSIBLE_END)
    possible_days, unauthorised_days = by_day(marks < POSSIBLE_END), by_day(unauthorised)
    possible_weeks, absent_weeks = by_week(possible_days), by_week(by_day(absent))
    sums = np.cumsum(by_week(unauthorised_days), axis=0, dtype=np.int64)
    windows = sums.copy()
    windows[10:] -= sums[:-10]

    possible, absence = possible_days.sum(axis=0, dtype=np.int64), absent_weeks.sum(axis=0, dtype=np.int64)
    present, not_authorised = count(marks < PRESENT_END), sums[-1]
    before_close, after_close = count(marks == CODES.index("L")), count(marks == CODES.index("U"))
    with np.errstate(invalid="ignore"):
        attendance = 100 * (possible - absence) / possible
    unresolved = session_days < days[-6] if len(days) >= 6 else np.zeros(len(session_days), bool)
    stage = np.where(possible > 0, (10 * absence >= possible).astype(int) + (2 * absence >= possible), 0)
    return {
        "Possible sessions": possible,
        "Present": present,
        "Attending elsewhere": possible - absence - present,
        "Authorised sessions": absence - not_authorised,
        "Unauthorised sessions": not_authorised,
        "Attendance (%)": attendance,
        "Late before close": before_close,
        "Late after close": after_close,
        # -1 where there are late marks and none says how late.
        "Minutes late": np.where(before_close + after_close == 0, 0, minutes),
        "Weeks in session": count(possible_weeks > 0),
        "Broken weeks": count(absent_weeks > 0),
        "Whole weeks absent": count((possible_weeks > 0) & (absent_weeks == possible_weeks)),
        "Unauthorised in 10 weeks, most": windows.max(axis=0),
        "Unauthorised in 10 weeks, now": windows[-1],
        "Illness sessions": count(marks == CODES.index("I")),
        "Longest run of unauthorised days": longest_runs(np, possible_days, unauthorised_days),
        "N to resolve": count(marks[unresolved] == CODES.index("N")),
        "Stage": np.array(["None", "Persistent absence", "Severe absence"])[stage],
    }


def longest_runs(np, possible_days, unauthorised_days):
    """The most days in a row on which every possible session was unauthorised; days with none do not count."""
    run = np.zeros(possible_days.shape[1], np.int64)
    most = run.copy()
    unauthorised = (possible_days > 0) & (unauthorised_days == possible_days)
    goes_on = unauthorised_days == possible_days
    for day in range(len(possible_days)):
        run += unauthorised[day]
        run *= goes_on[day]
        np.maximum(most, run, out=most)
    return most


def every_pupil(folder, as_at, reader="polars"):
    """The sheet of one school, most absent first, as a data frame."""
    import numpy as np
    import polars as pl

    details = pupil_details(pl, folder)
    marks, first, minutes = read_marks(np, reader, folder, details["UPN"].to_list(), as_at)
    measured = figures(np, marks, first, minutes)
    sheet = details.with_columns(pl.Series(name, values) for name, values in measured.items())
    return sheet.with_columns(
        pl.col("Attendance (%)").fill_nan(None),
        pl.when(pl.col("Minutes late") >= 0).then("Minutes late").alias("Minutes late"),
    ).sort("Attendance (%)", nulls_last=True, maintain_order=True).select(COLUMNS)


def write_with_xlsxwriter(sheet, path):
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        bold, one_place = book.add_format({"bold": True}), book.add_format({"num_format": "0.0"})
        page = book.add_worksheet("Every pupil")
        page.freeze_panes(1, 1)
        for place, name in enumerate(COLUMNS):
            page.write_string(0, place, name, bold)
        text, number = page.write_string, page.write_number
        kinds = [
            (place, text if name in TEXTS else number, one_place if name == "Attendance (%)" else None)
            for place, name in enumerate(COLUMNS)
        ]
        for line, row in enumerate(sheet.iter_rows(), 1):
            for (place, write, style), value in zip(kinds, row):
                if value is not None:
                    write(line, place, value, style)


def write_with_rust(sheet, path):
    from rustpy_xlsxwriter import FastExcel

    FastExcel(str(path)).format(float_format="0.0", bold_headers=True).freeze(row=1, col=1).sheet(
        "Every pupil", sheet).save()


WRITERS = {"xlsxwriter": write_with_xlsxwriter, "rust": write_with_rust, "none": lambda sheet, path: None}


def one_school(folder, output, as_at, reader, writer):
    WRITERS[writer](every_pupil(folder, as_at, reader), output / f"{folder.name}.xlsx")


def differing_cells(sheets, pupils_csv):
    """How many cells of the sheets are not as Halfterm has them, and how many there are."""
    import polars as pl

    names = {
        "Year": "nc_year", "Form": "registration_group", "Sex": "sex", "SEN provision": "sen_provision",
        "Possible sessions": "sess_possible", "Present": "sess_present", "Attending elsewhere": "sess_approved",
        "Authorised sessions": "sess_authorised", "Unauthorised sessions": "sess_unauthorised",
        "Late before close": "late_before_close", "Late after close": "late_after_close",
        "Minutes late": "minutes_late", "Weeks in session": "weeks_in_session", "Broken weeks": "broken_weeks",
        "Whole weeks absent": "whole_weeks_absent", "Unauthorised in 10 weeks, most": "unauthorised_10_weeks_max",
        "Unauthorised in 10 weeks, now": "unauthorised_10_weeks_now", "Illness sessions": "illness_sessions",
        "Longest run of unauthorised days": "longest_unauthorised_days", "N to resolve": "unresolved_n",
    }
    ours = pl.concat(sheets).sort("UPN", "Pupil", "Possible sessions")
    theirs = pl.read_csv(pupils_csv, infer_schema=False).with_columns(
        pl.col("sess_possible").cast(pl.Int64).alias("possible"),
        (pl.col("surname") + ", " + pl.col("forename")).alias("Pupil"),
    ).sort("upn", "Pupil", "possible")
    if ours.height != theirs.height:
        sys.exit(f"{ours.height} pupils here, {theirs.height} in {pupils_csv}")
    pairs = [(ours[name].cast(pl.String), theirs[other]) for name, other in names.items()]
    pairs.append((ours["UPN"], theirs["upn"]))
    pairs.append((ours["Pupil"], theirs["Pupil"]))
    pairs.append((ours["Stage"].replace("None", None), theirs["stage"]))
    for name, other in [("Disadvantaged", "disadvantaged"), ("Looked after", "looked_after")]:
        pairs.append((ours[name].replace({"Yes": "1", "No": "0"}), theirs[other]))
    rates = (ours["Attendance (%)"].round(6), theirs["attendance_percent"].cast(pl.Float64).round(6))
    different = sum(int(one.ne_missing(other).sum()) for one, other in pairs + [rates])
    return different, ours.height * len(COLUMNS)


def as_at_of(trust):
    found = re.search(r"^as_at: *(\d{4}-\d{2}-\d{2})", (trust / "trust.yaml").read_text(), re.M)
    return datetime.date.fromisoformat(found[1]) if found else datetime.date.max


def main():
    parser = argparse.ArgumentParser(description="The sheet Every pupil of each school of a trust, with other tools.")
    parser.add_argument("trust", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--reader", choices=sorted(READERS), default="polars")
    parser.add_argument("--writer", choices=sorted(WRITERS), default="xlsxwriter")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes; 1 for all in one")
    parser.add_argument("--check", type=pathlib.Path, metavar="PUPILS.CSV")
    options = parser.parse_args()

    folders = sorted(path.parent for path in options.trust.glob("exports/*/register.csv"))
    if not folders:
        sys.exit(f"no exports/*/register.csv under {options.trust}")
    options.output.mkdir(parents=True, exist_ok=True)
    as_at = as_at_of(options.trust)
    if options.jobs > 1:
        # Set before polars is loaded, so that the processes together have no more threads than cores.
        threads = str(max(1, (os.cpu_count() or 1) // options.jobs))
        for name in ("POLARS_MAX_THREADS", "PEER_THREADS", "ARROW_NUM_THREADS", "OMP_NUM_THREADS"):
            os.environ.setdefault(name, threads)
        work = [(folder, options.output, as_at, options.reader, options.writer) for folder in folders]
        with multiprocessing.get_context("fork").Pool(options.jobs) as pool:
            pool.starmap(one_school, work, chunksize=1)
    else:
        for folder in folders:
            one_school(folder, options.output, as_at, options.reader, options.writer)
    if options.check:
        sheets = [every_pupil(folder, as_at, options.reader) for folder in folders]
        different, cells = differing_cells(sheets, options.check)
        print(f"{different} of {cells} cells differ from {options.check}")
        sys.exit(1 if different else 0)


if __name__ == "__main__":
    try:
        main()
    except ModuleNotFoundError as missing:
        sys.exit(f"{missing.name} is missing: pip install {NEEDS} (and rustpy-xlsxwriter for --writer rust)")
