#!/usr/bin/env python3
"""Goal: `Tests/run --changed` runs all that a change can break. Method: a file of each area and what it needs, by the real table and a package
of a few targets; the table against the stages, `make soak` and the files of this tree. Run by Tests/lint."""

import importlib.machinery
import importlib.util
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
from changes import ALL, Changes, Package, changed_files  # noqa: E402


def target(name, folder, *needs, kind="regular"):
    return {"name": name, "path": f"{folder}/{name}", "type": kind, "dependencies": [{"byName": [need, None]} for need in needs]}


PACKAGE = Package({"targets": [
    target("Hall", "Sources"), target("Views", "Sources", "Hall"), target("Settings", "Sources", "Hall"),
    target("PrinterProtocols", "Devices"),
    target("HallTests", "Tests", "Hall", kind="test"), target("ViewsTests", "Tests", "Views", kind="test"),
    target("SettingsTests", "Tests", "Settings", kind="test"), target("HouseTests", "Tests", kind="test"),
    target("PrintersTests", "Tests", "PrinterProtocols", kind="test"),
]})
DURABILITY = {"disk-faults", "durability-kills", "fs-cuts", "syncs"}

# A program without an ending, so it is read by a loader that is told what it is.
loader = importlib.machinery.SourceFileLoader("runner", str(ROOT / "Tests" / "run"))
runner = importlib.util.module_from_spec(importlib.util.spec_from_loader("runner", loader))
loader.exec_module(runner)


class OneFileOfEachArea(unittest.TestCase):
    def need(self, *paths):
        return Changes(PACKAGE).need(paths)

    def needs(self, path, stages, soak=(), tests=()):
        need = self.need(path)
        self.assertFalse(need.is_everything, path)
        self.assertEqual(need.stages, {"lint", *stages}, path)
        self.assertEqual(need.soak, set(soak), path)
        self.assertLessEqual({"HouseTests", *tests}, need.tests, path)

    def test_each_area_has_its_stages(self):
        hall = {"api", "browser", "failover", "print-matrix", "privacy", "shared", "strangers", *DURABILITY}
        python = {*hall, "door", "printing", "readers", "service", "setup"}
        cut = ["test-call-faults", "test-failover", "test-fs-cuts", "test-kills", "test-machine-cuts"]
        proof = [*cut, "test-flood", "test-memory"]
        for path, stages, soak, tests in (
                ("Sources/Hall/Queue/Issue.swift", hall, [*proof, "test-years"], ["HallTests", "ViewsTests", "SettingsTests"]),
                ("Sources/JournalSQLite/Open.swift", {"failover", "privacy", "shared", *DURABILITY}, [*cut, "test-whole-machine", "test-years"], []),
                ("Sources/HallHTTP/Routes/A.swift", {"api", "browser", "door", "privacy", "strangers"}, ["test-flood", "test-memory"], ["HallHTTPTests"]),
                ("docs/openapi.yaml", {"api", "browser", "door", "privacy", "strangers"}, ["test-flood", "test-memory"], ["HallHTTPTests"]),
                ("Sources/Desks/A.swift", {"browser", "print-matrix", "privacy", "readers"}, ["test-flood"], []),
                ("Kiosk/touch/home.js", {"browser", "shared"}, ["test-browser"], ["HallHTTPTests"]),
                ("Sources/SlipRender/A.swift", {"browser", "print-matrix"}, ["test-slips"], []),
                ("packaging/cups/cupsd.conf", {"browser", "print-matrix", "printing", "service"}, ["test-print-matrix"], []),
                ("Devices/PrinterProtocols/A.swift", {"browser", "fuzz", "print-matrix", "printing", "service"},
                 ["fuzz", "test-print-matrix"], ["PrintersTests"]),
                ("Devices/ReaderProtocols/A.swift", {"browser", "fuzz", "privacy", "readers", "service"},
                 ["fuzz", "test-threads", "test-usb-kernel"], []),
                ("Devices/ReadersUSB/A.swift", {"browser", "privacy", "readers", "service"}, ["test-threads", "test-usb-kernel"], []),
                ("packaging/reference/demo.yaml", {"api", "browser", "door", "service", "setup", "strangers"}, [], ["SettingsTests", "HallHTTPTests"]),
                ("Sources/yichuangd/Daemon.swift", python, [*proof, "test-usb-kernel"], []),
                ("systemd/yichuangd.service", {"service"}, ["test-appliance", "test-machine-cuts", "test-memory", "test-usb-kernel", "test-whole-machine"], ["SettingsTests"]),
                ("packaging/door/nginx.conf", {"door", "service"}, ["test-appliance", "test-whole-machine"], []),
                ("docs/DATA.md", set(), [], []),
                ("Tests/support/testkit/hall.py", python, [*proof, "test-usb-kernel"], []),
                ("Tests/browser/test_touch.py", {"browser"}, [], []),
                ("Tests/ViewsTests/A.swift", set(), [], ["ViewsTests"])):
            with self.subTest(path):
                self.needs(path, stages, soak, tests)

    def test_a_test_target_that_sees_nothing_of_a_change_is_left_out(self):
        self.assertEqual(self.need("Sources/Views/A.swift").tests & PACKAGE.tests - {"HallTests"}, {"ViewsTests", "HouseTests"})
        self.assertEqual(self.need("Tests/HallTests/A.swift").tests, {"HallTests", "HouseTests"})

    def test_files_together_need_what_each_needs(self):
        need = self.need("Tests/api/run", "Tests/fuzz/run")
        self.assertEqual((need.stages, need.soak), ({"lint", "api", "fuzz"}, {"fuzz"}))

    def test_what_no_row_knows_needs_everything(self):
        for path in ("Sources/Nowhere/A.swift", "Nowhere/a", "a"):
            need = self.need("docs/DATA.md", path)
            self.assertEqual((need.is_everything, need.unknown), (True, [path]))
        self.assertTrue(self.need("Package.swift").is_everything)

    def test_no_change_needs_nothing(self):
        self.assertEqual(self.need(), type(self.need())())


class TheTable(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.package = Package.of_this_tree()
        cls.changes = Changes(cls.package)

    def test_it_names_stages_tests_and_parts_of_soak_that_there_are(self):
        stages = {stage.name for stage in [*runner.FIRST, *sum(runner.LANES, [])]} - {"build", "shipped", "swift-tests"}
        listed = re.search(r"^soak:\n(.*?)\n\n", (ROOT / "Makefile").read_text(), re.S | re.M)[1]
        soak = set(re.findall(r"\b(?:fuzz|test-[a-z-]+)\b", listed))
        rows = [*self.changes.rows, self.changes.every]
        self.assertEqual({stage for row in rows for stage in row["stages"]} - {ALL}, stages)
        self.assertEqual({part for row in rows for part in row.get("soak", [])}, soak)
        self.assertLessEqual({test for row in rows for test in row.get("tests", [])}, self.package.tests)

    def test_every_file_of_this_tree_is_in_a_row(self):
        files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        self.assertEqual(self.changes.need([file for file in files if file and (ROOT / file).exists()]).unknown, [])

    def test_every_row_is_about_something(self):
        files = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True,
                               check=True).stdout.split("\0")
        idle = [path for row in self.changes.rows for path in row["paths"] if not any(Changes.is_in(file, {"paths": [path]}) for file in files)]
        self.assertEqual(idle, [])


class ChangedFiles(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="yc-changes-")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.git("init", "-q", "-b", "main")
        for name in ("kept", "moved", "edited"):
            (self.root / name).write_text(f"{name}\n" * 20)
        (self.root / ".gitignore").write_text("ignored\n")
        self.commit()

    def git(self, *words):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words], cwd=self.root, check=True, capture_output=True)

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "a")

    def test_the_working_tree_against_its_last_commit(self):
        self.assertEqual(changed_files("HEAD", self.root), [])
        (self.root / "edited").write_text("else")
        (self.root / "moved").rename(self.root / "was moved")
        (self.root / "ignored").write_text("")
        self.assertEqual(changed_files("HEAD", self.root), ["edited", "moved", "was moved"])

    def test_a_branch_since_it_left_another(self):
        self.git("checkout", "-q", "-b", "branch")
        (self.root / "new").write_text("")
        self.commit()
        self.git("checkout", "-q", "main")
        (self.root / "kept").write_text("changed by others")
        self.commit()
        self.git("checkout", "-q", "branch")
        self.assertEqual(changed_files("main", self.root), ["new"])

    def test_a_base_that_is_not_there_is_said(self):
        with self.assertRaises(SystemExit) as said:
            changed_files("nowhere", self.root)
        self.assertIn("nowhere", str(said.exception))


if __name__ == "__main__":
    unittest.main()
