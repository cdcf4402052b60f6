"""Where things lie."""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
# The built programs; YICHUANG_BUILD names another build.
BUILT = pathlib.Path(os.environ.get("YICHUANG_BUILD", ROOT / ".build" / "debug"))
# The settings of the demo hall.
DEMO = ROOT / "packaging" / "reference" / "demo.yaml"
# Logs and figures that a run leaves behind.
RESULTS = ROOT / ".build" / "test-results"
