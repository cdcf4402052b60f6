"""A frozen cupsd delays only slips."""

from world import World


def check(tally):
    world = World()
    problems = []
    try:
        world.cups.freeze()
        try:
            # Nothing here returns before the daemon has answered, and cupsd answers nobody until it is thawed below.
            tickets = [world.issue() for _ in range(3)]
            called = [world.call() for _ in tickets]
            if called != [ticket["number"] for ticket in tickets]:
                problems.append(f"{called} were called")
            states = [world.ticket(ticket["id"])["slip"]["state"] for ticket in tickets]
            if "printed" in states:
                problems.append(f"slips are {states} while cupsd is frozen")
        finally:
            world.cups.thaw()
        for ticket in tickets:
            world.settled(ticket["id"])
        if len(world.printer.since(0, "begun")) > len(tickets):
            problems.append("a slip was begun twice")
        next_one = world.issue()
        if world.settled(next_one["id"])["slip"]["state"] != "printed":
            problems.append("nothing is printed after the thaw")
    except Exception as error:
        problems.append(f"{type(error).__name__}: {error}")
    finally:
        world.close()
    tally.check("numbers are issued and called while cupsd is frozen", problems)
