"""What the unit files promise, with the daemon they start. The tests go on from one another, in this order."""

import re

import pytest

from connects import Connects
from testkit.example_configuration import BOARD_TOKEN
from testkit.simulated_printer import SimulatedPrinter
from testkit.waiting import eventually

UNIT = "yichuangd.service"


@pytest.fixture(scope="session")
def printer(tmp_path_factory):
    simulated = SimulatedPrinter(tmp_path_factory.mktemp("slips"))
    yield simulated
    simulated.close()


@pytest.fixture(scope="session")
def cookie(installed):
    return lambda: installed.hall.sign_in("AJ001")


def ticket_state(installed, taken):
    status, content, _ = installed.hall.request(installed.hall.kiosk, "GET", f"/v1/tickets/{taken['id']}")
    assert status == 200, content
    return content


def process_status(machine, pid):
    return dict(line.split(":\t", 1) for line in machine.read(f"/proc/{pid}/status").splitlines() if ":\t" in line)


def test_a_configuration_that_is_not_filled_in_is_named_by_line_and_not_tried_again(installed):
    machine = installed.machine
    # Another file's tests may have left it running.
    machine.systemctl("stop", UNIT)
    machine.write("/etc/yichuang/yichuang.yaml", installed.configuration.replace("level: town", "level: city"))
    assert machine.run("systemctl", "start", UNIT).returncode != 0
    assert machine.property("ExecMainStatus") == "78" and machine.property("NRestarts") == "0"
    assert machine.property("ActiveState") == "failed"
    assert re.search(r"/etc/yichuang/yichuang\.yaml:\d+:\d+: .*city", machine.log())
    machine.write("/etc/yichuang/yichuang.yaml", installed.configuration)


def test_it_is_ready_when_the_start_returns(installed):
    machine = installed.machine
    machine.systemctl("start", UNIT)
    # Type=notify: the start returned because the daemon said so, and then it answers.
    assert machine.property("ActiveState") == "active"
    status, hall, _ = installed.hall.request(installed.hall.kiosk, "GET", "/v1/hall")
    assert status == 200 and hall["hall"]["name"] == "安居镇便民服务中心"
    status, page, _ = installed.hall.request(installed.hall.kiosk, "GET", "/touch/?kiosk=kiosk-1")
    assert status == 200 and b"<script" in page


def test_it_runs_as_its_own_user_with_nothing_to_gain(installed):
    machine = installed.machine
    fields = process_status(machine, installed.main_pid())
    # The machine's root reads ids as the machine has them.
    uid = machine.run("id", "-u", "yichuang", check=True).stdout.strip()
    assert fields["Uid"].split() == [uid] * 4 and uid != "0"
    assert int(fields["CapEff"], 16) == int(fields["CapBnd"], 16) == 0
    assert fields["NoNewPrivs"] == "1" and fields["Seccomp"] == "2"
    assert machine.run("stat", "-c", "%U %a", "/var/lib/yichuang").stdout.strip() == "yichuang 700"
    assert machine.run("stat", "-c", "%U %G %a", "/etc/yichuang/yichuang.yaml").stdout.strip() == "root yichuang 640"


def test_the_sandbox_costs_no_word_in_the_log(installed):
    lines = installed.machine.log_of_this_run().splitlines()
    assert lines
    assert [line for line in lines if re.search(r"errno|denied|not permitted|read-only|[Ff]ailed", line)] == []


def test_the_reader_process_runs_inside_the_sandbox_with_less_still(installed):
    machine, hall = installed.machine, installed.hall
    # The kernel keeps fifteen letters of a name.
    reader = int(eventually("the reader process", lambda: machine.run("pgrep", "-x", "yichuang-reader").stdout.strip()))
    fields = process_status(machine, reader)
    assert int(fields["PPid"]) == installed.main_pid()
    assert fields["NoNewPrivs"] == "1" and fields["Seccomp"] == "2"
    # One filter more than the daemon's own.
    own = int(process_status(machine, installed.main_pid())["Seccomp_filters"])
    eventually("its own filter", lambda: int(process_status(machine, reader)["Seccomp_filters"]) > own)
    status, answer, _ = hall.request(hall.kiosk, "GET", "/v1/kiosks/kiosk-1/readers")
    assert (status, answer) == (200, {"readers": [], "card": None})
    faults = hall.request(hall.kiosk, "GET", "/v1/hall")[1]["faults"]
    assert not [fault for fault in faults if fault["code"].startswith("reader_")]


def test_a_slip_comes_out_through_the_machines_own_cups(installed, printer):
    machine, hall = installed.machine, installed.hall
    machine.systemctl("start", "cups.service")
    made = machine.run("yichuangctl", "printer", "setup", "--queue", "kiosk-1", "--device", f"127.0.0.1:{printer.port}",
                       "--model", "epson-tm-t88")
    assert made.returncode == 0, made.stdout + made.stderr
    machine.write("/etc/yichuang/yichuang.yaml", installed.configuration.replace(
        "queue: kiosk-1, model: generic-80", "queue: kiosk-1, model: epson-tm-t88"))
    machine.systemctl("restart", UNIT)
    status, taken, _ = hall.take(kiosk="kiosk-1")
    assert status == 201, taken
    slip = eventually("the slip's end is known", lambda: (
        found if (found := ticket_state(installed, taken)["slip"])["state"] not in ("queued", "printing") else None))
    # E3 needs the backend as lp, the claims folder it shares with the daemon, and the printer's echo.
    assert (slip["state"], slip["evidence"]) == ("printed", "E3"), machine.log() + machine.log("cups.service")
    assert machine.run("stat", "-c", "%U %G %a", "/var/lib/yichuang-pos").stdout.strip() == "root lp 2770"


def test_the_board_is_spoken_to_from_inside_the_sandbox(installed):
    hall = installed.hall
    status, _, answer = hall.request(hall.hall, "GET", f"/board/enter?token={BOARD_TOKEN}")
    assert status == 303
    board = answer.getheader("Set-Cookie").split(";")[0]
    status, sound, _ = hall.request(hall.hall, "GET", "/v1/speech?number=A001&window=3&lang=zh", cookie=board)
    assert status == 200 and sound[:4] == b"RIFF" and len(sound) > 10_000


def test_a_killed_daemon_is_back_with_every_ticket(installed, cookie):
    machine = installed.machine
    before = installed.tickets(cookie())
    assert before
    restarts = int(machine.property("NRestarts"))
    machine.systemctl("kill", "-s", "KILL", UNIT)
    eventually("systemd started it again", lambda: (
        int(machine.property("NRestarts")) > restarts and machine.property("ActiveState") == "active"))
    assert installed.tickets(cookie()) == before
    status, taken, _ = eventually("numbers are given again", lambda: (
        answer if (answer := installed.hall.take(kiosk="kiosk-1"))[0] == 201 else None))
    assert taken["number"] not in before


def restarted(installed, how):
    """What became of the connects to both listeners while the daemon is restarted three times; each time another process answers."""
    machine = installed.machine
    with Connects(installed.hall.kiosk) as kiosk, Connects(installed.hall.hall) as hall:
        for _ in range(3):
            before = machine.property("MainPID")
            seen = kiosk.answered, hall.answered
            how()
            eventually("another daemon is ready", lambda: (
                machine.property("MainPID") not in ("0", before) and machine.property("ActiveState") == "active"))
            eventually("both listeners answer", lambda: kiosk.answered > seen[0] + 20 and hall.answered > seen[1] + 20)
    print(f"answered {kiosk.answered} and {hall.answered}, cut {kiosk.cut} and {hall.cut}, "
          f"refused {kiosk.refused} and {hall.refused}, longest wait {kiosk.longest:.1f} s and {hall.longest:.1f} s")
    return kiosk, hall


def restart(machine):
    machine.systemctl("restart", UNIT)


def kill(machine):
    machine.run("kill", "-KILL", machine.property("MainPID"), check=True)


@pytest.mark.parametrize("how", [restart, kill])
def test_no_connect_is_refused_while_the_daemon_restarts(installed, how):
    for connects in restarted(installed, lambda: how(installed.machine)):
        assert connects.refused == 0 and connects.answered > 60


def drop_in(machine, name, text):
    machine.run("mkdir", "-p", f"/etc/systemd/system/{name}.d", check=True)
    machine.write(f"/etc/systemd/system/{name}.d/test.conf", text)
    machine.systemctl("daemon-reload")


def test_without_the_kept_sockets_the_same_connects_are_refused(installed):
    machine = installed.machine
    drop_in(machine, UNIT, "[Service]\nFileDescriptorStoreMax=0\n")
    # What systemd holds from before is given up by a stop.
    machine.systemctl("stop", UNIT)
    machine.systemctl("start", UNIT)
    assert all(connects.refused > 0 for connects in restarted(installed, lambda: machine.systemctl("restart", UNIT)))


def test_a_socket_unit_lets_connections_wait_for_the_first_start(installed):
    machine, hall = installed.machine, installed.hall
    drop_in(machine, "yichuangd.socket", f"[Socket]\nListenStream=\nListenStream=127.0.0.1:{hall.kiosk}\nListenStream=127.0.0.1:{hall.hall}\n")
    machine.systemctl("stop", UNIT)
    machine.systemctl("start", "yichuangd.socket")
    with Connects(hall.kiosk) as kiosk, Connects(hall.hall) as staff:
        eventually("connections started the daemon", lambda: kiosk.answered > 20 and staff.answered > 20)
    assert kiosk.refused == staff.refused == 0
    # Still without the store, so that the socket unit alone keeps them.
    assert all(connects.refused == 0 for connects in restarted(installed, lambda: machine.systemctl("restart", UNIT)))
    machine.systemctl("stop", "yichuangd.socket", UNIT)
    drop_in(machine, UNIT, "")
    machine.systemctl("start", UNIT)


def test_secrets_may_be_credentials(installed):
    machine, hall = installed.machine, installed.hall
    text = machine.read("/etc/yichuang/yichuang.yaml")
    hashes = dict(re.findall(r"badge: (\w+),.*secret_hash: '([^']+)'", text))
    assert len(hashes) == 2
    changed = re.sub(r"secret_hash: '[^']+'", "secret_hash: 'credential:staff'", text)
    changed = changed.replace(f"token: {BOARD_TOKEN}", "token: 'credential:board'", 1)
    machine.write("/etc/yichuang/yichuang.yaml", changed)
    assert machine.run("yichuangd", "--check").returncode == 78
    # Made by the installation, before anybody has put a secret into it.
    assert machine.run("stat", "-c", "%U %G %a", "/etc/yichuang/credentials").stdout.strip() == "root root 700"
    machine.write("/etc/yichuang/credentials/board", "another-board-token-of-16\n")
    machine.write("/etc/yichuang/credentials/staff", "".join(f"{badge} {value}\n" for badge, value in hashes.items()))
    machine.run("chmod", "600", "/etc/yichuang/credentials/board", "/etc/yichuang/credentials/staff", check=True)
    checked = machine.run("yichuangd", "--check")
    assert checked.returncode == 0, checked.stderr
    drop_in(machine, UNIT, "[Service]\n" + "".join(f"LoadCredential={name}:/etc/yichuang/credentials/{name}\n" for name in ("board", "staff")))
    machine.systemctl("restart", UNIT)
    assert hall.sign_in("AJ001")
    assert hall.request(hall.hall, "GET", "/board/enter?token=another-board-token-of-16")[0] == 303
    machine.write("/etc/yichuang/yichuang.yaml", text)
    drop_in(machine, UNIT, "")
    machine.systemctl("restart", UNIT)


def test_memory_is_taken_back_before_the_daemon_is_ended(installed):
    high, most = (int(installed.machine.property(name)) for name in ("MemoryHigh", "MemoryMax"))
    assert high == 640 << 20 and most == 768 << 20


def test_a_daemon_that_hangs_is_ended_by_the_watchdog_and_comes_back(installed, cookie):
    machine = installed.machine
    before = installed.tickets(cookie())
    hung = installed.main_pid()
    machine.run("kill", "-STOP", str(hung), check=True)
    eventually("another daemon is ready", lambda: (
        machine.property("MainPID") not in ("0", str(hung)) and machine.property("ActiveState") == "active"))
    assert "watchdog" in machine.log().lower()
    assert installed.tickets(cookie()) == before


def test_a_reload_takes_a_change_over_or_keeps_what_was(installed):
    machine, hall = installed.machine, installed.hall

    def address():
        return hall.request(hall.kiosk, "GET", "/v1/hall")[1]["hall"]["address"]

    running = installed.main_pid()
    text = machine.read("/etc/yichuang/yichuang.yaml")
    machine.write("/etc/yichuang/yichuang.yaml", text.replace("address: 重庆市铜梁区安居镇", "address: 安居镇新街1号"))
    machine.systemctl("reload", UNIT)
    eventually("the new address", lambda: address() == "安居镇新街1号")
    machine.write("/etc/yichuang/yichuang.yaml", text.replace("level: town", "level: city"))
    machine.systemctl("reload", UNIT)
    eventually("the reason in the log", lambda: re.search(r"yichuang\.yaml:\d+:\d+: .*city", machine.log().rsplit("新街", 1)[-1]))
    assert address() == "安居镇新街1号" and installed.main_pid() == running
    machine.write("/etc/yichuang/yichuang.yaml", text)


def test_a_stop_is_clean_and_the_next_start_knows_everything(installed, cookie):
    machine = installed.machine
    before = installed.tickets(cookie())
    machine.systemctl("stop", UNIT)
    assert machine.property("Result") == "success" and machine.property("ExecMainStatus") == "0"
    verified = machine.run("yichuangctl", "verify", "--state", "/var/lib/yichuang")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    machine.systemctl("start", UNIT)
    assert installed.tickets(cookie()) == before
