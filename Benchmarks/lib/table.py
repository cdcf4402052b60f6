"""A hall's catalogue as large as one may be, and the operator's work on it: the whole command, from its start to its last line."""

import pathlib
import re
import subprocess
import tempfile
import time

from meter import RELEASE, ROOT, quantile, row

REFERENCE = ROOT / "packaging" / "reference" / "catalogue.yaml"
HEADINGS = "事项编码,事项名称,主题分类,行使层级,设定依据,受理条件,办理流程,承诺办结时限,是否收费,材料名称,材料类型,材料必要性,份数,责任科室"


def large(items):
    """The shipped items again and again, each under a code of its own."""
    head, body = REFERENCE.read_text(encoding="utf-8").split("\nitems:\n")
    shipped = re.findall(r"(?ms)^- code: .*?(?=^- code: |\Z)", body.split("\nbundles:\n")[0] + "\n")
    return head + "\nitems:\n" + "".join(re.sub(r"^- code: .*", f"- code: X-{n:04d}", shipped[n % len(shipped)]) for n in range(items))


def sheet(rows):
    """Items of four materials, a row each, as WPS lays them out."""
    lines = [HEADINGS]
    for n in range(rows):
        paper = f"材料{n},{'复印件' if n % 4 else '原件'},必要,1,综合办"
        item = f"X-{n // 4:04d},事项{n // 4},便民服务,镇街,《办法》第{n // 4}条,居民,申请,5个工作日,否" if n % 4 == 0 else "," * 8
        lines.append(f"{item},{paper}")
    return "\n".join(lines) + "\n"


def seconds(*arguments, tool=RELEASE / "yichuangctl"):
    times = []
    for _ in range(5):
        began = time.monotonic()
        done = subprocess.run([tool, "catalogue", *arguments], capture_output=True, text=True)
        times.append(time.monotonic() - began)
        if done.returncode:
            raise RuntimeError(f"catalogue {arguments[0]}: {done.stderr[-400:]}")
    return quantile(times, 0.5)


def catalogue(items=2000, rows=5000):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "large.yaml").write_text(large(items), encoding="utf-8")
        (folder / "table.csv").write_text(sheet(rows), encoding="gb18030")
        idle = seconds("diff", REFERENCE, REFERENCE)
        beside = f"diff of the shipped catalogue with itself: {idle:.2f} s"
        took = seconds("lint", folder / "large.yaml")
        row(f"lint of {items:,} items", f"{took:.2f} s", beside, took / idle, "1 s", took <= 1, seconds=took)
        took = seconds("import", folder / "table.csv", "--output", folder / "made.yaml")
        row(f"import of {rows:,} rows in GB 18030", f"{took:.2f} s", beside, took / idle, seconds=took)
