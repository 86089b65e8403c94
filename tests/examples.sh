#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The examples of the operations, run in NumPy itself: what help shows is what
# Python prints.  Skipped where there is no NumPy.
for python in ${PYTHON-} python3 /usr/bin/python3; do
    if "$python" -c 'import numpy' 2>/dev/null; then
        exec "$python" - <<'END'
import doctest, subprocess, sys
import numpy as np

# Printing and messages are those of NumPy 1.24; later ones print scalars
# with their type.
if not np.__version__.startswith("1.2"):
    sys.exit(77)
text = subprocess.run(["man/reference", "examples"], check=True,
                      capture_output=True, text=True).stdout
failed = tried = 0
for block in text.split("\f"):
    if not block.strip():
        continue
    name, example = block.strip("\n").split("\n", 1)
    np.set_printoptions()
    test = doctest.DocTestParser().get_doctest(
        example + "\n", {"np": np}, name, name, 0)
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(test)
    failed += runner.failures
    tried += 1
print(tried, "examples,", failed, "lines differ from NumPy", np.__version__)
sys.exit(1 if failed or not tried else 0)
END
    fi
done
echo "no NumPy here"
exit 77
