#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Programs of the kind that first courses have, each printing what Python 3.11
# with NumPy 1.24 prints: programs/NAME.out is the recorded output of
# programs/NAME.py.  "programs.sh --record" writes it anew with a Python that
# has NumPy.
top=${srcdir:-.}/tests/programs
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
status=0

record()
{
    for program in "$top"/*.py; do
        (cd "$work" && "${PYTHON:-python3}" "$program") \
            >"${program%.py}.out" || exit 1
    done
}

top=$(cd "$top" && pwd) || exit 99
if [ "$1" = --record ]; then
    record
    exit
fi
tensor=$(cd "$(dirname "${TENSOR:?names the program}")" && pwd)/$(basename "$TENSOR")
export XDG_STATE_HOME="$work/state"
for program in "$top"/*.py; do
    name=$(basename "$program" .py)
    (cd "$work" && timeout 120 "$tensor" "$program") >"$work/out" 2>"$work/err"
    if ! diff "$top/$name.out" "$work/out" >"$work/diff"; then
        echo "FAIL: $name"
        head -n 20 "$work/diff" "$work/err"
        status=1
    fi
done
exit $status
