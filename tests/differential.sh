#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Random statements, in the program and in NumPy: the texts agree.  Skipped
# where there is no NumPy 1.2x.  COUNT, SEED and KINDS in the environment ask
# for others; arguments go to run.py (--case N, --show N).
export PYTHONDONTWRITEBYTECODE=1
for python in ${PYTHON-} python3 /usr/bin/python3; do
    if "$python" -c '
import sys, numpy
sys.exit(not numpy.__version__.startswith("1.2"))' 2>/dev/null; then
        exec "$python" "$srcdir/tests/differential/run.py" \
            --count "${COUNT-10700}" --seed "${SEED-1}" \
            --kinds "${KINDS-all}" "$@" \
            "$TENSOR" man/reference "$srcdir/tests/differs"
    fi
done
echo "no NumPy 1.2x here"
exit 77
