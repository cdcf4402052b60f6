#!/usr/bin/env python3
"""Says which tests a change needs, by changes.toml and the dependencies of Package.swift. Standard library only.

    Tests/support/changes.py --write-docs      writes the table of docs/HACKING.md
    Tests/support/changes.py --check-docs      fails where docs/HACKING.md has another one
"""

import dataclasses
import fnmatch
import json
import pathlib
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = pathlib.Path(__file__).resolve().with_name("changes.toml")
PAGE = ROOT / "docs" / "HACKING.md"
BEGIN, END = "<!-- changes: written by Tests/support/changes.py --write-docs -->", "<!-- end of the changes -->"
ALL = "all"


@dataclasses.dataclass
class Need:
    """What a change needs. `tests` are test targets; with `is_everything` they are all of them, and so are the stages."""

    is_everything: bool = False
    stages: set = dataclasses.field(default_factory=set)
    tests: set = dataclasses.field(default_factory=set)
    soak: set = dataclasses.field(default_factory=set)
    # Files that no row knows.
    unknown: list = dataclasses.field(default_factory=list)


class Package:
    """The targets of Package.swift: where each lies, and which test targets depend on it, itself included."""

    def __init__(self, description):
        """`description` is what `swift package dump-package` says."""
        self.folders, self.tests, needs = {}, set(), {}
        for target in description["targets"]:
            name = target["name"]
            self.folders[name] = target["path"].rstrip("/") + "/"
            needs[name] = {one[kind][0] for one in target["dependencies"] for kind in one if kind in ("byName", "target")}
            if target["type"] == "test":
                self.tests.add(name)
        self._all_needs = {name: self._closure(name, needs) for name in needs}

    @staticmethod
    def _closure(name, needs):
        found, open_ones = set(), [name]
        while open_ones:
            if (one := open_ones.pop()) not in found:
                found.add(one)
                open_ones += needs.get(one, ())
        return found

    @classmethod
    def of_this_tree(cls):
        done = subprocess.run(["swift", "package", "dump-package"], cwd=ROOT, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"swift package dump-package: {done.stderr.strip()}")
        return cls(json.loads(done.stdout))

    def tests_of(self, path):
        """Test targets that see a change of this file."""
        changed = {name for name, folder in self.folders.items() if path.startswith(folder)}
        return {test for test in self.tests if self._all_needs[test] & changed}


class Changes:
    """The table."""

    def __init__(self, package, text=None):
        self.package = package
        table = tomllib.loads(TABLE.read_text() if text is None else text)
        self.every, self.rows = table["every"], table["change"]

    @staticmethod
    def is_in(path, row):
        return any(fnmatch.fnmatchcase(path, pattern + "*" if pattern.endswith("/") else pattern) for pattern in row["paths"])

    def need(self, paths):
        """What these changed files need together; nothing where there are none."""
        need = Need()
        if not paths:
            return need
        need.stages |= set(self.every["stages"])
        need.tests |= set(self.every["tests"])
        for path in paths:
            rows = [row for row in self.rows if self.is_in(path, row)]
            if not rows:
                need.unknown.append(path)
            need.is_everything = need.is_everything or not rows
            for row in rows:
                need.is_everything = need.is_everything or ALL in row["stages"]
                need.stages |= set(row["stages"]) - {ALL}
                need.tests |= set(row.get("tests", []))
                need.soak |= set(row.get("soak", []))
            need.tests |= self.package.tests_of(path)
        return need


def changed_files(base, root=ROOT):
    """Files that differ from where this branch left `base`, or that git does not track and does not ignore. Of a file that moved, both names."""
    def git(*words):
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"git {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    fork = git("merge-base", base, "HEAD").strip()
    listed = git("diff", "-z", "--name-only", "--no-renames", fork) + git("ls-files", "-z", "--others", "--exclude-standard")
    return sorted(set(listed.split("\0")) - {""})


def page_table(table):
    """The rows that have words, in Markdown."""
    lines = ["| when you change | `Tests/run --changed` runs beside lint and the Swift tests that see it | before a release also |",
             "| --- | --- | --- |"]
    for row in table["change"]:
        if "what" in row:
            stages = "everything" if ALL in row["stages"] else ", ".join(sorted(row["stages"])) or "nothing"
            lines.append(f"| {row['what']} | {stages} | {', '.join(f'`make {part}`' for part in row.get('soak', []))} |")
    return lines


def main(words):
    if words not in (["--write-docs"], ["--check-docs"]):
        return __doc__
    page = PAGE.read_text()
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    made = "\n".join([head + BEGIN, "", *page_table(tomllib.loads(TABLE.read_text())), "", END]) + tail
    if words == ["--write-docs"]:
        PAGE.write_text(made)
    elif made != page:
        return "the table of docs/HACKING.md is not that of Tests/support/changes.toml: run Tests/support/changes.py --write-docs"
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
