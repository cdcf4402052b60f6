"""What the Python harnesses of Tests and Benchmarks share: halls, clients, printers, readers, waiting and counting.

A harness puts `Tests/support` on its path and imports what it needs: `from testkit.hall import Hall`. Only `hall` needs more than the
standard library (PyYAML), so the others serve programs that run outside `.build/venv`. The Swift tests have `Tests/Kit`.
"""
