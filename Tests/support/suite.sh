# Sourced by the suites in Python, with the name of the suite: `root`, `python` with the tests' packages, and the suite's folder as the
# current one. Says so in the suite's closing line where packages or programs are missing.
#
#     . Tests/support/suite.sh NAME [PROGRAM...]
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
python=${PYTHON:-$root/.build/venv/bin/python}
export PYTHONDONTWRITEBYTECODE=1
cannot() {
  echo "$1: $2"
  echo "$1: 0 passed, 1 failed"
  exit 1
}
[ -x "$python" ] || cannot "$1" "no Python with the tests' packages at $python: run packaging/setup test"
for program in "${@:2}"; do
  [ -x "$program" ] || cannot "$1" "no program at $program: run swift build"
done
cd "$(dirname "$0")"
