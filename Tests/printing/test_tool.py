"""`yichuangctl printer`, from a new printer to a tested one, with the real cupsd and the real backend."""
import pathlib

import pytest
from testkit.paths import ROOT


@pytest.fixture
def slips(ctl, printer):
    """A queue for the simulated printer, as the operator makes it."""
    answer = ctl("setup", "--queue", "slips", "--device", f"127.0.0.1:{printer.port}", "--model", "epson-tm-t88", "--json")
    assert answer.status == 0, answer.errors
    return answer.fields


def test_setup_makes_a_queue_of_the_backend_with_what_the_model_can_tell(slips, ctl, cups, printer):
    assert slips["path"] == "yichuang_pos" and slips["evidence"] == "E3" and slips["conditions"] == []
    uri = f"yichuang-pos://127.0.0.1:{printer.port}/?model=epson-tm-t88&status=realtime&completion=echo"
    made = cups.written("slips")
    assert made["DeviceURI"] == uri
    assert made["ErrorPolicy"] == "abort-job" and made["Shared"] == "No" and made["State"] == "Idle"
    queues = ctl("list", "--json").fields["queues"]
    assert [(queue["queue"], queue["path"], queue["model"]) for queue in queues] == [
        ("slips", "yichuang_pos", "epson-tm-t88")]
    again = ctl("setup", "--queue", "slips", "--device", f"socket://127.0.0.1:{printer.port}", "--model", "generic-80",
                "--json")
    assert again.status == 0 and again.fields["evidence"] == "E2"
    assert len(ctl("list", "--json").fields["queues"]) == 1


def test_a_dry_run_says_the_command_and_changes_nothing(ctl):
    answer = ctl("setup", "--queue", "kiosk-1", "--device", "/dev/usb/lp0", "--model", "generic-58", "--dry-run", "--json")
    assert answer.status == 0
    assert answer.fields["device_uri"] == "yichuang-pos:/dev/usb/lp0?model=generic-58&status=none&completion=none"
    assert answer.fields["sentence"].startswith("lpadmin -h ")
    assert ctl("list", "--json").fields["queues"] == []


@pytest.mark.parametrize("device, uri", [
    ("192.168.1.50", "yichuang-pos://192.168.1.50/?"), ("slips.hall:9101", "yichuang-pos://slips.hall:9101/?"),
    ("[fd00::7]:9100", "yichuang-pos://[fd00::7]:9100/?"),
    ("/dev/ttyS0?baud=38400&flow=rtscts", "yichuang-pos:/dev/ttyS0?baud=38400&flow=rtscts&"),
    ("yichuang-pos://h/?confirm=40&completion=none", "yichuang-pos://h/?confirm=40&completion=none&"),
])
def test_addresses_as_people_write_them(ctl, device, uri):
    answer = ctl("setup", "--queue", "q", "--device", device, "--model", "epson-tm-t88", "--dry-run", "--json")
    assert answer.status == 0, answer.errors
    assert answer.fields["device_uri"].startswith(uri)
    assert answer.fields["device_uri"].count("completion=") == 1


@pytest.mark.parametrize("words, says", [
    (("--device", "/etc/passwd", "--model", "generic-80"), "no device under /dev"),
    (("--device", "/dev/../etc/passwd", "--model", "generic-80"), "no device under /dev"),
    (("--device", "h:99999", "--model", "generic-80"), "no port"),
    (("--device", "h/?speed=9", "--model", "generic-80"), "unknown option"),
    (("--device", "a b", "--model", "generic-80"), "blanks"),
    (("--device", "h", "--model", "epson-lq"), "there are: epson-tm-t88, generic-58, generic-80, ipp-a4, ipp-roll"),
])
def test_what_is_no_address_or_no_model_is_refused_before_anything_is_done(ctl, words, says):
    answer = ctl("setup", "--queue", "q", *words)
    assert answer.status == 64 and says in answer.errors, answer.errors
    assert ctl("list", "--json").fields["queues"] == []


def test_names_that_cups_or_a_shell_would_misread_are_refused(ctl):
    for name in ("a/b", "-p", "a b", "", "x" * 128):
        assert ctl("setup", f"--queue={name}", "--device", "h", "--model", "generic-80").status == 64, name


def test_a_driverless_queue_whose_printer_is_not_there_is_taken_away_again(ctl):
    answer = ctl("setup", "--queue", "roll", "--device", "ipp://127.0.0.1:1/ipp/print", "--model", "ipp-roll")
    assert answer.status == 69 and "switched on" in answer.errors
    assert ctl("list", "--json").fields["queues"] == []


def test_a_missing_backend_is_said_as_one(ctl, cups, request):
    backend = pathlib.Path(cups.folder, "bin/backend/yichuang-pos")
    backend.rename(backend.with_suffix(".away"))
    request.addfinalizer(lambda: backend.with_suffix(".away").rename(backend))
    answer = ctl("setup", "--queue", "slips", "--device", "127.0.0.1", "--model", "generic-80")
    assert answer.status == 72 and "packaging/install-printing" in answer.errors


def test_probe_says_what_the_printer_says(slips, ctl, printer):
    answer = ctl("probe", "--queue", "slips", "--json")
    assert answer.status == 0 and answer.fields["conditions"] == []
    assert answer.fields["path"] == "yichuang_pos" and answer.fields["evidence"] == "E3"
    printer.tell("cover open")
    answer = ctl("probe", "--queue", "slips", "--json")
    assert answer.status == 69 and "cover_open" in answer.fields["conditions"]
    printer.tell("cover close", "paper low")
    answer = ctl("probe", "--queue", "slips", "--json")
    assert answer.status == 0 and answer.fields["conditions"] == ["paper_low"]
    printer.tell("power off")
    assert "offline" in ctl("probe", "--queue", "slips", "--json").fields["conditions"]
    assert ctl("probe", "--queue", "nowhere").status == 69


def test_a_test_slip_is_told_with_its_evidence(slips, ctl, printer):
    answer = ctl("test", "--queue", "slips", "--json")
    assert answer.status == 0, answer.errors
    assert answer.fields["outcome"] == "printed" and answer.fields["evidence"] == "E3"
    assert answer.fields["model"] == "epson-tm-t88", "the queue knows what it was set up for"
    assert printer.since(0, "cut")


def test_a_test_slip_without_paper_is_not_sent_and_says_so(slips, ctl, printer):
    printer.tell("paper out")
    answer = ctl("test", "--queue", "slips", "--json")
    assert answer.status == 69 and answer.fields["outcome"] == "not_sent"
    assert not printer.since(0, "cut")


def test_a_test_slip_of_which_nobody_knows_is_called_unknown(ctl, printer):
    device = f"yichuang-pos://127.0.0.1:{printer.port}/?confirm=1"
    assert ctl("setup", "--queue", "slips", "--device", device, "--model", "epson-tm-t88").status == 0
    printer.tell("answers echo-less")
    answer = ctl("test", "--queue", "slips", "--json")
    assert answer.status == 69 and answer.fields["outcome"] == "unknown"


def test_the_trial_walks_around_a_printer_that_tells(slips, ctl, printer):
    status, said = ctl.walk("test", "--queue", "slips", "--interactive", steps=[
        lambda: printer.tell("cover open"), lambda: printer.tell("paper out", "cover close"),
        lambda: printer.tell("paper in")])
    assert status == 0, said
    assert "cover_open" in said and "paper_out" in said and "tried_on" in said
    assert len(printer.since(0, "cut")) == 2


def test_the_trial_finds_a_printer_that_does_not_tell(slips, ctl, printer):
    answer = ctl("test", "--queue", "slips", "--interactive", typed="\n\n\n")
    assert answer.status == 69, "the simulated cover stayed shut"
    assert "open the printer's cover" in answer.errors
    assert answer.output.count("the printer says: ready") == 3
    assert ctl("test", "--queue", "slips", "--interactive", typed="").status == 64


def test_the_trial_speaks_chinese_at_a_chinese_terminal(slips, ctl, printer):
    chinese = {"locale": "zh_CN.UTF-8"}
    answer = ctl("test", "--queue", "slips", "--interactive", typed="\n\n\n", **chinese)
    assert "2. 打开打印机上盖，然后按回车" in answer.output and answer.output.count("打印机的回答：就绪") == 3
    assert "与型号" in answer.errors and "打开打印机上盖" in answer.errors
    wrong = ctl("setup", "--queue", "slips", "--device", "a b", "--model", "epson-tm-t88", **chinese)
    assert "--device 里有空格" in wrong.errors


def test_every_printer_of_a_configuration_is_probed(slips, ctl, cups, tmp_path):
    example = (ROOT / "packaging/reference/demo.yaml").read_text()
    text = example.replace(
        "{queue: demo-1, model: generic-80}", f"{{queue: slips, model: epson-tm-t88, server: '{cups.socket}'}}").replace(
        "{queue: demo-2, model: generic-58}", f"{{queue: nowhere, model: generic-58, server: '{cups.socket}'}}")
    (tmp_path / "hall.yaml").write_text(text)
    for name in ("catalogue.yaml", "holidays.yaml", "divisions.csv", "pinyin.tsv", "publicity"):
        (tmp_path / name).symlink_to(ROOT / "packaging/reference" / name)
    answer = ctl("probe", "--config", str(tmp_path / "hall.yaml"), "--json")
    assert answer.status == 69
    first, second = answer.fields["printers"]
    assert first["kiosk"] == "kiosk-1" and first["conditions"] == []
    assert second["kiosk"] == "kiosk-2" and second["conditions"] == ["print_service_down"]


def test_models_are_listed_and_one_is_shown_whole(ctl):
    listed = ctl("models", "--json", server=False).fields["models"]
    assert [model["id"] for model in listed] == ["epson-tm-t88", "generic-58", "generic-80", "ipp-a4", "ipp-roll"]
    shown = ctl("models", "epson-tm-t88", "--json", server=False).fields
    assert shown["width_dots"] == 512 and shown["evidence"] == "E3" and shown["tried_on"] == []
    assert set(shown["remedies"]["paper_out"]) == {"zh-Hans", "en"}


def test_a_model_of_ones_own_is_found_and_a_wrong_one_is_said_with_its_line(ctl, tmp_path):
    own = tmp_path / "models" / "acme-x80"
    own.mkdir(parents=True)
    text = (ROOT / "Devices/models/generic-80/model.yaml").read_text().replace("id: generic-80", "id: acme-x80")
    (own / "model.yaml").write_text(text)
    folder = str(tmp_path / "models")
    assert ctl("models", "acme-x80", "--models", folder, server=False).status == 0
    (own / "model.yaml").write_text(text.replace("cutter: partial", "cutter: axe"))
    answer = ctl("models", "--models", folder, server=False)
    line = text.split("\n").index("cutter: partial") + 1
    assert answer.status == 78 and f"acme-x80/model.yaml:{line}:9: `cutter` is “axe”" in answer.errors, answer.errors
