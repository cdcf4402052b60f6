"""Updates from signed files on a bare Debian with a real systemd: good, broken, cut off. The tests go on from one another, in this order."""

import json

import pytest

from bare import BareMachine
from hall_site import UNIT, Site
from testkit.waiting import eventually
from variants import BROKEN, SIGNATURE, TOO_NEW, Keys, variant

FOLDER = "/var/lib/yichuang-update"
# The script that replaces the daemon fails at once, so that no test waits for a minute.
QUICK = ("--now", "--gate-seconds", "15", "--json")


class Updates:
    def __init__(self, site, package, folder):
        self.site, self.machine, self.folder = site, site.machine, folder
        self.package, self.keys = package, Keys(folder)

    def deliver(self, version, signed=True, **how):
        """A package of this version with its signature, on the machine."""
        file = variant(self.package, self.folder, version, **how)
        if signed:
            self.keys.sign(file)
            self.machine.take(file.with_name(file.name + SIGNATURE))
        path = self.machine.take(file)
        file.unlink()
        return path

    def update(self, *words):
        done = self.machine.run("yichuangctl", "update", *words)
        answer = json.loads(done.stdout)
        assert answer["status"] == done.returncode
        return answer

    def phase(self):
        try:
            return json.loads((self.machine.layer / FOLDER.lstrip("/") / "phase").read_text())["phase"]
        except FileNotFoundError:
            return None

    def version(self):
        return self.machine.run("dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Version}", "yichuang").stdout.replace(" ", "")

    def next_number(self):
        """Of the page that held the kiosk before."""
        eventually("the hall answers", lambda: self.machine.run("yichuangctl", "status").returncode == 0)
        return self.site.number()


@pytest.fixture(scope="module")
def updates(package, tmp_path_factory):
    with BareMachine() as machine:
        machine.apt("update")
        site = Site(machine)
        updates = Updates(site, package, tmp_path_factory.mktemp("update"))
        machine.apt("install", machine.take(package))
        site.configure()
        wants = machine.layer / "etc/systemd/system/trial.target.wants"
        # A boot starts what the package enabled for it.
        machine.run("mkdir", "-p", "/etc/systemd/system/trial.target.wants", check=True)
        for unit in ("yichuang-update-resume.service", UNIT, "yichuang-update-finish.service"):
            assert machine.run("systemctl", "is-enabled", unit).stdout.strip() == "enabled"
            machine.run("ln", "-s", f"/lib/systemd/system/{unit}", f"/etc/systemd/system/{wants.name}/", check=True)
        site.open()
        assert site.number() == "A001"
        yield updates


@pytest.fixture(scope="module")
def previous(updates):
    """The package of the version that is installed first, with its signature."""
    file = updates.folder / updates.package.name
    file.write_bytes(updates.package.read_bytes())
    updates.keys.sign(file)
    updates.machine.take(file.with_name(file.name + SIGNATURE))
    path = updates.machine.take(file)
    file.unlink()
    return path


def refused(updates, *words):
    """Nothing may change: the version, the daemon that runs, the numbers."""
    before = updates.version(), updates.machine.property("MainPID"), updates.phase()
    answer = updates.update(*words)
    assert answer["status"] == 1, answer
    assert (updates.version(), updates.machine.property("MainPID"), updates.phase()) == before
    return answer["sentence"]


def test_update_is_refused_without_a_key_a_signature_or_with_a_wrong_one(updates):
    machine = updates.machine
    good = updates.deliver("99.0")
    answer = updates.update(good, *QUICK)
    assert answer["status"] == 78 and "there is no public key in /etc/yichuang/update.d" in answer["sentence"]
    key = machine.take(updates.keys.public)
    machine.run("install", "-m", "0644", key, "/etc/yichuang/update.d/maker.pub", check=True)
    unsigned = updates.deliver("98.0", signed=False)
    assert "has no signature beside it" in refused(updates, unsigned, *QUICK)
    machine.run("cp", f"{good}{SIGNATURE}", f"{unsigned}{SIGNATURE}", check=True)
    assert "the file was changed" in refused(updates, unsigned, *QUICK)


def test_update_is_refused_for_another_architecture_an_older_version_and_what_is_no_package(updates, previous):
    assert "is for s390x, and this machine is amd64" in refused(updates, updates.deliver("97.0", architecture="s390x"), *QUICK)
    assert "is older than" in refused(updates, updates.deliver("0.1"), *QUICK)
    assert "is installed already" in refused(updates, previous, *QUICK)
    answer = updates.update("/packages", *QUICK)
    assert answer["status"] == 64 and "is no file" in answer["sentence"]


def test_update_is_refused_while_the_day_is_open_on_a_full_disk_and_without_a_way_back(updates, previous):
    machine = updates.machine
    good = "/packages/yichuang_99.0_amd64.deb"
    machine.run("mv", previous, "/packages/elsewhere.deb", check=True)
    assert "there would be no way back" in refused(updates, good, *QUICK)
    machine.run("mv", "/packages/elsewhere.deb", previous, check=True)
    assert "is open, and an update restarts the hall" in refused(updates, good, "--previous", previous, "--json")
    machine.run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", FOLDER, check=True)
    answer = updates.update(good, "--previous", previous, *QUICK)
    machine.run("umount", FOLDER, check=True)
    assert answer["status"] == 74 and "make room there first" in answer["sentence"]
    assert updates.site.number() == "A002"


def test_update_that_fills_the_disk_half_way_is_put_back_and_the_hall_goes_on(updates, previous):
    machine, share = updates.machine, "/usr/share/yichuang"
    daemon, used = machine.property("MainPID"), int(machine.run("du", "-sk", share, check=True).stdout.split()[0])
    machine.run("cp", "-a", share, "/packages/share", check=True)
    machine.run("mount", "-t", "tmpfs", "-o", f"size={used + 256}k,mode=0755", "tmpfs", share, check=True)
    machine.run("cp", "-a", "/packages/share/.", share, check=True)
    answer = updates.update("/packages/yichuang_99.0_amd64.deb", "--previous", previous, *QUICK)
    machine.run("umount", "-l", share, check=True)
    assert answer["phase"] == "rolledBack" and "the disk became full" in answer["reason"], answer
    # Nobody noticed: it is the same daemon.
    assert (updates.version(), machine.property("MainPID")) == (f"ii{answer['from']}", daemon)


def test_update_that_is_good_stays_and_numbers_go_on(updates, previous):
    answer = updates.update("/packages/yichuang_99.0_amd64.deb", "--previous", previous, *QUICK)
    assert answer["status"] == 0 and answer["phase"] == "good", answer
    assert updates.version() == "ii99.0"
    assert updates.site.number() == "A003"


def test_update_back_returns_to_the_version_from_before_and_forth_again(updates):
    first, last = updates.version(), updates.machine.property("MainPID")
    answer = updates.update("back", *QUICK)
    assert answer["status"] == 0 and answer["to"] == updates.version().removeprefix("ii") != first, answer
    assert updates.machine.property("MainPID") != last
    assert updates.update("back", *QUICK)["to"] == "99.0"
    assert updates.site.number() == "A004"


def test_update_that_is_refused_leaves_the_way_back(updates):
    """With the day open and with a wrong package to go back to."""
    kept = updates.machine.run("sha256sum", f"{FOLDER}/previous.deb").stdout
    newer = updates.deliver("99.5")
    refused(updates, newer, "--json")
    refused(updates, newer, "--previous", newer, *QUICK)
    refused(updates, "back", "--json")
    assert updates.machine.run("sha256sum", f"{FOLDER}/previous.deb").stdout == kept
    assert updates.machine.run("test", "-e", f"{FOLDER}/next.deb").returncode != 0


def test_update_to_a_daemon_that_does_not_open_comes_back_by_itself(updates):
    answer = updates.update(updates.deliver("100.0", daemon=BROKEN), *QUICK)
    assert answer["status"] == 1 and answer["phase"] == "rolledBack" and "its daemon does not run" in answer["reason"], answer
    assert updates.version() == "ii99.0"
    assert updates.next_number() == "A005"


def test_update_that_leaves_a_journal_which_the_old_version_cannot_read_brings_the_copy_back(updates):
    answer = updates.update(updates.deliver("101.0", daemon=TOO_NEW), *QUICK)
    assert answer["status"] == 1 and answer["phase"] == "rolledBack", answer
    assert updates.version() == "ii99.0"
    # Above every number that may be out; the journal that was replaced is kept.
    assert int(updates.next_number()[1:]) > 5
    assert "journal.sqlite.replaced-1" in updates.machine.run("ls", "/var/lib/yichuang").stdout


def writing_files(updates):
    """The package manager installs the files."""
    return updates.phase() == "installing" and any((updates.machine.layer / "usr/bin").glob("yichuang*.dpkg-new"))


def configuring(updates):
    return updates.phase() == "installing" and updates.version() in ("iU102.0", "iF102.0")


def watching(updates):
    return updates.phase() == "gating"


def test_update_whose_package_manager_is_killed_comes_back_by_itself(updates):
    path = updates.deliver("102.0")
    tool = updates.machine.start("yichuangctl", "update", path, *QUICK)
    eventually("dpkg writes", lambda: writing_files(updates), pause=0.002)
    updates.machine.run("sh", "-c", "for p in /proc/[0-9]*; do read -r name <$p/comm; case $name in dpkg|apt-get) kill -9 ${p#/proc/};; esac; done")
    said, _ = tool.communicate()
    assert json.loads(said)["phase"] == "rolledBack", said
    assert updates.version() == "ii99.0"
    before = updates.next_number()
    assert int(before[1:]) > 5


@pytest.mark.parametrize("moment", [writing_files, configuring, watching])
def test_update_that_loses_power_is_taken_back_by_the_boot(updates, moment):
    machine = updates.machine
    number = int(updates.next_number()[1:])
    # Watched for long: the broken daemon keeps the gate waiting until the power goes.
    path = updates.deliver("102.0", daemon=BROKEN if moment is watching else None)
    updates.machine.start("yichuangctl", "update", path, "--now", "--json")
    eventually("the moment", lambda: moment(updates), pause=0.002)
    machine.cut_and_boot()
    eventually("the boot ends it", lambda: updates.phase() == "rolledBack")
    # Before the daemon: files only, by the unit that needs nothing of the hall's.
    assert "Unpacking yichuang" in machine.log("yichuang-update-resume.service")
    assert updates.version() == "ii99.0"
    assert machine.property("ActiveState") == "active"
    assert int(updates.next_number()[1:]) == number + 1
    assert json.loads(machine.run("yichuangctl", "update", "status", "--json").stdout)["phase"] == "rolledBack"
