def write(rounds, lies): pass
