"""Names made to do harm where a pack is opened, and names that may not be printed, sent or read by others."""

import html.parser
import json
import os
import re
import shutil
import stat
import subprocess
import zipfile

from world import HEAD, Skipped, good_rows, is_whole, listing, need, small_trust, upn, write

RUN = "window.canary=1"
HARM = [
    f"<script>{RUN}</script>", f'<img src=x onerror="{RUN}">', f'"><svg onload={RUN}>', f"' onmouseover='{RUN}' x='",
    f"javascript:{RUN}", f'<a href="javascript:{RUN}">x</a>', "<iframe src=https://canary.example/></iframe>",
    "<link rel=stylesheet href=https://canary.example/x.css>", f"</title><script>{RUN}</script>",
    f"</style></svg><script>{RUN}</script>", "</td></table><base href=https://canary.example/>",
    '<meta http-equiv=refresh content="0;url=https://canary.example/">', f"<details open ontoggle={RUN}>",
    "<style>@import 'https://canary.example/y.css';</style>", f"&lt;script&gt;{RUN}&lt;/script&gt;", "{{{name}}} {{> pack-style}}",
    "=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(1+1)", "\t=1+1", '=HYPERLINK("https://canary.example","x")', "../../x",
    "\u202e\u0645\u062f", "e" + "\u0301" * 60, "\U0001f600\u200d\U0001f600", "]]>&amp;&", "x" * 4000, "\x1b[2J\x07", "CON", "a\x00b",
]
SCHOOLS = [f"<script>{RUN}</script> School", f'"><img src=x onerror={RUN}> Academy', "=cmd|' /C calc'!A0 School", "../../../x/..",
           "x" * 300, "CON", "+SUM(1) @School", "\u202e\u0645\u062f e\u0301"]
COMMENTARY = f"""# <script>{RUN}</script> of the term

<img src=x onerror={RUN}> [a link](javascript:{RUN}) ![a picture](https://canary.example/p.png) <https://canary.example/>

- **<b onclick={RUN}>strong</b>** [ref]
- =cmd|' /C calc'!A0

[ref]: https://canary.example/

<iframe src="https://canary.example/"></iframe>
"""
LOGO = f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9" onload="{RUN}">
<script>{RUN}; fetch('https://canary.example/s')</script><style>@import url(https://canary.example/s.css);</style>
<image href="https://canary.example/i.png" xlink:href="https://canary.example/j.png" width="9" height="9"/>
<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://canary.example/"/></foreignObject></svg>"""


def cell(text):
    return '"' + text.replace('"', '""') + '"'


def hostile_trust(folder):
    """A workspace in which whatever may be named has a name that would do harm."""
    schools = []
    for place, school in enumerate(SCHOOLS):
        roll = f"UPN,Surname,Forename,DOB,Year,Form,SEN Status,FSM,EAL,Ethnicity,Looked After,House {HARM[0]}\n".replace('"', "")
        register = f"UPN,Surname,Forename,Date,Session,Mark,Comments,Minutes Late,{cell(HARM[1])}\n"
        for number in range(len(HARM)):
            name, other = HARM[number], HARM[(number + place + 1) % len(HARM)]
            code = upn(1 + place * 100 + number)
            # Forms of a few pupils each; what a board may see of many forms of one pupil takes minutes to decide.
            form = HARM[(place * 4 + number // 10) % len(HARM)]
            roll += ",".join([code, cell(name), cell(other), "2016-05-01", "4", cell(form), "EK"[number % 2], "Y", cell(name),
                              cell(name), "Y" if number % 5 == 0 else "N", cell(other)]) + "\n"
            for day in range(8, 27):
                if day in (13, 14, 20, 21):
                    continue
                for half in ("AM", "PM"):
                    mark = "NOULI/"[(number + day) % 6]
                    register += f"{code},{cell(name)},{cell(other)},2025-09-{day:02},{half},{mark},{cell(name)},5,{cell(other)}\n"
            register += f"{code},{cell(name)},{cell(other)},{cell(other)},{cell(name)},{cell(other)},,{cell(name)},\n"
        base = f"exports/{place} <img src=x onerror={RUN}> =1+1'"
        write(f"{folder}/{base}/register.csv", register)
        write(f"{folder}/{base}/pupils.csv", roll)
        schools.append({"name": school, "urn": str(100001 + place), "phase": "primary", "policy": "own/<b>.yaml", "accept_refused": True,
                        "local_authority": HARM[1], "registers": [f"{base}/register.csv"], "pupils": [f"{base}/pupils.csv"],
                        "commentary": "words.md"})
    policy = open(os.path.join(os.path.dirname(__file__), "..", "..", "Sources", "Policies", "mason-moor-primary.yaml")).read()
    policy = re.sub(r"^title: .*$", lambda _: f"title: {json.dumps(HARM[0])}", policy, flags=re.M)
    policy = re.sub(r"^source: .*$", lambda _: f"source: {json.dumps(HARM[1])}", policy, count=1, flags=re.M)
    write(f"{folder}/own/<b>.yaml", policy)
    write(f"{folder}/words.md", COMMENTARY)
    write(f"{folder}/logo.svg", LOGO)
    targets = [{"name": HARM[0], "measure": "attendance", "value": 95, "source": HARM[1]}]
    trust = {"name": f"=1+1 {HARM[1]}", "logo": "logo.svg", "targets": targets, "schools": schools}
    write(f"{folder}/trust.yaml", json.dumps(trust))
    return folder


def make_pack(world, output):
    run = world.build(hostile_trust(world.path("in")), output, "--letters", seconds=60)
    need(run.status in (0, 1), f"exit {run.status}: {run.said[:1000]}")
    return run


class Page(html.parser.HTMLParser):
    """What a page holds that a browser would run, or fetch."""

    def __init__(self):
        super().__init__()
        self.harm = []

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "iframe", "object", "embed", "link", "base", "form", "input", "audio", "video", "frame", "applet"):
            self.harm.append(f"<{tag}>")
        for name, value in attributes:
            value = (value or "").strip().lower()
            if name.startswith("on") or name in ("srcdoc", "action", "formaction", "srcset", "background", "ping"):
                self.harm.append(f"{name} of <{tag}>")
            if name in ("href", "xlink:href") and (":" in value.split("/")[0] or value.startswith("//")):
                self.harm.append(f"{name}={value[:80]}")
            if name == "src" and not value.startswith("data:image/"):
                self.harm.append(f"src={value[:80]}")
            if tag == "meta" and name == "http-equiv" and value != "content-security-policy":
                self.harm.append(f"meta {value}")
            if name == "style" and "url(" in value:
                self.harm.append(f"style={value[:80]}")


def hostile_names(world):
    """Pages, workbooks and places of a pack in which whatever has a name is named to do harm."""
    out = world.path("out")
    os.makedirs(out)
    hostile_trust(world.path("in"))
    before = listing(world.folder)
    run = make_pack(world, f"{out}/packs")
    is_whole(world, f"{out}/packs")
    world.run("verify", f"{out}/packs")
    after = {path: facts for path, facts in listing(world.folder).items() if not path.startswith(out)}
    changed = [path for path in {**before, **after} if not path.startswith(out) and not path.startswith(world.path("in"))
               and before.get(path) != after.get(path)]
    need(not changed and os.listdir(out) == ["packs"], f"beside the output folder: {changed} {os.listdir(out)}")
    pages = books = texts = 0
    shown = ""
    for place, folders, files in os.walk(f"{out}/packs"):
        for name in folders + files:
            need(re.fullmatch(r"[A-Za-z0-9.-]{1,120}", name), f"a file is named {name!r}")
        for name in files:
            path = os.path.join(place, name)
            if name.endswith(".html"):
                text, page = open(path, encoding="utf-8").read(), Page()
                page.feed(text)
                need(not page.harm, f"{name}: {page.harm[:3]}")
                need("Content-Security-Policy" in text, f"{name} has no content security policy")
                pages, shown = pages + 1, shown + text
            if name.endswith(".xlsx"):
                books += 1
                texts += check_book(path)
    need(pages > 40 and books > 30 and texts > 200, f"{pages} pages, {books} workbooks, {texts} texts that begin like formulas")
    for words in ("&lt;script&gt;window.canary=1", "=cmd|", "&lt;img src=x onerror="):
        need(words in shown, f"the pages do not show {words}: the names did not reach them")
    return (f"{pages} pages: nothing that runs or is fetched; {books} workbooks: no formula, {texts} texts that begin like one are"
            f" text; nothing beside the folder; {run.seconds:.1f} s, {run.peak} MB")


def check_book(path):
    """Breaks where a cell is a formula or a link leads out. Returns how many texts begin like a formula."""
    begin = 0
    with zipfile.ZipFile(path) as book:
        for part in book.namelist():
            text = book.read(part).decode()
            need("External" not in text, f"{path}: {part}: a link out")
            need("vbaProject" not in part and "externalLink" not in part, f"{path}: {part}")
            if part.startswith("xl/worksheets/sheet"):
                need("<f>" not in text and "<f " not in text, f"{path}: {part}: a formula")
                need(not re.search(r'<c [^>]*t="(?!s")', text), f"{path}: {part}: a cell of another kind than text or number")
            if part == "xl/sharedStrings.xml":
                begin += len(re.findall(r"<t[^>]*>[=+@-]", text))
    return begin


def nothing_printed_names_a_pupil(world):
    """All commands over names in every column, in rows that are broken in every way; short names too."""
    names = ["Quillfeather", "Marigold", "Peregrine", "Ann", "Li", "Mary 1", "O'Neill", "Zo\u00eb", "\u738b", "8 Quill St", upn(1), upn(1)[1:]]
    spoken = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.I) for name in names]
    fields = ["UPN", "Surname", "Forename", "Date", "Session", "Mark", "Minutes Late"]
    good = [upn(2), "Quillfeather", "Marigold", "2025-09-08", "AM", "L", "5"]
    rows = [good] + [good[:place] + [name] + good[place + 1:] for name in names for place in range(7)]
    rows += [[name] + good for name in names] + [good[1:]] + [good[turn:] + good[:turn] for turn in range(1, 7)]
    roll = ["UPN", "Surname", "Forename", "DOB", "Year", "SEN Status", "Form", "Sex", "DOA", "DOL", "FSM"]
    known = [upn(2), "Quillfeather", "Marigold", "2016-05-01", "4", "K", "4A", "F", "2020-09-01", "", "Y"]
    details = [known] + [known[:place] + [name] + known[place + 1:] for name in names for place in range(11)]
    registers = {
        "register.csv": "\n".join(",".join(row) for row in [fields] + rows) + "\n",
        "register.json": json.dumps([dict(zip(fields, row)) for row in rows]),
        "register.xml": "<SessionAttendances>" + "".join(
            f"<SessionAttendance><UPN>{r[0]}</UPN><Surname>{r[1]}</Surname><AttendanceDate>{r[3]}</AttendanceDate>"
            f"<SessionName>{r[4]}</SessionName><AttendanceMark>{r[5]}</AttendanceMark></SessionAttendance>\n" for r in rows)
            + "</SessionAttendances>",
        "open.csv": ",".join(fields) + "\n" + ",".join(good) + f'\n{upn(2)},"Quillfeather,Marigold\n' + ",".join(good),
        "headless.csv": "\n".join(",".join(row) for row in rows), "names.csv": ",".join(names) + "\n" + ",".join(good),
        "wide.csv": "UPN,Ann,Quillfeather,08/09/2025 AM,Li\n" + f"{upn(2)},x,Marigold,Ann,Li\nAnn,Li,x,y,z\n",
        "broken.json": '[{"UPN":"Quillfeather","Ann":', "broken.xml": "<Quillfeather><Ann>Marigold</Li>",
    }
    printed, runs = "", 0
    for name, text in registers.items():
        ending = name.split(".")[1]
        folder = world.small(f"w-{name}", register=HEAD + good_rows(), pupils="\n".join(",".join(row) for row in [roll] + details),
                             trust=small_trust(school="    commentary: words.md\n", registers=f"exports/x.{ending}"))
        write(f"{folder}/exports/x.{ending}", text)
        write(f"{folder}/words.md", "Well done, Quillfeather Marigold.\n\nMarigold Quillfeather\n")
        bare = world.path(f"bare-{name}")
        shutil.copytree(f"{folder}/exports", bare)
        packs = world.path(f"packs-{name}")
        commands = [["check", folder], ["build", folder, "--output", packs], ["check", bare],
                    ["build", bare, "--output", packs, "--letters"], ["explain", folder, upn(2)], ["explain", bare, upn(2)],
                    ["explain", folder, "Ann"], ["verify", packs]]
        for command in commands:
            with open(world.path("said"), "w+b") as said:
                status = world.start(*command, out=said, err=said).wait(timeout=20)
                said.seek(0)
                words = said.read().decode().replace(world.folder, "")
            need(0 <= status <= 3, f"{command[0]} of {name}: ended with {status}")
            # What was asked for on the command line may be said again.
            found = [p.pattern for p, n in zip(spoken, names) if p.search(words) and not (n == "Ann" and "Ann" in command)]
            lines = [line for line in words.split("\n") if any(p.search(line) for p in spoken)]
            need(not found, f"{command[0]} of {name} prints {found}: {lines[:3]}")
            printed += words
            runs += 1
    need("is not an attendance code" in printed and "is not a date" in printed, "nothing was found wrong with the rows")
    return f"{runs} runs, {len(printed) >> 10} kB printed, none of {len(names)} names and numbers in it"


def closed_to_others(world):
    """restricted/ and all in it are the owner's only, whatever the umask, and so is the folder while it is made."""
    trust, seen = world.sample("trust", 2, 60), 0
    for umask in (0o000, 0o022, 0o077, 0o777):
        out = world.path(f"out-{umask:o}")
        os.makedirs(out)
        open_ones = []

        def watch(process):
            nonlocal seen
            while not os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                for name in os.listdir(out):
                    try:
                        mode = os.lstat(f"{out}/{name}").st_mode & 0o777
                        inside = os.listdir(f"{out}/{name}/restricted")
                        # Opened and renamed in one go at the end; between the two looks it may have gone.
                        is_complete = os.path.exists(f"{out}/{name}/manifest.json")
                        if name != "packs" and not is_complete and os.path.exists(f"{out}/{name}"):
                            seen += 1
                            if mode != 0o700:
                                open_ones.append(f"{name} {mode:o}")
                        for path in [f"{out}/{name}/restricted"] + [f"{out}/{name}/restricted/{n}" for n in inside]:
                            if os.lstat(path).st_mode & 0o077:
                                open_ones.append(f"{path} {os.lstat(path).st_mode:o}")
                    except (FileNotFoundError, NotADirectoryError):
                        pass

        world.built(trust, f"{out}/packs", "--letters", umask=umask, during=watch)
        need(not open_ones, f"umask {umask:03o}: open while it is made: {open_ones[:3]}")
        for place, folders, files in os.walk(f"{out}/packs"):
            for name in folders + files:
                path = os.path.join(place, name)
                mode = os.lstat(path).st_mode
                want = 0o700 if stat.S_ISDIR(mode) else 0o600
                if "/packs/restricted" not in path and name != "manifest.json":
                    want |= 0o055 if stat.S_ISDIR(mode) else 0o044
                need(mode & 0o777 == want, f"umask {umask:03o}: {path} is {mode & 0o777:o}, not {want:o}")
        need(os.lstat(f"{out}/packs").st_mode & 0o777 == 0o755, "the pack itself is not open")
    need(seen > 20, f"the folder was seen {seen} times only while it was made")
    return f"umask 000, 022, 077 and 777: folders 700, files 600; looked at {seen} times while it was made, the new folder 700"


def no_network(world):
    """No call that opens a socket, in any thread; and the same packs where there is no network."""
    trust, said = world.sample("trust", 1, 30), []
    world.built(trust, world.path("packs"))
    if shutil.which("unshare") and subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode == 0:
        world.built(trust, world.path("apart"), before=["unshare", "-n"])
        need(open(world.path("apart/manifest.json")).read() == open(world.path("packs/manifest.json")).read(), "another pack")
        said.append("without a network the same pack")
    trace = world.path("trace")
    traced = ["strace", "-f", "-o", trace, "-e", "trace=%network"]
    if shutil.which("strace") and subprocess.run([*traced, "true"], capture_output=True).returncode == 0:
        for command in (["build", trust, "--output", world.path("packs"), "--letters"], ["check", trust], ["verify", world.path("packs")]):
            world.run(*command, before=traced)
            calls = [line for line in open(trace) if "(" in line and "+++" not in line and "---" not in line]
            need(not calls, f"{command[0]}: {calls[:3]}")
        subprocess.run([*traced, "python3", "-c", "import socket; socket.socket()"], check=True)
        need("socket(" in open(trace).read(), "strace does not see a socket that is opened")
        said.append("no call of the network in build, check and verify")
    if not said:
        raise Skipped("neither unshare nor strace is permitted")
    return "; ".join(said)


FAULTS = [hostile_names, nothing_printed_names_a_pupil, closed_to_others, no_network]
