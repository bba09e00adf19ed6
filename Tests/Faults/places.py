"""Permissions that are gone, and output paths that are no folder. As root by a user that is nobody, since root may do all."""

import os
import shutil
import subprocess

from world import Skipped, is_whole, need, only, small_trust, tree, write

NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


def as_another():
    """The words before a command that has no more rights than its modes give."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv") or subprocess.run([*NOBODY, "true"], capture_output=True).returncode:
        raise Skipped("root may do all, and setpriv is not permitted")
    return NOBODY


def reachable(world, how):
    """The program where the other user may reach it."""
    if subprocess.run([*how, "test", "-x", world.program]).returncode:
        copy = world.path("halfterm")
        shutil.copy(world.program, copy)
        world.program = copy


def taken_away(world):
    how = as_another()
    reachable(world, how)
    folder, words = world.small("workspace"), []
    for name in ("words.md", "logo.svg", "own.yaml", "bench.csv"):
        write(f"{folder}/{name}", "x")
    os.makedirs(world.path("free"))
    os.chmod(world.path("free"), 0o777)
    packs = world.path("free/packs")
    world.built(folder, packs, before=how)
    before = tree(packs)

    def expect(status, said, what, output=packs):
        run = world.build(folder, output, before=how)
        need(run.status == status and said in run.said and "\n" not in run.said.strip(), f"{what}: exit {run.status}: {run.said[:300]}")
        need(tree(packs) == before, f"{what}: the old pack was touched")
        only(world.path("free"), "packs")
        words.append(what)

    for path in ("exports/register.csv", "exports/pupils.csv", "trust.yaml"):
        os.chmod(f"{folder}/{path}", 0)
        expect(3, f"{path}: cannot be read", f"{path} unreadable")
        os.chmod(f"{folder}/{path}", 0o644)
    os.chmod(f"{folder}/exports", 0)
    run = world.build(folder, packs, before=how)
    need(run.status in (2, 3) and "exports" in run.said and tree(packs) == before, f"exports unreadable: {run.status}: {run.said[:300]}")
    os.chmod(f"{folder}/exports", 0o755)
    os.makedirs(world.path("closed"))
    expect(3, "cannot be written: Permission denied", "the parent of the output closed", world.path("closed/packs"))
    expect(3, "cannot be written: Permission denied", "the parent's parent closed", world.path("closed/a/b/packs"))
    # A pack that may not be replaced: its own folder is closed, the parent too.
    os.chmod(world.path("free"), 0o555)
    expect(3, "cannot be written: Permission denied", "the parent closed around an old pack")
    os.chmod(world.path("free"), 0o777)
    os.chmod(packs, 0)
    run = world.build(folder, packs, before=how)
    os.chmod(packs, 0o755)
    need(run.status in (2, 3) and tree(packs) == before, f"a pack that cannot be read: exit {run.status}: {run.said[:300]}")
    only(world.path("free"), "packs")
    os.chmod(f"{packs}/share/index.html", 0)
    run = world.run("verify", packs, before=how)
    need(run.status == 3 and "share/index.html: cannot be read" in run.said, f"verify of an unreadable file: {run.status}: {run.said}")
    return f"{len(words) + 3} cases: exit 3 (2 for a folder that holds no pack one may read), one plain line, the old pack untouched"


def schools_out_of_reach(world):
    """A school whose folder cannot be read, or is a link out of the workspace, is never left out without a word."""
    how, folder = as_another(), world.path("workspace")
    reachable(world, how)
    register = open(f"{world.small('other')}/exports/register.csv").read()
    for school in ("a", "b"):
        write(f"{folder}/exports/{school}/register.csv", register)
    shutil.copy(world.path("other/exports/pupils.csv"), f"{folder}/exports")
    os.makedirs(world.path("free"))
    os.chmod(world.path("free"), 0o777)
    os.chmod(f"{folder}/exports/b", 0)
    run = world.build(folder, world.path("free/packs"), before=how)
    need(run.status == 3 and "exports/b: cannot be read" in run.said, f"a folder: exit {run.status}: {run.said}")
    write(f"{folder}/trust.yaml", small_trust(registers="exports/*/register.csv"))
    run = world.build(folder, world.path("free/packs"), before=how)
    need(run.status == 3 and "exports/b: cannot be read" in run.said, f"a pattern: exit {run.status}: {run.said}")
    os.chmod(f"{folder}/exports/b", 0o755)
    os.remove(f"{folder}/trust.yaml")
    shutil.move(f"{folder}/exports/b", world.path("outside"))
    os.symlink(world.path("outside"), f"{folder}/exports/b")
    os.symlink("..", f"{folder}/exports/a/back")
    run = world.run("check", folder)
    need(run.status == 1 and "exports/b: leaves the trust file's folder by a link" in run.said, f"a link: exit {run.status}: {run.said}")
    need("exports/a/back" not in run.said, "a link into the workspace is reported")
    return "a folder and a pattern over it: exit 3 with its name; a link out of the workspace: a finding; a link back: nothing"


def strange_outputs(world):
    folder, out = world.small("workspace"), world.path("out")
    os.makedirs(out)
    write(f"{out}/file", "precious")
    os.mkfifo(f"{out}/pipe")
    os.symlink("/dev/null", f"{out}/device")
    os.symlink("nowhere", f"{out}/dangling")
    os.makedirs(f"{out}/real")
    os.symlink("real", f"{out}/link")
    os.symlink("link2", f"{out}/link2")
    before = tree(out)
    for name, status in (("file", 2), ("pipe", 2), ("device", 2), ("dangling", 2), ("link2", 2), ("file/packs", 3), ("x" * 250, 3)):
        run = world.build(folder, f"{out}/{name}", seconds=8)
        need(run.status == status and run.said.count("\n") == 1, f"{name[:20]}: exit {run.status}: {run.said[:300]}")
        need(tree(out) == before, f"{name[:20]}: something was changed")
    for _ in range(2):
        world.built(folder, f"{out}/link")
        need(os.readlink(f"{out}/link") == "real" and not os.path.islink(f"{out}/real"), "the link was replaced, not what it leads to")
        is_whole(world, f"{out}/real")
    for output, cwd in ((f"{out}/missing/deep/packs", None), ("relative/packs", out), (".", f"{out}/here"), (f"{out}/slash/", None)):
        os.makedirs(cwd or out, exist_ok=True)
        world.built(folder, output, cwd=cwd)
        is_whole(world, os.path.join(cwd or "", output))
    only(out, "dangling", "device", "file", "here", "link", "link2", "missing", "pipe", "real", "relative", "slash")
    return "a file, pipe, device, link to nothing, link to itself: exit 2, untouched; a link to a folder: replaced where it leads; missing parents are made"


FAULTS = [taken_away, schools_out_of_reach, strange_outputs]
