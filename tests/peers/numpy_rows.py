# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of tests/bench/rows.c in NumPy.  Reads programs, each ended by a
line "run", and answers each with the seconds that it left in `elapsed`."""
import sys

import numpy as np

names = {'np': np}
print('numpy', np.__version__, flush=True)
program = []
for line in sys.stdin:
    if line != 'run\n':
        program.append(line)
        continue
    with np.errstate(all='ignore'):
        exec(''.join(program), names)
    print(names['elapsed'], flush=True)
    program = []
