"""Goal: an archive contains a whole hall, and a fault of a target never loses an existing archive. Method: the real daemon and tool,
Debian's age and tar, folders and disks of the tests' own."""

import contextlib
import datetime
import json
import pathlib
import stat
import subprocess

from loop_disk import Disk, run
from testkit.demo_hall import DemoHall
from testkit.hall import Hall
from testkit.waiting import eventually


def archives(folder):
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(".tar.age"))


def complaint(done):
    """The one sentence of a tool that failed; the JSON is on standard output."""
    assert done.returncode != 0
    return json.loads(done.stdout)["sentence"]


def take(hall, count):
    return [eventually("a number is given", lambda: one_number(hall)) for _ in range(count)]


def one_number(hall):
    """None while the slips of an earlier run are looked up."""
    status, ticket, _ = hall.take(kiosk="kiosk-1")
    if status == 503 and ticket["code"] == "reconciling_prints":
        return None
    assert status == 201, ticket
    return ticket["number"]


def test_a_copy_goes_to_any_folder_while_the_hall_is_open(office):
    target = office.folder / "elsewhere" / "copy"
    target.parent.mkdir()
    take(office.hall, 2)
    done = office.ctl("backup", target)
    assert done.returncode == 0, done.stderr
    assert str(target) in done.stdout and "backups/" not in done.stdout
    head = pathlib.Path(f"{target}.head").read_text().strip()
    assert office.ctl("verify", target, "--head", head).returncode == 0
    assert not list((office.state / "backups").glob("copy-*"))
    assert "exists already" in office.ctl("backup", target).stderr
    missing = office.ctl("backup", office.folder / "nowhere" / "copy")
    assert missing.returncode != 0 and "nowhere" in missing.stderr


def test_an_archive_restores_a_hall_on_another_machine(office):
    office.settings(f"folder: {office.folder}/stick")
    (office.folder / "stick").mkdir()
    before = take(office.hall, 3)
    status, notice, _ = office.hall.request(
        office.hall.kiosk, "POST", "/v1/notices", {"kiosk": "kiosk-1", "item": "RS-004"})
    assert status == 201, notice
    made = office.made()
    # What the copy does not know.
    after = take(office.hall, 2)
    office.hall.kill()

    archive = office.folder / "stick" / made["archive"]
    # Beside it, for everybody at the target: its digest, and a head that the hall's journal has to have.
    beside = archive.with_name(archive.name + ".sha256")
    assert subprocess.run(["sha256sum", "--check", "--strict", beside.name], cwd=beside.parent, capture_output=True).returncode == 0
    head = beside.read_text().splitlines()[1].removeprefix("# head ")
    assert office.ctl("verify", "--head", head).returncode == 0
    other = head[:-1] + ("A" if head[-1] != "A" else "B")
    assert office.ctl("verify", "--head", other).returncode != 0
    there = office.folder / "there"
    there.mkdir()
    state = there / "state"
    restored = office.ctl(
        "restore", archive, "--key", office.key, "--settings", there / "etc" / "backup.yaml", "--printing", there / "cups", state=state)
    assert restored.returncode == 0, restored.stderr
    assert (there / "etc" / "yichuang.yaml").read_text() == "# a configuration\n"
    assert (there / "etc" / "tls" / "hall.pem").exists() and (there / "cups" / "printers.conf").exists()
    assert (state / "hall.key").read_bytes() == (office.state / "hall.key").read_bytes()
    with DemoHall(state=state) as hall:
        # 503 while the slips of the old machine are looked up, then 409.
        assert hall.take(kiosk="kiosk-1")[0] in (409, 503), "nothing is issued before staff accept"
        assert office.ctl("accept-journal", state=state).returncode == 0
        later = take(hall, 2)
        # Below 1000 only what a hall may have given before.
        assert later[0].endswith("1001"), later
        assert not set(later) & set(before + after)
        found = hall.request(hall.hall, "GET", f"/v1/notices/{notice['id']}", cookie=hall.sign_in("AJ100"))
        assert found[0] == 200, found


def test_numbers_go_on_without_a_jump_where_staff_know_that_none_was_given_since(office):
    office.settings(f"folder: {office.folder}")
    before = take(office.hall, 3)
    made = office.made()
    office.hall.stop()
    state = office.folder / "there"
    etc = office.folder / "etc2" / "backup.yaml"
    assert office.ctl("restore", office.folder / made["archive"], "--key", office.key, "--settings", etc,
                      "--printing", office.folder / "cups2", state=state).returncode == 0
    with DemoHall(state=state) as hall:
        done = office.ctl("accept-journal", "--none-since", state=state)
        assert done.returncode == 0, done.stderr
        [number] = take(hall, 1)
        assert int(number[1:]) == int(before[-1][1:]) + 1
    # On the original machine nothing needs to be confirmed.
    with DemoHall(state=office.state) as hall:
        assert office.ctl("accept-journal", "--none-since").returncode == 0
        assert "nothing to accept" in office.ctl("accept-journal").stdout


def test_a_second_restore_on_one_day_begins_above_the_first(office):
    office.settings(f"folder: {office.folder}")
    take(office.hall, 1)
    seen = set()
    state, archive = office.state, office.made()["archive"]
    hall = office.hall
    for floor in (1000, 2000):
        seen |= set(take(hall, 1))
        hall.stop()
        state = office.folder / f"machine-{floor}"
        assert office.ctl("restore", office.folder / archive, "--key", office.key, "--settings", office.folder / "e" / "backup.yaml",
                          "--printing", office.folder / "c", state=state).returncode == 0
        hall = DemoHall(state=state).start()
        try:
            assert office.ctl("accept-journal", state=state).returncode == 0
            [number] = take(hall, 1)
            assert int(number[1:]) == floor + 1 and number not in seen
            seen.add(number)
            archive = office.made(state=state)["archive"]
        finally:
            if floor == 2000:
                hall.stop()


def test_a_restore_into_a_hall_that_only_started_once_is_noticed(office):
    """The empty hall's own checkpoint says nothing about the journal that is put beside it."""
    take(office.hall, 2)
    copy = office.folder / "copy"
    assert office.ctl("backup", copy).returncode == 0
    # A folder as a first start leaves it, and the same hall's key.
    state = office.folder / "fresh"
    state.mkdir(mode=0o700)
    (state / "hall.key").write_bytes((office.state / "hall.key").read_bytes())
    (state / "hall.key").chmod(0o600)
    with DemoHall(state=state) as hall:
        assert hall.process.poll() is None
    done = office.ctl("restore", copy, "--force", state=state)
    assert done.returncode == 0, done.stderr
    with DemoHall(state=state):
        assert "awaiting_staff" in office.ctl("status", state=state).stdout


def test_a_folder_is_made_and_one_on_the_halls_own_disk_is_warned_about(office, disks):
    near = office.folder / "made" / "a"
    office.settings(f"folder: {near}")
    done = office.backup("run", "--printing", office.printing)
    assert done.returncode == 0 and f"! folder {near} is on the hall's own disk" in done.stdout, done.stdout + done.stderr
    assert stat.S_IMODE(near.stat().st_mode) == 0o700 and stat.S_IMODE(near.parent.stat().st_mode) == 0o755
    assert "和账本在同一块盘上" in office.backup("list", language="zh_CN.UTF-8").stdout
    # A second disk beside it: each is still named for what it is, and the hall is safe.
    with Disk(office.folder, "far", megabytes=24) as far:
        office.settings(f"folder: {near}", f"folder: {far.mount}/archives")
        told = office.made()
        assert told["shares_disk"] == [f"folder {near}"] and len(told["targets"]) == 2
    # What stands in the way of a folder is said.
    (office.folder / "file").write_text("")
    office.settings(f"folder: {office.folder}/file/a")
    done = office.run()
    assert done.returncode != 0 and "file/a" in done.stdout, done.stdout


def test_consoles_say_when_every_archive_is_on_the_halls_own_disk(office, disks):
    with contextlib.closing(Hall(lambda settings: None)) as hall, Disk(office.folder, "far", megabytes=24) as far:
        cases = {True: [f"folder: {office.folder}/near"], False: [f"folder: {office.folder}/near", f"folder: {far.mount}/a"]}
        for is_on_one, targets in cases.items():
            office.settings(*targets)
            (hall.configuration.parent / "backup.yaml").write_text((office.etc / "backup.yaml").read_text())
            done = office.ctl("backup", "run", "--settings", hall.configuration.parent / "backup.yaml", "--printing", office.printing, state=hall.state)
            assert done.returncode == 0, done.stderr
            # It looks once a minute, and when it starts.
            hall.stop()
            hall.start()
            eventually(f"on one disk: {is_on_one}", lambda: ("backup_on_one_disk" in office.ctl("status", state=hall.state).stdout) == is_on_one)


def open_case(hall, cookie):
    # Nobody's: the region 000000 is none.
    status, made, _ = hall.request(hall.hall, "POST", "/v1/cases", {
        "item": "MZ-006", "applicant": {"name": "测试甲", "number": "000000190001010017"}, "situations": []}, cookie=cookie)
    assert status == 201, made
    return made["id"]


def test_the_keys_of_cases_lie_beside_the_archives_and_bring_back_whose_cases_are(office):
    target = office.folder / "a"
    office.settings(f"folder: {target}")
    cookie = office.hall.sign_in("AJ100")
    case = open_case(office.hall, cookie)
    name = office.made()["archive"]
    [keys] = [path for path in target.iterdir() if path.name.endswith("case-keys.tar.age")]
    # No archive has them, and one file replaces the other.
    opened = subprocess.run(f"age -d -i {office.key} {target / name} | tar -t", shell=True, capture_output=True, text=True, check=True).stdout
    assert "hall.key" in opened and "case-" not in opened
    name = office.made()["archive"]
    assert [path.name for path in target.iterdir() if "case-keys" in path.name and path.suffix == ".age"] == [keys.name]
    office.hall.stop()
    state = office.folder / "there"
    etc = office.folder / "etc2" / "backup.yaml"
    assert office.ctl("restore", target / name, "--key", office.key, "--settings", etc, "--printing", office.folder / "cups2", state=state).returncode == 0
    with DemoHall(state=state) as hall:
        assert office.ctl("accept-journal", state=state).returncode == 0
        cookie = hall.sign_in("AJ100")
        assert hall.request(hall.hall, "GET", f"/v1/cases/{case}", cookie=cookie)[1]["name"] is None
        # While the hall is open, and a second time without effect.
        for back in ("1 keys of cases are back", "0 keys of cases are back"):
            done = office.ctl("restore", keys, "--key", office.key, state=state)
            assert done.returncode == 0 and back in done.stdout, done.stdout + done.stderr
        assert hall.request(hall.hall, "GET", f"/v1/cases/{case}", cookie=cookie)[1]["name"] == "测*甲"
    [key] = (office.state / "keys").glob("case-*.key")
    # Another key of the same half-year seals what this hall takes: it stays.
    other = office.folder / "other"
    (other / "keys").mkdir(parents=True)
    (other / "keys" / key.name).write_bytes(b"x" * 32)
    done = office.ctl("restore", keys, "--key", office.key, state=other)
    assert done.returncode != 0 and key.name in done.stderr, done.stdout + done.stderr
    assert (other / "keys" / key.name).read_bytes() == b"x" * 32
    # What the hall has destroyed is nowhere after the next night.
    key.unlink()
    office.made()
    assert not [path for path in target.iterdir() if "case-keys" in path.name]


def test_drills(office):
    office.settings(f"folder: {office.folder}/a")
    (office.folder / "a").mkdir()
    last = take(office.hall, 2)[-1]
    name = office.made()["archive"]
    archive = office.folder / "a" / name
    done = office.backup("drill")
    assert done.returncode == 0 and "Not proved, because only the office's key opens them" in done.stdout
    assert "没有证明" in office.backup("drill", language="zh_CN.UTF-8").stdout
    done = office.backup("drill", archive, "--key", office.key, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0 and last in told["last"] and told["opened"], told
    assert f"{last[0]}{int(last[1:]) + 1:03}" in told["next"]
    assert not (office.work / "work").exists()
    # Every byte counts: near the beginning, in the middle, at the end, and a shorter one.
    whole = archive.read_bytes()
    for damaged in (whole[:250] + bytes([whole[250] ^ 1]) + whole[251:], whole[:-1] + bytes([whole[-1] ^ 1]), whole[:-5000],
                    whole[: len(whole) // 2] + b"\0" * 9 + whole[len(whole) // 2 + 9:]):
        archive.write_bytes(damaged)
        assert office.backup("drill").returncode == 65
        assert office.backup("drill", archive, "--key", office.key).returncode == 65
        (archive.parent / f"{name}.sha256").rename(office.folder / "digest")
        opened = office.backup("drill", archive, "--key", office.key)
        assert opened.returncode == 65 and "damaged" in opened.stderr, opened.stderr
        (office.folder / "digest").rename(archive.parent / f"{name}.sha256")
    archive.write_bytes(whole)
    other = office.folder / "other.key"
    office.ctl("backup", "keygen", other)
    assert "does not open" in office.backup("drill", archive, "--key", other).stderr
    assert "打不开" in office.backup("drill", archive, "--key", other, language="zh_CN.UTF-8").stderr


def test_an_archive_that_was_put_together_elsewhere_is_refused(office):
    """Anybody with the public key can make an archive that decrypts: its manifest has to match its files, and no path may leave the folder."""
    office.settings(f"folder: {office.folder}")
    take(office.hall, 1)
    archive = office.folder / office.made()["archive"]
    tree = office.folder / "tree"
    tree.mkdir()
    plain = office.folder / "plain.tar"
    run("age", "-d", "-i", office.key, "-o", plain, archive)
    run("tar", "-xf", plain, "-C", tree)
    (tree / "etc" / "more.yaml").write_text("not in the manifest\n")
    run("tar", "-cf", plain, "-C", tree, ".")
    assert "more.yaml is not as its manifest says" in office.backup("drill", plain).stderr
    (tree / "etc" / "more.yaml").unlink()
    (tree / "etc" / "link").symlink_to("/etc/passwd")
    run("tar", "-cf", plain, "-C", tree, ".")
    assert "link is no plain file" in office.backup("drill", plain).stderr
    (tree / "etc" / "link").unlink()
    run("tar", "-cf", plain, "-C", tree, ".")
    assert office.backup("drill", plain).returncode == 0, "the control: unpacked and packed again it is whole"


def test_old_archives_go_only_after_a_new_one_is_there(office, disks):
    with Disk(office.folder, "stick", megabytes=24) as stick:
        office.settings(f"folder: {stick.mount}", keep="{daily: 1, weekly: 1, monthly: 1}")
        first = office.made()["archive"]
        filler = stick.mount / "filler"
        with open(filler, "wb", buffering=0) as file:
            for size in (1 << 20, 4096, 512):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue
        for _ in range(2):
            assert "is full" in complaint(office.run())
            assert archives(stick.mount) == [first] and office.backup("drill").returncode == 0
        assert not list(stick.mount.glob("*.partial"))
        filler.unlink()
        # An archive is named by its second; one of the same second replaces the other.
        eventually("another second", lambda: f"{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%S}" not in first)
        second = office.made()["archive"]
        assert archives(stick.mount) == [second] != [first]


def test_a_stick_that_goes_away_while_it_is_written_is_told(office, disks):
    with Disk(office.folder, "stick", megabytes=24) as stick:
        (office.folder / "other").mkdir()
        office.settings(f"folder: {stick.mount}", f"folder: {office.folder}/other")
        office.made()
        stick.cut()
        done = office.run()
        told = json.loads(done.stdout)
        assert done.returncode == 74 and "went away" in told["sentence"], told
        assert told["targets"] == [f"folder {office.folder}/other"]
        assert archives(office.folder / "other") == [told["archive"]]
        stick.mend()
        assert len(archives(stick.mount)) == 1 and office.made()


def test_a_stick_is_found_by_its_label_and_left_unmounted(office, disks):
    image = office.folder / "stick.img"
    with open(image, "wb") as file:
        file.truncate(40 << 20)
    run("mkfs.ext4", "-q", "-F", "-L", "HALLTEST", image)
    device = subprocess.run(["losetup", "--find", "--show", str(image)], capture_output=True, text=True, check=True).stdout.strip()
    try:
        office.settings("stick: HALLTEST")
        made = office.made()
        assert device not in pathlib.Path("/proc/mounts").read_text()
        assert made["archive"] in office.backup("list").stdout
        assert office.backup("drill").returncode == 0
        office.settings("stick: NOTHERE")
        assert "cannot be mounted" in complaint(office.run())
    finally:
        subprocess.run(["losetup", "--detach", device], check=True)


def test_a_hall_that_has_no_room_for_a_copy_goes_on(office):
    office.settings("folder: /proc/nonexistent/yichuang")
    assert "is not there and cannot be made" in complaint(office.run())
    assert office.hall.take(kiosk="kiosk-1")[0] == 201
    (office.etc / "backup.yaml").write_text("recipient: nobody\ntargets: [{folder: here}]\n")
    told = complaint(office.run())
    assert "backup.yaml:1" in told and "backup.yaml:2" in told
    (office.etc / "backup.yaml").unlink()
    assert "copy /usr/share/doc/yichuang/examples/backup.yaml" in complaint(office.run())


def test_sftp(office, sftp_server):
    office.settings(f"sftp: {sftp_server.account}:{sftp_server.folder}\n    port: {sftp_server.port}",
                    keep="{daily: 1, weekly: 1, monthly: 1}")
    sftp_server.trust(office.etc)
    first = office.made()["archive"]
    assert archives(sftp_server.folder) == [first]
    assert office.backup("drill").returncode == 0
    done = office.backup("list")
    assert first in done.stdout
    second = office.made()["archive"]
    assert archives(sftp_server.folder) == [second]
    sftp_server.stop()
    assert "does not take the copy" in complaint(office.run())
