"""Clients of a hall of several machines, with an independent ledger of its answers. Standard library only."""

import hashlib
import json
import random
import threading
import time
import uuid

from testkit.client import CUT, exchange

# What a machine answers that cannot do it now: the same key is sent again, to any machine.
NOT_NOW = {"journal_cut_off", "journal_behind", "no_leased_numbers", "storage_fault", "reconciling_prints", "busy", "stopping", "day_not_open", "too_fast"}

# How a number gets into the journal: given there, or given by a machine that was cut off and taken over afterwards.
GIVEN = {"ticketIssued", "ticketAdopted"}


class Race:
    """Residents who take numbers at every machine and clerks who call them, until `stop`."""

    def __init__(self, machines, seed):
        self.machines, self.random = machines.all, random.Random(seed)
        self.lock = threading.Lock()
        self.halt = threading.Event()
        self.given, self.called, self.wrong = {}, {}, []
        # Keys whose answer never came, with what they asked for: kiosk and lane.
        self.unsure = {}
        self.by_machine = [0] * len(self.machines)
        for machine in self.machines:
            for kiosk in range(1, len(self.machines) + 1):
                machine.claim(f"kiosk-{kiosk}")
        self.clerks = [machine.sign_in(f"AJ00{n}", window=n) for n, machine in enumerate(self.machines, 1)]
        self.threads = []

    def start(self, residents, clerks=True):
        """Also again, after `stop`."""
        self.halt.clear()
        for n in range(residents):
            self.run(self.take_numbers, n % len(self.machines), random.Random(self.random.random()))
        for n in range(len(self.machines) if clerks else 0):
            self.run(self.call, n)
        return self

    def run(self, work, *words):
        self.threads.append(threading.Thread(target=work, args=words, daemon=True))
        self.threads[-1].start()

    def stop(self):
        self.halt.set()
        for thread in self.threads:
            thread.join()

    def take_numbers(self, index, chance):
        connections = Connections(self.machines)
        while not self.halt.is_set():
            key, ask = str(uuid.uuid4()), (index + 1, "AE"[chance.randrange(2)])
            with self.lock:
                self.unsure[key] = ask
            at = index
            while not self.ask(connections, at, key) and not self.halt.is_set():
                # A page that hears nothing asks another machine with the same key.
                at = chance.randrange(len(self.machines))
                time.sleep(0.02)
        connections.close()

    def ask(self, connections, index, key):
        """Whether it is settled."""
        kiosk, lane = self.unsure[key]
        machine = self.machines[index]
        cookie = machine.pages.get(f"kiosk-{kiosk}")
        answer = connections.ask(index, "kiosk", "/v1/tickets", {"items": [], "lane": lane, "kiosk": f"kiosk-{kiosk}"}, cookie, key)
        if answer is None:
            return False
        status, content = answer
        if status != 201:
            if content.get("code") not in NOT_NOW:
                with self.lock:
                    self.wrong.append(f"a number was answered with {status}: {str(content)[:100]}")
            return False
        ticket = (content["id"], content["number"], content["business_day"])
        with self.lock:
            known = self.given.setdefault(key, ticket)
            if known != ticket:
                self.wrong.append(f"key {key} got {known} first and {ticket} when it was sent again")
            self.unsure.pop(key, None)
            self.by_machine[index] += 1
        return True

    def call(self, index):
        """A clerk: calls, serves, finishes."""
        connections = Connections(self.machines)
        while not self.halt.is_set():
            status, content = self.at_window(connections, index, "calls")
            if status != 201:
                time.sleep(0.05)
                continue
            with self.lock:
                first = self.called.setdefault(content["id"], index + 1)
                if first != index + 1:
                    self.wrong.append(f"{content['number']} was called to window {first} and to window {index + 1}")
            self.at_window(connections, index, "serve")
            self.at_window(connections, index, "finish")
        connections.close()

    def at_window(self, connections, index, verb):
        key = str(uuid.uuid4())
        while True:
            answer = connections.ask(index, "hall", f"/v1/windows/{index + 1}/{verb}", {}, self.clerks[index], key)
            if answer is not None and answer[1].get("code") not in NOT_NOW:
                return answer
            if self.halt.is_set():
                return 0, {}
            time.sleep(0.05)

    def send_again(self):
        """Every key whose answer never came, to another machine than before."""
        connections = Connections(self.machines)
        for key in list(self.unsure):
            at = 0
            while not self.ask(connections, at % len(self.machines), key):
                at += 1
                time.sleep(0.02)
        connections.close()

    def problems(self, records):
        """Differences between the journal and the clients' ledger."""
        found, numbers, tickets, calls, day = list(self.wrong), {}, {}, {}, None
        head = bytes(32)
        for expected, (sequence, body, digest) in enumerate(records, 1):
            head = hashlib.sha256(head + sequence.to_bytes(8, "big") + body).digest()
            if sequence != expected or head != digest:
                return [*found, f"record {expected} is missing or does not fit the chain"]
            record = json.loads(body)
            # Every machine's clock opens the day; the hall takes the first.
            if record["t"] == "dayOpened":
                if day == record["e"]["day"]:
                    found.append(f"{day} was opened twice")
                day = record["e"]["day"]
            elif record["t"] == "dayClosed":
                day = None
            if record["t"] in GIVEN:
                event = record["e"]
                day_number = (event["day"], event["number"])
                if day_number in numbers:
                    found.append(f"{day_number} was given twice")
                if event["code"] in tickets:
                    found.append(f"{event['code']} was given twice")
                numbers[day_number] = True
                tickets[event["code"]] = (event["code"], event["number"], event["day"])
            elif record["t"] == "ticketCalled":
                event = record["e"]
                other = calls.setdefault(event["code"], event["window"])
                if other != event["window"]:
                    found.append(f"{event['code']} was called to windows {other} and {event['window']}")
        found += [f"acknowledged and lost: {ticket[1]}" for ticket in self.given.values() if tickets.get(ticket[0]) != ticket]
        found += [f"called and not in the journal: {code}" for code, window in self.called.items() if calls.get(code) != window]
        return found


class Connections:
    """A client's connections to the machines, kept alive."""

    def __init__(self, machines):
        self.machines, self.open = machines, {}

    def ask(self, index, listener, path, body, cookie, key):
        """Status and content; None where no answer came."""
        machine = self.machines[index]
        port = machine.kiosk if listener == "kiosk" else machine.hall
        connection = self.open.get((index, port))
        if connection is None:
            connection = self.open[index, port] = machine.connection(port, timeout=20)
        try:
            status, content, _ = exchange(connection, "POST", path, body, cookie, key)
            return status, content if isinstance(content, dict) else {}
        except CUT:
            connection.close()
            return None

    def close(self):
        for connection in self.open.values():
            connection.close()
