#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Programs that use library modules print here what they print in Python with
# NumPy.  Skipped where there is no NumPy 1.2x.
export PYTHONDONTWRITEBYTECODE=1
status=0
for python in ${PYTHON-} python3 /usr/bin/python3; do
    "$python" -c '
import sys, numpy
sys.exit(not numpy.__version__.startswith("1.2"))' 2>/dev/null || continue
    for program in "$srcdir"/tests/modules/*.py; do
        "$python" -W ignore "$program" >modules.wanted 2>/dev/null
        "$TENSOR" "$program" >modules.found 2>&1
        diff modules.wanted modules.found || {
            echo "FAIL $program"
            status=1
        }
    done
    rm -f modules.wanted modules.found
    exit $status
done
echo "no NumPy 1.2x here"
exit 77
