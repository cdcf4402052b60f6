"""A hall on a bare machine, as a resident's page sees it."""

from testkit.demo_hall import DemoHall, free_port
from testkit.example_configuration import filled_in

UNIT = "yichuangd.service"


class Site:
    def __init__(self, machine):
        self.machine = machine
        self.ports = free_port(), free_port()
        self.hall = DemoHall(state="/nowhere", ports=self.ports)

    def configure(self):
        machine = self.machine
        machine.run("sh", "-c", "cp /usr/share/doc/yichuang/examples/catalogue.yaml /etc/yichuang/ && touch /etc/yichuang/yichuang.yaml", check=True)
        machine.write("/etc/yichuang/yichuang.yaml", filled_in(*self.ports))
        machine.run("systemd-tmpfiles", "--create", "yichuang.conf")

    def open(self):
        self.machine.systemctl("start", UNIT)
        self.hall.claim()

    def number(self):
        status, content, _ = self.hall.request(self.hall.kiosk, "POST", "/v1/tickets", {"items": [], "kiosk": "kiosk-1"})
        assert status == 201, content
        return content["number"]
