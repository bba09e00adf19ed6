"""Packs that were changed after they were made, and what a manifest says of how they were made."""

import hashlib
import json
import os
import shutil

from world import is_whole, need, tree, write

PAGE = "share/index.html"
CLOSED = "restricted/data/pupils.csv"


def changed_packs(world):
    folder, packs = world.small("workspace"), world.path("packs")
    world.built(folder, packs)
    manifest = open(f"{packs}/manifest.json").read()
    first, seal = json.loads(manifest)["inputs"][0]["sha256"], json.loads(manifest)["seal"]
    unsealed = manifest.replace(f'  "seal" : "{seal}",\n', "")

    def edit(old, new):
        need(old in manifest, f"{old} is not in the manifest")
        write(f"{copy}/manifest.json", manifest.replace(old, new, 1))

    def link(path):
        shutil.move(f"{copy}/{path}", world.path("moved"))
        os.symlink(world.path("moved"), f"{copy}/{path}")

    def append():
        with open(f"{copy}/{PAGE}", "a") as file:
            file.write(" ")

    def replace_by(make):
        os.remove(f"{copy}/{PAGE}")
        make(f"{copy}/{PAGE}")

    cases = [
        ("a byte more", append, 2, f"changed: {PAGE}"),
        ("a file gone", lambda: os.remove(f"{copy}/{PAGE}"), 2, f"missing: {PAGE}"),
        ("a file added", lambda: write(f"{copy}/share/x.html", "x"), 2, "not in the pack: share/x.html"),
        ("a hidden file added", lambda: write(f"{copy}/.x", "x"), 2, "not in the pack: .x"),
        ("a folder added", lambda: os.makedirs(f"{copy}/share/x"), 2, "not in the pack: share/x"),
        ("a link to nothing added", lambda: os.symlink("x", f"{copy}/share/x"), 2, "not in the pack: share/x"),
        ("a pipe added", lambda: os.mkfifo(f"{copy}/share/x"), 2, "not in the pack: share/x"),
        ("a link in place of a file", lambda: link(PAGE), 2, f"changed: {PAGE}"),
        ("a link in place of a folder", lambda: link("restricted/data"), 2, "not in the pack: restricted/data"),
        ("a link in place of the manifest", lambda: link("manifest.json"), 2, "is not a manifest"),
        ("a folder in place of a file", lambda: replace_by(os.mkdir), 2, f"changed: {PAGE}"),
        ("a pipe in place of a file", lambda: replace_by(os.mkfifo), 2, f"changed: {PAGE}"),
        ("an input's hash in the manifest", lambda: edit(first, "0" * 64), 2, "changed: manifest.json"),
        ("the as-at date in the manifest", lambda: edit('"as_at" : "2025-09', '"as_at" : "2025-08'), 2, "changed: manifest.json"),
        ("a space in the manifest", lambda: edit("{", "{ "), 2, "changed: manifest.json"),
        ("an output's path leads out", lambda: edit(f'"{PAGE}"', '"../../../etc/passwd"'), 2, "changed: manifest.json"),
        ("no seal", lambda: edit(f'  "seal" : "{seal}",\n', ""), 2, "cannot tell: manifest.json has no seal"),
        ("an empty seal", lambda: edit(f'"{seal}"', "null"), 2, "cannot tell: manifest.json has no seal"),
        ("another version", lambda: edit('"version" : "', '"version" : "9'), 2, "changed: manifest.json"),
        ("another version without a seal", lambda: write(f"{copy}/manifest.json", unsealed.replace('"version" : "', '"version" : "9')),
         2, "cannot tell: manifest.json has no seal"),
        ("half a manifest", lambda: write(f"{copy}/manifest.json", manifest[:200]), 2, "is not a manifest"),
        ("no manifest", lambda: os.remove(f"{copy}/manifest.json"), 2, "no manifest.json in this folder"),
        ("restricted is open to others", lambda: os.chmod(f"{copy}/restricted", 0o755), 0, "open to others: restricted"),
        ("a file there is open to others", lambda: os.chmod(f"{copy}/{CLOSED}", 0o644), 0, f"open to others: {CLOSED}"),
        ("nothing", lambda: None, 0, ", all unchanged"),
    ]
    for name, change, status, words in cases:
        copy = world.path("copy")
        shutil.copytree(packs, copy)
        change()
        run = world.run("verify", copy, seconds=8)
        need(run.status == status and words in run.said, f"{name}: exit {run.status}: {run.said[:300]}")
        need("passwd" not in run.said or "changed: manifest" in run.said, f"{name}: {run.said}")
        shutil.rmtree(copy)
        moved = world.path("moved")
        if os.path.lexists(moved):
            shutil.rmtree(moved) if os.path.isdir(moved) else os.remove(moved)
    return f"{len(cases)} changes, each found; modes are told of and do not count (exit 0)"


def no_pack_is_destroyed(world):
    """Only a manifest whose seal holds marks a pack that may be replaced, and what people changed in it is kept."""
    folder, packs = world.small("workspace"), world.path("packs")
    own = {"a manifest of something else": '{"version": 1}', "a handmade manifest": '{"program": "halfterm", "outputs": []}'}
    for name, text in own.items():
        write(f"{packs}/manifest.json", text)
        write(f"{packs}/notes.txt", "precious")
        before = tree(packs)
        run = world.build(folder, packs)
        need(run.status == 2 and "is not a pack" in run.said and tree(packs) == before, f"{name}: exit {run.status}: {run.said}")
        shutil.rmtree(packs)
    beside = world.path(".packs.halfterm-notes")
    write(f"{beside}/a.txt", "precious")
    world.built(folder, packs)
    need(os.path.exists(f"{beside}/a.txt"), "a folder beside the output was taken for a left-over")
    run = world.run("build", folder, "--output", "", "--quiet")
    need(run.status == 2 and "--output is empty" in run.said, f"an empty output: exit {run.status}: {run.said}")
    with open(f"{packs}/{CLOSED}", "a") as file:
        file.write("typed by an officer\n")
    for suffix in ("", "-2"):
        changed = open(f"{packs}/{CLOSED}").read()
        run = world.build(folder, packs)
        kept = f"{packs}-changed-{json.load(open(f'{packs}/manifest.json'))['as_at']}{suffix}"
        need(f"the old file is kept: {kept}/{CLOSED}" in run.said, f"the kept file is not named: {run.said}")
        need(open(f"{kept}/{CLOSED}").read() == changed, "the kept file is another")
        need(os.stat(kept).st_mode & 0o077 == 0, "the kept folder is open to others")
        is_whole(world, packs)
        with open(f"{packs}/{CLOSED}", "a") as file:
            file.write("typed again\n")
    return "manifests of others, folders beside the output: untouched; changed files are kept, each time in a folder of their own"


def what_a_manifest_says(world):
    """The version, the commit, and a hash of each policy, also of those that ship; the same bytes for the same data."""
    own = open(os.path.join(os.path.dirname(__file__), "..", "..", "Sources", "Policies", "dfe-2024.yaml"), "rb").read()
    for policy, digest in (("dfe-2024", hashlib.sha256(own).hexdigest()), ("own.yaml", hashlib.sha256(own + b"\n").hexdigest())):
        folder = world.small("workspace")
        write(f"{folder}/own.yaml", own + b"\n")
        text = open(f"{folder}/trust.yaml").read().replace("    phase: primary\n", f"    phase: primary\n    policy: {policy}\n")
        write(f"{folder}/trust.yaml", text)
        world.built(folder, world.path("packs"))
        manifest = json.load(open(world.path("packs/manifest.json")))
        need(manifest["policies"][0]["sha256"] == digest, f"{policy}: {manifest['policies']}")
        shutil.rmtree(folder)
    need(manifest["version"] and manifest["commit"], f"version {manifest.get('version')}, commit {manifest.get('commit')}")
    need(world.run("--version").said.strip() == f"{manifest['version']} ({manifest['commit']})", "--version says another")
    folder = world.small("workspace")
    world.built(folder, world.path("one"))
    world.built(folder, world.path("two"), env={"HALFTERM_COMMIT": "x"})
    need(tree(world.path("one")) == tree(world.path("two")), "the same data gives other bytes")
    return f"version {manifest['version']}, commit {manifest['commit']}, and the hash of each policy's text; the same bytes again"


FAULTS = [changed_packs, no_pack_is_destroyed, what_a_manifest_says]
