"""What an IT person does with the package, on a bare Debian. The tests go on from one another, in this order."""

import subprocess

import pytest

from bare import BareMachine
from hall_site import UNIT, Site


@pytest.fixture(scope="session")
def site():
    with BareMachine() as machine:
        machine.apt("update")
        yield Site(machine)


def status_of(machine):
    return machine.run("dpkg-query", "-W", "-f", "${db:Status-Abbrev}", "yichuang").stdout.strip()


def test_it_installs_with_debians_packages_alone_and_waits_for_a_configuration(site, package):
    machine = site.machine
    machine.apt("install", machine.take(package))
    assert status_of(machine) == "ii"
    assert machine.property("ActiveState") == "inactive" and machine.property("UnitFileState") == "enabled"
    # Every library is found on a machine without Swift, and none is there for nothing.
    programs = ["/usr/bin/yichuangd", "/usr/bin/yichuangctl", "/usr/bin/yichuang-readerd", "/usr/lib/cups/backend/yichuang-pos"]
    linked = machine.run("ldd", *programs, check=True).stdout
    assert "not found" not in linked
    shipped = set(machine.run("sh", "-c", "cd /usr/lib/yichuang && ls *.so", check=True).stdout.split())
    assert shipped == {line.split()[0] for line in linked.splitlines() if "=> /usr/lib/yichuang/" in line}
    assert machine.run("/usr/bin/yichuangctl", "--help").returncode == 0


def test_a_configured_hall_gives_numbers(site):
    machine = site.machine
    site.configure()
    assert machine.run("stat", "-c", "%U %G %a", "/etc/yichuang/credentials").stdout.strip() == "root root 700"
    site.open()
    assert site.number() == "A001"


def test_an_upgrade_keeps_the_day_the_pages_and_what_was_changed_by_hand(site, next_package):
    machine, before = site.machine, site.machine.property("MainPID")
    machine.run("sh", "-c", "echo '# ours' >> /etc/cups/yichuang/cupsd.conf", check=True)
    machine.apt("install", machine.take(next_package))
    assert status_of(machine) == "ii"
    assert machine.property("ActiveState") == "active" and machine.property("MainPID") != before
    # The page that held the kiosk still does.
    assert site.number() == "A002"
    assert machine.read("/etc/cups/yichuang/cupsd.conf").endswith("# ours\n")


def test_a_package_of_another_architecture_is_refused_in_a_sentence(site, package, tmp_path):
    tree = tmp_path / "tree"
    subprocess.run(["dpkg-deb", "-R", package, tree], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(control.read_text().replace("Architecture: amd64", "Architecture: s390x"))
    other = tmp_path / "yichuang_s390x.deb"
    subprocess.run(["dpkg-deb", "-Znone", "-b", tree, other], check=True, stdout=subprocess.DEVNULL)
    done = site.machine.run("dpkg", "-i", site.machine.take(other))
    assert done.returncode != 0 and "does not match system" in done.stderr
    assert site.number() == "A003"


def test_a_removed_package_leaves_the_journal_and_goes_on_when_it_is_back(site, next_package):
    machine = site.machine
    machine.apt("remove", "yichuang")
    assert machine.property("ActiveState") == "inactive"
    machine.run("test", "-s", "/var/lib/yichuang/journal.sqlite", check=True)
    machine.apt("install", machine.take(next_package))
    machine.systemctl("start", UNIT)
    assert site.number() == "A004"


def test_a_purge_keeps_the_journal_unless_somebody_says_otherwise(site, next_package):
    machine = site.machine
    machine.apt("purge", "yichuang")
    machine.run("test", "-s", "/var/lib/yichuang/journal.sqlite", check=True)
    machine.run("test", "-s", "/etc/yichuang/yichuang.yaml", check=True)
    machine.apt("install", machine.take(next_package))
    machine.apt("purge", "yichuang", answers="yichuang yichuang/remove-journal boolean true")
    for path in ("/var/lib/yichuang", "/etc/yichuang", "/var/cache/yichuang", "/usr/bin/yichuangd"):
        assert machine.run("test", "-e", path).returncode != 0, path


def test_after_a_purge_the_machine_is_a_new_hall(site, next_package):
    machine = site.machine
    machine.apt("install", machine.take(next_package))
    test_a_configured_hall_gives_numbers(site)
